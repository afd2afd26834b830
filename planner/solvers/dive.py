"""A good plan fast where nothing branches: agreements first, then orders made whole period by period."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.solvers.layout import Layout
from planner.solvers.log import Log
from planner.solvers.matrix import Floats, Matrix

SECONDS = 8.0
"""Most each step may take: a start for the full problem, not an answer."""


def cost_of(matrix: Matrix, values: Floats) -> float:
    """True cost of a point."""
    return float(matrix.cost @ values + matrix.offset) * matrix.scale


def dive(log: Log, matrix: Matrix, layout: Layout) -> Floats | None:
    """Decide the yes-or-no columns with units divisible, then make units whole period by period.

    Letting units be divisible only removes rules, so the first step's bound holds for the full problem; those
    of the later steps do not and are dropped.
    """
    limit, gap = SECONDS if log.time_limit is None else min(SECONDS, log.time_limit / 4), log.gap
    either = matrix.whole & (matrix.upper - matrix.lower <= 1)
    agreed = log.run("agreements", replace(matrix, whole=either), {"mip_rel_gap": gap / 3}, limit, incumbents=False)
    if agreed.values is None:
        return None
    chosen = np.round(agreed.values)
    fixed = replace(matrix, lower=np.where(either, chosen, matrix.lower), upper=np.where(either, chosen, matrix.upper))
    found: Floats | None = None
    for first in sorted(set(layout.stages[matrix.whole])):
        now = matrix.whole & (layout.stages <= first)
        step = log.run(f"orders, step {first + 1}", replace(fixed, whole=now), {"mip_rel_gap": gap / 5}, limit / 2,
                       bounds=False, incumbents=False)  # fmt: skip
        if step.values is None:
            return None
        found, whole = step.values, np.round(step.values)
        fixed = replace(fixed, lower=np.where(now, whole, fixed.lower), upper=np.where(now, whole, fixed.upper))
    if found is None:
        return None
    log.news(cost_of(matrix, found), None, found)
    if log.proven:
        return found
    near = _near(matrix, agreed.values, found)
    better = log.run("near the plan", near, {"mip_rel_gap": gap / 2}, limit / 3, start=found, bounds=False)
    return found if better.values is None else better.values


def _near(matrix: Matrix, relaxed: Floats, found: Floats) -> Matrix:
    """Whole columns between the relaxed plan and the one found, one unit of room on both sides; unused ones stay unused."""
    low = np.maximum(matrix.lower, np.floor(np.minimum(relaxed, found) + 1e-6) - 1)
    high = np.minimum(matrix.upper, np.ceil(np.maximum(relaxed, found) - 1e-6) + 1)
    unused = np.maximum(relaxed, found) < 1e-6
    high = np.where(unused & (matrix.upper > 1), matrix.lower, high)
    return replace(matrix, lower=np.where(matrix.whole, low, matrix.lower), upper=np.where(matrix.whole, high, matrix.upper))
