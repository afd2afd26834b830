"""How far the chance of a shock can be off before today's decisions change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from planner.options import Fixed
from planner.scenario.scenario import Scenario
from planner.studies.costs import Cost, cost_of, subtract
from planner.studies.first import Step, find_steps, hold, is_same
from planner.studies.ranges import Range
from planner.studies.solving import Ask, Solved, Solver
from planner.studies.worlds import Data, in_mode, with_chances

TOLERANCE = 0.05
"""Part of a chance to which the place of the change is found."""
SMALLEST = 0.1
"""Part of the assumed chance below which the place is not looked for any closer."""
MOST_STEPS = 12


@dataclass(frozen=True, slots=True)
class Point:
    """One chance tried: cost of the best plan there, and of the best one that begins as the plan in question does.

    ``changed``: beginning so surely costs more, or no plan begins so; ``steps`` is what the best plan there does first
    instead. ``changed`` is None where a solve ended without a plan.
    """

    chance: float
    best: Cost
    held: Cost
    changed: bool | None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """Where today's decisions change on one side of the assumed chance: they hold at ``stays`` and not at ``changes``.

    ``changes`` is None where they hold to the end of the range. ``open``: a solve ended without a plan, and nothing is
    known beyond ``stays``.
    """

    stays: float
    changes: float | None = None
    steps: tuple[Step, ...] = ()
    open: bool = False


@dataclass(frozen=True)
class BreakEven:
    """For one shock: below and above which chance today's decisions are not the best any more; all chances tried."""

    range: Range
    below: Turn
    above: Turn
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class _Side:
    """Today's decisions hold at ``stays``; ``far`` is the nearest chance known at which they may not."""

    stays: float
    far: float


@dataclass(frozen=True)
class _Search:
    """The chances of one shock tried so far, for a plan whose first decisions are ``first``."""

    solver: Solver
    data: Data
    scenario: Scenario
    range: Range
    first: Fixed
    points: dict[float, Point] = field(default_factory=dict)

    def look(self, chances: Sequence[float]) -> None:
        """Try some chances: the best plan there; where it begins otherwise, also the best one that begins as ours."""
        best = self._solve(chances, None)
        held = self._solve([chance for chance, solved in best.items() if self._begins_otherwise(solved)], self.first)
        for chance, solved in best.items():
            self.points[chance] = self._judge(chance, solved, held.get(chance))

    def _solve(self, chances: Sequence[float], fix: Fixed | None) -> dict[float, Solved]:
        how = ", beginning as before" if fix else ""
        asks = [
            Ask(
                f"{self.range.shock} {chance:.3g}{how}", in_mode(with_chances(self.data, {self.range.shock: chance}), "tree"), fix
            )
            for chance in chances
        ]
        return dict(zip(chances, self.solver.solve_all(asks), strict=True))

    def _begins_otherwise(self, solved: Solved) -> bool:
        return solved.plan is not None and not is_same(self.first, hold(self.scenario, solved.plan))

    def _judge(self, chance: float, best: Solved, held: Solved | None) -> Point:
        if best.plan is None or held is None:
            return Point(chance, cost_of(best), cost_of(best), None if best.plan is None else False)
        more = subtract(cost_of(held), cost_of(best))
        changed = True if held.infeasible else None if more is None else more.distinct
        steps = find_steps(self.first, hold(self.scenario, best.plan)) if changed else ()
        return Point(chance, cost_of(best), cost_of(held), changed, steps)

    def is_wide(self, side: _Side) -> bool:
        """Whether the change lies on this side and is not found to the tolerance yet."""
        point = self.points.get(side.far)
        near = TOLERANCE * max(side.far, side.stays, SMALLEST * self.range.value)
        return point is not None and bool(point.changed) and abs(side.far - side.stays) > near

    def narrow(self, side: _Side) -> _Side:
        """The side with its middle looked at."""
        middle = _middle(side)
        if middle not in self.points:
            return side
        return _Side(middle, side.far) if self.points[middle].changed is False else _Side(side.stays, middle)

    def turn(self, side: _Side) -> Turn:
        """What is known of a side in the end."""
        point = self.points.get(side.far)
        if point is None or point.changed is False:
            return Turn(side.far)
        return Turn(side.stays, side.far, point.steps) if point.changed else Turn(side.stays, open=True)


def find_break_even(solver: Solver, data: Data, scenario: Scenario, chances: Range, first: Fixed) -> BreakEven:
    """Search both sides of the assumed chance at once, each by halves, for where ``first`` stops being the best beginning.

    If today's decisions change more than once on a side, one of the changes is found.
    """
    search = _Search(solver, data, scenario, chances, first)
    sides = [_Side(chances.value, chances.low), _Side(chances.value, chances.high)]
    search.look([side.far for side in sides if side.far != side.stays])
    for _ in range(MOST_STEPS):
        wide = [side for side in sides if search.is_wide(side)]
        if not wide:
            break
        search.look([_middle(side) for side in wide])
        sides = [search.narrow(side) if side in wide else side for side in sides]
    below, above = (search.turn(side) for side in sides)
    return BreakEven(chances, below, above, tuple(search.points[chance] for chance in sorted(search.points)))


def _middle(side: _Side) -> float:
    return (side.stays + side.far) / 2
