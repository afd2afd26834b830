"""Micro-models with known answers: an engine build that gets one wrong is refused before it plans anything."""

from __future__ import annotations

import highspy
import numpy as np

from planner.errors import EngineError
from planner.solvers.highs import run
from planner.solvers.matrix import Matrix

OLDEST = (1, 16, 0)


def _model(cost: list[float], upper: list[float], rows: list[tuple[list[float], float, float]], whole: list[bool]) -> Matrix:
    dense = np.array([row[0] for row in rows], dtype=float)
    used = [np.flatnonzero(line) for line in dense]
    return Matrix(
        np.array(cost, float), 0.0, 1.0, np.zeros(len(cost)), np.array(upper, float), np.array(whole),
        np.array([r[1] for r in rows], float), np.array([r[2] for r in rows], float),
        np.cumsum([0, *[len(u) for u in used]]).astype(np.int32), np.concatenate(used).astype(np.int32),
        np.concatenate([line[u] for line, u in zip(dense, used, strict=True)]),
    )  # fmt: skip


INF = float("inf")
THREE = [True] * 3
CASES: tuple[tuple[str, Matrix, float | None], ...] = (
    ("whole units under a fractional bound", _model([-1, -2, -3], [5.5] * 3, [([1, 1, 1], -INF, 7.5)], THREE), -19.0),
    ("a fee that must be paid", _model([2, 50], [100, 1], [([1, -100], -INF, 0), ([1, 0], 7, INF)], [True, True]), 64.0),
    ("least order",
     _model([3, 1, 0], [10, 10, 1], [([1, 0, -5], 0, INF), ([1, 0, -10], -INF, 0), ([1, 1, 0], 12, INF)], THREE), 22.0),
    ("cover by whole units",
     _model([5, 4, 3], [9] * 3, [([2, 3, 1], 5, INF), ([4, 1, 2], 11, INF), ([3, 4, 2], 8, INF)], THREE), 15.0),
    ("nothing fits", _model([1, 1], [1, 1], [([2, 2], 3, 3)], [True, True]), None),
    ("big fee coefficient",
     _model([1, 1000, 0], [1e6, 1, 5], [([1, -1e6, 0], -INF, 0), ([1, 0, 1], 8, INF)], THREE), 1003.0),
    ("knapsack", _model([-10, -13, -7, -8], [1] * 4, [([3, 4, 2, 3], -INF, 7)], [True] * 4), -23.0),
)  # fmt: skip
"""(name, model, best value or None when no plan exists), each checked by hand."""


def find_faults() -> list[str]:
    """Names of the micro-models this engine gets wrong, and complaints about its version."""
    found = []
    version = tuple(int(part) for part in highspy.Highs().version().split("."))
    if version < OLDEST:
        found.append(f"HiGHS {'.'.join(map(str, version))} is older than {'.'.join(map(str, OLDEST))} and known to be wrong")
    for name, matrix, best in CASES:
        done = run(matrix, {"mip_rel_gap": 0.0})
        right = done.reason == "infeasible" if best is None else done.finished and abs((done.objective or 0.0) - best) < 1e-6
        if not right:
            found.append(f"'{name}' gives {done.objective} ({done.reason or 'finished'}) instead of {best}")
    return found


def check_engine() -> None:
    """Raise EngineError if the installed engine cannot be trusted."""
    if faults := find_faults():
        raise EngineError("this HiGHS gives wrong answers and is not used: " + "; ".join(faults) + ". Install highspy >= 1.16.0")
