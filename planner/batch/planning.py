"""From scenario files to what has to be solved: a task for each, or the row of what is known already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath

from planner.batch.kept import is_kept, look
from planner.batch.manifest import Entry, Manifest, files_read, find_question
from planner.batch.sources import Source
from planner.batch.task import FAILED, REFUSED, BatchTask, Row
from planner.errors import BadInput
from planner.options import Options
from planner.report.mask import build_mask
from planner.result import find_versions
from planner.scenario.fingerprint import fingerprint
from planner.scenario.read import ReadScenario, read_scenario
from planner.vocabulary import Exit


@dataclass(frozen=True)
class Planning:
    """Looks at files one after the other, as they are needed, and notes in the ``manifest`` what they ask."""

    options: Options
    manifest: Manifest
    unmask: bool = False

    def plan(self, sources: Iterable[Source]) -> Iterator[BatchTask | Row]:
        """In the order of the files."""
        question = find_question(self.options, self.unmask)
        for source in sources:
            entry = self.manifest.find(source.path, question)
            yield (self._keep(entry) if entry else None) or self._open(source, question)

    def _keep(self, entry: Entry) -> Row | None:
        """The answer that is there already for a file that has not changed."""
        seal = look(self.manifest.out / entry.key, entry.file, self.manifest.seals.get(entry.key))
        if seal is None or not is_kept(seal.row, entry.fingerprint, entry.masked):
            return None
        self.manifest.seals[entry.key] = seal
        return replace(seal.row, fingerprint=entry.fingerprint)

    def _open(self, source: Source, question: str) -> BatchTask | Row:
        """The task of a file, or its answer where it only looks new; a row for one that cannot be used."""
        place = self.manifest.place(source.path)
        try:
            read = read_scenario(source.path, source.root)
        except BadInput as error:
            row = Row(source.shown, PurePath(source.shown).stem, REFUSED, Exit.BAD_INPUT, reason=str(error))
        except Exception as error:  # noqa: BLE001 - one file is one row, whatever it does to the reader
            reason = f"{type(error).__name__}: {error} - this is a bug"
            row = Row(source.shown, PurePath(source.shown).stem, FAILED, Exit.BUG, reason=reason)
        else:
            return self._ask(read, source, question)
        self.manifest.entries[place] = Entry(row.file, row=row)
        return row

    def _ask(self, read: ReadScenario, source: Source, question: str) -> BatchTask | Row:
        mark = fingerprint(read.scenario, self.options.answer_dict(), find_versions())
        masked = bool(build_mask(read.scenario, self.unmask).suppliers)
        out = str(self.manifest.out)
        task = BatchTask(read.document, mark, self.options, str(source.path), out, self.unmask, masked)
        known = tuple(files_read(read.document))
        entry = Entry(read.document.file, known, question, mark, task.key, masked)
        self.manifest.entries[self.manifest.place(source.path)] = entry
        return self._keep(entry) or task
