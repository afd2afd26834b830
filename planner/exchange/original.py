"""The hidden sheets: what the workbook was made from, and every cell as it was written, to tell what was changed since."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from planner.exchange.book import Sheet
from planner.exchange.columns import Data, Key, Table
from planner.exchange.display import show
from planner.exchange.found import Found
from planner.exchange.placing import get_value
from planner.scenario.document import Path

META, ORIGINAL = "_planner", "_original"
FORMAT = 1
PIECE = 30_000
"""Characters in one cell; a spreadsheet keeps 32,767."""
Cells = dict[str, Found]
Written = dict[tuple[Key, int], Cells]
"""Cells by key of the row and which of several rows with that key it is."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a workbook says about itself: format, scenario file, hash of that file, what was left out.

    ``elsewhere`` names the parts of the scenario that no sheet holds, such as the policy.
    """

    format: int
    scenario: str
    sha256: str
    left_out: str
    elsewhere: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet as it is written: key, place in the scenario, cells."""

    key: Key
    turn: int
    path: Path
    cells: Cells


def find_lines(data: Data, table: Table) -> Iterator[Line]:
    """Every row of a table with what its cells hold."""
    turns: dict[Key, int] = {}
    for key, path in table.rows.find(data):
        turns[key] = turns.get(key, 0) + 1
        cells = {column.name: show(get_value(data, path, column), column) for column in table.columns if not column.key}
        yield Line(key, turns[key], path, cells)


def find_written(data: Data, table: Table) -> Written:
    """The cells of a table by key, without the empty ones."""
    return {
        (line.key, line.turn): {name: found for name, found in line.cells.items() if found.kind != "empty"}
        for line in find_lines(data, table)
    }


def pack(table: Table, line: Line) -> list[str]:
    """A row for the hidden sheet: name of the sheet, then the cells as JSON, in pieces that fit into cells."""
    cells = {name: _packed(found) for name, found in line.cells.items() if found.kind != "empty"}
    text = json.dumps([list(line.key), line.turn, cells], ensure_ascii=False, separators=(",", ":"))
    return [table.sheet, *(text[at : at + PIECE] for at in range(0, len(text), PIECE))]


def _packed(found: Found) -> Any:
    return {"day": found.value.date().isoformat()} if isinstance(found.value, datetime) else found.value


def read_original(book: dict[str, Sheet]) -> tuple[Origin | None, dict[str, Written]]:
    """What the hidden sheets say; (None, {}) when they are missing or damaged."""
    try:
        return _origin(book[META]), _written(book[ORIGINAL])
    except (KeyError, TypeError, ValueError, AttributeError):
        return None, {}


def _origin(sheet: Sheet) -> Origin:
    said = {str(sheet.at(row, 1).value): sheet.at(row, 2).value for row in range(1, sheet.last_row + 1)}
    elsewhere = str(said.get("elsewhere") or "").split(", ") if said.get("elsewhere") else []
    return Origin(
        int(str(said["format"])), str(said["scenario"]), str(said["sha256"]), str(said.get("left out") or ""), tuple(elsewhere)
    )


def _written(sheet: Sheet) -> dict[str, Written]:
    found: dict[str, Written] = {}
    width = sheet.last_column
    for row in range(1, sheet.last_row + 1):
        pieces = (sheet.at(row, column) for column in range(2, width + 1))
        key, turn, cells = json.loads("".join(str(piece.value) for piece in pieces if piece.kind != "empty"))
        held = found.setdefault(str(sheet.at(row, 1).value), {})
        held[tuple(key), turn] = {name: _unpacked(value) for name, value in cells.items()}
    return found


def _unpacked(value: Any) -> Found:
    if isinstance(value, dict):
        return Found("date", datetime.fromisoformat(value["day"]))
    return Found("text" if isinstance(value, str) else "number", value)
