"""One run of HiGHS: its own status, bound and gap, progress as it goes, and a stop that is obeyed."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import highspy
import numpy as np

from planner.errors import EngineError
from planner.solvers.matrix import Floats, Matrix, Setting, load

MODEL = highspy.HighsModelStatus
ENDED = {
    MODEL.kOptimal: "", MODEL.kModelEmpty: "", MODEL.kInfeasible: "infeasible",
    MODEL.kUnbounded: "unbounded", MODEL.kUnboundedOrInfeasible: "infeasible or unbounded",
    MODEL.kTimeLimit: "time limit", MODEL.kInterrupt: "cancelled", MODEL.kSolutionLimit: "node or solution limit",
    MODEL.kMemoryLimit: "memory limit", MODEL.kIterationLimit: "iteration limit",
    MODEL.kObjectiveBound: "nothing better", MODEL.kObjectiveTarget: "target reached",
}  # fmt: skip
OWN = 1e-5
"""By so much of it the engine's cost of a point may differ from the point's own."""
FEASIBLE = 2
"""HiGHS's primal status of a point that keeps every row."""

Report = Callable[[float | None, float | None, Floats | None], None]
"""Called with (incumbent, bound) in true cost as the engine learns them, and with the values of a better point."""


@dataclass(frozen=True, slots=True)
class Run:
    """How one run ended. ``objective`` and ``bound`` in true cost; ``values`` by column where a point is feasible.

    Of a relaxation also ``reduced_costs`` by column in true cost, and ``duals`` by row in the matrix's own scale; of one
    without a point ``duals`` is a ray that proves it, where the engine has one.
    """

    reason: str
    objective: float | None
    bound: float | None
    values: Floats | None
    reduced_costs: Floats | None
    seconds: float
    duals: Floats | None = None

    @property
    def finished(self) -> bool:
        """Whether the engine proved what it was asked to prove."""
        return self.reason == ""


def run(
    matrix: Matrix, options: Mapping[str, Setting], *, whole: bool = True, start: Floats | None = None,
    report: Report | None = None, stop: Callable[[], bool] | None = None,
) -> Run:  # fmt: skip
    """Solve once. ``start`` is a point to begin from; ``stop`` is asked often and ends the run when true.

    1.16.0 can call a point it was given the best, at a cost that is not the point's: then it is asked again without.
    """
    done = _run(matrix, options, whole, start, report, stop)
    if start is not None and not _is_own_cost(matrix, done):
        return _run(matrix, options, whole, None, report, stop)
    return done


def _is_own_cost(matrix: Matrix, done: Run) -> bool:
    if done.values is None or done.objective is None:
        return True
    cost = float(matrix.cost @ done.values + matrix.offset) * matrix.scale
    return abs(cost - done.objective) <= OWN * max(1.0, abs(cost))


def _run(
    matrix: Matrix, options: Mapping[str, Setting], whole: bool, start: Floats | None, report: Report | None,
    stop: Callable[[], bool] | None,
) -> Run:  # fmt: skip
    began = time.perf_counter()
    limit = options.get("time_limit")
    deadline = began + float(str(limit)) if limit is not None else math.inf
    engine = load(matrix, options, whole)
    if start is not None:
        engine.setSolution(len(start), np.arange(len(start), dtype=np.int32), start)
    # HiGHS can run on past its own limit, so the clock is also asked in its callbacks
    _listen(engine, matrix, report, lambda: time.perf_counter() > deadline or bool(stop and stop()))
    engine.run()
    done = _read(engine, matrix, whole and bool(matrix.whole.any()), time.perf_counter() - began)
    return replace(done, reason="time limit") if done.reason == "cancelled" and time.perf_counter() > deadline else done


def _listen(engine: highspy.Highs, matrix: Matrix, report: Report | None, stop: Callable[[], bool]) -> None:
    def news(event: Any) -> None:
        if report:
            report(None, _true(event.data_out.mip_dual_bound, matrix.scale), None)

    def better(event: Any) -> None:
        if report:
            values = np.array(event.data_out.mip_solution)
            cost = float(matrix.cost @ values + matrix.offset) * matrix.scale
            report(cost, _true(event.data_out.mip_dual_bound, matrix.scale), values)

    def check(event: Any) -> None:
        if stop():
            event.interrupt()

    if report:
        engine.cbMipLogging.subscribe(news)
        engine.cbMipImprovingSolution.subscribe(better)
    for callback in (engine.cbMipInterrupt, engine.cbSimplexInterrupt, engine.cbIpmInterrupt):
        callback.subscribe(check)


def _read(engine: highspy.Highs, matrix: Matrix, mip: bool, seconds: float) -> Run:
    status, info = engine.getModelStatus(), engine.getInfo()
    if status not in ENDED:
        raise EngineError(f"HiGHS ended with '{engine.modelStatusToString(status)}'")
    feasible = info.primal_solution_status == FEASIBLE
    solution = engine.getSolution()
    values = np.array(solution.col_value) if feasible else None
    objective = engine.getObjectiveValue() * matrix.scale if feasible else None
    bound = _true(info.mip_dual_bound, matrix.scale) if mip else (objective if status == MODEL.kOptimal else None)
    relaxed = not mip and status == MODEL.kOptimal
    costs = np.array(solution.col_dual) * matrix.scale if relaxed else None
    duals = np.array(solution.row_dual) if relaxed else _find_ray(engine, mip, status)
    return Run(ENDED[status], objective, bound, values, costs, seconds, duals)


def _find_ray(engine: highspy.Highs, mip: bool, status: highspy.HighsModelStatus) -> Floats | None:
    if mip or status != MODEL.kInfeasible:
        return None
    _, there, ray = engine.getDualRay()  # type: ignore[attr-defined]
    return np.array(ray) if there else None


def _true(number: float, scale: float) -> float | None:
    return number * scale if math.isfinite(number) else None
