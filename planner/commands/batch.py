"""``planner batch``: many scenarios, each solved once in a process of its own, resumable, one summary."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

from planner.batch.run import Request, Run
from planner.batch.sources import find_sources
from planner.batch.stopping import Stop
from planner.commands.batch_progress import Progress
from planner.commands.batch_table import print_rows
from planner.commands.guard import say
from planner.commands.output import print_json
from planner.errors import UsageError
from planner.options import Options
from planner.report.console import open_console

LEAST_MEMORY, MOST_MEMORY = 64, 1_048_576
"""Megabytes a solve may be given."""


def batch_files(paths: list[str], options: Options, *, out: str, jobs: int | None, as_json: bool, unmask: bool) -> int:
    """Solve every scenario of the paths that has no result yet, and write the summary; the worst exit code of all.

    Raises UsageError, OSError, or EngineError where the folder does not let work be claimed in it.
    """
    folder = Path(out)
    sources = find_sources(paths, folder)
    folder.mkdir(parents=True, exist_ok=True)
    run = Run(Request(sources, options, folder, check_jobs(jobs), unmask))
    began, stop = time.monotonic(), Stop()
    with _interruptible(stop), Progress(len(sources)) as progress:
        run.go(progress.tell, progress.hear, stop)
    document = describe(run, stop, time.monotonic() - began)
    if as_json:
        print_json(document)
    else:
        print_rows(document, open_console(sys.stdout))
    return int(document["exit_code"])


def describe(run: Run, stop: Stop, seconds: float) -> dict[str, Any]:
    """The JSON document of a run."""
    rows = run.rows
    return {
        "out": str(run.request.out),
        "rows": [row.as_dict() for row in rows],
        "counts": dict(Counter(row.status for row in rows)),
        "solved": sum(bool(row.results) and not row.kept for row in rows),
        "kept": sum(row.kept for row in rows),
        "seconds": seconds,
        "files": list(run.files),
        "note": run.said,
        "exit_code": run.exit_code(stop),
    }


def check_jobs(jobs: int | None) -> int:
    """How many solves at a time: as asked, else one per core. Raises UsageError with the allowed range."""
    most = max(2, os.cpu_count() or 1)
    if jobs is None:
        return os.cpu_count() or 1
    if not 1 <= jobs <= most:
        raise UsageError(f"--jobs is {jobs}; allowed: 1 to {most}, solves at a time on this machine")
    return jobs


def check_memory(options: Options, megabytes: int | None) -> Options:
    """The options with the memory one solve may take. Raises UsageError with the allowed range."""
    if megabytes is None:
        return options
    if not LEAST_MEMORY <= megabytes <= MOST_MEMORY:
        raise UsageError(f"--memory is {megabytes}; allowed: {LEAST_MEMORY} to {MOST_MEMORY} MB for each solve")
    return replace(options, memory_mb=megabytes)


@contextmanager
def _interruptible(stop: Stop) -> Iterator[None]:
    """The first interrupt, or being told to terminate, cancels every solve and keeps what is done; the second ends at once."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        if stop.asked:
            signal.default_int_handler(number, frame)
        say("interrupted; solves under way are cancelled, what is done is kept")
        stop.request()

    before = {number: signal.signal(number, interrupt) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
