"""An index kept as a CSV file (dates in the first column): read strictly, every complaint with line and column."""

from __future__ import annotations

import pathlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from planner.errors import BadInput
from planner.scenario.characters import decode_text, visible
from planner.scenario.dates import parse_period
from planner.scenario.files import locate, read_bytes
from planner.scenario.findings import Finding, cut
from planner.scenario.places import listed
from planner.scenario.scalars import NUMBER, number_hint

DATES = "2026-01, 2026-01-15 or 2026-Q1"
MOST_FINDINGS = 20
LARGEST_VALUE = 1e12
_CELL = re.compile(r'(?:"((?:[^"]|"")*)"|([^,"]*))(,|$)')
_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")
_OTHER_COMMAS = re.compile(r"[;\t|]")


class Cell(NamedTuple):
    """One cell, without quotes and outer spaces, and where it begins (from 1)."""

    text: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class IndexFile:
    """The rows of a file: names of the columns, and cells row by row, as many as there are names."""

    file: str
    names: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Index:
    """One column of an index: (first day of the time it is for, value), in order of the days; ``last`` is as written."""

    file: str
    column: str
    points: tuple[tuple[date, float], ...]
    last: str


@dataclass(slots=True)
class _Findings:
    file: str
    found: list[Finding] = field(default_factory=list)

    def add(self, cell: Cell, field_name: str, problem: str, allowed: str, fix: str) -> None:
        value = cut(visible(cell.text))
        self.found.append(Finding(self.file, cell.line, cell.column, field_name, value, problem, allowed, fix))

    def end(self) -> None:
        """Raise what was found, at most ``MOST_FINDINGS`` and how many more."""
        if len(self.found) > MOST_FINDINGS:
            more = Finding(self.file, 0, 0, "", "", f"{len(self.found) - MOST_FINDINGS} more complaints are not shown")
            raise BadInput([*self.found[:MOST_FINDINGS], more])
        if self.found:
            raise BadInput(self.found)


def read_index_file(path: pathlib.Path) -> IndexFile:
    """The cells of an ordinary UTF-8 file of at most 2 MB; raises BadInput with every line that cannot be split."""
    place = locate(path)
    try:
        raw = read_bytes(place)
    except BadInput as error:
        raise BadInput([_of_an_index(finding) for finding in error.findings]) from None
    said = _Findings(place.name)
    rows = [row for row in _split(decode_text(raw, place.name), said) if row]
    if not rows:
        raise BadInput([Finding(place.name, 1, 1, "", "", "the file is empty", "a line of names, then dates and values")])
    names, *others = rows
    _check_names(names, said)
    for row in others:
        if len(row) != len(names):
            words = f"the line has {len(row)} cell{'s' if len(row) != 1 else ''}, the first line names {len(names)} columns"
            said.add(row[0], "", words, f"{len(names)} cells", "add or remove commas")
    said.end()
    return IndexFile(place.name, names, tuple(others))


def _of_an_index(finding: Finding) -> Finding:
    """Complaints about files speak of scenarios; here an index is read."""
    problem = finding.problem.replace("a scenario file", "a CSV file")
    fixes = {"split the story into variants": "leave out old lines or other columns", "name a scenario file": "name a CSV file"}
    return replace(finding, problem=problem, fix=fixes.get(finding.fix, finding.fix))


def _split(text: str, said: _Findings) -> Iterator[tuple[Cell, ...]]:
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        cells: list[Cell] = []
        at = 0
        while line.strip():
            found = _CELL.match(line, at)
            if not found:
                words = "a quote that is never closed, or text beside a quoted cell"
                said.add(Cell(line[at:], number, at + 1), "", words, 'a cell, or a whole cell in "quotes"', "remove the quotes")
                cells = []
                break
            quoted, plain, end = found.groups()
            cells.append(Cell((plain if quoted is None else quoted.replace('""', '"')).strip(), number, at + 1))
            at = found.end()
            if not end:
                break
        yield tuple(cells)


def _check_names(names: tuple[Cell, ...], said: _Findings) -> None:
    """The first line names the columns, each once."""
    first = names[0]
    if len(names) == 1 and (other := _OTHER_COMMAS.search(first.text)):
        sign = "a tab" if other[0] == "\t" else other[0]
        place = Cell(first.text, first.line, first.column + other.start())
        said.add(place, "", f"columns are divided by {sign}", "commas", "save it as comma-separated values")
    elif len(names) == 1:
        said.add(first, "", "there is no column beside the dates", "a date and at least one index", "add the index")
    elif _NUMBER.fullmatch(names[1].text) or _day(first.text):
        said.add(first, "", "the first line holds numbers, not the names of the columns", "names", "add a first line: date,index")
    seen: set[str] = set()
    for cell in names:
        if cell.text and cell.text in seen:
            said.add(cell, "", f"two columns are called {cell.text}", "names that differ", "rename one")
        seen.add(cell.text)


def read_column(found: IndexFile, number: int) -> Index:
    """The index in column ``number`` (0 is the dates); raises BadInput with every cell that cannot be used."""
    said = _Findings(found.file)
    name = found.names[number].text
    points: list[tuple[date, float]] = []
    first: dict[str, Cell] = {}
    for row in found.rows:
        day, value = _day(row[0].text), _value(row[number], name, said)
        if day is None:
            said.add(row[0], found.names[0].text, "is not a month, day or quarter", DATES, "write the date like this")
            continue
        known = first.setdefault(day[1], row[0])
        if len(first) > 1:
            words = f"is a {day[1]}, line {next(iter(first.values())).line} is not"
            if known == row[0]:
                said.add(row[0], found.names[0].text, words, "one kind of dates", "write all dates alike")
            continue
        if points and day[0] <= points[-1][0]:
            said.add(row[0], found.names[0].text, "does not come after the line before it", "dates in order", "sort the lines")
        elif value is not None:
            points.append((day[0], value))
    if not found.rows:
        said.add(Cell("", 1, 1), "", "there are names but no values", "lines of a date and values", "add the values")
    said.end()
    return Index(found.file, name, tuple(points), found.rows[-1][0].text)


def _day(text: str) -> tuple[date, str] | None:
    try:
        day, kind = parse_period(text)
    except ValueError:
        return None
    return None if kind == "year" else (day, kind)


def _value(cell: Cell, name: str, said: _Findings) -> float | None:
    """A finite number of at least 0, or a complaint: a dial relative to a mean has no other meaning."""
    if not cell.text:
        said.add(cell, name, "value is missing", NUMBER, "write the value, or remove the line")
        return None
    if not _NUMBER.fullmatch(cell.text):
        problem, fix = number_hint(cell.text)
        said.add(cell, name, problem, NUMBER, fix)
        return None
    value = float(cell.text)
    if not 0 <= value <= LARGEST_VALUE:
        allowed = "0 to 1e12"
        said.add(cell, name, "must be at least 0" if value < 0 else "is not a usable number", allowed, "correct it")
        return None
    return value


def find_column(found: IndexFile, name: str | None) -> int | None:
    """Number of the column called ``name`` (None: the only one beside the dates); None when it cannot be told."""
    names = [cell.text for cell in found.names]
    if name is None:
        return 1 if len(names) == 2 else None
    return names.index(name) if name in names[1:] else None


def columns_of(found: IndexFile) -> str:
    """The names of the columns beside the dates, for a message."""
    return listed(cell.text or "(no name)" for cell in found.names[1:])
