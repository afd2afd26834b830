"""Where a column's value stands in a row's place: short forms, missing maps, and what is left when a value goes."""

from __future__ import annotations

from typing import Any

from planner.exchange.columns import Column, NoPlace, Table
from planner.exchange.rows import Gone
from planner.exchange.series import is_series
from planner.scenario.document import Path
from planner.scenario.places import MISSING, value_at


def short_keys(table: Table) -> dict[Path, str]:
    """The maps of a table that may be written as a bare value, and the key that value stands for."""
    return {column.path[:-1]: str(column.path[-1]) for column in table.columns if column.short}


def full_path(row: Path, column: Column) -> Path:
    """The row's place and the column's way from it; ``..`` goes one up."""
    path = row
    for part in column.path:
        path = path[:-1] if part == ".." else (*path, part)
    return path


def is_long(value: Any) -> bool:
    """Whether an amount is written out as a map with its own keys."""
    return isinstance(value, dict) and bool(value) and not is_series(value)


def find_value(data: Any, row: Path, column: Column) -> Path | None:
    """Where the value of a column stands; None when it is not given."""
    path = full_path(row, column)
    if column.short:
        held = value_at(data, path[:-1])
        if held is not MISSING and held != {} and not is_long(held):
            return path[:-1]
    return None if value_at(data, path) in (MISSING, None) else path


def get_value(data: Any, row: Path, column: Column) -> Any:
    """The value of a column in a row; ``MISSING`` when it is not given."""
    path = find_value(data, row, column)
    return MISSING if path is None else value_at(data, path)


def put_value(data: Any, row: Path, column: Column, value: Any, shorts: dict[Path, str]) -> None:
    """Set the value of a column in ``data``; raises NoPlace when something else stands in its way."""
    path = full_path(row, column)
    if not column.path:
        _set(data, path, value)
        return
    if column.short and not is_long(value_at(data, path[:-1])):
        _set(data, path[:-1], value)
        return
    for end in range(len(row), len(path)):
        _open_up(data, path[:end], shorts.get(path[len(row) : end]))
    _set(data, path, value)


def _open_up(data: Any, path: Path, short: str | None) -> None:
    """Make sure that a map stands at ``path``; a bare value that stands for a key of it becomes that key."""
    if not path:
        return
    held = value_at(data, path)
    if held is MISSING or held is None:
        _set(data, path, {})
    elif short is not None and held != {} and not is_long(held):
        _set(data, path, {short: held})
    elif not isinstance(held, dict):
        raise NoPlace(0, f"{path[-1]} is a single value, so nothing can stand beside it", "", "change it in the file")


def drop_value(data: Any, row: Path, column: Column) -> None:
    """Remove the value of a column, and the maps around it that become empty; the row itself stays."""
    path = find_value(data, row, column)
    if path is None:
        return
    if len(path) <= len(row):
        _set(data, row, {})
        return
    while True:
        del value_at(data, path[:-1])[path[-1]]
        path = path[:-1]
        if len(path) <= len(row) or value_at(data, path) != {}:
            return


def _set(data: Any, path: Path, value: Any) -> None:
    holder = value_at(data, path[:-1])
    if isinstance(holder, Gone) or holder is MISSING:
        raise NoPlace(0, "belongs to a row that was removed from its own sheet", "", "remove this row too")
    holder[path[-1]] = value
