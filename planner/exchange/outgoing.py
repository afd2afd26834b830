"""Workbook out: one sheet per table of a scenario, to be filled in and read back."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import xlsxwriter

from planner.errors import UsageError
from planner.exchange.columns import Column, Data, Table
from planner.exchange.found import Found
from planner.exchange.incoming import NOTES
from planner.exchange.original import FORMAT, META, ORIGINAL, Line, find_lines, pack
from planner.exchange.package import MOST_CELLS, MOST_ROWS
from planner.exchange.read_me import read_me
from planner.exchange.rows import find_items, item_id
from planner.exchange.sheets import TABLES
from planner.exchange.validation import add_validation
from planner.scenario.document import Document
from planner.scenario.places import value_at

MADE = datetime(2026, 1, 1)  # noqa: DTZ001 - the same scenario gives the same bytes
SPARE_ROWS = 500
"""Empty rows below a table that have the formats and lists of the columns too."""
WIDEST, NARROWEST = 44, 9
OWN = ("title", "description")


def write_workbook(document: Document, suppliers: Iterable[str] | None = None, unmask: bool = True) -> bytes:
    """The bytes of the workbook of a resolved scenario; the same scenario gives the same bytes.

    ``suppliers``: only what these makers are asked for (their rows, offers and slots). ``unmask`` False leaves out the
    makers marked confidential. What is left out stays in the file untouched when the workbook comes back. Raises
    UsageError for a scenario with more rows than a workbook is read back with.
    """
    data, left_out = _selected(document.data, suppliers, unmask)
    tables = [table for table in TABLES if suppliers is None or table.sheet in ASKED]
    lines = {table.sheet: list(find_lines(data, table)) for table in tables}
    _check_size(lines)
    out = io.BytesIO()
    safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, safe)
    book.set_properties({"title": str(data.get("title", "")), "created": MADE, "author": "", "company": ""})
    styles = _styles(book)
    multiple = str(value_at(data, ("money", "in")) or "units") if isinstance(data.get("money"), dict) else "units"
    _write_notes(book.add_worksheet(NOTES), styles, data, tables, left_out)
    for table in tables:
        _write_sheet(book.add_worksheet(table.sheet), styles, table, lines[table.sheet], multiple)
    _write_hidden(book, document, tables, lines, left_out)
    book.close()
    return out.getvalue()


def _check_size(lines: dict[str, list[Line]]) -> None:
    rows = sum(map(len, lines.values()))
    cells = sum(len(line.key) + len(line.cells) for held in lines.values() for line in held)
    if rows > MOST_ROWS or cells > MOST_CELLS:
        limit = f"{MOST_ROWS:,} rows and {MOST_CELLS:,} cells"
        raise UsageError(f"the scenario has {rows:,} rows and {cells:,} cells; a workbook holds at most {limit}")


ASKED = frozenset({"Suppliers", "Qualification", "Offers", "Covers", "Prices", "Resource use", "Slots"})
"""The sheets a maker fills in."""


def _selected(data: Data, suppliers: Iterable[str] | None, unmask: bool) -> tuple[Data, str]:
    """The data without the makers that are left out, and in words what is missing."""
    chosen = None if suppliers is None else set(suppliers)
    hidden = {
        name
        for name, _, item in find_items(data, "suppliers")
        if (chosen is not None and name not in chosen) or (not unmask and item.get("confidential") is True)
    }
    if not hidden and chosen is None:
        return data, ""
    secret = {str(item.get("name")) for name, _, item in find_items(data, "suppliers") if name in hidden and item.get("name")}
    offers = {name for name, _, item in find_items(data, "offers") if item.get("supplier") in hidden}
    names = {name.casefold() for name in hidden | offers | secret}
    left = {key: _without(key, value, names) for key, value in data.items() if key not in OWN or not _mentions(value, names)}
    told = "everything but what one maker is asked for" if chosen is not None else "makers marked confidential"
    return left, told


def _without(section: str, value: Any, names: set[str]) -> Any:
    """A section without the items and fields that mention one of the names; numbers of sources stay as they are."""
    if isinstance(value, list):
        return [item for item in value if not _mentions(item, names) and not _mentions(item_id(section, item), names)]
    if isinstance(value, dict):
        return {key: item for key, item in value.items() if not _mentions({key: item}, names)}
    return value


def _mentions(value: Any, names: set[str]) -> bool:
    if isinstance(value, dict):
        return any(_mentions(key, names) or _mentions(item, names) for key, item in value.items())
    if isinstance(value, list):
        return any(_mentions(item, names) for item in value)
    return isinstance(value, str) and any(name in value.casefold() for name in names)


def _styles(book: Any) -> dict[str, Any]:
    kinds = {"text": "@", "number": "General", "day": "yyyy-mm-dd", "share": "0.######"}
    styles = {kind: book.add_format({"num_format": code, "valign": "top"}) for kind, code in kinds.items()}
    head = {"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1, "num_format": "@"}
    return {
        **styles,
        "key heading": book.add_format({**head, "bg_color": "#D6DEE6"}),
        "heading": book.add_format({**head, "bg_color": "#EEF2F5"}),
        "shown": book.add_format({"num_format": "@", "valign": "top", "font_color": "#5A6772", "italic": True}),
        "title": book.add_format({"bold": True, "font_size": 13, "num_format": "@"}),
        "wrapped": book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"}),
    }


def _style(column: Column) -> str:
    if column.shown:
        return "shown"
    if column.kind in ("number", "whole"):
        return "number"
    return column.kind if column.kind in ("day", "share") else "text"


def _write_notes(sheet: Any, styles: dict[str, Any], data: Data, tables: list[Table], left_out: str) -> None:
    sheet.set_column(0, 0, 110)
    sheet.hide_gridlines(2)
    for row, text in enumerate(read_me(str(data.get("title", "")), tables, left_out)):
        sheet.write_string(row, 0, text, styles["title" if row == 0 else "wrapped"])


def _write_sheet(sheet: Any, styles: dict[str, Any], table: Table, lines: list[Line], multiple: str) -> None:
    last = len(lines) + SPARE_ROWS
    for number, column in enumerate(table.columns):
        heading = column.heading(multiple)
        sheet.write_string(0, number, heading, styles["key heading" if column.key else "heading"])
        sheet.set_column(number, number, _width(table, column, lines, heading), styles[_style(column)])
        add_validation(sheet, column, number, last)
    for row, line in enumerate(lines, 1):
        keys = dict(zip((column.name for column in table.keys), line.key, strict=True))
        for number, column in enumerate(table.columns):
            found = Found("text", keys[column.name]) if column.key else line.cells[column.name]
            _write_cell(sheet, row, number, found, column, styles)
    sheet.set_row(0, 45)
    sheet.freeze_panes(1, len(table.keys))


def _write_cell(sheet: Any, row: int, number: int, found: Found, column: Column, styles: dict[str, Any]) -> None:
    style, value = styles[_style(column)], found.value
    if column.key and column.kind == "whole" and value:
        sheet.write_number(row, number, int(str(value)), style)
    elif isinstance(value, str) and value:
        sheet.write_string(row, number, value, styles["text"] if _style(column) in ("number", "share", "day") else style)
    elif isinstance(value, datetime):
        sheet.write_datetime(row, number, value, style)
    elif isinstance(value, int | float):
        sheet.write_number(row, number, value, style)


def _width(table: Table, column: Column, lines: list[Line], heading: str) -> int:
    if column.key:
        place = table.keys.index(column)
        texts = [len(line.key[place]) for line in lines]
    else:
        texts = [len(str(line.cells[column.name].value or "")) if column.kind != "day" else 10 for line in lines]
    return min(WIDEST, max(NARROWEST, min(len(heading), 16), *texts, 0) + 2)


def _elsewhere(data: Data) -> Iterator[str]:
    """Parts of the scenario that no sheet holds."""
    yield from (key for key in ("policy", "futures") if key in data)
    if any("after" in item for _, _, item in find_items(data, "shocks")):
        yield "after (of shocks)"


def _write_hidden(book: Any, document: Document, tables: list[Table], lines: dict[str, list[Line]], left_out: str) -> None:
    """The hidden sheets: what it was made from, and every cell as written."""
    meta = book.add_worksheet(META)
    said = {"format": str(FORMAT), "scenario": document.file, "sha256": document.sha256, "left out": left_out}
    said["elsewhere"] = ", ".join(_elsewhere(document.data))
    for row, (name, value) in enumerate(said.items()):
        meta.write_string(row, 0, name)
        meta.write_string(row, 1, value)
    meta.very_hidden()
    original = book.add_worksheet(ORIGINAL)
    packed = (pack(table, line) for table in tables for line in lines[table.sheet])
    for row, pieces in enumerate(packed):
        for number, piece in enumerate(pieces):
            original.write_string(row, number, piece)
    original.very_hidden()
