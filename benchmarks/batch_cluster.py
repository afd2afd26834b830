"""What a cluster costs beside solving on this machine: time and processor time per scenario, and how soon it stops.

``python -m benchmarks.batch_cluster --count 100``
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.batch_scenarios import SCENARIOS, read_answers, write_small
from planner.batch.journal import read_journal

ON_CLUSTER = ("--cluster", "local")
LONG = SCENARIOS / "us-2026-30gw.yaml"


def command(scenarios: Path, out: Path, *options: str) -> list[str]:
    """``planner batch`` with two solves at a time."""
    return [sys.executable, "-m", "planner", "batch", str(scenarios), "--out", str(out), "--jobs", "2", *options]


def measure_cluster(folder: Path, count: int) -> dict[str, Any]:
    """The same scenarios here and on workers of a cluster on this machine. Seconds; ``same``: answers equal in every byte.

    ``*_start`` is a batch of one scenario, ``*_each`` what one more takes, two at a time.
    """
    write_small(folder / "one", 1)
    write_small(folder / "all", count)
    found: dict[str, Any] = {"scenarios": count}
    for name, options in (("here", ()), ("cluster", ON_CLUSTER)):
        one = _run(command(folder / "one", folder / f"{name}-one", *options))
        every = _run(command(folder / "all", folder / name, *options))
        for kind, first, last in zip(("seconds", "processor_seconds"), one, every, strict=True):
            found[f"{name}_start_{kind}"] = round(first, 2)
            found[f"{name}_each_{kind}"] = round((last - first) / (count - 1), 3)
    found["same"] = read_answers(folder / "here") == read_answers(folder / "cluster")
    found["stop_seconds"] = round(measure_stop(folder / "stopped"), 2)
    return found


def measure_stop(out: Path) -> float:
    """Seconds from an interrupt, two seconds into a long search on a worker, to the end of the command."""
    run = subprocess.Popen(
        command(LONG, out, "--gap", "0", *ON_CLUSTER), start_new_session=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    while run.poll() is None and not any(event["event"] == "started" for event in read_journal(out)):
        time.sleep(0.05)
    time.sleep(2.0)
    began = time.perf_counter()
    os.killpg(run.pid, signal.SIGINT)
    run.wait()
    return time.perf_counter() - began


def _run(line: list[str]) -> tuple[float, float]:
    """Seconds and processor seconds of a command with everything it starts."""
    before, began = _used(), time.perf_counter()
    subprocess.run(line, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began, _used() - before


def _used() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> int:
    """Print what was measured as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100, help="scenarios")
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure_cluster(Path(folder), parser.parse_args().count), indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
