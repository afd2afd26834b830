"""One run of a batch: look at every file, solve what is not solved, keep journal and manifest, write the summary at the end."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path, PurePath
from typing import Any

from planner.batch.claims import probe, this_process, tidy
from planner.batch.folder import Batch, read_batch
from planner.batch.journal import Journal
from planner.batch.local import Runner, run_tasks
from planner.batch.manifest import Manifest, read_manifest
from planner.batch.planning import Planning
from planner.batch.solving import Tell
from planner.batch.sources import Source
from planner.batch.stopping import Stop
from planner.batch.summary import write_summary
from planner.batch.task import CHANGED, OPEN, BatchTask, Row
from planner.options import Options
from planner.vocabulary import Exit

OFTEN, RARELY = 5.0, 50.0
"""Seconds between two writings of the manifest while a batch runs; and how many times longer than one of them takes."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is wanted: these scenarios, so many at a time, into the folder ``out``."""

    sources: Sequence[Source]
    options: Options
    out: Path
    jobs: int
    unmask: bool = False


@dataclass
class Run:
    """One run. ``ended``: rows by the place of their source in the request, growing as scenarios end.

    ``batch`` is the whole folder once the run is over, ``files`` its summary files, ``said`` a sentence about one left out.
    """

    request: Request
    runner: Runner = run_tasks
    ended: dict[int, Row] = field(default_factory=dict)
    batch: Batch | None = None
    files: tuple[str, ...] = ()
    said: str = ""

    def go(self, tell: Tell, hear: Callable[[Row], None], stop: Stop) -> None:
        """Solve everything; ``tell`` hears events, ``hear`` every row. After a request to ``stop`` what is done is kept.

        Raises OSError where the folder cannot be written, EngineError where work cannot be claimed in it.
        """
        request = self.request
        probe(request.out)
        manifest, journal = read_manifest(request.out), Journal(request.out)
        facts = {"total": len(request.sources), "jobs": request.jobs, "options": request.options.as_dict()}
        journal.write("begun", **facts, holder=asdict(this_process()))

        def told(event: dict[str, Any]) -> None:
            journal.write(event["event"], **{key: value for key, value in event.items() if key != "event"})
            tell(event)

        due = time.monotonic() + OFTEN

        def take(index: int, row: Row) -> None:
            nonlocal due
            self.ended[index] = row
            if not row.kept or row.status == CHANGED:
                journal.write("ended", **row.as_dict())
            hear(row)
            if (now := time.monotonic()) > due:
                manifest.save()
                due = time.monotonic() + max(OFTEN, RARELY * (time.monotonic() - now))

        self._solve_all(manifest, told, take, stop)
        manifest.save()
        tidy(request.out)
        self.batch = read_batch(request.out, trust=True)
        manifest.seals.update(self.batch.seals)
        manifest.save()
        self.files, self.said = write_summary(self.batch)
        journal.write("finished", exit_code=self.exit_code(stop), counts=self.batch.counts)

    @property
    def rows(self) -> list[Row]:
        """One row per source, in their order; open for what was not solved."""
        sources = self.request.sources
        return [self.ended.get(i) or _open_row(source) for i, source in enumerate(sources)]

    def exit_code(self, stop: Stop) -> int:
        """The worst of all rows; interrupted where somebody stopped it."""
        codes = [Exit.INTERRUPTED] if stop.asked else [row.exit_code for row in self.ended.values()]
        return min(codes, key=Exit.SEVERITY.index, default=Exit.SOLVED)

    def _solve_all(self, manifest: Manifest, tell: Tell, take: Callable[[int, Row], None], stop: Stop) -> None:
        """Take rows as they come: those known without a solve when they are met, the others when they end."""
        request = self.request
        asked: dict[tuple[str, str], list[int]] = {}

        def tasks() -> Iterator[BatchTask]:
            for i, item in enumerate(Planning(request.options, manifest, request.unmask).plan(request.sources)):
                if stop.asked:
                    return
                if isinstance(item, Row):
                    take(i, item)
                else:
                    asked.setdefault((item.document.file, item.fingerprint), []).append(i)
                    yield item

        for row in self.runner(tasks(), request.jobs, tell, stop):
            i = asked[row.file, row.fingerprint].pop()
            place = manifest.place(request.sources[i].path)
            manifest.entries[place] = replace(manifest.entries[place], row=None if row.results else row)
            take(i, row)


def _open_row(source: Source) -> Row:
    return Row(source.shown, PurePath(source.shown).stem, OPEN, Exit.INTERRUPTED, reason="not solved yet")
