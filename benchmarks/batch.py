"""Measurements of ``planner batch``, each a command: poison, kills, speed, skip. Results go to benchmarks/batch.json.

    python -m benchmarks.batch poison     380 good scenarios alone, and among 20 bad ones
    python -m benchmarks.batch kills      400 scenarios, 100 times kill -9
    python -m benchmarks.batch speed      one solve at a time against two; what a scenario costs besides its solve
    python -m benchmarks.batch skip       1,000 scenarios that are solved already

``--size 0.1`` makes everything a tenth of it. Wall-clock figures mean something only on a machine with nothing else to do.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.batch_kills import measure_kills
from benchmarks.batch_poison import measure_poison
from benchmarks.batch_scenarios import SCENARIOS, write_large, write_small
from planner.batch.folder import read_batch
from planner.batch.manifest import Manifest
from planner.batch.planning import Planning
from planner.batch.sources import find_sources
from planner.options import Options
from planner.scenario.read import read_scenario
from planner.solve import solve

OUT = Path(__file__).parent / "batch.json"
WORKERS, MANY = 64, 10_000
KINDS = {"small": ("small", 0.005), "large": ("large", 0.005), "long": ("large", 0.0001)}
"""Which scenarios, and the gap to prove: solves of hundredths of a second, of less than one, and of several."""


def main() -> int:
    """Take one measurement and add it to the record."""
    parser = argparse.ArgumentParser(prog="benchmarks.batch", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("what", choices=MEASURES)
    parser.add_argument("--size", type=float, default=1.0, help="share of the full size")
    parser.add_argument("--folder", type=Path, help="where to work; without it a temporary folder")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = asked.folder or Path(made)
        load, began = os.getloadavg()[0], time.monotonic()
        found = MEASURES[asked.what](folder, asked.size)
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "load_before": round(load, 2)}
    record = json.loads(OUT.read_text(encoding="utf-8")) if OUT.is_file() else {}
    record[asked.what] = {"day": f"{datetime.now(UTC):%Y-%m-%d}", "size": asked.size, **machine,
                          "took": round(time.monotonic() - began, 1), **found}  # fmt: skip
    OUT.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(record[asked.what], indent=1))
    return 0


def poison(folder: Path, size: float) -> dict[str, Any]:
    """One scenario in twenty is bad, in four ways."""
    each = dict.fromkeys(("malformed", "large", "abort", "hang"), max(1, round(5 * size)))
    return measure_poison(folder, round(380 * size), each)


def kills(folder: Path, size: float) -> dict[str, Any]:
    """Kills at random moments, most of them in the middle of solves."""
    return measure_kills(folder, round(400 * size), round(100 * size), 3.0)


def speed(folder: Path, size: float) -> dict[str, Any]:
    """The same scenarios one and two at a time, and in this process without anything around the solve."""
    write_small(folder / "small", max(4, round(60 * size)))
    write_large(folder / "large", max(2, round(12 * size)))
    found: dict[str, Any] = {}
    for name, (kind, gap) in KINDS.items():
        runs = {jobs: timed(folder / kind, folder / f"{name}-{jobs}", jobs, gap) for jobs in (1, 2)}
        rows = read_batch(folder / f"{name}-1").rows
        solves = sum(row.seconds or 0.0 for row in rows)
        found[name] = {
            "scenarios": len(rows),
            "seconds_one": runs[1]["wall"],
            "seconds_two": runs[2]["wall"],
            "faster": round(runs[1]["wall"] / runs[2]["wall"], 2),
            "solve_each": round(solves / len(rows), 3),
            "overhead_each": round((runs[1]["wall"] - solves) / len(rows), 3),
            "cpu_each": round(runs[1]["cpu"] / len(rows), 3),
            "leader_each": round(plan_here(folder / kind, folder / "planned"), 4),
        }
        found[name]["many"] = estimate(found[name])
    found["alone"] = round(solve_here(), 3)
    return found


def estimate(row: dict[str, Any]) -> float:
    """Seconds for ``MANY`` scenarios on ``WORKERS`` workers with a core each: their work, or what one leader does for all."""
    return round(max(MANY * (row["solve_each"] + row["overhead_each"]) / WORKERS, MANY * row["leader_each"]), 0)


def skip(folder: Path, size: float) -> dict[str, Any]:
    """A batch that is solved already, started again three times."""
    count = max(10, round(1000 * size))
    write_small(folder / "small", count)
    first = timed(folder / "small", folder / "out", 2)
    again = [timed(folder / "small", folder / "out", 2) for _ in range(3)]
    return {"scenarios": count, "first": first, "again": again, "slowest": max(run["wall"] for run in again)}


def timed(scenarios: Path, out: Path, jobs: int, gap: float = 0.005) -> dict[str, float]:
    """One run of the command. ``wall``; ``cpu``: of all its processes. Seconds."""
    line = [sys.executable, "-m", "planner", "batch", str(scenarios), "--out", str(out), "--jobs", str(jobs), "--json"]
    line += ["--gap", str(gap)]
    before, began = _children_seconds(), time.monotonic()
    subprocess.run(line, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True)
    wall = time.monotonic() - began
    return {"wall": round(wall, 2), "cpu": round(_children_seconds() - before, 2)}


def plan_here(scenarios: Path, out: Path) -> float:
    """Seconds of a core that the leading process needs to read one scenario and make a task of it, packed to be sent."""
    sources = find_sources([str(scenarios)], out)
    began = time.process_time()
    for item in Planning(Options(time_limit=600), Manifest(out)).plan(sources):
        pickle.dumps(item)
    return (time.process_time() - began) / len(sources)


def solve_here() -> float:
    """Seconds a small scenario takes in this process, read and solved; the second time, when everything is loaded."""
    seconds = 0.0
    for _ in range(2):
        began = time.monotonic()
        solve(read_scenario(SCENARIOS / "minimal.yaml").scenario, "minimal", Options(time_limit=600))
        seconds = time.monotonic() - began
    return seconds


def _children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


MEASURES: dict[str, Callable[[Path, float], dict[str, Any]]] = {"poison": poison, "kills": kills, "speed": speed, "skip": skip}

if __name__ == "__main__":
    sys.exit(main())
