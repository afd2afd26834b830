"""The search: relaxation, a restricted problem near it, then the full problem. Gaps always hold against the full one."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from planner.plan.outcome import Outcome
from planner.solvers.highs import Run, run
from planner.solvers.matrix import Floats, Matrix
from planner.vocabulary import Status

Event = dict[str, object]
SMALL = 300
"""Below so many whole columns the full problem is searched at once."""
NEAR = 2
"""The restricted problem lets a column move so many units from its relaxed value."""
SHARE_OF_TIME = 0.5
WIDE_GAP = 1e30


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

    def close(self) -> None:
        """Note the end of a phase."""
        self.phases.append((self.phase, self.seconds, self.incumbent, self.bound))


def find_gap(incumbent: float | None, bound: float | None) -> float | None:
    """(incumbent - bound) / |incumbent|, never negative; None without both."""
    if incumbent is None or bound is None:
        return None
    return max(0.0, incumbent - bound) / max(abs(incumbent), 1e-9)


def search(
    matrix: Matrix, gap: float, time_limit: float | None, tell: Callable[[Event], None], stop: Callable[[], bool]
) -> Outcome:
    """Find a plan and prove it within ``gap`` (a fraction) of the best, or say why not. Deterministic without a limit."""
    log = _Log(time.perf_counter(), tell)
    relaxed = _phase(log, "relaxation", matrix, {}, time_limit, stop, whole=False)
    if relaxed.reason in ("infeasible", "infeasible or unbounded"):
        return _confirm(matrix, log, time_limit, stop)
    if not relaxed.finished or not matrix.whole.any():
        return _outcome(matrix, log, gap, relaxed, relaxed.values)
    log.news(None, relaxed.objective)
    best: Floats | None = None
    if matrix.whole.sum() > SMALL:
        near = _phase(log, "near the relaxation", _restrict(matrix, relaxed), {"mip_rel_gap": gap / 2}, _part(time_limit), stop, partial=True)
        if near.values is not None:
            best = near.values
            log.news(near.objective, None)
            if (find_gap(log.incumbent, log.bound) or 0.0) <= gap or near.reason == "cancelled":
                return _outcome(matrix, log, gap, near, best)
    left = None if time_limit is None else max(0.1, time_limit - log.seconds)
    full = _phase(log, "full problem", matrix, {"mip_rel_gap": gap}, left, stop, start=best)
    if full.reason == "infeasible":
        return _confirm(matrix, log, time_limit, stop)
    if full.objective is not None and (best is None or full.objective <= (log.incumbent or 0.0) + 1e-9 * abs(log.incumbent or 0.0)):
        best = full.values
    return _outcome(matrix, log, gap, full, best)


def _phase(
    log: _Log, name: str, matrix: Matrix, options: dict[str, object], limit: float | None, stop: Callable[[], bool],
    whole: bool = True, start: Floats | None = None, partial: bool = False,
) -> Run:  # fmt: skip
    """One run of the engine. Bounds of a ``partial`` problem say nothing about the full one and are dropped."""
    log.phase = name
    log.tell({"event": "phase", "phase": name, "seconds": log.seconds})
    settings = options if limit is None else {**options, "time_limit": float(limit)}

    def report(incumbent: float | None, bound: float | None) -> None:
        log.news(incumbent, None if partial else bound)

    done = run(matrix, settings, whole=whole, start=start, report=report, stop=stop)
    if whole:
        log.news(done.objective, None if partial else done.bound)
    log.close()
    return done


def _part(time_limit: float | None) -> float | None:
    return None if time_limit is None else time_limit * SHARE_OF_TIME


def _restrict(matrix: Matrix, relaxed: Run) -> Matrix:
    """Whole columns near their relaxed value; those at 0 stay 0 unless they are nearly worth using."""
    assert relaxed.values is not None and relaxed.reduced_costs is not None
    low = np.maximum(matrix.lower, np.floor(relaxed.values + 1e-6) - NEAR)
    high = np.minimum(matrix.upper, np.ceil(relaxed.values - 1e-6) + NEAR)
    dear = np.abs(relaxed.reduced_costs) > 0.02 * np.abs(relaxed.objective or 1.0) / 10
    off = (relaxed.values < 1e-6) & dear
    high = np.where(off, matrix.lower, high)
    free = ~matrix.whole | (matrix.upper - matrix.lower <= 1)
    keep = free & ~(off & matrix.whole & (matrix.upper > 1))
    return replace(matrix, lower=np.where(keep, matrix.lower, low), upper=np.where(keep, matrix.upper, high))


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
    objective = float(matrix.cost @ values + matrix.offset) * matrix.scale
    proven = find_gap(objective, bound)
    good = proven is not None and proven <= gap + 1e-9 and not doubt
    reason = doubt or ("" if good else last.reason or "gap not reached")
    return Outcome(Status.OPTIMAL if good else Status.FEASIBLE, objective, bound, proven, log.seconds, reason, values, float(off), tuple(log.phases))
