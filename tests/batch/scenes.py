"""What the tests of batches share: small folders of scenarios, a run in this process, and what it left."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from planner.batch.manifest import Manifest
from planner.batch.planning import Planning
from planner.batch.run import Request, Run
from planner.batch.sources import find_sources
from planner.batch.stopping import Stop
from planner.batch.task import BatchTask, Row
from planner.options import Options

OPTIONS = Options(time_limit=60)


@dataclass
class Done:
    """A run that is over, and what was heard of it."""

    run: Run
    events: list[dict[str, Any]] = field(default_factory=list)
    heard: list[Row] = field(default_factory=list)
    code: int = 0

    @property
    def rows(self) -> list[Row]:
        return self.run.rows

    @property
    def fresh(self) -> list[str]:
        """Names of the scenarios solved by it."""
        return sorted(row.name for row in self.heard if row.results and not row.kept)


def go(out: Path, *paths: Path, options: Options = OPTIONS, unmask: bool = False) -> Done:
    """One run over files and folders."""
    out.mkdir(exist_ok=True)
    run = Run(Request(find_sources([str(path) for path in paths], out), options, out, 2, unmask))
    done, stop = Done(run), Stop()
    run.go(done.events.append, done.heard.append, stop)
    done.code = run.exit_code(stop)
    return done


def task_of(path: Path, out: Path, options: Options = OPTIONS) -> BatchTask:
    """The task of one file that has no result."""
    (item,) = Planning(options, Manifest(out)).plan(find_sources([str(path)], out))
    assert isinstance(item, BatchTask)
    return item


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Bytes and time of every file below a folder."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}
