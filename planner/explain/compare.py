"""Two answers compared: how much one question's best plan costs more than another's, as far as it is proven."""

from __future__ import annotations

from functools import cached_property

from planner.explain.amounts import Amount, Other
from planner.plan.difference import find_changes
from planner.plan.paths import Paths, find_paths, restrict_plan
from planner.plan.plan import Plan
from planner.scenario.scenario import Scenario
from planner.studies.costs import ROUNDING, Cost, cost_of, subtract
from planner.studies.solving import Solved


class Comparing:
    """What other plans of a scenario are against the one explained. The tree of futures must be the scenario's."""

    def __init__(self, scenario: Scenario, base: Solved) -> None:
        """``base``: the answer to the scenario itself, with a plan."""
        self.scenario, self.base = scenario, base

    @cached_property
    def paths(self) -> Paths:
        """The tree of futures."""
        return find_paths(self.scenario)

    @property
    def plan(self) -> Plan:
        """The plan explained."""
        assert self.base.plan is not None
        return self.base.plan

    @cached_property
    def usual(self) -> Plan:
        """The plan explained, as it goes if nothing happens."""
        return self.quiet(self.plan)

    def quiet(self, plan: Plan) -> Plan:
        """What a plan does if nothing happens."""
        return restrict_plan(plan, self.paths, self.paths.trunk[-1])

    def suppliers(self, plan: Plan) -> tuple[str, ...]:
        """Those the plan signs if nothing happens, by id."""
        return tuple(sorted({signing.supplier for signing in self.quiet(plan).signings}))

    def other(self, solved: Solved) -> Other:
        """The plan of another question less the one explained; nothing where it has none."""
        if solved.plan is None:
            return Other()
        mine, theirs = solved.plan.measures, self.plan.measures
        cash, penalty = (mine[name] - theirs[name] for name in ("cash_cost", "shortage_cost"))
        changes = find_changes(self.quiet(solved.plan), self.usual)
        return Other(cash, penalty, self.suppliers(solved.plan), changes)

    def saves(self, solved: Solved) -> Amount:
        """What a question with fewer rules saves. Its best plan is never dearer: the one explained is one of those it allows."""
        base, found = cost_of(self.base), cost_of(solved)
        if found.value is not None and base.value is not None:
            found = Cost(min(found.value, base.value), found.bound, found.reason)
        return judge(base, found, solved, never_negative=True)

    def costs(self, solved: Solved) -> Amount:
        """What a question with more rules costs. No plan of it is below what is proven for the plan explained."""
        base, found = cost_of(self.base), cost_of(solved)
        if found.bound is not None and base.bound is not None:
            found = Cost(found.value, max(found.bound, base.bound), found.reason)
        return judge(found, base, solved, never_negative=True)

    def gains(self, solved: Solved) -> Amount:
        """What any other question saves; below 0 where it is dearer."""
        return judge(cost_of(self.base), cost_of(solved), solved, never_negative=False)


def judge(more: Cost, less: Cost, solved: Solved, *, never_negative: bool) -> Amount:
    """The first cost less the second. ``solved`` is the answer that may be missing; its reason is said then."""
    if solved.infeasible:
        return Amount("impossible", reason=solved.reason)
    found = subtract(more, less)
    if found is None:
        return _half_known(more, less, solved.reason, never_negative)
    least = 0.0 if never_negative else float("-inf")
    value, low, high = (max(least, number) for number in (found.value, found.low, found.high))
    rounding = ROUNDING * max(1.0, abs(more.value or 0.0))
    if -rounding <= low and high <= rounding:
        return Amount("nothing", 0.0, 0.0, 0.0, solved.reason)
    return Amount("differs" if low > rounding or high < -rounding else "within the gaps", value, low, high, solved.reason)


def _half_known(more: Cost, less: Cost, reason: str, never_negative: bool) -> Amount:
    """What the bounds alone say where one of the two has no plan."""
    low = more.bound - less.value if more.bound is not None and less.value is not None else None
    high = more.value - less.bound if more.value is not None and less.bound is not None else None
    if never_negative:
        low, high = max(0.0, low or 0.0), None if high is None else max(0.0, high)
    return Amount("open", None, low, high, reason or "no plan was found")
