"""``planner batch``: many scenarios, each solved once in a process of its own, resumable, one summary."""

from __future__ import annotations

import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType
from typing import Any

from planner.batch.grid.cells import build_cells
from planner.batch.grid.variation import read_variation
from planner.batch.grid.writing import write_grid
from planner.batch.run import Request, Run
from planner.batch.sources import Source, find_sources
from planner.batch.stopping import Stop
from planner.commands.batch_place import Place
from planner.commands.batch_progress import Progress
from planner.commands.batch_table import print_rows
from planner.commands.guard import say
from planner.commands.output import print_json
from planner.errors import UsageError
from planner.options import Options
from planner.report.console import open_console

LEAST_MEMORY, MOST_MEMORY = 64, 1_048_576
"""Megabytes a solve may be given."""


@dataclass(frozen=True, slots=True)
class Grid:
    """What ``--vary``, ``--sample`` and ``--seed`` say."""

    vary: tuple[str, ...] = ()
    sample: int | None = None
    seed: int = 1

    def spread(self, sources: list[Source], out: Path) -> list[Source]:
        """The variants of the scenarios, written as files; without ``--vary`` the scenarios themselves. Raises UsageError."""
        if not self.vary:
            if self.sample is not None:
                raise UsageError("--sample draws from what --vary says; allowed: with --vary only")
            return sources
        variations = [read_variation(text) for text in self.vary]
        return write_grid(sources, variations, build_cells(variations, self.sample, self.seed), out)


def batch_files(
    paths: list[str],
    options: Options,
    grid: Grid,
    *,
    out: str,
    jobs: int | None,
    as_json: bool,
    unmask: bool,
    place: Place | None = None,
) -> int:
    """Solve every scenario of the paths that has no result yet, and write the summary; the worst exit code of all.

    Raises UsageError, OSError, EngineError where the folder does not let work be claimed in it, or ClusterError.
    """
    place = place or Place()
    number = place.check(jobs)
    folder = Path(out)
    sources = grid.spread(find_sources(paths, folder), folder)
    folder.mkdir(parents=True, exist_ok=True)
    began, stop = time.monotonic(), Stop()
    with _interruptible(stop), place.runner(number, folder) as runner, Progress(len(sources)) as progress:
        run = Run(Request(sources, options, folder, number, unmask), runner)
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
