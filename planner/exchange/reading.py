"""From a sheet to rows of typed cells: headings matched exactly, keys present and unique, nothing read by guess."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from planner.exchange.book import Sheet, column_letter
from planner.exchange.cells import read_cell
from planner.exchange.columns import Column, Key, Table
from planner.exchange.found import EMPTY, Found
from planner.exchange.headings import match_headings
from planner.exchange.numbers import currencies_of
from planner.scenario.findings import Finding, Severity, cut
from planner.scenario.places import MISSING
from planner.scenario.scalars import Refused

HEADINGS = 1
"""The row the headings stand in."""


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row: its number in the sheet, its key and which of several rows with that key it is, and its cells by column."""

    number: int
    key: Key
    turn: int
    cells: dict[str, Found]


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """One sheet. ``letters`` are the columns it has; ``whole``: every row could be told by its key."""

    table: Table
    file: str
    letters: dict[str, str]
    rows: tuple[ReadRow, ...] = ()
    whole: bool = True
    findings: list[Finding] = field(default_factory=list)

    def place(self, row: int, column: str = "") -> str:
        """``bids.xlsx, sheet Offers, cell D7``; the row where the sheet does not have the column."""
        return place_of(self.file, self.table.sheet, f"{self.letters[column]}{row}" if column in self.letters else "", row)


def place_of(file: str, sheet: str, cell: str = "", row: int = 0) -> str:
    """The place of a finding, in the words every message uses."""
    where = f", cell {cell}" if cell else f", row {row}" if row else ""
    return f"{file + ', ' if file else ''}sheet {sheet}{where}"


def complaint(place: str, name: str, refused: Refused, severity: Severity = "error") -> Finding:
    """A refusal as a finding about a cell."""
    return Finding(place, 0, 0, name, cut(refused.text), refused.problem, refused.allowed, refused.fix, severity)


def read_sheet(sheet: Sheet, table: Table, file: str, multiple: str, repeated: Counter[Key]) -> ReadSheet:
    """The rows of a sheet. ``repeated`` says how often a key may appear because the scenario itself repeats it."""
    found = match_headings(sheet, table, file, multiple)
    findings, letters = found.findings, {name: column_letter(number) for name, number in found.columns.items()}
    if sheet.merged:
        fix = "unmerge them and write the value into every cell"
        for area in sheet.merged:
            findings.append(Finding(place_of(file, sheet.name, area), 0, 0, "", "", "merged cells", "one value per cell", fix))
    if any(column.name not in found.columns for column in table.keys) or sheet.merged:
        return ReadSheet(table, file, letters, whole=False, findings=findings)
    read = ReadSheet(table, file, letters, findings=findings)
    rows, whole = _rows(sheet, read, found.columns)
    kept = tuple(_without_repeats(rows, read, repeated))
    _check_currencies(kept, read)
    findings += _notes(sheet, read)
    return ReadSheet(table, file, letters, kept, whole and len(kept) == len(rows), findings)


def _rows(sheet: Sheet, read: ReadSheet, columns: dict[str, int]) -> tuple[list[tuple[int, Key, dict[str, Found]]], bool]:
    """(number, key, cells) of every row that is not empty; and whether all of them have a usable key."""
    rows, whole = [], True
    numbers = sorted({row for row, column in sheet.cells if row > HEADINGS and column in columns.values()})
    for number in numbers:
        cells = {name: sheet.at(number, column) for name, column in columns.items()}
        if all(read_cell(cells[name], read.table.column(name)) is MISSING for name in cells):
            continue
        key = _key(number, cells, read)
        if key is None:
            whole = False
        else:
            rows.append((number, key, cells))
    return rows, whole


def _key(number: int, cells: dict[str, Found], read: ReadSheet) -> Key | None:
    key = []
    for column in read.table.keys:
        value = read_cell(cells[column.name], column)
        place = read.place(number, column.name)
        if isinstance(value, Refused):
            read.findings.append(complaint(place, column.name, value))
            return None
        if value is MISSING and not column.blank:
            fix = f"write the {column.name}, or clear the row: totals and remarks stand outside the table"
            what = "a row without it is never read"
            read.findings.append(Finding(place, 0, 0, column.name, "", f"{column.name} is missing; {what}", "", fix))
            return None
        key.append("" if value is MISSING else str(value))
    return tuple(key)


def _without_repeats(rows: list[tuple[int, Key, dict[str, Found]]], read: ReadSheet, repeated: Counter[Key]) -> Iterator[ReadRow]:
    """The rows whose key is unique, or repeated as often as in the scenario itself."""
    count: Counter[Key] = Counter(key for _, key, _ in rows)
    seen: Counter[Key] = Counter()
    for number, key, cells in rows:
        seen[key] += 1
        if count[key] <= max(1, repeated[key]):
            yield ReadRow(number, key, seen[key], cells)
        elif seen[key] == 2:
            numbers = ", ".join(str(row) for row, other, _ in rows if other == key)
            name = " ".join(filter(None, key)) or read.table.sheet
            problem = f"key {name} appears {count[key]} times in sheet {read.table.sheet}: rows {numbers}"
            first = next((column.name for column in read.table.keys), "")
            read.findings.append(
                Finding(read.place(number, first), 0, 0, "", "", problem, "each key once", "keep one of the rows")
            )


def _check_currencies(rows: tuple[ReadRow, ...], read: ReadSheet) -> None:
    """An amount shown with a sign of money must stand in a row of that currency."""
    for column in (column for column in read.table.columns if column.currency):
        for row in rows:
            shown = currencies_of(row.cells.get(column.name, EMPTY).number_format)
            said = row.cells.get(column.currency, EMPTY)
            if not shown or said.kind != "text" or str(said.value).strip() in shown:
                continue
            problem = f"is shown in {' or '.join(sorted(shown))}, but {column.currency} says {said.value}"
            fix = "correct the currency, or format the cell as a plain number"
            value = row.cells[column.name].value
            read.findings.append(Finding(read.place(row.number, column.name), 0, 0, column.name, cut(value), problem, "", fix))


def _notes(sheet: Sheet, read: ReadSheet) -> Iterator[Finding]:
    """What was read although nobody may have seen it, or seen it so."""
    place = place_of(read.file, sheet.name)
    if sheet.secret:
        yield Finding(place, 0, 0, "", "", "the sheet is hidden and was read all the same", "", "unhide it to see it", "note")
    if sheet.hidden:
        yield Finding(place, 0, 0, "", "", f"{sheet.hidden} hidden, and read all the same", "", "unhide to see them", "note")
    computed = [found.place for (row, _), found in sheet.cells.items() if found.computed and row > HEADINGS]
    if computed:
        told = ", ".join(computed[:6]) + (f" and {len(computed) - 6} more" if len(computed) > 6 else "")
        fix = "check that the spreadsheet had computed them"
        yield Finding(place, 0, 0, "", "", f"formulas in {told}: their stored results were taken", "", fix, "note")


def typed(row: ReadRow, column: Column) -> Any:
    """The value of a cell of a row, ``MISSING`` when the sheet has no such column."""
    return read_cell(row.cells.get(column.name, EMPTY), column)
