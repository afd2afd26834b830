"""A search that begins from the plan of a neighbouring question: kept where every rule still holds, mended where one does not."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from planner.solvers.branches import Wood
from planner.solvers.highs import Run
from planner.solvers.layout import Mask
from planner.solvers.matrix import Floats
from planner.solvers.polish import EXACT

MEND_SECONDS = 3.0
USED = 1e-6


@dataclass(frozen=True, slots=True)
class Near:
    """``values``: by column those of a neighbour's plan, not a number where it says nothing; None without one.

    ``bound``: true cost no plan is below. The neighbour's basis is not among it: without presolve its relaxation takes longer
    from there than with presolve from nothing, once more than a few prices have changed.
    """

    values: Floats | None = None
    bound: float | None = None


def keep(wood: Wood, values: Floats) -> Floats | None:
    """The neighbour's plan with all that is not decided by whole units at its cheapest; None where a rule does not hold."""
    matrix = wood.parts.matrix
    known = matrix.whole & np.isfinite(values)
    if (values[known] < matrix.lower[known] - USED).any() or (values[known] > matrix.upper[known] + USED).any():
        return None
    return _search(wood, known, np.where(known, values, matrix.lower))


def mend(wood: Wood, relaxed: Run, values: Floats) -> Floats | None:
    """A plan not far from the neighbour's: least is taken back or added until every rule holds with divisible units.

    What had to move, and what the relaxation uses, is then decided anew in whole units; the rest stays. None if that finds
    no plan.
    """
    assert relaxed.values is not None
    log, m = wood.log, wood.parts.matrix
    known = m.whole & np.isfinite(values)
    target = np.clip(np.where(known, values, 0.0), m.lower, m.upper)
    unused = target <= m.lower + USED
    away = np.where(known, np.where(unused, 1.0, -1.0), 0.0)
    upper = np.where(known & ~unused, target, m.upper)
    close = log.ask(replace(m, cost=away, offset=0.0, upper=upper), {}, whole=False)
    if close.values is None:
        return None
    moved = np.abs(close.values - target) > USED
    return _search(wood, known & ~moved & ~(relaxed.values > USED), target)


def _search(wood: Wood, held: Mask, values: Floats) -> Floats | None:
    log, m = wood.log, wood.parts.matrix
    part = replace(m, lower=np.where(held, values, m.lower), upper=np.where(held, values, m.upper))
    if (part.whole & (part.upper > part.lower)).any():
        done = log.ask(part, {"mip_rel_gap": log.gap / 4, **EXACT}, MEND_SECONDS)
        if done.values is None:
            return None
        values = done.values
    plan = wood.settle(values)
    if plan is None:
        return None
    log.news(plan[1], None, plan[0])
    return plan[0]


def begin(wood: Wood, near: Near | None) -> Floats | None:
    """The neighbour's plan where it is one here too."""
    log = wood.log
    if near is None:
        return None
    if near.bound is not None:
        log.news(None, near.bound)
    if near.values is None:
        return None
    log.enter("neighbour's plan")
    plan = keep(wood, near.values)
    log.close()
    return plan
