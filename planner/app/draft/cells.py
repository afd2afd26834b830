"""Cells: values of a file as a table shows them, and what was typed or pasted as values of a file."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import Any

from planner.app.draft.fields import Kind
from planner.scenario.places import MISSING
from planner.scenario.render import plain, render
from planner.scenario.scalars import Refused, read_plain

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(T00:00:00(\.0+)?Z?)?")


def fits(kind: Kind, value: Any) -> bool:
    """Whether a cell of this kind can show the value; missing values always can be shown."""
    if value is MISSING or value is None:
        return True
    if kind == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind == "flag":
        return isinstance(value, bool)
    if kind == "day":
        return isinstance(value, str) and _is_day(value)
    if kind in ("names", "numbers"):
        return isinstance(value, str) or (isinstance(value, list) and all(_is_word(item) for item in value))
    return isinstance(value, str)


def shown(kind: Kind, value: Any) -> Any:
    """The value of a cell: None when missing, dates as text ``2027-02-01``, lists as words with commas between."""
    if value is MISSING or value is None:
        return None
    if kind in ("names", "numbers") and isinstance(value, list):
        return ", ".join(map(_word, value))
    if kind == "text" and not isinstance(value, str):
        return render(plain(value))
    return value


def read_typed(kind: Kind, meant: Kind, value: Any) -> Any:
    """What was typed, pasted or chosen, as a value of a file; None for an emptied cell.

    ``meant`` is the kind the format asks for where the cell shows text instead: then a number is read as a number.
    """
    if hasattr(value, "tolist") and type(value).__module__.split(".")[0] == "numpy":
        value = value.tolist()
    if value is None or (isinstance(value, float) and math.isnan(value)) or type(value).__name__ in ("NAType", "NaTType"):
        return None
    if isinstance(value, str):
        return _read_text(kind, meant, value)
    if isinstance(value, date):
        return value.isoformat()[:10]
    return plain(value)


def _read_text(kind: Kind, meant: Kind, value: str) -> Any:
    if not value.strip():
        return None
    if found := _DAY.fullmatch(value):
        return found[1]
    if meant in ("names", "numbers"):
        return [read_number(part) if meant == "numbers" else part for part in (p.strip() for p in value.split(",")) if part]
    return read_number(value) if meant in ("number", "flag") and kind != meant else value


def read_number(text: str) -> Any:
    """The number a text says by the file's own rules; the text itself when it says none."""
    found = read_plain(text.strip())
    return text if isinstance(found, Refused | None) else found


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text)) and len(text) == 10
    except ValueError:
        return False


def _is_word(value: Any) -> bool:
    return isinstance(value, int | float) if not isinstance(value, str) else "," not in value and value == value.strip() != ""


def _word(value: Any) -> str:
    return value if isinstance(value, str) else render(plain(value))
