"""A good plan fast where nothing branches: agreements first, then orders made whole one stretch of time after the other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.solvers.layout import Layout, Mask
from planner.solvers.log import Log
from planner.solvers.matrix import Floats, Matrix

SECONDS = 8.0
"""Most each step may take: a start for the full problem, not an answer."""
STRETCHES = 4
"""Into so many stretches the calendar is cut: whole quarters of it see what they cost each other, single periods do not."""


def cost_of(matrix: Matrix, values: Floats) -> float:
    """True cost of a point."""
    return float(matrix.cost @ values + matrix.offset) * matrix.scale


def step_down(log: Log, matrix: Matrix, stretches: tuple[Mask, ...], gap: float, limit: float) -> Floats | None:
    """A point whose whole columns were made whole one stretch after the other; None where that leads nowhere.

    ``stretches``: by stretch the columns it decides; later ones stay divisible meanwhile. ``limit``: seconds for each.
    """
    fixed, values = matrix, None
    for stretch in stretches:
        now = matrix.whole & stretch
        if values is not None and not (now & (fixed.upper > fixed.lower)).any():
            continue
        step = log.ask(replace(fixed, whole=now), {"mip_rel_gap": gap}, limit)
        if step.values is None:
            return None
        values, whole = step.values, np.round(step.values)
        fixed = replace(fixed, lower=np.where(now, whole, fixed.lower), upper=np.where(now, whole, fixed.upper))
    return values


def dive(log: Log, matrix: Matrix, layout: Layout) -> tuple[Floats, Floats] | None:
    """Decide the yes-or-no columns with units divisible, then make units whole; the plan, and that of divisible units.

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
    log.enter("orders")
    found = step_down(log, fixed, layout.stretches(STRETCHES), gap / 5, limit / 2)
    if found is not None:
        log.news(cost_of(matrix, found), None, found)
    log.close()
    return None if found is None else (found, agreed.values)


def look_around(log: Log, matrix: Matrix, divisible: Floats, found: Floats) -> Floats:
    """The plan, or a better one near it and near the plan of divisible units.

    Whole columns lie between the two, with one unit of room on both sides; those neither uses stay unused.
    """
    low = np.maximum(matrix.lower, np.floor(np.minimum(divisible, found) + 1e-6) - 1)
    high = np.minimum(matrix.upper, np.ceil(np.maximum(divisible, found) - 1e-6) + 1)
    unused = np.maximum(divisible, found) < 1e-6
    high = np.where(unused & (matrix.upper > 1), matrix.lower, high)
    near = replace(matrix, lower=np.where(matrix.whole, low, matrix.lower), upper=np.where(matrix.whole, high, matrix.upper))
    limit = SECONDS if log.time_limit is None else min(SECONDS, log.time_limit / 4)
    better = log.run("near the plan", near, {"mip_rel_gap": log.gap / 2}, limit / 3, start=found, bounds=False)
    return found if better.values is None else better.values
