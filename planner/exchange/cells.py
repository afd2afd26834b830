"""From a cell to the value a scenario holds: typed by the column, and nothing guessed."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Any

from pydantic import TypeAdapter, ValidationError

from planner.exchange.columns import NUMBERS, Column
from planner.exchange.found import Found
from planner.exchange.numbers import is_percent, read_number, read_number_text
from planner.scenario.base import Day, Length
from planner.scenario.characters import find_invisible
from planner.scenario.places import MISSING
from planner.scenario.scalars import Refused, refuse_template

WORDS = {
    "text": "text",
    "code": "a code",
    "choice": "one of a list",
    "length": "a duration such as 5 months",
    "period": "a period such as 2026-Q1",
    "flag": "yes or no",
    "codes": "codes",
    "names": "names",
    "numbers": "numbers",
    "days": "dates",
    "day": "a date",
}
AS_TEXT = "format the cell as text and type it again"
DAY: TypeAdapter[Any] = TypeAdapter(Day)
LENGTH: TypeAdapter[Any] = TypeAdapter(Length)
YEARS = range(1900, 2201)
LONGEST_TEXT = 10_000


def read_cell(found: Found, column: Column) -> Any:
    """The plain value of a cell (text, number, true or false, list), ``MISSING`` when empty, or why it is ``Refused``.

    Dates become text like 2027-02-01. Whether the value may stand in the scenario is judged by the scenario's own checks.
    """
    if found.kind == "empty" or (found.kind == "text" and not str(found.value).strip()):
        return MISSING
    if refused := _unusable(found):
        return refused
    if column.kind in NUMBERS:
        return _number(found, column)
    if column.kind == "day":
        return _day(found)
    if column.kind == "flag":
        return _flag(found)
    if column.kind in ("numbers", "days", "codes", "names"):
        return _several(found, column)
    return _text(found, column)


def _unusable(found: Found) -> Refused | None:
    told = str(found.value)
    if found.kind == "error":
        return Refused(told, "is an error of the spreadsheet", "a value", "correct the formula, or type the value")
    if found.kind == "uncomputed":
        return Refused(told, "is a formula without a stored result", "a value", "open and save it in a spreadsheet, or type it")
    if found.kind == "external":
        return Refused(told, "reads another workbook", "a value", "copy the cell and paste it as a value")
    if found.kind == "time":
        return Refused(told, "is a time of day or a span of hours", "a value", "type the value meant")
    return None


def _number(found: Found, column: Column) -> Any:
    if found.kind == "date":
        assert isinstance(found.value, datetime)
        fix = "format the cell as a number and type it again"
        return Refused(f"{found.value:%Y-%m-%d}", "a date was found where a number is expected", "a number", fix)
    if found.kind == "flag":
        return Refused(str(found.value), "is true or false, not a number", "a number", "type the number")
    if isinstance(found.value, str):
        return find_unreadable(found.value) or read_number_text(found.value, column.kind, found.text_only)
    assert isinstance(found.value, int | float)
    if column.kind != "share" and is_percent(found.number_format):
        fix = f"format the cell as a number; it holds {found.value:g}"
        return Refused(f"{found.value:.15g}", "is shown as a percentage, but this is no share", column.unit or "a number", fix)
    return read_number(found.value)


def _day(found: Found) -> Any:
    if found.kind == "date":
        assert isinstance(found.value, datetime)
        if found.value.time() != time():
            return Refused(str(found.value), "dates have no time of day here", "a date", f"write {found.value:%Y-%m-%d}")
        return f"{found.value:%Y-%m-%d}"
    if found.kind == "text":
        text = str(found.value).strip()
        return find_unreadable(text) or _judged(DAY, text)
    problem = f"{'true or false' if found.kind == 'flag' else 'a number'} was found where a date is expected"
    return Refused(f"{found.value}", problem, "a date such as 2027-02-01", "format the cell as a date, or type 2027-02-01")


def _flag(found: Found) -> Any:
    if found.kind == "flag":
        return bool(found.value)
    folded = str(found.value).strip().casefold()
    if found.kind == "text" and folded in ("yes", "true", "no", "false"):
        return folded in ("yes", "true")
    return Refused(str(found.value), "is neither yes nor no", "yes, no", "write yes or no")


def _text(found: Found, column: Column) -> Any:
    words = WORDS[column.kind]
    if found.kind == "date":
        assert isinstance(found.value, datetime)
        return Refused(f"{found.value:%Y-%m-%d}", f"a date was found where {words} is expected", words, AS_TEXT)
    if found.kind == "flag":
        return Refused(str(found.value), f"true or false was found where {words} is expected", words, AS_TEXT)
    if found.kind == "number":
        return _number_for_text(found, column)
    text = str(found.value).strip()
    if len(text) > LONGEST_TEXT:
        return Refused(text[:40], f"is longer than {LONGEST_TEXT:,} characters", "shorter text", "shorten it")
    return find_unreadable(text) or (_judged(LENGTH, text) if column.kind == "length" else text)


def _judged(judge: TypeAdapter[Any], value: Any) -> Any:
    """The value as it is, or why the scenario's own reader of such values refuses it."""
    try:
        judge.validate_python(value)
    except ValidationError as error:
        words = error.errors()[0].get("ctx", {})
        told = f"{value:g}" if isinstance(value, float) else str(value)
        return Refused(told, words.get("problem", ""), words.get("allowed", ""), words.get("fix", ""))
    return value


def _number_for_text(found: Found, column: Column) -> Any:
    value = found.value
    assert isinstance(value, int | float)
    whole = value == int(value)
    if column.kind == "period" and whole and int(value) in YEARS:
        return str(int(value))
    if column.kind == "text" and whole and abs(value) < 1e15:
        return str(int(value))
    if column.kind == "length":
        return _judged(LENGTH, value)
    kind = WORDS[column.kind]
    problem = f"a number was found where {kind} is expected; zeros before it may be lost"
    return Refused(f"{value:.15g}", problem, kind, AS_TEXT)


def _several(found: Found, column: Column) -> Any:
    """A list: names and codes with commas or semicolons between them, numbers and dates with semicolons."""
    if column.kind == "numbers" and found.kind == "number":
        return _listed(_number(found, column))
    if column.kind == "days" and found.kind == "date":
        return _listed(_day(found))
    if found.kind != "text":
        return _text(found, column)
    text = str(found.value).strip()
    if refused := find_unreadable(text):
        return refused
    parts = [part.strip() for part in re.split(r"[;,\n]" if column.kind in ("codes", "names") else r"[;\n]", text)]
    if not all(parts):
        return Refused(text, "has an empty place in its list", WORDS[column.kind], "remove the extra comma or semicolon")
    if column.kind == "days":
        days = [_judged(DAY, part) for part in parts]
        return next((day for day in days if isinstance(day, Refused)), days)
    if column.kind != "numbers":
        return parts[0] if column.kind == "names" and len(parts) == 1 else parts
    numbers = [read_number_text(part, column.kind, found.text_only) for part in parts]
    refused = next((number for number in numbers if isinstance(number, Refused)), None)
    return refused or numbers


def _listed(value: Any) -> Any:
    return value if isinstance(value, Refused) else [value]


def find_unreadable(text: str) -> Refused | None:
    """Why text cannot stand in a scenario file: invisible characters, or a template that was not filled in."""
    if words := find_invisible(text):
        return Refused(text, f"holds an {words}", "visible characters", "type it again")
    return refuse_template(text)
