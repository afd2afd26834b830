"""Start a batch over scenarios of the folder, or go on with one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.app.study_run import StudyRun
from planner.batch.journal import FILE as JOURNAL
from planner.batch.run import Request, Run
from planner.batch.sources import Source
from planner.options import Options

A_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
"""A batch folder: one name, which leads nowhere else and is hidden from nobody."""
MOST_BATCHES = 200


def list_batches(out: Path) -> list[str]:
    """Names of the folders among the results that hold a batch, the one written last first."""
    found = [path.parent for path in out.glob(f"*/{JOURNAL}") if A_NAME.fullmatch(path.parent.name)]
    return [folder.name for folder in sorted(found, key=_written, reverse=True)][:MOST_BATCHES]


def _written(folder: Path) -> float:
    try:
        return (folder / JOURNAL).stat().st_mtime
    except OSError:
        return 0.0


def study_key(name: str) -> str:
    """The key of the study that solves the batch of this name: one at a time."""
    return f"batch-{name}"


@dataclass(frozen=True)
class Batching:
    """What is to be solved: scenarios by their names within the folder ``root``, into ``out``, ``jobs`` at a time."""

    root: Path
    names: Sequence[str]
    out: Path
    jobs: int
    options: Options

    @property
    def work(self) -> Callable[[StudyRun], int]:
        """Solves what is not solved yet; its exit code."""
        return self._solve

    def _solve(self, study: StudyRun) -> int:
        study.expect(len(self.names))
        sources = [Source(self.root / name, self.root) for name in self.names]
        self.out.mkdir(parents=True, exist_ok=True)
        run = Run(Request(sources, self.options, self.out, self.jobs))
        run.go(lambda _: None, lambda row: study.step(row.file, kept=row.kept), study.stop)
        return run.exit_code(study.stop)
