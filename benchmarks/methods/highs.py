"""HiGHS with its defaults, one thread, on the exported file; its building is reading the file."""

from __future__ import annotations

import math

import highspy

from benchmarks.case import Case
from benchmarks.methods import Answer
from benchmarks.watch import Watch, listen_to_highs

SETTINGS = {"threads": 1, "output_flag": False}
"""What every method hands to HiGHS besides gap and time; all else stays as HiGHS has it."""


def answer(case: Case, gap: float, watch: Watch) -> Answer:
    """Read and run."""
    last = listen_to_highs(watch)
    engine = highspy.Highs()
    for name, value in {**SETTINGS, "mip_rel_gap": gap}.items():
        engine.setOptionValue(name, value)
    engine.readModel(str(case.mps))
    engine.run()
    return read_answer(last())


def read_answer(engine: highspy.Highs) -> Answer:
    """What HiGHS itself says, whoever called it."""
    info, status = engine.getInfo(), engine.modelStatusToString(engine.getModelStatus())
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    bound = info.mip_dual_bound if math.isfinite(info.mip_dual_bound) else None
    return Answer(engine.getObjectiveValue() if found else None, bound, status)
