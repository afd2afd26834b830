"""After the search: whole units made whole, then output and gaps as the cheapest relaxation with them fixed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planner.errors import EngineError
from planner.plan.outcome import Outcome
from planner.result import find_gap
from planner.solvers.highs import run
from planner.solvers.matrix import Matrix
from planner.vocabulary import Status

WHOLE_ENOUGH = 1e-5


def settle(matrix: Matrix, outcome: Outcome, gap: float) -> Outcome:
    """The outcome with whole columns rounded and everything else at its cheapest for them.

    Raises EngineError if the rounded decisions keep no plan: the engine's point was not one.
    """
    if outcome.values is None:
        return outcome
    fixed = np.round(outcome.values)
    low = np.where(matrix.whole, fixed, matrix.lower)
    high = np.where(matrix.whole, fixed, matrix.upper)
    held = replace(matrix, lower=low, upper=high)
    done = run(held, {}, whole=False)
    if done.values is None:
        # whole units are searched for with rules to a millionth: a rule that binds may need that much room here too
        done = run(held, {"primal_feasibility_tolerance": 1e-6}, whole=False)
    if done.values is None or done.objective is None:
        raise EngineError(
            f"the engine's plan breaks a rule once whole units are whole (they were off by {outcome.deviation:.1e})"
        )
    proven = find_gap(done.objective, outcome.bound)
    status = outcome.status
    if status is Status.OPTIMAL and (proven is None or proven > gap + 1e-6):
        status = Status.FEASIBLE
    values = np.where(matrix.whole, fixed, done.values)
    return replace(outcome, status=status, objective=done.objective, gap=proven, values=values)
