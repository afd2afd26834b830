"""One cell at a time: what is read as written, and what is refused with the way to write it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from planner.exchange.cells import read_cell
from planner.exchange.columns import Column, Kind
from planner.exchange.found import EMPTY, Found
from planner.exchange.numbers import currencies_of, is_percent
from planner.scenario.places import MISSING
from planner.scenario.scalars import Refused


def read(kind: Kind, value: Any, number_format: str = "") -> Any:
    kinds = {str: "text", bool: "flag", int: "number", float: "number", datetime: "date"}
    return read_cell(Found(kinds[type(value)], value, number_format), Column("x", ("x",), kind))  # type: ignore[arg-type]


def day(*parts: int) -> datetime:
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001


@pytest.mark.parametrize(
    ("kind", "value", "meant"),
    [
        ("number", 310, 310),
        ("number", 310.0, 310),
        ("number", 0.1 + 0.2, 0.3),
        ("number", "12.5", 12.5),
        ("number", " 12 ", 12),
        ("number", "\u00a012\u00a0", 12),
        ("number", -4.5, -4.5),
        ("share", 0.25, 0.25),
        ("code", "NA", "NA"),
        ("code", "NO", "NO"),
        ("code", "007", "007"),
        ("code", "1e5", "1e5"),
        ("code", " CN ", "CN"),
        ("code", "\u3000CN\u00a0", "CN"),
        ("text", "two\nlines", "two\nlines"),
        ("text", 2023, "2023"),
        ("text", "NULL", "NULL"),
        ("period", 2026, "2026"),
        ("period", "2026-Q1", "2026-Q1"),
        ("day", day(2026, 10, 1), "2026-10-01"),
        ("day", "2026-10-01", "2026-10-01"),
        ("flag", True, True),
        ("flag", "No", False),
        ("length", "5 months", "5 months"),
        ("codes", "a, b;c\nd", ["a", "b", "c", "d"]),
        ("codes", "NA", ["NA"]),
        ("names", "price", "price"),
        ("names", "rate, starts", ["rate", "starts"]),
        ("numbers", "0.4; 0.75", [0.4, 0.75]),
        ("numbers", 2, [2]),
        ("days", "2026-04-01; 2026-11-10", ["2026-04-01", "2026-11-10"]),
        ("days", day(2026, 4, 1), ["2026-04-01"]),
    ],
)
def test_read_as_written(kind: Kind, value: Any, meant: Any) -> None:
    assert read(kind, value) == meant
    assert type(read(kind, value)) is type(meant)


@pytest.mark.parametrize(
    ("kind", "value", "problem", "fix"),
    [
        ("number", "1.234,5", "", ""),
        ("number", "1,5", "decimal comma", "1.5"),
        ("number", "1,234", "thousands", "1234"),
        ("number", "1.234", "could be two numbers", "1234 or 1.234"),
        ("number", "1.234.567", "could be two numbers", "1234567"),
        ("number", "１２", "full-width", "write 12"),
        ("number", "\u221212", "full-width or foreign", "write -12"),
        ("number", "310 CNY", "units and currencies", ""),
        ("number", "€ 5", "units and currencies", ""),
        ("number", "25%", "per cent", ""),
        ("number", "abc", "found text", ""),
        ("number", "007", "", "7"),
        ("number", "nan", "", ""),
        ("number", True, "true or false", ""),
        ("number", day(2026, 5, 1), "a date was found where a number is expected", "type it again"),
        ("number", 1e300, "too large", ""),
        ("number", 2**53 + 2, "too large", ""),
        ("number", 1e-12, "smaller than the smallest", ""),
        ("code", 7, "a number was found where a code is expected", "as text"),
        ("code", day(2026, 3, 1), "a date was found where a code is expected", "as text"),
        ("code", True, "true or false was found", "as text"),
        ("code", "a\u200bb", "invisible", "type it again"),
        ("text", "{{ supplier }}", "template", "fill in"),
        ("text", day(2026, 3, 1), "a date was found", "as text"),
        ("text", "x" * 10_001, "longer than 10,000", ""),
        ("period", day(2026, 7, 1), "a date was found where a period", "as text"),
        ("period", 7, "a number was found where a period", ""),
        ("day", 46296, "a number was found where a date", "as a date"),
        ("day", day(2026, 7, 1, 12, 30), "no time of day", "2026-07-01"),
        ("flag", 1, "neither yes nor no", ""),
        ("flag", "ja", "neither yes nor no", ""),
        ("length", 5, "no unit", "5 months"),
        ("codes", "a,,b", "empty place", ""),
        ("numbers", "0,4; 0,75", "decimal comma", ""),
    ],
)
def test_refused(kind: Kind, value: Any, problem: str, fix: str) -> None:
    found = read(kind, value)
    assert isinstance(found, Refused)
    assert problem in found.problem
    assert fix in found.fix
    assert found.allowed


@pytest.mark.parametrize("kind", ["error", "uncomputed", "external", "time"])
def test_what_holds_no_value_is_refused_everywhere(kind: Any) -> None:
    for column in ("text", "number", "day", "flag", "codes"):
        found = read_cell(Found(kind, "#N/A"), Column("x", ("x",), column))  # type: ignore[arg-type]
        assert isinstance(found, Refused)
        assert found.fix


def test_empty_is_missing() -> None:
    for kind in ("text", "number", "day", "flag", "codes", "numbers"):
        assert read_cell(EMPTY, Column("x", ("x",), kind)) is MISSING  # type: ignore[arg-type]
        assert read_cell(Found("text", " \u00a0\n"), Column("x", ("x",), kind)) is MISSING  # type: ignore[arg-type]


def test_a_percentage_is_a_share_and_nothing_else() -> None:
    assert read("share", 0.25, "0.0%") == 0.25
    found = read("number", 0.25, "0%")
    assert isinstance(found, Refused)
    assert "percentage" in found.problem


@pytest.mark.parametrize(
    ("code", "meant"),
    [
        ("General", set()),
        ("#,##0.00", set()),
        ("#,##0.00 [$€-407]", {"EUR"}),
        ('"€" 0.00', {"EUR"}),
        ("[$CNY] #,##0", {"CNY"}),
        ("[$¥-804]0", {"JPY", "CNY"}),
        ("[Red]0;[Blue]-0", set()),
        ("[$-409]mmm", set()),
        ("[<1000]0", set()),
    ],
)
def test_signs_of_money_in_formats(code: str, meant: set[str]) -> None:
    assert currencies_of(code) == meant


def test_per_cent_in_quotes_is_no_percentage() -> None:
    assert is_percent("0.00%")
    assert not is_percent('0 "% of it"')
    assert "USD" in currencies_of("$#,##0")
    assert "EUR" not in currencies_of("$#,##0")
