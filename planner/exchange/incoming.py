"""Workbook in: what it changes in a scenario, as edits, and everything that is wrong with it, by sheet and cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from planner.errors import BadInput, UsageError
from planner.exchange.book import Sheet, open_book
from planner.exchange.columns import Data, Key, Table
from planner.exchange.editing import compact, compact_paths, find_edits
from planner.exchange.merging import Merge, check_shown, merge_sheet, start_merge
from planner.exchange.original import FORMAT, META, ORIGINAL, Origin, read_original
from planner.exchange.reading import ReadSheet, place_of, read_sheet
from planner.exchange.sheets import TABLES
from planner.exchange.variant_edits import edits_of_variant
from planner.scenario.document import Document, Mark, Path
from planner.scenario.findings import Finding
from planner.scenario.places import nearest, value_at
from planner.scenario.read import build_scenario
from planner.scenario.store import Edit, Opened

NOTES = "Read me"


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a workbook says. ``data``: the scenario after its changes, resolved; ``edits``: what to save into the file.

    ``resolved_edits`` are the same on the resolved scenario: of a file that extends no other they are the edits.

    With an error among ``findings`` the edits are those of the cells that could be read: show them, do not save them.
    """

    edits: tuple[Edit, ...]
    findings: tuple[Finding, ...]
    resolved_edits: tuple[Edit, ...] = ()
    data: Data = field(default_factory=dict)

    @property
    def errors(self) -> list[Finding]:
        """The findings that stand in the way of saving."""
        return [finding for finding in self.findings if finding.severity == "error"]


def read_workbook(
    raw: bytes, opened: Opened, document: Document | None = None, file: str = ""
) -> tuple[tuple[Edit, ...], tuple[Finding, ...]]:
    """(edits, findings) of a workbook for the file that is open; see ``read_incoming``."""
    found = read_incoming(raw, opened, document, file)
    return found.edits, found.findings


def read_incoming(raw: bytes, opened: Opened, document: Document | None = None, file: str = "") -> Incoming:
    """Compare a workbook with the scenario file that is open.

    Only cells that differ from what the workbook was written with become edits, so what changed in the file meanwhile
    stays; what both changed is an error. ``document`` is the resolved scenario, needed when the file extends another
    (UsageError without it). ``file`` is the workbook's name in findings.
    """
    if document is None:
        if "extends" in opened.data:
            raise UsageError("this file extends another one: give the resolved document too")
        document = Document("", opened.sha256, opened.data)
    try:
        book = open_book(raw, file)
    except BadInput as error:
        return Incoming((), tuple(error.findings), (), document.data)
    return compare_book(book, opened, document, file)


def compare_book(book: dict[str, Sheet], opened: Opened, document: Document, file: str) -> Incoming:
    """The same for a workbook whose sheets are read already."""
    origin, written = read_original(book)
    merge = start_merge(document.data)
    merge.findings += find_strangers(book, file)
    if not any(table.sheet in book for table in TABLES):
        merge.findings.append(no_sheet(file))
    merge.findings += [_unknown_origin(file)] if origin is None else _doubts(origin, document, file)
    sheets = [read for table in TABLES if (read := _read(book, table, file, document.data))]
    for read in sheets:
        merge.findings += read.findings
        merge_sheet(merge, read, None if origin is None else written.get(read.table.sheet, {}))
    for read in sheets:
        check_shown(merge, read)
    if not any(finding.severity == "error" for finding in merge.findings):
        merge.findings += _check(merge, document, file)
    return _answer(merge, opened, document, origin)


def _read(book: dict[str, Sheet], table: Table, file: str, data: Data) -> ReadSheet | None:
    if table.sheet not in book:
        return None
    multiple = value_at(data, ("money", "in"))
    repeated: Counter[Key] = Counter(key for key, _ in table.rows.find(data))
    return read_sheet(book[table.sheet], table, file, multiple if isinstance(multiple, str) else "units", repeated)


