"""Runs of real scenarios for tests."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from planner.app.run import Asked, Run
from planner.app.runs import Runs
from planner.options import Options
from planner.scenario.read import read_scenario
from tests.command import MINIMAL, ROOT

SLOW = ROOT / "scenarios" / "us-2026-10gw.yaml"
"""Takes long when everything is to be proven."""
PATIENCE = 60.0


def ask(path: Path = MINIMAL, *, gap: float = 0.005, limit: float | None = None) -> Asked:
    """What the screen asks for when its button is pressed."""
    read = read_scenario(path)
    return Asked(read.document, read.scenario, path, Options(gap=gap, time_limit=limit))


def started(runs: Runs, asked: Asked) -> Run:
    """A run, by its id."""
    run = runs.get(runs.start(asked))
    assert run is not None
    return run


def wait_for(true: Callable[[], bool], seconds: float = PATIENCE) -> float:
    """Wait until it is true; the seconds it took."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < seconds, "waited too long"
        time.sleep(0.01)
    return time.monotonic() - began


@contextmanager
def emptied(runs: Runs, *started_runs: Run) -> Iterator[None]:
    """Stop the runs however the test ends."""
    try:
        yield
    finally:
        for run in started_runs:
            runs.cancel(run.run_id)
            wait_for(lambda run=run: run.settled)  # type: ignore[misc]
