"""Every assumption at its low and its high end: which matter for cost, and which change today's decisions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from planner.errors import BadInput
from planner.options import Fixed
from planner.plan.plan import Plan
from planner.scenario.scenario import Scenario
from planner.studies.costs import Cost, cost_of, subtract
from planner.studies.first import find_steps, hold, is_same
from planner.studies.solving import Ask, Solved, Solver
from planner.studies.sweep.assumptions import find_assumptions
from planner.studies.sweep.bars import Assumption, Bar, Side, Tornado
from planner.studies.sweep.changing import Change, change_data
from planner.studies.sweep.estimate import estimate
from planner.studies.worlds import Data
from planner.vocabulary import Exit

NOT_SOLVED = "only estimated"
UNKNOWN = 0.01
"""Part of the cost that an end at which the plan at hand breaks a rule is taken to matter for, at least."""
ENDS = ("low", "high")


@dataclass(frozen=True)
class End:
    """One end of one assumption to look at. ``side`` is what is known of it so far; ``world`` None where it cannot be.

    ``kept``: whether the plan at hand keeps every rule there; ``guess`` what it would cost more there, kept or not.
    """

    number: int
    name: str
    label: str
    side: Side
    world: tuple[Data, Scenario] | None
    kept: bool
    guess: float = 0.0

    def weight(self, unknown: float) -> float:
        """How much it promises to matter: what the plan at hand would cost more, and at least so much where it breaks a rule."""
        return abs(self.guess) if self.kept else max(abs(self.guess), unknown)


def find_tornado(
    solver: Solver, data: Data, scenario: Scenario, spread: float, most: int, tell: Callable[[str], None] = lambda _: None
) -> Tornado:
    """Solve the assumptions that promise to matter most, at most ``most`` ends of them; estimate all.

    ``tell`` hears of the estimates.
    """
    base = solver.solve(Ask("as assumed", data))
    varied, skipped = find_assumptions(data, scenario, spread)
    if base.plan is None:
        return Tornado(scenario, cost_of(base), (), (), tuple(skipped), spread, solver.options.gap, 1, base.code)
    kept, _ = estimate(scenario, base.plan)
    ends = [
        _open(data, base.plan, kept, (number, one.assumption), name, getattr(one, name))
        for number, one in enumerate(varied)
        for name in ENDS
        if getattr(one, name)
    ]
    tell(f"{len(ends)} ends of {len(varied)} assumptions estimated")
    open_ = _promising([end for end in ends if end.world], UNKNOWN * abs(kept or 0.0), most)
    sides = {(end.number, end.name): end.side for end in ends}
    solved, solves = _solve(solver, base, scenario, open_)
    sides |= solved
    bars = [Bar(one.assumption, sides.get((i, "low")), sides.get((i, "high"))) for i, one in enumerate(varied)]
    ranked = sorted(bars, key=lambda bar: (-bar.effect, bar.assumption.name))
    looked = [bar for bar in ranked if bar.solved]
    return Tornado(
        scenario, cost_of(base), tuple(looked), tuple(bar for bar in ranked if not bar.solved), tuple(skipped), spread,
        solver.options.gap, 1 + solves, _code(solver),
    )  # fmt: skip


def _promising(ends: Sequence[End], unknown: float, most: int) -> list[End]:
    """The ends to solve, both of an assumption together, the most promising assumptions first."""
    weights: dict[int, float] = {}
    for end in ends:
        weights[end.number] = max(weights.get(end.number, 0.0), end.weight(unknown))
    ranked = sorted(ends, key=lambda end: (-weights[end.number], end.number))
    fits = most
    while fits < len(ranked) and fits > 1 and ranked[fits - 1].number == ranked[fits].number:
        fits -= 1  # half an assumption says little
    return ranked[:fits]


def _open(data: Data, plan: Plan, kept: float | None, about: tuple[int, Assumption], name: str, changes: Sequence[Change]) -> End:
    """The end with its scenario, and what the plan at hand would cost there."""
    number, assumption = about
    value = assumption.low if name == "low" else assumption.high
    label = f"{assumption.name} {name} ({value})"
    side = Side(value, Cost(reason=NOT_SOLVED), None, None, None, (), None, NOT_SOLVED)
    try:
        world = change_data(data, changes, "assumption")
    except BadInput as error:
        reason = f"cannot be: {error.findings[0].problem}"
        return End(number, name, label, replace(side, reason=reason, cost=Cost(reason=reason)), None, False)
    cost, keeps = estimate(world[1], plan)
    more = cost - kept if cost is not None and kept is not None else None
    return End(number, name, label, replace(side, estimate=more if keeps else None), world, keeps, more or 0.0)


def _solve(solver: Solver, base: Solved, scenario: Scenario, ends: Sequence[End]) -> tuple[dict[tuple[int, str], Side], int]:
    """The sides with their best plans; where one begins otherwise, also what beginning as assumed costs there."""
    assert base.plan is not None
    first = hold(scenario, base.plan)
    answers = solver.solve_all([Ask(end.label, end.world[0], near=base.plan) for end in ends if end.world])
    moved = [
        (end, solved)
        for end, solved in zip(ends, answers, strict=True)
        if end.world and solved.plan is not None and not is_same(first, hold(end.world[1], solved.plan))
    ]
    asks = [Ask(f"{end.label}, begun as assumed", end.world[0], first, near=base.plan) for end, _ in moved if end.world]
    held = {(end.number, end.name): answer for (end, _), answer in zip(moved, solver.solve_all(asks), strict=True)}
    found = {
        (end.number, end.name): _side(end, solved, base, first, held.get((end.number, end.name)))
        for end, solved in zip(ends, answers, strict=True)
    }
    return found, len(answers) + len(held)


def _side(end: End, solved: Solved, base: Solved, first: Fixed, held: Solved | None) -> Side:
    side = replace(end.side, cost=cost_of(solved), reason=solved.reason, infeasible=solved.infeasible)
    if solved.plan is None or end.world is None:
        return replace(side, changed=True if solved.infeasible else None, sure=True if solved.infeasible else None)
    side = replace(side, more=subtract(cost_of(solved), cost_of(base)), changed=held is not None, sure=False)
    if held is None:
        return side
    more = subtract(cost_of(held), cost_of(solved))
    sure = True if held.infeasible else None if more is None else more.distinct
    return replace(side, steps=find_steps(first, hold(end.world[1], solved.plan)), sure=sure)


def _code(solver: Solver) -> int:
    """What all solves together stand for; that there is no plan at an end is an answer."""
    codes = [solved.code for solved in solver.known.values() if not solved.infeasible]
    return min(codes, key=Exit.SEVERITY.index, default=Exit.SOLVED)