def _answer(merge: Merge, opened: Opened, document: Document, origin: Origin | None) -> Incoming:
    edits: tuple[Edit, ...] = tuple(find_edits(merge.old, merge.new))
    resolved = edits
    findings = list(merge.findings)
    if "extends" in opened.data and edits:
        edits = edits_of_variant(opened.data, document.data, merge.new, edits)
    if origin and origin.left_out and not edits:
        findings.append(Finding("", 0, 0, "", "", f"left out of the workbook: {origin.left_out}", "", "", "note"))
    ordered = sorted(findings, key=lambda finding: ("error", "warning", "note").index(finding.severity))
    return Incoming(edits, tuple(ordered), resolved, compact(merge.new))


def find_strangers(book: dict[str, Sheet], file: str) -> list[Finding]:
    """Sheets with names the planner does not know: an error when one is nearly right, else a note."""
    known, found = {table.sheet for table in TABLES}, []
    for name in book:
        if name in known or name in (META, ORIGINAL, NOTES):
            continue
        near = nearest(name, known - set(book), 0.7)
        place = place_of(file, name)
        if near:
            found.append(Finding(place, 0, 0, "", "", f"unknown sheet; did you mean {near}?", "", f"name the sheet {near}"))
        else:
            found.append(Finding(place, 0, 0, "", "", "is no sheet of the planner and is not read", "", "", "note"))
    return found


def no_sheet(file: str) -> Finding:
    """The complaint about a workbook in which nothing can be read."""
    allowed = ", ".join(table.sheet for table in TABLES)
    return Finding(file, 0, 0, "", "", "holds no sheet of the planner", allowed, "begin with a workbook the planner wrote")


def _doubts(origin: Origin, document: Document, file: str) -> Iterator[Finding]:
    """A workbook of a newer planner, of another scenario, or of an older state of this one."""
    if origin.format > FORMAT:
        problem = f"written by a newer planner (workbook format {origin.format})"
        yield Finding(file, 0, 0, "", "", problem, f"format {FORMAT} or older", "use a newer planner; nothing was changed")
    made, now = (PurePosixPath(name).name for name in (origin.scenario, document.file))
    if made and now and made != now:
        fix = "check that it is meant for this file"
        yield Finding(file, 0, 0, "", "", f"was made from {made}, not from {now}", "", fix, "warning")
    elif origin.sha256 != document.sha256:
        problem = "the scenario file has changed since the workbook was made; only what differs in the workbook is taken over"
        yield Finding(file, 0, 0, "", "", problem, "", "", "note")


def _unknown_origin(file: str) -> Finding:
    problem = "the hidden sheets of the planner are missing or damaged, so all cells are compared with the file as it is now"
    return Finding(file, 0, 0, "", "", problem, "", "rows that are not in the workbook stay in the file", "warning")


def _check(merge: Merge, document: Document, file: str) -> list[Finding]:
    """What the scenario's own checks say about the result, at the cells the values stand in; errors only."""
    try:
        build_scenario(marked_document(merge, document, file))
    except BadInput as error:
        return [finding for finding in error.findings if finding.severity == "error"]
    return []


def marked_document(merge: Merge, document: Document, file: str) -> Document:
    """The new data with places: cells for what stands in the workbook, lines for what stands in the file only."""
    marks: dict[Path, Mark] = {}
    keys: dict[Path, Mark] = {}
    moved = dict(compact_paths(merge.new))
    cells = merge.places.keys() - merge.rows
    for path, left in moved.items():
        if not any(path[:end] in cells for end in range(2, len(path) + 1)):
            for places, known in ((marks, document.marks), (keys, document.keys)):
                if path in known:
                    places[left] = known[path]
    for path, place in merge.places.items():
        row = next((path[:end] for end in range(len(path), 0, -1) if path[:end] in moved), None)
        if row is not None:
            marks[(*moved[row], *path[len(row) :])] = Mark(place, 0, 0)
    data: Any = compact(merge.new)
    return Document(file or document.file, document.sha256, data, marks, (), keys)
