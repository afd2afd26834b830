"""Put what was changed in the workbook into the scenario's data, cell by cell; what both sides changed is a conflict."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from planner.exchange.columns import Column, Data, Key, NoPlace
from planner.exchange.display import is_kept, says_same, show
from planner.exchange.found import EMPTY, Found
from planner.exchange.original import Cells, Written, find_lines
from planner.exchange.placing import drop_value, full_path, get_value, put_value, short_keys
from planner.exchange.reading import ReadRow, ReadSheet, complaint, place_of, typed
from planner.exchange.rows import GONE, Entries, Items
from planner.exchange.series import sort_periods
from planner.scenario.document import Path
from planner.scenario.findings import Finding, cut
from planner.scenario.places import MISSING, value_at
from planner.scenario.scalars import Refused


@dataclass(slots=True)
class Merge:
    """Data being changed: ``old`` as the file has it, ``new`` with the workbook's changes and ``GONE`` for removed items.

    ``places`` are the cells of paths in ``new``, ``rows`` those paths that stand for a whole row; ``base`` are the cells
    as the workbook was written, None if that is not known.
    """

    old: Data
    new: Data
    base: Written | None = None
    places: dict[Path, str] = field(default_factory=dict)
    rows: set[Path] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)

    def say(self, place: str, name: str, value: Any, problem: str, allowed: str = "", fix: str = "") -> None:
        """Add an error about a cell."""
        self.findings.append(Finding(place, 0, 0, name, cut(value), problem, allowed, fix))


def start_merge(data: Data) -> Merge:
    """Nothing changed yet."""
    return Merge(data, copy.deepcopy(data))


def merge_sheet(merge: Merge, read: ReadSheet, base: Written | None) -> None:
    """Apply the changed, new and removed rows of one sheet; ``base`` None: compare with the scenario, remove nothing."""
    merge.base = base
    table = read.table
    now = {(line.key, line.turn): line for line in find_lines(merge.old, table)}
    if base is None:
        base = {name: {c: f for c, f in line.cells.items() if f.kind != "empty"} for name, line in now.items()}
    seen = {(row.key, row.turn) for row in read.rows}
    for row in read.rows:
        name = (row.key, row.turn)
        if name in now:
            _change_row(merge, read, row, now[name].path, now[name].cells, base.get(name, {}))
        elif name in base:
            _lost_row(merge, read, row, base[name])
        else:
            gone = {key: cells for (key, turn), cells in base.items() if (key, turn) not in seen}
            _add_row(merge, read, row, gone)
    if merge.base is not None and read.whole:
        for name, line in now.items():
            if name in base and name not in seen:
                _remove_row(merge, read, line.key, line.path, line.cells, base[name])


def _columns(read: ReadSheet) -> list[Column]:
    return [column for column in read.table.columns if not column.key and not column.shown and column.name in read.letters]


def _change_row(merge: Merge, read: ReadSheet, row: ReadRow, path: Path, now: Cells, base: Cells) -> None:
    if value_at(merge.new, path) is MISSING:
        if any(not says_same(row.cells.get(c.name, EMPTY), now.get(c.name, EMPTY), c) for c in _columns(read)):
            merge.say(read.place(row.number), "", "", "belongs to a row that is gone", "", "remove this row too")
        return
    _mark(merge, read, row, path)
    for column in _columns(read):
        found, was, is_now = (cells.get(column.name, EMPTY) for cells in (row.cells, base, now))
        if says_same(found, was, column) or says_same(found, is_now, column):
            continue
        place = read.place(row.number, column.name)
        if not says_same(is_now, was, column):
            problem = f"was {_told(was)} when the workbook was made; the file says {_told(is_now)} now"
            merge.say(place, column.name, found.value, problem, "", "decide which is right, and write it into both")
        else:
            _change_cell(merge, read, row, path, column, was)


def _change_cell(merge: Merge, read: ReadSheet, row: ReadRow, path: Path, column: Column, was: Found) -> None:
    value, place = typed(row, column), read.place(row.number, column.name)
    if isinstance(value, Refused):
        merge.findings.append(complaint(place, column.name, value))
    elif value is MISSING and (is_kept(was) or not column.path):
        fix = f"write {was.value} again, or remove the row" if not column.path else f"write {was.value} again"
        merge.say(place, column.name, "", "cannot be cleared here", "", fix)
    elif value is MISSING:
        drop_value(merge.new, path, column)
    else:
        _put(merge, read, row, path, column, value)


def _put(merge: Merge, read: ReadSheet, row: ReadRow, path: Path, column: Column, value: Any) -> None:
    try:
        put_value(merge.new, path, column, value, short_keys(read.table))
    except NoPlace as error:
        place = read.place(row.number, column.name)
        merge.say(place, column.name, value, error.problem, error.allowed, error.fix)


def _lost_row(merge: Merge, read: ReadSheet, row: ReadRow, base: Cells) -> None:
    """A row that the file no longer has: silent when nobody touched it in the workbook either."""
    if all(says_same(row.cells.get(c.name, EMPTY), base.get(c.name, EMPTY), c) for c in _columns(read)):
        return
    problem = "was changed here, but the file no longer has it"
    merge.say(read.place(row.number), "", " ".join(row.key), problem, "", "remove the row, or add it to the file again")


def _add_row(merge: Merge, read: ReadSheet, row: ReadRow, gone: dict[Key, Cells]) -> None:
    if former := _renamed(read, row, gone):
        problem = f"{' '.join(former)} seems to be renamed to {' '.join(row.key)}"
        fix = f"keep the name {' '.join(former)} here and rename it in the file, where everything that names it stands"
        merge.say(_key_place(read, row), "", "", problem, "", fix)
        return
    try:
        path = read.table.rows.make(merge.new, row.key)
    except NoPlace as error:
        name = read.table.keys[error.column].name if read.table.keys else ""
        merge.say(read.place(row.number, name), name, "", error.problem, error.allowed, error.fix)
        return
    _mark(merge, read, row, path)
    for column in _columns(read):
        value, found = typed(row, column), row.cells.get(column.name, EMPTY)
        if is_kept(found):
            if not column.series:
                problem = "its value stands in the file the workbook was made from, not here"
                merge.say(read.place(row.number, column.name), column.name, found.value, problem, "", "write the value")
        elif isinstance(value, Refused):
            merge.findings.append(complaint(read.place(row.number, column.name), column.name, value))
        elif value is not MISSING:
            _put(merge, read, row, path, column, value)
        elif not column.path:
            merge.say(
                read.place(row.number, column.name), column.name, "", "is missing", "a number", "write it, or clear the row"
            )
    holder = value_at(merge.new, path[:-1])
    if isinstance(holder, dict) and len(path) > 2:
        value_at(merge.new, path[:-2])[path[-2]] = sort_periods(holder)


def _renamed(read: ReadSheet, row: ReadRow, gone: dict[Key, Cells]) -> Key | None:
    """The key of a row that is gone and whose cells are mostly those of this new row."""
    if not isinstance(read.table.rows, Items | Entries):
        return None
    for key, cells in gone.items():
        columns = [c for c in _columns(read) if c.name in cells]
        same = sum(says_same(row.cells.get(c.name, EMPTY), cells[c.name], c) for c in columns)
        if len(columns) > 2 and same * 4 >= len(columns) * 3:
            return key
    return None


def _remove_row(merge: Merge, read: ReadSheet, key: Key, path: Path, now: Cells, base: Cells) -> None:
    if value_at(merge.new, path) is MISSING:
        return
    sheet = place_of(read.file, read.table.sheet)
    name = " ".join(filter(None, key)) or "the row"
    if not path:
        merge.say(sheet, "", "", "its row is gone", "one row", "write the title, the calendar and the money again")
        return
    if any(not says_same(now.get(c.name, EMPTY), base.get(c.name, EMPTY), c) for c in _columns(read)):
        fix = "add the row again with the new values, or remove it from the file"
        merge.say(sheet, name, "", "was removed here, but changed in the file since the workbook was made", "", fix)
        return
    holder = value_at(merge.new, path[:-1])
    if isinstance(holder, list):
        holder[int(path[-1])] = GONE
    else:
        del holder[path[-1]]
    problem = "its row is gone from the sheet, so it is removed from the scenario"
    merge.findings.append(Finding(sheet, 0, 0, name, "", problem, "", "add the row again to keep it", "warning"))


def check_shown(merge: Merge, read: ReadSheet) -> None:
    """Complain about cells that are only for the eye and say something else than the scenario does in the end."""
    for column in (column for column in read.table.columns if column.shown and column.name in read.letters):
        lines = {(line.key, line.turn): line for line in find_lines(merge.new, read.table)}
        for row in read.rows:
            found, line = row.cells.get(column.name, EMPTY), lines.get((row.key, row.turn))
            if line and found.kind != "empty" and not says_same(found, line.cells[column.name], column):
                right = show(get_value(merge.new, line.path, column), column)
                place = read.place(row.number, column.name)
                merge.say(place, column.name, found.value, f"is only shown here; it is {_told(right)}", "", column.note)


def _mark(merge: Merge, read: ReadSheet, row: ReadRow, path: Path) -> None:
    """Remember which cells the values of a row stand in."""
    if path:
        merge.places[path] = _key_place(read, row)
        if any(column.path for column in read.table.columns):
            merge.rows.add(path)
    for column in read.table.columns:
        if (column.key and column.path) or (not column.key and not column.shown and column.name in read.letters):
            value, place = full_path(path, column), read.place(row.number, column.name)
            merge.places[value] = place
            # A complaint about a whole map is told at its first cell.
            for end in range(len(path) + 1, len(value)):
                merge.places.setdefault(value[:end], place)


def _key_place(read: ReadSheet, row: ReadRow) -> str:
    return read.place(row.number, read.table.keys[0].name if read.table.keys else "")


def _told(found: Found) -> str:
    if found.kind == "empty":
        return "empty"
    return f"{found.value:%Y-%m-%d}" if isinstance(found.value, datetime) else cut(found.value)
