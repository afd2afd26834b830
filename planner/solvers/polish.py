"""A plan made better a stretch of time at a time: in all futures at once, everything else held."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.solvers.branches import DEAR, Wood
from planner.solvers.highs import Run
from planner.solvers.matrix import Floats

STRETCHES = 4
"""So many parts of the calendar are decided anew one after the other, with overlaps of a third."""
WINDOW_SECONDS = 3.0


def polish(wood: Wood, relaxed: Run, plan: Floats) -> Floats:
    """The plan, or a cheaper one. Columns that neither it nor the relaxation uses stay unused.

    ``relaxed``: the relaxation of the full problem, with reduced costs.
    """
    assert relaxed.values is not None
    assert relaxed.reduced_costs is not None
    log, m = wood.log, wood.parts.matrix
    near = (relaxed.values > 1e-6) | (relaxed.reduced_costs <= DEAR)
    log.enter("polishing")
    periods = max(wood.layout.period) + 1
    window = max(3, periods // STRETCHES)
    for first in range(0, periods, max(2, 2 * window // 3)):
        if log.over:
            break
        stretch = (wood.layout.stages >= first) & (wood.layout.stages < first + window)
        free = wood.whole & stretch & (near | (plan > 1e-6))
        if not (free & near).any():
            continue
        fixed = wood.whole & ~free
        held = replace(m, lower=np.where(fixed, plan, m.lower), upper=np.where(fixed, plan, m.upper))
        done = log.ask(held, {"mip_rel_gap": log.gap / 10}, WINDOW_SECONDS, start=plan)
        if done.values is None or done.objective is None or done.objective >= wood.cost(plan):
            continue
        # the engine's whole units are whole to a millionth: a rule that binds may not hold once they are exactly whole
        exact = wood.hold(wood.whole, np.round(done.values))
        if exact.values is not None and exact.objective is not None and exact.objective < wood.cost(plan):
            plan = np.where(wood.whole, np.round(done.values), exact.values)
            log.news(exact.objective, None, plan)
    log.close()
    return plan
