"""The page about workbooks names every sheet and column; whatever stands in cells, nothing ends in a traceback."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from planner.errors import UsageError
from planner.exchange.book import Sheet
from planner.exchange.found import Found
from planner.exchange.incoming import compare_book
from planner.exchange.original import META, ORIGINAL
from planner.exchange.outgoing import write_workbook
from planner.exchange.sheets import TABLES
from planner.scenario.store import edited_text
from planner.scenario.yaml_events import parse_yaml
from tests.command import ROOT
from tests.exchange.books import BOOK, MINIMAL, opened, sheets, texts

WORDS: list[Any] = [
    "x", "2026-Q2", "2027", "supplier", "offer", "cheap", "cheap-line", "line", "5 months", "by period", "in the file", "price",
    "plant", "ramp", "target", "EUR", "quarter", "offers", "a, b", "yes", 5, 0.5, True, datetime(2027, 1, 1), None,  # noqa: DTZ001
]  # fmt: skip
KINDS = {str: "text", int: "number", float: "number", bool: "flag", datetime: "date"}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.sheet)
def test_the_page_names_every_column(table: Any) -> None:
    text = (ROOT / "docs" / "workbook.md").read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith(f"| {table.sheet} |"))
    assert table.about.rstrip(".") in row
    told = row.replace("**", "").rsplit("|", 2)[1].strip()
    assert told == ", ".join(column.heading("millions").replace("million ", "{money} ") for column in table.columns)


def noisy(sheet: Sheet, draw: random.Random) -> Sheet:
    """The sheet with one cell typed over, cleared or its row removed."""
    row = draw.randrange(2, sheet.last_row + 3)
    if draw.random() < 0.15:
        return replace(sheet, cells={place: found for place, found in sheet.cells.items() if place[0] != row})
    place, value = (row, draw.randrange(1, sheet.last_column + 1)), draw.choice(WORDS)
    cells = {other: found for other, found in sheet.cells.items() if other != place}
    return replace(sheet, cells=cells if value is None else {**cells, place: Found(KINDS[type(value)], value)})  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(5))
def test_whatever_stands_in_cells(seed: int) -> None:
    draw, (file, document) = random.Random(seed), opened(MINIMAL)
    names = [name for name in sheets(MINIMAL) if name not in ("Read me", META, ORIGINAL)]
    for _ in range(30):
        book = dict(sheets(MINIMAL))
        for name in draw.choices(names, k=draw.choice([1, 1, 2, 5])):
            book[name] = noisy(book[name], draw)
        found = compare_book(book, file, document, BOOK)
        data = parse_yaml(edited_text(file, found.edits), "x").data
        assert found.errors or data == found.data
        assert all(BOOK in finding.file or finding.file.endswith("minimal.yaml") for finding in found.findings), texts(found)


def test_a_scenario_with_more_rows_than_are_read_back_is_refused() -> None:
    _, document = opened(MINIMAL)
    many = [{"id": f"s{number}", "country": "CN"} for number in range(20_001)]
    with pytest.raises(UsageError, match="at most 20,000 rows"):
        write_workbook(replace(document, data={**document.data, "suppliers": many}))
