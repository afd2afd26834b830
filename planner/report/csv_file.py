"""A table as CSV: text stays text in every spreadsheet program, numbers stay numbers."""

from __future__ import annotations

import csv
import io
from datetime import date

from planner.report.table import Cell, Table

ACTIVE = ("=", "+", "-", "@", "\t", "\r")
"""First characters that make a spreadsheet program compute a text."""


def write_csv(table: Table, stamp: dict[str, str]) -> bytes:
    """The table, UTF-8, one heading line of keys; the ``stamp``'s items stand as last columns on every row."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*(column.key for column in table.columns), *stamp])
    for row in table.rows:
        writer.writerow([*(plain(cell) for cell in row), *(plain(value) for value in stamp.values())])
    return out.getvalue().encode("utf-8")


def plain(cell: Cell) -> str:
    """A cell's text; a leading apostrophe keeps words from being computed, never touches a number."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(ACTIVE) else cell
    return repr(float(cell)).removesuffix(".0")
