"""How long a trade-off of 15 points takes: a case without news and one of three shocks. Writes benchmarks/frontier.json.

``python -m benchmarks.frontier [CASE...] [--points N]``; the seconds count only on a machine at rest.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from planner.commands.frontier import choose_options
from planner.job.crew import Crew
from planner.options import Options
from planner.scenario.read import read_scenario
from planner.studies.frontier.axes import read_axes
from planner.studies.frontier.points import Frontier
from planner.studies.frontier.search import find_frontier
from planner.studies.solving import Solver

OUT = Path(__file__).parent / "frontier.json"
SCENARIOS = Path(__file__).parent.parent / "scenarios"
POINTS = 15


@dataclass(frozen=True, slots=True)
class Case:
    """One trade-off, and the seconds it should take at most on two cores."""

    name: str
    scenario: str
    against: str
    seconds: float


CASES = (
    Case("share", "us-2026-10gw", "country-share:CN", 30.0),
    Case("suppliers", "us-2026-10gw", "suppliers", 30.0),
    Case("spend", "us-2026-10gw", "spend", 30.0),
    Case("worst", "three-shocks", "cvar_cost", 120.0),
)


def main() -> int:
    """Measure the cases named, or all; the file is written anew after each, others stay in it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="*", metavar="CASE", help=", ".join(case.name for case in CASES))
    parser.add_argument("--points", type=int, default=POINTS)
    asked = parser.parse_args()
    unknown = set(asked.cases) - {case.name for case in CASES}
    if unknown:
        parser.error(f"no case {', '.join(sorted(unknown))}; allowed: {', '.join(case.name for case in CASES)}")
    rows: dict[str, Any] = json.loads(OUT.read_text(encoding="utf-8"))["cases"] if OUT.exists() else {}
    for case in CASES:
        if not asked.cases or case.name in asked.cases:
            rows[case.name] = measure(case, asked.points)
            machine = {"cores": os.cpu_count(), "python": platform.python_version()}
            OUT.write_text(json.dumps({"machine": machine, "cases": rows}, indent=1) + "\n", encoding="utf-8")
            print(json.dumps({key: value for key, value in rows[case.name].items() if key != "points"}), flush=True)
    return 0


def measure(case: Case, points: int) -> dict[str, Any]:
    """One frontier with wall seconds, seconds of processor time of all processes, and the load when it began."""
    read = read_scenario(SCENARIOS / f"{case.scenario}.yaml")
    crew, load, began = Crew(), os.getloadavg()[0], time.perf_counter()
    before = _used()
    of, against = read_axes(read.scenario, "cost", case.against)
    solver = Solver(case.scenario, choose_options(read.scenario, Options()), begin=crew)
    found = find_frontier(solver, read.document.data, read.scenario, of, against, points, loose=True)
    seconds = time.perf_counter() - began
    crew.close()
    return {
        "scenario": case.scenario, "against": case.against, "day": f"{date.today()}",  # noqa: DTZ011
        "seconds": round(seconds, 1), "goal": case.seconds, "cpu": round(_used() - before, 1), "load": round(load, 2),
        **_row(found),
    }  # fmt: skip


def _row(found: Frontier) -> dict[str, Any]:
    gaps = [point.gap for point in found.points if point.gap is not None]
    return {
        "asked": found.asked, "spared": found.spared, "dominated": found.dominated,
        "kept": len(found.points), "knee": found.knee, "worst_gap": round(max(gaps), 5) if gaps else None,
        "told_apart": sum(1 for point in found.points if point.step and point.step.distinct),
        "points": [
            [round(p.against, 6), round(p.of, 3), None if p.bound is None else round(p.bound, 3), round(p.solved.seconds, 1)]
            for p in found.points
        ],
    }  # fmt: skip


def _used() -> float:
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(used.ru_utime + used.ru_stime for used in both)


if __name__ == "__main__":
    sys.exit(main())
