"""Drafts to edit in tests: copies of the shipped scenarios, and one table edited as the screen's editor reports it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from planner.app.draft.draft import Draft, data, open_draft, write
from planner.app.draft.lookups import build_lookups
from planner.app.draft.specs import specs
from planner.app.draft.typed import Typed, read_tables
from planner.app.draft.view import View, build_view

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SHIPPED = sorted(path.relative_to(SCENARIOS).as_posix() for path in SCENARIOS.rglob("*.yaml"))
TEN, THIRTY, SHOCKS = "us-2026-10gw.yaml", "us-2026-30gw.yaml", "three-shocks.yaml"


def copied(folder: Path, name: str = TEN) -> Draft:
    """A shipped scenario, opened in a copy of the whole folder."""
    if not (folder / name).exists():
        shutil.copytree(SCENARIOS, folder, dirs_exist_ok=True)
    return open_draft(name, folder)


def view_of(draft: Draft, table: str) -> View:
    return build_view(specs()[table], data(draft), build_lookups(data(draft)))


def typed_in(draft: Draft, table: str, **state: Any) -> Typed:
    """What an editor's state (edited_rows, added_rows, deleted_rows) means for the draft."""
    return read_tables(data(draft), build_lookups(data(draft)).periods, [(view_of(draft, table), state)])


def after(draft: Draft, table: str, **state: Any) -> Draft:
    """The draft once a table was edited."""
    return write(draft, typed_in(draft, table, **state).edits)


def whole(draft: Draft, state: Callable[[View], dict[str, Any]]) -> Typed:
    """What the states of all tables together mean for the draft."""
    lookups = build_lookups(data(draft))
    views = [build_view(spec, data(draft), lookups) for spec in specs().values()]
    return read_tables(data(draft), lookups.periods, [(view, state(view)) for view in views])


def row_of(draft: Draft, table: str, first: str) -> int:
    """The number, from 0, of the row whose first cell says ``first``."""
    return [row.cells[0] for row in view_of(draft, table).rows].index(first)


def changed_lines(before: str, after_text: str) -> tuple[list[str], list[str]]:
    """(lines gone, lines new) between two texts."""
    old, new = before.splitlines(), after_text.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]
