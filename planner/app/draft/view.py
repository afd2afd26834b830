"""A table as it is drawn: typed columns, rows with the place of each, cells as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from planner.app.draft.cells import fits, shown
from planner.app.draft.fields import Column, Kind, steps_to
from planner.app.draft.lookups import Lookups, choices
from planner.app.draft.over_time import NUMBER, PERIOD, WHAT, series_rows
from planner.app.draft.specs import Spec, series_names
from planner.scenario.document import Path
from planner.scenario.places import MISSING, value_at

OWNER, KEY = "owner", "key"
"""Columns that say whose row it is, and what it is called in a map."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a drawn table. ``column`` is None for owner, key, what, period and number.

    ``kind`` is text for a column of another kind when a cell holds something that does not fit.
    """

    name: str
    kind: Kind
    options: tuple[str, ...] = ()
    column: Column | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where its value stands in the data, whose it is, and its cells in the order of the columns."""

    path: Path
    owner: Path
    cells: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A whole table. ``growing``: rows can be added and removed."""

    spec: Spec
    fields: tuple[Field, ...]
    rows: tuple[Row, ...]

    @property
    def name(self) -> str:
        """The table's name, as in ``specs``."""
        return self.spec.name

    @property
    def growing(self) -> bool:
        """Whether rows can be added and removed."""
        return self.spec.shape != "single"


def build_view(spec: Spec, data: Any, lookups: Lookups) -> View:
    """The table of ``spec`` for the data of a scenario, whatever is in it."""
    if spec.shape == "over_time":
        return _over_time(spec, data, lookups)
    places = list(_places(spec, data))
    fields, columns = [], []
    if spec.owned and spec.inner:
        fields.append(Field(OWNER, "choice", tuple(dict.fromkeys(owner_name(data, owner) for owner in owners(spec, data)))))
        columns.append([owner_name(data, owner) for owner, _ in places])
    if spec.shape == "map":
        names = [str(path[-1]) for _, path in places]
        options = choices(spec.inner[-1] if spec.inner else spec.base[-1], lookups, names)
        fields.append(Field(KEY, "choice" if options else "text", options))
        columns.append(names)
    for column in spec.columns:
        values = [read_cell(data, path, column) for _, path in places]
        cells = [shown(column.kind, value) for value in values]
        fit = all(fits(column.kind, value) for value in values)
        options = column_options(column, lookups, cells) if fit else ()
        fields.append(Field(column.name, column.kind if fit else "text", options, column))
        columns.append(cells if fit else [shown("text", value) for value in values])
    rows = zip(places, zip(*columns, strict=True), strict=True)
    return View(spec, tuple(fields), tuple(Row(path, owner, cells) for (owner, path), cells in rows))


def column_options(column: Column, lookups: Lookups, cells: list[Any]) -> tuple[str, ...]:
    """What a select box offers: the words of the format, the names of the scenario, and whatever stands there already."""
    if column.kind != "choice":
        return ()
    known = column.options + (lookups.names(column.refers) if column.refers else ())
    return tuple(dict.fromkeys((*known, *(str(cell) for cell in cells if cell is not None))))


def read_cell(data: Any, row: Path, column: Column) -> Any:
    """The value of a field as the file has it; MISSING when it is not given, or is a map or list of numbers over time."""
    node = value_at(data, row)
    if node is MISSING:
        return MISSING
    way, there = steps_to(node, column.path, column.holders)
    found = value_at(node, way) if there else MISSING
    return MISSING if column.series and isinstance(found, dict | list) else found


def owners(spec: Spec, data: Any) -> list[Path]:
    """Places of the items whose rows the table holds; the one place of the part when nothing owns them."""
    held = value_at(data, spec.base)
    if not spec.owned:
        return [spec.base]
    if spec.owned == "list":
        return [(*spec.base, index) for index in range(len(held))] if isinstance(held, list) else []
    return [(*spec.base, key) for key in held] if isinstance(held, dict) else []


def owner_name(data: Any, owner: Path) -> str:
    """What people call an item: its id, else its number; empty for a part there is one of."""
    if not owner or isinstance(owner[-1], str):
        return str(owner[-1]) if owner else ""
    item = value_at(data, owner)
    name = item.get("id") if isinstance(item, dict) else None
    return str(name) if name else f"#{owner[-1] + 1}"


def rows_place(spec: Spec, data: Any, owner: Path) -> Path | None:
    """Where the rows of an owner stand; None when a short form has no room for them."""
    node = value_at(data, owner)
    way, there = steps_to(None if node is MISSING else node, spec.inner, spec.holders)
    return (*owner, *way) if there else None


def _places(spec: Spec, data: Any) -> Iterator[tuple[Path, Path]]:
    """(owner, row) of every row."""
    if spec.shape == "single":
        yield spec.base, spec.base
    else:
        for owner in owners(spec, data):
            place = rows_place(spec, data, owner)
            held = value_at(data, place) if place is not None else MISSING
            keys = range(len(held)) if isinstance(held, list) else list(held) if isinstance(held, dict) else []
            listed = isinstance(held, list)
            if place is not None and listed == (spec.shape == "list"):
                yield from ((owner, (*place, key)) for key in keys)


def _over_time(spec: Spec, data: Any, lookups: Lookups) -> View:
    fields, rows = [], []
    names = [(owner, owner_name(data, owner)) for owner in owners(spec, data)]
    if spec.owned:
        fields.append(Field(OWNER, "choice", tuple(name for _, name in names)))
    listed = series_names(spec.kind)
    fields += [Field(WHAT, "choice", listed), Field(PERIOD, "text"), Field(NUMBER, "number")]
    for owner, name in names:
        for what, period, path in series_rows(spec.kind, data, owner, lookups.periods):
            value = value_at(data, path)
            rows.append(Row(path, owner, (*([name] if spec.owned else []), what, period, value)))
    if not all(fits("number", row.cells[-1]) for row in rows):
        fields[-1] = Field(NUMBER, "text")
        rows = [Row(row.path, row.owner, (*row.cells[:-1], shown("text", row.cells[-1]))) for row in rows]
    return View(spec, tuple(fields), tuple(rows))
