"""Open a workbook: every sheet as plain cells with what hides in it. The only file that speaks to openpyxl."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl import load_workbook  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from planner.exchange.found import EMPTY, Found
from planner.exchange.package import check_package, refuse

_OTHER_BOOK = re.compile(r"\[[^\]]*\d[^\]]*\][^!]*!")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. ``cells`` by (row, column), both from 1, empty ones left out; ``merged`` are ranges such as ``B3:C4``.

    ``hidden`` says what is hidden of it: ``sheet``, or ``rows 5, 6`` and ``columns C``.
    """

    name: str
    cells: dict[tuple[int, int], Found]
    merged: tuple[str, ...] = ()
    hidden: str = ""
    secret: bool = False

    def at(self, row: int, column: int) -> Found:
        """The cell; ``EMPTY`` where there is none."""
        return self.cells.get((row, column), EMPTY)

    @property
    def last_row(self) -> int:
        """The last row that holds anything; 0 for an empty sheet."""
        return max((row for row, _ in self.cells), default=0)

    @property
    def last_column(self) -> int:
        """The last column that holds anything; 0 for an empty sheet."""
        return max((column for _, column in self.cells), default=0)


def open_book(raw: bytes, file: str) -> dict[str, Sheet]:
    """The sheets by name, in the order of the tabs. Raises BadInput for anything that is no ordinary workbook."""
    check_package(raw, file)
    try:
        book = _load(raw, values=False)
        sheets = [sheet for sheet in book.worksheets if hasattr(sheet, "_cells")]
        formulas = any(cell.data_type == "f" for sheet in sheets for cell in sheet._cells.values())
        stored = {sheet.title: sheet for sheet in _load(raw, values=True).worksheets} if formulas else {}
        return {sheet.title: _read_sheet(sheet, stored.get(sheet.title)) for sheet in sheets}
    except Exception as error:  # noqa: BLE001 - what a damaged workbook raises in openpyxl is not documented
        refuse(file, f"the workbook cannot be read: {type(error).__name__}")


def _load(raw: bytes, values: bool) -> Any:
    with warnings.catch_warnings():
        # Extensions openpyxl does not keep are of no account here: nothing is written back.
        warnings.simplefilter("ignore")
        return load_workbook(io.BytesIO(raw), data_only=values, keep_links=False)


def _read_sheet(sheet: Any, stored: Any) -> Sheet:
    cells = {}
    # The cells there are, by place: walking over rows and columns would make every cell in between.
    for (row, column), cell in sorted(sheet._cells.items()):
        found = _read_cell(cell, stored)
        if found.kind != "empty":
            cells[row, column] = found
    merged = tuple(str(area) for area in sheet.merged_cells.ranges)
    return Sheet(sheet.title, cells, merged, "; ".join(_hidden(sheet, cells)), sheet.sheet_state != "visible")


def _read_cell(cell: Any, stored: Any) -> Found:
    place, number_format = cell.coordinate if hasattr(cell, "coordinate") else "", getattr(cell, "number_format", "") or ""
    value = cell.value
    if cell.data_type == "f":
        formula = str(getattr(value, "text", value) or "")
        if _OTHER_BOOK.search(formula):
            return Found("external", formula, number_format, place)
        result = stored._cells.get((cell.row, cell.column)) if stored is not None else None
        if result is None or result.value is None:
            return Found("uncomputed", formula, number_format, place)
        kind, plain = _typed(result.value, result.data_type)
        return Found(kind, plain, number_format, place, computed=True)
    kind, plain = _typed(value, cell.data_type)
    return Found(kind, plain, number_format, place)


def _typed(value: Any, data_type: str) -> tuple[Any, Any]:
    if value is None or value == "":
        return "empty", None
    if data_type == "e":
        return "error", str(value)
    if isinstance(value, bool):
        return "flag", value
    if isinstance(value, int | float):
        return "number", value
    if isinstance(value, datetime):
        return "date", value
    if isinstance(value, date):
        return "date", datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a day of the calendar
    if isinstance(value, time | timedelta):
        return "time", str(value)
    return "text", str(value)


def _hidden(sheet: Any, cells: dict[tuple[int, int], Found]) -> Iterator[str]:
    """What nobody sees: hidden rows and columns that hold something."""
    rows = sorted({row for row, _ in cells if row in sheet.row_dimensions and sheet.row_dimensions[row].hidden})
    if rows:
        yield f"row{'s' if len(rows) > 1 else ''} {_spans(rows)}"
    used = {column for _, column in cells}
    columns = set()
    for dimension in list(sheet.column_dimensions.values()):
        if dimension.hidden:
            columns |= used & set(range(dimension.min or 0, min(dimension.max or 0, 20_000) + 1))
    if columns:
        names = [get_column_letter(column) for column in sorted(columns)]
        yield f"column{'s' if len(names) > 1 else ''} {', '.join(names[:12])}"


def _spans(numbers: list[int]) -> str:
    """``5 to 7, 9`` for 5, 6, 7, 9; at most six stretches."""
    told: list[list[int]] = []
    for number in numbers:
        if told and number == told[-1][-1] + 1:
            told[-1] = [told[-1][0], number]
        else:
            told.append([number])
    more = ", ..." if len(told) > 6 else ""
    return ", ".join(f"{span[0]} to {span[-1]}" if len(span) > 1 else str(span[0]) for span in told[:6]) + more


def column_letter(number: int) -> str:
    """``D`` for 4."""
    return str(get_column_letter(number))
