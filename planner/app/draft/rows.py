"""Write the rows of an edited table into the data: cells, rows that move, rows that are new."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.app.draft.cells import read_typed
from planner.app.draft.fields import SHORTS, Column, is_short
from planner.app.draft.over_time import NUMBER, PERIOD, WHAT, remove_number, series_place, write_number
from planner.app.draft.pen import Pen
from planner.app.draft.view import KEY, OWNER, Field, Row, View, owner_name, owners, rows_place
from planner.errors import UsageError
from planner.scenario.dates import MONTHS
from planner.scenario.document import Path
from planner.scenario.places import MISSING, value_at
from planner.scenario.slots import Slots
from planner.scenario.splice import APPEND, DELETE

Periods = tuple[str, ...]
"""Names of the calendar's periods."""


def read_field(field: Field, value: Any) -> Any:
    """What was typed into a column, as a value of a file; None for an emptied cell."""
    return read_typed(field.kind, field.column.kind if field.column else "number" if field.name == NUMBER else "text", value)


def edit_row(pen: Pen, view: View, row: Row, cells: Mapping[str, Any], periods: Periods, moved: set[Path]) -> str | None:
    """Write the cells that changed; the name of a column that must be filled first, or None when all is written."""
    typed = {field.name: read_field(field, cells[field.name]) for field in view.fields if field.name in cells}
    moves = {name: value for name, value in typed.items() if name in (OWNER, KEY, WHAT, PERIOD)}
    before = dict(zip((field.name for field in view.fields), row.cells, strict=True))
    if any(value != before[name] for name, value in moves.items()):
        if empty := next((name for name, value in moves.items() if value is None), ""):
            return empty
        return _move(pen, view, row, before | typed, periods, moved)
    for field in view.fields:
        if field.name == NUMBER and field.name in typed and field.column is None:
            pen.write(row.path, DELETE if typed[NUMBER] is None else typed[NUMBER])
        elif field.column is not None and field.name in typed:
            write_cell(pen, row.path, field.column, typed[field.name])
    return None


def _move(pen: Pen, view: View, row: Row, cells: dict[str, Any], periods: Periods, moved: set[Path]) -> str | None:
    """A row that got another owner, key or period: it goes there with everything it holds."""
    if view.spec.shape == "over_time":
        if isinstance(row.path[-1], int):
            return PERIOD
        held = Pen(pen.origin, pen.edits())
        remove_number(held, row.path)
        missing = _add_number(held, view, cells, periods)
        if missing is None:
            pen.take(held)
        return missing
    path = _room(pen, view, cells)
    if isinstance(path, str):
        return path
    pen.write(path, value_at(pen.now, row.path))
    if path[-1] == APPEND:
        path = (*path[:-1], len(value_at(pen.now, path[:-1])) - 1)
    for field in view.fields:
        if field.column is not None:
            write_cell(pen, path, field.column, read_field(field, cells[field.name]))
    moved.add(row.path)
    return None


def add_row(pen: Pen, view: View, cells: Mapping[str, Any], periods: Periods) -> str | None:
    """Add a row; the name of a column that must be filled first, or None when it was added."""
    if view.spec.shape == "over_time":
        return _add_number(pen, view, cells, periods)
    path = _room(pen, view, cells)
    if isinstance(path, str):
        return path
    given = [(field.column, cells[field.name]) for field in view.fields if field.column and cells.get(field.name) is not None]
    if not given:
        return next(field.name for field in view.fields if field.column)
    if path[-1] == APPEND:
        pen.write(path, {})
        path = (*path[:-1], len(value_at(pen.now, path[:-1])) - 1)
    for column, value in given:
        write_cell(pen, path, column, value)
    return None


def _room(pen: Pen, view: View, cells: Mapping[str, Any]) -> Path | str:
    """Where a new row goes; the name of the column that does not say it."""
    place = _rows_of(pen, view, cells)
    if isinstance(place, str):
        return place
    if view.spec.shape == "list":
        return (*place, APPEND)
    key = cells.get(KEY)
    if key is None:
        return KEY
    return KEY if value_at(pen.now, (*place, str(key))) is not MISSING else (*place, str(key))


def _rows_of(pen: Pen, view: View, cells: Mapping[str, Any]) -> Path | str:
    spec = view.spec
    if not (spec.owned and spec.inner):
        return (*spec.base, *spec.inner)
    owner = _owner(pen, view, cells)
    if owner is None:
        return OWNER
    place = rows_place(spec, pen.now, owner)
    if place is None:  # a short form: write it out to make room
        _lengthen(pen, owner, spec.inner, spec.holders)
        place = rows_place(spec, pen.now, owner)
    return place if place is not None else OWNER


def _owner(pen: Pen, view: View, cells: Mapping[str, Any]) -> Path | None:
    name = cells.get(OWNER)
    return next((path for path in owners(view.spec, pen.now) if owner_name(pen.now, path) == name), None)


def _add_number(pen: Pen, view: View, cells: Mapping[str, Any], periods: Periods) -> str | None:
    empty = next((f.name for f in view.fields if cells.get(f.name) is None), "")
    owner = _owner(pen, view, cells) if view.spec.owned else view.spec.base
    if empty or owner is None:
        return empty or OWNER
    what, period = str(cells[WHAT]), str(cells[PERIOD])
    place = series_place(view.spec.kind, pen.now, owner, what)
    if place is None:
        return WHAT
    if value_at(pen.now, (*place, period)) is not MISSING:
        return PERIOD
    write_number(pen, place, period, cells[NUMBER], periods)
    return None


def write_cell(pen: Pen, row: Path, column: Column, value: Any) -> None:
    """Give a field of a row its value, None to empty it; a short form is written out when it has no room for it."""
    path = row
    for depth, (part, holder) in enumerate(zip(column.path, column.holders, strict=True)):
        node = value_at(pen.now, path)
        short = SHORTS.get(holder) if holder else None
        if is_short(None if node is MISSING else node, holder):
            if part == short:
                continue
            if value is None:
                return
            pen.write(path, {short: node})
        elif short == part and node is MISSING and depth == len(column.path) - 1:
            continue
        path = (*path, part)
    node = value_at(pen.now, path)
    if column.path[-1:] == ("vetting_teams",) and isinstance(node, dict) and "teams" in node:
        path, node = (*path, "teams"), node["teams"]
    if value is None and column.series and isinstance(node, dict | list):
        return
    if column.kind == "names" and value in ([], [node]):
        value = node if value else None  # one name stands without brackets, as it did
    if value is not None and column.path[-1:] == ("units",) and Slots in column.holders:
        slots = value_at(pen.now, path[:-1])
        if isinstance(slots, dict) and "units" not in slots:
            pen.write(path[:-1], {key: item for key, item in slots.items() if key == "per"} | {"units": value})
            return
    if value is not None and column.path[-1:] == ("per",) and Slots in column.holders and value not in MONTHS:
        raise UsageError(f"slots are counted per {', '.join(MONTHS)}")
    pen.write(path, DELETE if value is None else value)


def _lengthen(pen: Pen, owner: Path, inner: tuple[str, ...], holders: tuple[type | None, ...]) -> None:
    path = owner
    for part, holder in zip(inner, holders, strict=True):
        node = value_at(pen.now, path)
        if is_short(None if node is MISSING else node, holder):
            pen.write(path, {SHORTS[holder]: node})  # type: ignore[index]
        path = (*path, part)
