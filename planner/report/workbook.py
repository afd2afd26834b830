"""results.xlsx: one sheet per question, every sheet stamped, no text ever computed."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import xlsxwriter

from planner.report.table import Cell, Column, Kind, Table

FORMATS: dict[Kind, str] = {
    "units": "#,##0.##",
    "mw": "#,##0",
    "money": "#,##0.00",
    "share": "0.0%",
    "day": "yyyy-mm-dd",
    "text": "@",
}
WIDEST = 60


def write_workbook(sheets: list[tuple[str, list[Table]]], stamp: dict[str, str], title: str) -> bytes:
    """The workbook's bytes: ``sheets`` are (name, tables under each other), each below the stamp."""
    out = io.BytesIO()
    safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, safe)
    styles = _styles(book)
    for name, tables in sheets:
        sheet = book.add_worksheet(name)
        sheet.hide_gridlines(2)
        row = _write_stamp(sheet, styles, stamp, title)
        for table in tables:
            row = _write_table(sheet, styles, table, row) + 1
        _fit(sheet, tables)
    book.close()
    return out.getvalue()


def _styles(book: Any) -> dict[str, Any]:
    styles = {kind: book.add_format({"num_format": number, "valign": "top"}) for kind, number in FORMATS.items()}
    bold = {f"{kind} total": book.add_format({"num_format": number, "bold": True, "top": 1}) for kind, number in FORMATS.items()}
    heading = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter", "bg_color": "#EEF2F5"}
    return {
        **styles,
        **bold,
        "long text": book.add_format({"num_format": FORMATS["text"], "valign": "top", "text_wrap": True}),
        "title": book.add_format({"bold": True, "font_size": 13}),
        "question": book.add_format({"bold": True, "font_size": 11}),
        "stamp": book.add_format({"font_color": "#5A6772", "font_size": 9}),
        "heading": book.add_format(heading),
        "heading right": book.add_format({**heading, "align": "right"}),
        "note": book.add_format({"italic": True, "font_color": "#5A6772"}),
    }


def _write_stamp(sheet: Any, styles: dict[str, Any], stamp: dict[str, str], title: str) -> int:
    sheet.write_string(0, 0, title, styles["title"])
    sheet.write_string(1, 0, "; ".join(f"{name}: {value}" for name, value in stamp.items()), styles["stamp"])
    return 3


def _write_table(sheet: Any, styles: dict[str, Any], table: Table, row: int) -> int:
    sheet.write_string(row, 0, table.title, styles["question"])
    for i, column in enumerate(table.columns):
        sheet.write_string(row + 1, i, column.heading, styles["heading right" if _is_number(column) else "heading"])
    for at, cells in enumerate(table.rows, row + 2):
        last = table.total and cells is table.rows[-1]
        for i, (cell, column) in enumerate(zip(cells, table.columns, strict=True)):
            _write_cell(sheet, at, i, cell, styles[_style(cell, column, last)])
    end = row + 2 + len(table.rows)
    if table.note:
        sheet.write_string(end, 0, table.note, styles["note"])
    return end + 1


def _style(cell: Cell, column: Column, last: bool) -> str:
    if isinstance(cell, str) and len(cell) > WIDEST:
        return "long text"
    return f"{column.kind} total" if last else column.kind


def _write_cell(sheet: Any, row: int, column: int, cell: Cell, style: Any) -> None:
    if cell is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(cell, str):
        sheet.write_string(row, column, cell, style)
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, style)
    else:
        sheet.write_number(row, column, cell, style)


def _is_number(column: Column) -> bool:
    return column.kind not in ("text", "day")


def _fit(sheet: Any, tables: list[Table]) -> None:
    """Columns as wide as what stands in them; the heading row of a single table stays in sight."""
    for i in range(max((len(table.columns) for table in tables), default=0)):
        texts = [12]
        for table in (t for t in tables if i < len(t.columns)):
            longest = max((len(str(row[i])) for row in table.rows if isinstance(row[i], str)), default=0)
            texts += [min(len(table.columns[i].heading), 18), longest]
        sheet.set_column(i, i, min(max(texts) + 2, WIDEST))
    if len(tables) == 1:
        sheet.freeze_panes(5, 0)
