"""That a clash is one: never one engine's word alone."""

from __future__ import annotations

import time
from collections.abc import Collection

from planner.explain.conflict.judge import Judge
from planner.explain.conflict.limits import Limit, without
from planner.solvers.matrix import build_matrix
from planner.solvers.referee import SECOND_ENGINE, ask_second_engine

FIRST = "HiGHS"
WITHOUT_PRESOLVE = "HiGHS without presolve"


def confirm(judge: Judge, clash: Collection[Limit]) -> tuple[str, ...]:
    """The engines that say that no plan keeps these limits, all others given up: asked of this very set.

    Where the second engine is not installed or has no answer, the first is asked twice, the second time in another way.
    Empty when one of them contradicts.
    """
    if judge.prove(clash) is not False:
        return ()
    keys = {limit.key for limit in clash}
    problem = judge.build(without(judge.data, [limit for limit in judge.limits if limit.key not in keys])).problem
    seconds = min(judge.each, judge.until - time.monotonic())
    judge.hear(judge.questions, seconds)
    second = ask_second_engine(problem, seconds)
    if second is not None:
        return () if second else (FIRST, SECOND_ENGINE)
    again = judge.run(build_matrix(problem), {"presolve": "off"})
    if again.values is not None:
        return ()
    return (FIRST, WITHOUT_PRESOLVE) if again.reason == "infeasible" else (FIRST,)
