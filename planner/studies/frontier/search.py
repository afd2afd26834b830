"""The search for a frontier: its ends, then the middle, the quarters and so on, each from the plans beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from math import ceil, floor

from planner.scenario.scenario import Scenario
from planner.studies.costs import Cost, subtract
from planner.studies.frontier.asking import Asking
from planner.studies.frontier.axes import Axis
from planner.studies.frontier.ends import Ends, find_ends
from planner.studies.frontier.knee import find_knee
from planner.studies.frontier.points import End, Frontier, Point
from planner.studies.frontier.values import find_signed
from planner.studies.frontier.weights import fill_by_weights
from planner.studies.solving import NO_PLAN, Solver
from planner.studies.worlds import Data
from planner.vocabulary import Exit


def find_frontier(
    solver: Solver, data: Data, scenario: Scenario, of: Axis, against: Axis, count: int, *, loose: bool = False
) -> Frontier:
    """Up to ``count`` plans between the least of the second measure and the least of the first, evenly in the second.

    A limit whose answer its neighbours prove within the gap already is not asked. Plans worse than another are dropped.
    ``loose``: where points lie far apart they need not be proven to the solver's gap, see ``Asking``. An interrupt ends the
    search with the points there are, if there are any.
    """
    asking, ends, spared, stopped = Asking(solver, data, scenario, of, against, loose), Ends(), 0, False
    try:
        ends = find_ends(asking)
        if asking.hasty:
            fill_by_weights(asking, count - 2)
        else:
            spared = _fill(asking, count, ends.open)
    except KeyboardInterrupt:
        if not asking.known.found:
            raise
        stopped = True
    points, answers = _points(asking), [found for found in asking.known.found if not found.aside]
    kept = sum(1 for found in asking.known.front() if not found.aside)
    reason = "" if points else next((solved.reason for solved in asking.failed), NO_PLAN)
    code = Exit.INTERRUPTED if stopped else _code(asking, points)
    return Frontier(
        scenario, of, against, points, find_knee(points), solver.options.gap, asking.asked, spared, len(answers) - kept,
        ends.least, code, tuple(_notes(asking, stopped)), reason,
    )  # fmt: skip


def _fill(asking: Asking, count: int, end: float | None) -> int:
    """Ask for the points between the ends, and with the first of them for ``end``; how many needed no question."""
    front, spared = asking.known.front(), 0
    ends = [] if end is None else [end]
    if len(front) < 2:
        asking.look(ends)
        return 0
    low, high = front[0].against, front[-1].against
    asking.step = (high - low) / (count - 1)
    for level in find_levels(low, high, count, asking.against.kind == "suppliers"):
        open_ = [most for most in level if not asking.known.settles(most, asking.gap(most))]
        spared += len(level) - len(open_)
        asking.look([*ends, *open_])
        ends = []
    asking.look(ends)
    return spared


def find_levels(low: float, high: float, count: int, whole: bool) -> Iterator[list[float]]:
    """Limits evenly between both ends, neither included: the middle first, then the middles of what is left."""
    places = _spread(low, high, count, whole)
    open_ = [(-1, len(places))]
    while open_:
        level = [((a + b) // 2, a, b) for a, b in open_ if b - a > 1]
        if level:
            yield [places[middle] for middle, _, _ in level]
        open_ = [half for middle, a, b in level for half in ((a, middle), (middle, b))]


def _spread(low: float, high: float, count: int, whole: bool) -> list[float]:
    places = [low + (high - low) * i / (count - 1) for i in range(1, count - 1)] if high > low else []
    if not whole:
        return places
    every = range(floor(low) + 1, ceil(high))
    return [float(n) for n in (every if len(every) <= len(places) else sorted({round(place) for place in places}))]


def _points(asking: Asking) -> tuple[Point, ...]:
    front, known = asking.known.front(), asking.known
    points: list[Point] = []
    for i, one in enumerate(front):
        end: End = "least of" if i == len(front) - 1 else "least against" if i == 0 else ""
        most = one.limit if one.limit < float("inf") else None
        bound = known.bound(one.against)
        points.append(Point(one.of, one.against, bound, most, end, one.ask, one.solved, find_signed(one.plan)))
    steps = [subtract(_cost(a), _cost(b)) for a, b in pairwise(points)]
    return (*(replace(point, step=step) for point, step in zip(points[:-1], steps, strict=True)), *points[-1:])


def _cost(point: Point) -> Cost:
    return Cost(point.of, point.bound)


def _code(asking: Asking, points: tuple[Point, ...]) -> int:
    """What all solves together stand for; that a limit cannot be kept is an answer.

    So is, where no gap was asked for, a plan proven as far as there was time.
    """
    solved_all = [one for one in asking.solver.known.values() if not one.infeasible]
    codes = [Exit.SOLVED if asking.loose and one.plan and one.code == Exit.LIMIT else one.code for one in solved_all]
    if not points and not asking.failed:
        return Exit.INFEASIBLE
    return min(codes, key=Exit.SEVERITY.index, default=Exit.SOLVED)


def _notes(asking: Asking, stopped: bool) -> Iterator[str]:
    if stopped:
        yield "interrupted: these are the points found by then"
    for solved in asking.failed:
        yield f"{solved.label}: {solved.reason}"
