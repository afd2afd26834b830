"""Workbooks for tests: written by the planner, then changed by a spreadsheet program's own library."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from planner.exchange.book import Sheet, open_book
from planner.exchange.columns import Column, Table
from planner.exchange.found import Found
from planner.exchange.incoming import Incoming, compare_book, read_incoming
from planner.exchange.outgoing import write_workbook
from planner.exchange.sheets import table_of
from planner.scenario.document import Document
from planner.scenario.read import read_document
from planner.scenario.store import Opened, open_file
from tests.command import ROOT

SCENARIOS = ROOT / "scenarios"
MINIMAL = SCENARIOS / "minimal.yaml"
LARGE = SCENARIOS / "us-2026-10gw.yaml"
BOOK = "bids.xlsx"


@cache
def written(path: Path) -> bytes:
    """The workbook of a scenario file."""
    return write_workbook(read_document(path))


@cache
def opened(path: Path) -> tuple[Opened, Document]:
    return open_file(path), read_document(path)


def changed(raw: bytes, *cells: tuple[str, str, Any], by: Callable[[Any], None] | None = None) -> bytes:
    """The workbook after somebody typed into (sheet, cell), saved by another program."""
    book = load_workbook(io.BytesIO(raw))
    for sheet, cell, value in cells:
        book[sheet][cell] = value
    if by:
        by(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read_back(path: Path, raw: bytes) -> Incoming:
    """What the workbook changes in the scenario file."""
    file, document = opened(path)
    return read_incoming(raw, file, document, BOOK)


def typed(path: Path, *cells: tuple[str, str, Any], by: Callable[[Any], None] | None = None) -> Incoming:
    """What typing into the scenario's workbook changes."""
    return read_back(path, changed(written(path), *cells, by=by))


def cell_of(path: Path, sheet: str, key: str, column: str) -> str:
    """The cell of a column in the first row with this key in its first column: ``D7``."""
    table = table_of(sheet)
    letter = letter_of(table, table.column(column))
    for (row, at), found in sheets(path)[sheet].cells.items():
        if at == 1 and row > 1 and found.value == key:
            return f"{letter}{row}"
    raise KeyError(key)


def letter_of(table: Table, column: Column) -> str:
    number = table.columns.index(column)
    return ("" if number < 26 else chr(64 + number // 26)) + chr(65 + number % 26)


@cache
def sheets(path: Path) -> dict[str, Sheet]:
    return open_book(written(path), BOOK)


def with_cell(path: Path, sheet: str, row: int, column: int, found: Found) -> Incoming:
    """What one other cell changes; the workbook is not written anew."""
    book = dict(sheets(path))
    book[sheet] = replace(book[sheet], cells={**book[sheet].cells, (row, column): found})
    return compare_book(book, *opened(path), BOOK)


def repacked(raw: bytes, change: Callable[[str, bytes], bytes | None], **more: bytes) -> bytes:
    """The archive with every part changed, left out (None) or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if (text := change(part, old.read(part))) is not None:
                new.writestr(part, text)
        for name, text in more.items():
            new.writestr(name, text)
    return out.getvalue()


def small_book(**rows: list[list[Any]]) -> bytes:
    """A workbook made by hand, without the planner's hidden sheets."""
    book = Workbook()
    book.remove(book.active)
    for name, lines in rows.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def texts(incoming: Incoming) -> str:
    return "\n".join(map(str, incoming.findings))
