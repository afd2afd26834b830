"""The worst the chances of the shocks can do inside their ranges, to the best plan and to the plan at hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from planner.plan.plan import Plan
from planner.scenario.grow import Growth, Moment, grow
from planner.scenario.scenario import Scenario
from planner.studies.costs import Cost, cost_of, measure
from planner.studies.draw import find_leaves
from planner.studies.ranges import Range
from planner.studies.solving import Ask, Solver
from planner.studies.worlds import Data, in_mode, with_chances

Course = tuple[tuple[str, str, int], ...]
"""What happens in a future: (source, outcome, period of the news) of every strike."""


@dataclass(frozen=True, slots=True)
class Corner:
    """Chances by shock. ``best``: cost of the best plan for them; ``kept``: what the plan at hand comes to with them.

    ``best`` is never above ``kept``. ``kept`` is None where the tree of these chances has futures the plan does not know.
    """

    name: str
    chances: dict[str, float]
    best: Cost
    kept: float | None


def find_corners(solver: Solver, data: Data, growth: Growth, plan: Plan, ranges: Sequence[Range]) -> tuple[Corner, ...]:
    """One shock at a time at both ends of its range, then all at once."""
    chosen = name_corners(ranges)
    worlds = {name: in_mode(with_chances(data, chances), "tree") for name, chances in chosen.items()}
    solved = solver.solve_all([Ask(name, world) for name, world in worlds.items()])
    found = []
    for (name, chances), best in zip(chosen.items(), solved, strict=True):
        scenario = Scenario.model_validate(worlds[name])
        kept = reweigh(scenario, growth, plan)
        found.append(Corner(name, chances, _cheaper(scenario, cost_of(best), kept), kept))
    return tuple(found)


def _cheaper(scenario: Scenario, best: Cost, kept: float | None) -> Cost:
    """The better of the plan found and the plan at hand, which keeps every rule but a limit on the worst futures."""
    if kept is None or best.value is None or kept >= best.value or scenario.policy.max_cvar_cost is not None:
        return best
    return Cost(kept, best.bound, best.reason)


def name_corners(ranges: Sequence[Range]) -> dict[str, dict[str, float]]:
    """Chances by name of the corner; what would be asked twice is left out."""
    found: dict[str, dict[str, float]] = {}
    for one in ranges:
        for name, chance in (("low", one.low), ("high", one.high)):
            if chance != one.value:
                found[f"{one.shock} {name}"] = {one.shock: chance}
    if len(ranges) > 1:
        found["all low"] = {one.shock: one.low for one in ranges}
        found["all high"] = {one.shock: one.high for one in ranges}
    return found


def reweigh(scenario: Scenario, growth: Growth, plan: Plan) -> float | None:
    """The policy's measure of the plan's own futures with the chances they have in ``scenario``.

    The plan stays as it is, in every future it knows; ``growth`` is its tree. None when the scenario's tree has a future
    that the plan's has not: less likely ones may have been merged into their neighbours.
    """
    chances: dict[Course, float] = defaultdict(float)
    for course, chance in _courses(grow(scenario)):
        chances[course] += chance
    known = [course for course, _ in _courses(growth)]
    if chances.keys() - set(known):
        return None
    found = [chances.get(course, 0.0) for course in known]
    return measure(scenario, found, [future.cost for future in plan.futures])


def _courses(growth: Growth) -> list[tuple[Course, float]]:
    leaves = [growth.moments[leaf] for leaf in find_leaves(growth)]
    return [(_course(leaf), leaf.probability) for leaf in leaves]


def _course(leaf: Moment) -> Course:
    return tuple((strike.source, strike.outcome, strike.period) for strike in leaf.strikes)


def find_worst_corner(costs: dict[str, float | None]) -> str | None:
    """Name of the corner that costs most; None where no cost is known."""
    known = {name: cost for name, cost in costs.items() if cost is not None}
    return max(known, key=lambda name: known[name]) if known else None
