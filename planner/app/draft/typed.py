"""What a table says after editing, as edits of the scenario: cells changed, rows removed, rows added."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from planner.app.draft.over_time import remove_number
from planner.app.draft.pen import Pen
from planner.app.draft.rows import Periods, add_row, edit_row, read_field
from planner.app.draft.view import View
from planner.errors import UsageError
from planner.scenario.document import Path
from planner.scenario.splice import DELETE, Edit, ordered

MOST_ROWS = 20_000
"""Rows a table may hold after editing."""
State = Mapping[str, Any]
"""What an editor reports: ``edited_rows`` {row: {column: value}}, ``deleted_rows`` [row], ``added_rows`` [{column: value}]."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A row that is not in the draft yet: ``row`` counts from 1 in the table, ``missing`` names its empty column.

    An empty ``missing`` says that the row cannot stand where it is put.
    """

    table: str
    row: int
    missing: str


@dataclass(frozen=True, slots=True)
class Typed:
    """Edits in the order they are made, rows that wait for more, tables with more than ``MOST_ROWS`` rows left out."""

    edits: tuple[Edit, ...]
    pending: tuple[Pending, ...]
    too_long: tuple[str, ...]


@dataclass(slots=True)
class _Reader:
    pen: Pen
    periods: Periods
    gone: set[Path]
    moved: set[Path] = field(default_factory=set)
    pending: list[Pending] = field(default_factory=list)

    def attempt(self, view: View, row: int, write: Callable[[], str | None]) -> None:
        """Make the edits of one row; a row that cannot be made stays pending."""
        try:
            missing = write()
        except UsageError:
            missing = ""
        if missing is not None:
            self.pending.append(Pending(view.name, row, missing))

    def edit(self, view: View, state: State) -> None:
        """Cells that were changed in rows that stay."""
        for index, cells in (state.get("edited_rows") or {}).items():
            row = view.rows[int(index)] if int(index) < len(view.rows) else None
            if row is not None and not _inside(row.path, self.gone):
                self.attempt(view, int(index) + 1, partial(edit_row, self.pen, view, row, cells, self.periods, self.moved))

    def add(self, view: View, state: State) -> None:
        """Rows that are new and not empty."""
        left = len(view.rows) - len(state.get("deleted_rows") or ())
        for number, cells in enumerate(state.get("added_rows") or (), left + 1):
            typed = {column.name: read_field(column, cells.get(column.name)) for column in view.fields}
            if any(value is not None for value in typed.values()):
                self.attempt(view, number, partial(add_row, self.pen, view, typed, self.periods))


def read_tables(data: Any, periods: Periods, tables: Iterable[tuple[View, State]]) -> Typed:
    """Edits that make ``data`` say what the edited tables say; ``periods`` are the names of the calendar's periods.

    A table comes with the state of its editor, rows counted from 0 as in the view. Only what the state names is read.
    """
    shown = [(view, state) for view, state in tables if state]
    too_long = tuple(view.name for view, state in shown if len(view.rows) + len(state.get("added_rows") or ()) > MOST_ROWS)
    kept = [(view, state) for view, state in shown if view.name not in too_long]
    gone = {path: view for view, state in kept for path in _deleted(view, state)}
    reader = _Reader(Pen(data), periods, set(gone))
    for view, state in kept:
        reader.edit(view, state)
    for view, state in kept:
        reader.add(view, state)
    leaving = {*gone, *reader.moved}
    for path in sorted((path for path in leaving if not _inside(path[:-1], leaving)), key=_backwards, reverse=True):
        if path in gone and gone[path].spec.shape == "over_time":
            remove_number(reader.pen, path)
        else:
            reader.pen.write(path, DELETE)
    return Typed(tuple(ordered(reader.pen.edits())), tuple(reader.pending), too_long)


def _deleted(view: View, state: State) -> list[Path]:
    return [view.rows[int(index)].path for index in state.get("deleted_rows") or () if int(index) < len(view.rows)]


def _backwards(path: Path) -> list[tuple[bool, str | int]]:
    return [(isinstance(part, str), part) for part in path]


def _inside(path: Path, gone: set[Path]) -> bool:
    return any(path[:end] in gone for end in range(1, len(path) + 1))
