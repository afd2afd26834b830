"""From a value of the scenario to what its cell holds, and whether a cell still says the same."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from planner.exchange.cells import read_cell
from planner.exchange.columns import NUMBERS, Column
from planner.exchange.found import EMPTY, Found
from planner.exchange.numbers import tidy
from planner.scenario.places import MISSING

BY_PERIOD = "by period"
ELSEWHERE = "in the file"
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
FIRST_DAY = date(1900, 3, 1)
"""Spreadsheets count days before this one wrongly."""
SEPARATORS = {"codes": ", ", "names": ", ", "numbers": "; ", "days": "; "}


def show(value: Any, column: Column) -> Found:
    """The cell for a value. What no cell can hold is told in a word, ``by period`` or ``in the file``, and stays as it is."""
    if value is MISSING or value is None:
        return EMPTY
    if column.kind in SEPARATORS:
        return _several(value, column)
    if isinstance(value, dict | list):
        return Found("text", BY_PERIOD if column.kind in NUMBERS else ELSEWHERE)
    if isinstance(value, bool):
        return Found("text", "yes" if value else "no")
    if isinstance(value, int | float):
        return Found("number", value)
    if column.kind == "day" and _DATE.fullmatch(value):
        return _day(value)
    return Found("text", value)


def is_kept(found: Found) -> bool:
    """Whether the cell only tells that its value stands in the file."""
    return found.kind == "text" and found.value in (BY_PERIOD, ELSEWHERE)


def says_same(found: Found, base: Found, column: Column) -> bool:
    """Whether a cell means what ``base`` means: as written, or once both are read."""
    if (found.kind, found.value) == (base.kind, base.value):
        return True
    one, two = read_cell(found, column), read_cell(base, column)
    return same_value(one, two)


def same_value(one: Any, two: Any) -> bool:
    """Equal in value; numbers to the digits a spreadsheet keeps, true is not 1."""
    if isinstance(one, bool) or isinstance(two, bool):
        return one is two
    if isinstance(one, int | float) and isinstance(two, int | float):
        return tidy(one) == tidy(two)
    if isinstance(one, list) and isinstance(two, list):
        return len(one) == len(two) and all(map(same_value, one, two))
    return type(one) is type(two) and bool(one == two)


def _several(value: Any, column: Column) -> Found:
    items = value if isinstance(value, list) else [value]
    separator = SEPARATORS[column.kind]
    texts = [f"{item!r}" if isinstance(item, int | float) else str(item) for item in items]
    plain = all(isinstance(item, str | int | float) and not isinstance(item, bool) for item in items)
    if not plain or not texts or any(re.search(r"[;,\n]", text) for text in texts):
        return Found("text", ELSEWHERE)
    return Found("text", separator.join(texts))


def _day(text: str) -> Found:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return Found("text", text)
    return Found("date", datetime(day.year, day.month, day.day)) if day >= FIRST_DAY else Found("text", text)  # noqa: DTZ001
