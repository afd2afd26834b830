"""What one unquoted word means, and which words are refused with their cure."""

from __future__ import annotations

import math

import pytest

from planner.scenario.scalars import Refused, checked_number, key_problem, number_hint, read_plain, refuse_template


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", 5),
        ("-5", -5),
        ("0", 0),
        ("-0", 0),
        ("-0.0", 0),
        ("0e5", 0),
        ("5.0", 5),
        ("1e3", 1000),
        ("1E+3", 1000),
        ("0.50", 0.5),
        ("1.5e-3", 0.0015),
        ("1e-9", 1e-9),
        ("0.30000000000000004", 0.30000000000000004),
        ("9007199254740992", 2**53),
        ("true", True),
        ("false", False),
        ("", None),
        ("~", None),
        ("null", None),
        ("NO", "NO"),
        ("Norway", "Norway"),
        ("yesterday", "yesterday"),
        ("2026-01-05", "2026-01-05"),
        ("2026-Q1", "2026-Q1"),
        ("5 months", "5 months"),
        ("1.2.3", "1.2.3"),
        ("-", "-"),
        ("a:b", "a:b"),
        ("5 %", "5 %"),
        ("1,000", "1,000"),
        ("<<", "<<"),
        ("=1+1", "=1+1"),
        ("nan", "nan"),
        ("{ x }", "{ x }"),
    ],
)
def test_words_with_one_meaning(text: str, value: object) -> None:
    found = read_plain(text)
    assert found == value
    assert type(found) is type(value)
    assert not (isinstance(found, float) and math.copysign(1, found) < 0 and found == 0)


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("010", "write 10,"),
        ("007", "write 7,"),
        ("-007", "write -7,"),
        ("01.5", "write 1.5,"),
        ("00", "write 0,"),
        ("+5", "write 5,"),
        (".5", "write 0.5,"),
        ("-.5", "write -0.5,"),
        ("5.", "write 5.0,"),
        ("0o17", "in decimal"),
        ("0x1F", "in decimal"),
        ("0b101", "in decimal"),
        ("1_000", "write 1000,"),
        ("1_250.50", "write 1250.50,"),
        ("12:30", "quote it"),
        ("1:30:00", "quote it"),
        (".nan", "write the number"),
        ("-.INF", "leave the field out"),
        ("1E400", "check the unit"),
        ("1.0e999", "check the unit"),
        ("1e-400", "check the unit"),
        ("0.0000000001", "check the unit"),
        ("9007199254740993", "check the unit"),
        ("1" * 19, "shorten it"),
        ("1" * 5000, "shorten it"),
        ("0.123456789012345678", "round it"),
        ("yes", "write true"),
        ("Yes", "write true"),
        ("ON", "write true"),
        ("no", "write false"),
        ("No", "write false"),
        ("off", "write false"),
        ("True", "write true"),
        ("FALSE", "write false"),
        ("{{ price }}", "fill in the value"),
        ("a {{ b }} c", "fill in the value"),
        ("{% if %}", "fill in the value"),
    ],
)
def test_words_with_two_meanings_are_refused_with_their_cure(text: str, fix: str) -> None:
    found = read_plain(text)
    assert isinstance(found, Refused)
    assert found.text == text
    assert fix in found.fix


def test_the_cure_of_a_number_is_read_as_the_number_that_was_meant() -> None:
    for written, meant in [
        ("010", 10),
        ("+5", 5),
        (".5", 0.5),
        ("5.", 5),
        ("1_000", 1000),
        ("00.50", 0.5),
        ("+.5e3", 500),
    ]:
        refused = read_plain(written)
        assert isinstance(refused, Refused)
        assert read_plain(refused.fix.removeprefix("write ").split(",")[0]) == meant


def test_only_the_month_a_fiscal_year_starts_may_have_a_leading_zero() -> None:
    assert read_plain("01", "fiscal_year_starts") == 1
    assert read_plain("09", "fiscal_year_starts") == 9
    assert isinstance(read_plain("007", "fiscal_year_starts"), Refused)
    assert isinstance(read_plain("01", "starts"), Refused)


@pytest.mark.parametrize("text", ["1", "1.0", "99", "-3", "000", "12:30", "0x1", ".5", "1_0", "12345"])
def test_keys_that_look_like_numbers_are_refused(text: str) -> None:
    assert key_problem(text) == f"key {text} must be text"


@pytest.mark.parametrize("text", ["2026", "2026-Q1", "2026-01", "2026-01-15", "a1", "wet", "NO", "no", "true", "1a"])
def test_words_years_and_periods_are_keys(text: str) -> None:
    assert key_problem(text) == ""


@pytest.mark.parametrize(
    ("text", "problem", "fix"),
    [
        ("1,000", "thousands separators", "write 1000"),
        ("1,234,567.5", "thousands separators", "write 1234567.5"),
        ("1 000", "thousands separators", "write 1000"),
        ("1'000", "thousands separators", "write 1000"),
        ("12,5", "decimal comma", "12.5"),
        ("5%", "per cent", "write 0.05 for a share"),
        ("12.5 %", "per cent", "write 0.125 for a share"),
        ("$5", "plain number only", "such as 5"),
        ("5 USD", "plain number only", "such as 5"),
        ("USD 5", "plain number only", "such as 5"),
        ("€5.5", "plain number only", "such as 5.5"),
        ("600 MW", "plain number only", "such as 600"),
        ("5.5", "quoted text", "write 5.5 without quotes"),
        ("many", "found text", "write only the number"),
        ("..%", "per cent", "a fraction"),
    ],
)
def test_hints_for_text_where_a_number_is_expected(text: str, problem: str, fix: str) -> None:
    found = number_hint(text)
    assert problem in found[0]
    assert fix in found[1]


def test_templates_are_found_in_linear_time() -> None:
    assert refuse_template("{{" * 100_000) is None
    assert refuse_template("}} {{") is None
    assert refuse_template("x {{y}}") is not None


def test_numbers_after_a_change_obey_the_same_rule() -> None:
    assert checked_number("269.5") == 269.5
    assert isinstance(checked_number("1e16"), Refused)
    assert isinstance(checked_number("1e-10"), Refused)
