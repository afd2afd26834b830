"""How long explanations take, and how much of them gets an answer: ``python -m benchmarks.explain``, benchmarks/explain.json."""

from __future__ import annotations

import json
import os
import platform
import resource
import sys
import time
from pathlib import Path
from typing import Any

from planner.commands.explain_base import Seconds, open_plan, solve_base
from planner.explain.asking import Asking
from planner.explain.explain import Wanted, find_explanation
from planner.job import Crew
from planner.options import Options
from planner.scenario.read import read_scenario

HERE = Path(__file__).parent
SCENARIOS = HERE.parent / "scenarios"
CASES = {"us-2026-10gw": 20.0, "three-shocks": 180.0}
"""Scenario and the seconds an explanation of everything may take on two cores."""
USUAL = Options(gap=0.002)


def main() -> int:
    """Explain every case, or those named on the command line."""
    names = sys.argv[1:] or list(CASES)
    rows = []
    for name in names:
        rows.append(explain(SCENARIOS / f"{name}.yaml", CASES.get(name)))
        print(json.dumps(rows[-1]), flush=True)
    if not sys.argv[1:]:
        machine: dict[str, object] = {"cores": os.cpu_count(), "python": platform.python_version(), "load": os.getloadavg()}
        (HERE / "explain.json").write_text(json.dumps({"machine": machine, "rows": rows}, indent=1) + "\n")
    return 0


def explain(path: Path, goal: float | None = None, options: Options = USUAL) -> dict[str, Any]:
    """One explanation as ``planner explain`` finds it: seconds on the wall and of all processors, and what was answered."""
    began, before = time.perf_counter(), _processor()
    plan = open_plan(path, read_scenario(path), options)
    base = solve_base(plan)
    asking = Asking(plan.solver, plan.data, plan.scenario, base, Seconds(options.time_limit).limits(base, plan.began))
    found = find_explanation(asking, Wanted(), plan.key)
    seconds = time.perf_counter() - began
    if isinstance(plan.solver.begin, Crew):
        plan.solver.begin.close()  # what workers took is known once they have ended
    parts = {part.part: (part.answered, part.questions, round(part.seconds, 1)) for part in found.parts}
    return {
        "case": path.stem, "seconds": round(seconds, 1), "goal": goal, "processor_seconds": round(_processor() - before, 1),
        "plan_seconds": round(base.seconds, 1), "plan_gap": base.result.gap if base.result else None, "asked_gap": asking.gap,
        "answered": sum(part.answered for part in found.parts), "questions": sum(part.questions for part in found.parts),
        "parts": parts, "load": round(os.getloadavg()[0], 1),
    }  # fmt: skip


def _processor() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    raise SystemExit(main())
