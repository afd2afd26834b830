"""Jobs for the tests: real workers on shipped scenarios, and how long something took."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from planner.job import SolveJob
from planner.options import Options
from planner.scenario.read import read_scenario

SCENARIOS = Path(__file__).parents[2] / "scenarios"
QUICK = SCENARIOS / "us-2026-10gw.yaml"
"""Has its first plan after a second or two and, without a gap, searches on for long."""
TREE = SCENARIOS / "exclusion-lapse.yaml"


def job(path: Path, warm: Any = None, **options: Any) -> SolveJob:
    return SolveJob(read_scenario(path).document, Options(**options), warm)


def wait_for_plan(running: SolveJob) -> dict[str, Any]:
    """Listens until the first plan has been checked; what was told about it."""
    return next(event for event in running.events() if event["event"] == "plan")


def end(running: SolveJob) -> float:
    """Seconds until the worker was gone."""
    began = time.monotonic()
    for _ in running.events():
        pass
    assert running.ended
    return time.monotonic() - began


def gone(pid: int, seconds: float = 5.0) -> bool:
    """Whether a process has ended, or does so in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        stat = Path(f"/proc/{pid}/stat")
        if not stat.exists() or stat.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return True
        time.sleep(0.02)
    return False
