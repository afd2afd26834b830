"""Out and in again without a change is no change, for every scenario; one changed cell is one changed line."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from planner.exchange.book import open_book
from planner.exchange.columns import Column, Table
from planner.exchange.display import is_kept
from planner.exchange.found import Found
from planner.exchange.incoming import compare_book
from planner.exchange.outgoing import write_workbook
from planner.exchange.sheets import TABLES, table_of
from planner.scenario.store import edited_text
from tests.exchange.books import BOOK, LARGE, MINIMAL, SCENARIOS, changed, opened, read_back, sheets, typed, with_cell, written

SHIPPED = sorted(SCENARIOS.rglob("*.yaml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_without_a_change_every_byte_stays(path: Path) -> None:
    file, document = opened(path)
    found = read_back(path, written(path))
    assert found.findings == ()
    assert found.edits == ()
    assert found.data == document.data
    assert edited_text(file, found.edits) == file.text


@pytest.mark.parametrize("path", [MINIMAL, LARGE], ids=lambda path: path.stem)
def test_the_same_scenario_gives_the_same_bytes(path: Path) -> None:
    assert write_workbook(opened(path)[1]) == written(path)


@pytest.mark.parametrize("path", [MINIMAL, LARGE], ids=lambda path: path.stem)
def test_saved_by_another_program_it_is_still_no_change(path: Path) -> None:
    found = read_back(path, changed(written(path)))
    assert (found.edits, found.findings) == ((), ())


def other(found: Found, column: Column) -> Found | None:
    """Another value of the same kind for a cell; None for cells that are not to be changed."""
    if column.key or column.shown or is_kept(found) or found.kind == "empty":
        return None
    if isinstance(found.value, datetime):
        return Found("date", found.value.replace(year=found.value.year + 1))
    if column.kind in ("number", "share", "whole"):
        assert isinstance(found.value, int | float)
        return Found("number", found.value + 1)
    words = {"flag": "no" if found.value == "yes" else "yes", "length": "7 weeks", "numbers": "5; 6", "days": "2031-01-01"}
    return Found("text", words.get(column.kind) or next(iter(set(column.choices) - {found.value}), "other"))


def first_cells(table: Table) -> list[tuple[int, int, Column, Found]]:
    """The first cell of every column that can be changed."""
    sheet, found = sheets(LARGE)[table.sheet], []
    for number, column in enumerate(table.columns, 1):
        for row in range(2, sheet.last_row + 1):
            if new := other(sheet.at(row, number), column):
                found.append((row, number, column, new))
                break
    return found


@pytest.mark.parametrize("sheet", [table.sheet for table in TABLES])
def test_every_changed_cell_is_one_edit_and_touches_no_other_line(sheet: str) -> None:
    """One cell of every column at once: as many edits, all of them made, and no line more than there are edits."""
    cells = first_cells(table_of(sheet))
    book = dict(sheets(LARGE))
    book[sheet] = replace(book[sheet], cells={**book[sheet].cells, **{(row, at): new for row, at, _, new in cells}})
    file, document = opened(LARGE)
    found = compare_book(book, file, document, BOOK)
    assert len(found.edits) == len(cells)
    assert found.data != document.data or not cells
    old, new = (Counter(text.splitlines()) for text in (file.text, edited_text(file, found.edits)))
    assert (new - old).total() <= len(cells)
    # A folded text of several lines becomes one line.
    folded = sum(column.kind in ("text", "names") for _, _, column, _ in cells)
    assert (old - new).total() <= len(cells) + 2 * folded


@pytest.mark.parametrize(("sheet", "column"), [("Offers", 4), ("Slots", 4), ("Duties", 6), ("Rates", 2), ("Demand", 5)])
def test_one_changed_cell_is_one_changed_line(sheet: str, column: int) -> None:
    file, _ = opened(LARGE)
    new = other(sheets(LARGE)[sheet].at(2, column), table_of(sheet).columns[column - 1])
    assert new is not None
    found = with_cell(LARGE, sheet, 2, column, new)
    assert len(found.edits) == 1
    old, lines = file.text.splitlines(), edited_text(file, found.edits).splitlines()
    assert sum(a != b for a, b in zip(old, lines, strict=True)) == 1


def test_the_changed_value_is_the_one_that_was_typed() -> None:
    found = typed(MINIMAL, ("Offers", "D2", 45.5), ("Offers", "L2", "6 months"), ("Slots", "D2", 2))
    assert dict(found.edits) == {
        ("offers", 0, "price", "amount"): 45.5,
        ("offers", 0, "lead_time"): "6 months",
        ("offers", 0, "slots", "2026-Q2"): 2,
    }
    assert found.findings == ()
    file, _ = opened(MINIMAL)
    text = edited_text(file, found.edits)
    assert text == file.text.replace("{amount: 40}", "{amount: 45.5}").replace("5 months", "6 months").replace(
        "2026-Q2: 1}", "2026-Q2: 2}"
    )


def test_text_never_becomes_a_formula_or_a_link() -> None:
    _, document = opened(MINIMAL)
    names = ["=1+1", "+1", "-1", "@SUM(A1)", "https://example.org", "mailto:a@example.org", "{=1}", "_x0041_", "1e5", "007"]
    suppliers = [{"id": f"s{number}", "country": "CN", "name": name} for number, name in enumerate(names)]
    data = {**document.data, "suppliers": [*document.data["suppliers"], *suppliers]}
    raw = write_workbook(replace(document, data=data))
    sheet = open_book(raw, "")["Suppliers"]
    found = [sheet.at(row, 2) for row in range(4, 4 + len(names))]
    assert [cell.value for cell in found] == names
    assert {cell.kind for cell in found} == {"text"}
    assert b"<f>" not in raw
