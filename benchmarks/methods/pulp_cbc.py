"""PuLP with the CBC it brings along: PuLP writes a file, CBC reads it in a process of its own and tells its progress in a log."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pulp
import pulp.apis.coin_api as hand_over

from benchmarks.case import Case
from benchmarks.methods import Answer
from benchmarks.methods.pulp_highs import build
from benchmarks.watch import Watch

PLAN = re.compile(r"Integer solution of (-?[\d.]+(?:e[+-]?\d+)?)")
SECONDS = re.compile(r"\(([\d.]+) seconds\)")
BOUND = re.compile(r"(?:best possible|Lower bound:)\s*(-?[\d.]+(?:e[+-]?\d+)?)")

NOTHING = 1e40
"""What CBC prints for a number it does not have."""


def answer(case: Case, gap: float, watch: Watch) -> Answer:
    """Build, write, solve; what CBC says is read from its log afterwards, its seconds counted from when it was started.

    CBC has one thread unless told otherwise; told to have one, it starts a second to wait for it.
    """
    problem = build(case)
    original = hand_over.subprocess.Popen

    def start(*args, **kwargs):
        watch.ready()
        return original(*args, **kwargs)

    hand_over.subprocess.Popen = start
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "cbc.log"
        engine = pulp.PULP_CBC_CMD(msg=False, gapRel=gap, timeLimit=watch.left, timeMode="elapsed", logPath=str(log))
        status = problem.solve(engine)
        bound = _tell(log.read_text(), watch)
    found = problem.sol_status in (pulp.LpSolutionOptimal, pulp.LpSolutionIntegerFeasible)
    objective = pulp.value(problem.objective) if found else None
    return Answer(objective, bound, f"{pulp.LpStatus[status]}, {pulp.LpSolution[problem.sol_status]}")


def _tell(log: str, watch: Watch) -> float | None:
    """Passes plans on; the bound, which CBC does not print where it proved the plan the best there is."""
    bound, proven = None, False
    for line in log.splitlines():
        plan, seconds, least = PLAN.search(line), SECONDS.search(line), BOUND.search(line)
        if plan and seconds:
            watch.plan(float(plan[1]), (watch.built or 0.0) + float(seconds[1]))
        if least and abs(float(least[1])) < NOTHING:
            bound = float(least[1])
        proven = proven or (line.startswith("Result - Optimal solution found") and "gap" not in line)
        if proven and line.startswith("Objective value:"):
            bound = float(line.split(":")[1])
    return bound
