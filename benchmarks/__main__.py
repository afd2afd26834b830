"""Solve the shipped cases and write what was measured: benchmarks/results.json and a table on standard output."""

from __future__ import annotations

import json
import os
import platform
import resource
import sys
import time
from pathlib import Path

from planner.errors import PlannerError
from planner.job import SolveJob
from planner.options import Options
from planner.scenario.read import read_scenario

HERE = Path(__file__).parent
SCENARIOS = HERE.parent / "scenarios"
LIMIT = 60.0
LONG = ("us-2026-10gw", "us-2026-30gw", "us-2026-100gw")
"""Cases also run to the limit, to report the gap reached in it."""


def measure(path: Path, gap: float) -> dict[str, object]:
    """One case: the end, the gap in 60 s, seconds by part, and when the asked gap was proven."""
    began = time.perf_counter()
    read = read_scenario(path)
    reading = time.perf_counter() - began
    job = SolveJob(read.document, Options(gap=gap, time_limit=LIMIT))
    first_good = None
    for event in job.events():
        reached = event.get("gap")
        if first_good is None and isinstance(reached, float) and reached <= 0.01:
            first_good = event["seconds"]
    result = job.result()
    outside = {part: round(result.seconds[part], 3) for part in ("read", "build", "audit")}
    return {
        "instance": path.stem, "nodes": result.size.get("nodes"), "columns": result.size.get("columns"),
        "whole": result.size.get("whole"), "rows": result.size.get("rows"), "method": "planner", "asked_gap": gap,
        "status": str(result.status), "objective": result.objective, "bound": result.bound, "gap": result.gap,
        "seconds": round(time.perf_counter() - began, 3), "engine": round(result.seconds["engine"], 3),
        "outside": {"check in this process": round(reading, 3), **outside},
        "within_1_percent": first_good,
        "memory_mb": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024),
        "audit": result.audit["ok"], "phases": [list(phase) for phase in result.phases],
    }  # fmt: skip


def main() -> int:
    """All shipped cases, or those named on the command line."""
    names = sys.argv[1:] or sorted(path.stem for path in SCENARIOS.glob("*.yaml"))
    rows = []
    for name, asked in [*((name, 0.005) for name in names), *((name, 0.0) for name in LONG if name in names)]:
        try:
            row = measure(SCENARIOS / f"{name}.yaml", asked)
        except PlannerError as error:
            print(f"{name}: {error}")
            continue
        rows.append(row)
        gap = "-" if row["gap"] is None else f"{row['gap']:.3%}"
        print(f"{name:26s} {row['status']!s:10s} gap {gap:>8s}  {row['seconds']:>7} s, engine {row['engine']} s", flush=True)
    machine: dict[str, object] = {"cores": os.cpu_count(), "python": platform.python_version(), "load": os.getloadavg()}
    (HERE / "results.json").write_text(json.dumps({"machine": machine, "rows": rows}, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
