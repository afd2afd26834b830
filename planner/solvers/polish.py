"""A plan made better a stretch of time at a time: in all futures at once, everything else held."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.solvers.branches import DEAR, Wood
from planner.solvers.highs import Run
from planner.solvers.matrix import Floats, Setting

STRETCHES = 4
"""So many parts of the calendar are decided anew one after the other, with overlaps of a third."""
WINDOW_SECONDS = 3.0
EXACT: dict[str, Setting] = {"mip_feasibility_tolerance": 1e-7}
"""Rules with large numbers are kept to so much of the largest: a plan that uses that room is none once its units are whole."""


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
        done = log.ask(held, {"mip_rel_gap": log.gap / 10, **EXACT}, WINDOW_SECONDS, start=plan)
        if done.values is None or done.objective is None or done.objective >= wood.cost(plan):
            continue
        exact = wood.settle(done.values)
        if exact is not None and exact[1] < wood.cost(plan):
            plan = exact[0]
            log.news(exact[1], None, plan)
    log.close()
    return plan
