"""The search: relaxation, agreements, orders for them, then the full problem. Gaps always hold against the full one."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from planner.plan.outcome import Outcome
from planner.solvers.highs import Run, run
from planner.solvers.matrix import Floats, Matrix, Setting
from planner.vocabulary import Status

Event = dict[str, object]
Stages = NDArray[np.int32]
SMALL = 300
"""Below so many whole columns the full problem is searched at once."""
DIVE_SECONDS = 3.0
"""Most each step of the dive may take: a start for the full problem, not an answer."""


@dataclass
class _Log:
    """What is known so far, told to the listener as it changes."""

    began: float
    tell: Callable[[Event], None]
    incumbent: float | None = None
    bound: float | None = None
    phase: str = ""
    phases: list[tuple[str, float, float | None, float | None]] = field(default_factory=list)

    def news(self, incumbent: float | None, bound: float | None) -> None:
        """Keep the better of old and new, and pass it on."""
        if incumbent is not None and (self.incumbent is None or incumbent < self.incumbent):
            self.incumbent = incumbent
        if bound is not None and (self.bound is None or bound > self.bound):
            self.bound = bound
        gap = find_gap(self.incumbent, self.bound)
        self.tell({"event": "progress", "phase": self.phase, "seconds": self.seconds, "incumbent": self.incumbent,
                   "bound": self.bound, "gap": gap})  # fmt: skip

    @property
    def seconds(self) -> float:
        """Seconds since the search began."""
        return round(time.perf_counter() - self.began, 3)

    def left(self, time_limit: float | None) -> float | None:
        """Seconds left of the limit, never none at all."""
        return None if time_limit is None else max(0.1, time_limit - self.seconds)

    def proves(self, gap: float) -> bool:
        """Whether incumbent and bound are known and close enough."""
        reached = find_gap(self.incumbent, self.bound)
        return reached is not None and reached <= gap

    def close(self) -> None:
        """Note the end of a phase."""
        self.phases.append((self.phase, self.seconds, self.incumbent, self.bound))


def find_gap(incumbent: float | None, bound: float | None) -> float | None:
    """(incumbent - bound) / |incumbent|, never negative; None without both."""
    if incumbent is None or bound is None:
        return None
    return max(0.0, incumbent - bound) / max(abs(incumbent), 1e-9)


def search(
    matrix: Matrix, stages: Stages, gap: float, time_limit: float | None, tell: Callable[[Event], None], stop: Callable[[], bool]
) -> Outcome:
    """Find a plan and prove it within ``gap`` (a fraction) of the best, or say why not. Deterministic without a limit.

    ``stages`` holds each column's period of decision; orders are made whole in that order.
    """
    log = _Log(time.perf_counter(), tell)
    relaxed = _phase(log, "relaxation", matrix, {}, time_limit, stop, whole=False)
    if relaxed.reason in ("infeasible", "infeasible or unbounded"):
        return _confirm(matrix, log, time_limit, stop)
    if not matrix.whole.any():
        return _outcome(matrix, log, gap, relaxed, relaxed.values)
    if not relaxed.finished:  # a point with parts of units is not a plan
        return _outcome(matrix, log, gap, relaxed, None)
    log.news(None, relaxed.objective)
    best: Floats | None = None
    if matrix.whole.sum() > SMALL:
        best = _dive(log, matrix, stages, gap, time_limit, stop)
        if best is not None and (log.proves(gap) or stop()):
            return _outcome(matrix, log, gap, relaxed, best)
    full = _phase(log, "full problem", matrix, {"mip_rel_gap": gap}, log.left(time_limit), stop, start=best)
    if full.reason == "infeasible":
        return _confirm(matrix, log, log.left(time_limit), stop)
    if full.values is not None and (best is None or _cost(matrix, full.values) <= _cost(matrix, best)):
        best = full.values
    return _outcome(matrix, log, gap, full, best)


def _phase(
    log: _Log, name: str, matrix: Matrix, options: Mapping[str, Setting], limit: float | None, stop: Callable[[], bool],
    whole: bool = True, start: Floats | None = None, bounds: bool = True, incumbents: bool = True,
) -> Run:  # fmt: skip
    """One run of the engine. ``bounds`` and ``incumbents`` say which of the two mean something for the full problem."""
    log.phase = name
    log.tell({"event": "phase", "phase": name, "seconds": log.seconds})
    settings: Mapping[str, Setting] = options if limit is None else {**options, "time_limit": float(limit)}

    def report(incumbent: float | None, bound: float | None) -> None:
        log.news(incumbent if incumbents else None, bound if bounds else None)

    done = run(matrix, settings, whole=whole, start=start, report=report, stop=stop)
    if whole:
        log.news(done.objective if incumbents else None, done.bound if bounds else None)
    log.close()
    return done


def _dive(
    log: _Log, matrix: Matrix, stages: Stages, gap: float, time_limit: float | None, stop: Callable[[], bool]
) -> Floats | None:
    """A good plan fast: decide the yes-or-no columns with units divisible, then make units whole period by period.

    Letting units be divisible only removes rules, so the first step's bound holds for the full problem; those
    of the later steps do not and are dropped.
    """
    limit = DIVE_SECONDS if time_limit is None else min(DIVE_SECONDS, time_limit / 4)
    either = matrix.whole & (matrix.upper - matrix.lower <= 1)
    agreed = _phase(log, "agreements", replace(matrix, whole=either), {"mip_rel_gap": gap / 3}, limit, stop, incumbents=False)
    if agreed.values is None:
        return None
    chosen = np.round(agreed.values)
    fixed = replace(matrix, lower=np.where(either, chosen, matrix.lower), upper=np.where(either, chosen, matrix.upper))
    found: Floats | None = None
    for first in sorted(set(stages[matrix.whole])):
        now = matrix.whole & (stages <= first)
        step = _phase(log, f"orders, step {first + 1}", replace(fixed, whole=now), {"mip_rel_gap": gap / 5}, limit / 4, stop,
                      bounds=False, incumbents=False)  # fmt: skip
        if step.values is None:
            return None
        found, whole = step.values, np.round(step.values)
        fixed = replace(fixed, lower=np.where(now, whole, fixed.lower), upper=np.where(now, whole, fixed.upper))
    if found is None:
        return None
    log.news(_cost(matrix, found), None)
    if log.proves(gap):
        return found
    near = _near(matrix, agreed.values, found)
    better = _phase(log, "near the plan", near, {"mip_rel_gap": gap / 2}, limit / 3, stop, start=found, bounds=False)
    return found if better.values is None else better.values


def _cost(matrix: Matrix, values: Floats) -> float:
    return float(matrix.cost @ values + matrix.offset) * matrix.scale


def _near(matrix: Matrix, relaxed: Floats, found: Floats) -> Matrix:
    """Whole columns between the relaxed plan and the one found, one unit of room on both sides; unused ones stay unused."""
    low = np.maximum(matrix.lower, np.floor(np.minimum(relaxed, found) + 1e-6) - 1)
    high = np.minimum(matrix.upper, np.ceil(np.maximum(relaxed, found) - 1e-6) + 1)
    unused = np.maximum(relaxed, found) < 1e-6
    high = np.where(unused & (matrix.upper > 1), matrix.lower, high)
    return replace(matrix, lower=np.where(matrix.whole, low, matrix.lower), upper=np.where(matrix.whole, high, matrix.upper))


def _confirm(matrix: Matrix, log: _Log, limit: float | None, stop: Callable[[], bool]) -> Outcome:
    """No plan exists only if the engine says so twice, the second time without presolve."""
    again = _phase(log, "second look", matrix, {"presolve": "off"}, limit, stop)
    if again.reason == "infeasible":
        return Outcome(Status.INFEASIBLE, seconds=log.seconds, reason="proven twice", phases=tuple(log.phases))
    if again.values is not None:
        return _outcome(matrix, log, 0.0, again, again.values, "the engine first said that no plan exists")
    return Outcome(Status.STOPPED, seconds=log.seconds, reason=again.reason, phases=tuple(log.phases))


def _outcome(matrix: Matrix, log: _Log, gap: float, last: Run, values: Floats | None, doubt: str = "") -> Outcome:
    if values is None:
        reason = doubt or last.reason or "no plan found"
        return Outcome(Status.STOPPED, bound=log.bound, seconds=log.seconds, reason=reason, phases=tuple(log.phases))
    off = np.abs(values - np.round(values))[matrix.whole].max(initial=0.0)
    bound = last.objective if not matrix.whole.any() and last.finished else log.bound
    objective = _cost(matrix, values)
    proven = find_gap(objective, bound)
    good = proven is not None and proven <= gap + 1e-9 and not doubt
    reason = doubt or ("" if good else last.reason or "gap not reached")
    return Outcome(
        Status.OPTIMAL if good else Status.FEASIBLE,
        objective,
        bound,
        proven,
        log.seconds,
        reason,
        values,
        float(off),
        tuple(log.phases),
    )
