"""Ways to go on from today: keep the approved plan, plan anew, or plan anew with few changes; and the one to follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from planner.options import Fixed
from planner.result import NOISE, Result, find_gap
from planner.studies.costs import ROUNDING
from planner.studies.first import hold
from planner.studies.replan.moved import count_moved
from planner.studies.replan.restate import deciding
from planner.studies.replan.today import Today
from planner.studies.solving import Ask, Solved, Solver
from planner.vocabulary import Exit, Status

Kind = Literal["kept", "near", "replanned"]
FEWEST = 0.5
"""Units moved below which nobody asks for fewer."""
ROUNDS = 3
"""Rounds of solves that look for fewer changes: one, then two at a time."""
HELD = "held to decisions of the approved plan"


@dataclass(frozen=True)
class Way:
    """One way to go on: ``kept`` does what was approved, ``replanned`` plans the rest freely, ``near`` with few changes.

    ``fix``: what was held. ``moved``: units of the approved plan's later orders dropped or moved, mean over the futures;
    ``charge`` is what they count for, and ``total`` cost and charge, base currency. These are None without a plan, and
    ``solved.reason`` says why.
    """

    kind: Kind
    solved: Solved
    fix: Fixed
    moved: float | None = None
    charge: float | None = None
    total: float | None = None


@dataclass(frozen=True)
class Asking:
    """Asks for ways: with what, about what, and what a unit moved counts for."""

    solver: Solver
    today: Today
    change_cost: float

    def first(self) -> tuple[Way | None, Way]:
        """The approved plan as it is, None where it cannot be asked for; and the plan that is free from the day on."""
        today, quick = self.today, replace(self.solver.options, reasons=False)
        asks = [Ask("planned anew", today.data, today.fix, near=today.restated)]
        if today.whole is not None:
            asks.append(Ask("kept as approved", today.data, today.whole, quick, near=today.restated))
        free, *rest = self.solver.solve_all(asks)
        found = self._way("replanned", free, today.fix)
        return (self._way("kept", self._bounded(rest[0], free), today.whole) if today.whole else None), found

    def near(self, kept: Way | None, free: Way) -> Way | None:
        """A plan with fewer changes than the free one that is followed rather than it; None where none was found.

        Looked for at half as many changes, then at a step less and a step more than the best so far, steps getting smaller. Not
        looked for where the free plan changes next to nothing, or saves no more than the gap of its search.
        """
        if free.total is None or free.moved is None or free.moved < 2 * FEWEST or not _saves(free.solved, kept):
            return None
        known, best, step = [free], free, free.moved / 4
        asked = [free.moved / 2]
        for _ in range(ROUNDS):
            known += self._at_most(asked, best, free)
            best = pick(known, free.solved)
            middle = best.fix.missing if best.kind == "near" else free.moved
            asked = [most for most in (middle - step, middle + step) if FEWEST / 2 < most < free.moved]
            step /= 2
            if not asked or step < FEWEST / 2:
                break
        return best if best.kind == "near" else None

    def _at_most(self, asked: list[float], close: Way, free: Way) -> list[Way]:
        """The best plans that leave out at most so many units of the later orders of the approved plan."""
        today = self.today
        later = [node for node in deciding(today.paths) if today.paths.at(node).period >= today.periods]
        rows = hold(today.scenario, today.restated, later).order
        quick = replace(self.solver.options, reasons=False)
        fixes = [replace(today.fix, near=rows, missing=most) for most in asked]
        asks = [
            Ask(f"planned anew, at most {fix.missing:.3g} units moved", today.data, fix, quick, close.solved.plan)
            for fix in fixes
        ]
        answers = zip(fixes, self.solver.solve_all(asks), strict=True)
        return [self._way("near", self._bounded(solved, free.solved), fix) for fix, solved in answers]

    def _way(self, kind: Kind, solved: Solved, fix: Fixed) -> Way:
        if solved.plan is None or solved.value is None:
            return Way(kind, solved, fix)
        moved = count_moved(solved.plan, self.today.restated, self.today.paths, self.today.periods)
        charge = self.change_cost * moved
        return Way(kind, solved, fix, moved, charge, solved.value + charge)

    def _bounded(self, solved: Solved, free: Solved) -> Solved:
        """A plan of held decisions, with what no plan at all can be below."""
        if solved.value is None or solved.result is None:
            return solved
        noise = NOISE * max(1.0, abs(solved.value))
        bound = free.bound if free.bound is not None and free.bound <= solved.value + noise else None
        result: Result = replace(solved.result, bound=bound, gap=find_gap(solved.value, bound))
        proven = result.gap is not None and result.gap <= self.solver.options.gap
        status, reason = (Status.OPTIMAL, "") if proven else (Status.FEASIBLE, HELD)
        return replace(
            solved, bound=bound, reason=reason, result=replace(result, status=status, reason=reason), code=_code(solved)
        )


def _saves(free: Solved, kept: Way | None) -> bool:
    """Whether planning anew saves more than the gap of its search against keeping everything."""
    if kept is None or kept.solved.value is None or free.value is None:
        return True
    return kept.solved.value > free.value + find_room(free)


def find_room(free: Solved) -> float:
    """By how much costs may differ and still be the same: the gap of the search that was free, and rounding."""
    if free.value is None:
        return 0.0
    open_ = 0.0 if free.bound is None else max(0.0, free.value - free.bound)
    return open_ + ROUNDING * max(1.0, abs(free.value))


def _code(solved: Solved) -> int:
    """That the plan is not the cheapest is meant."""
    return Exit.SOLVED if solved.code in (Exit.SOLVED, Exit.LIMIT) else solved.code


def choose(ways: Sequence[Way], free: Solved, ramp_first: bool) -> Kind | None:
    """The way to follow, by ``pick``; None where none has a plan.

    Where the ramp comes before cost, only ways that miss no more of it than the free one.
    """
    known = [way for way in ways if way.total is not None]
    if ramp_first and "shortage" in free.measures:
        most = free.measures["shortage"] * (1 + ROUNDING) + ROUNDING
        known = [way for way in known if way.solved.measures["shortage"] <= most] or known
    return pick(known, free).kind if known else None


def pick(ways: Sequence[Way], free: Solved) -> Way:
    """The way with the least cost and charges; of those that differ by less than the gap of the search the least changed."""
    known = [(way.total, way.moved or 0.0, way) for way in ways if way.total is not None]
    most = min(total for total, _, _ in known) + find_room(free)
    fitting = [(moved, way.kind != "kept", total, way) for total, moved, way in known if total <= most]
    return min(fitting, key=lambda found: found[:3])[-1]
