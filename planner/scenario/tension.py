"""From an index to the tension dial: its quarters relative to the mean of a base window."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planner.scenario.dates import MONTHS, add_months, parse_period, period_name, window_start
from planner.scenario.index_file import Index

DIGITS = 3
ON_ONE_LINE = 8


class BadBase(Exception):
    """Why a base window cannot be used, in words."""


@dataclass(frozen=True, slots=True)
class Base:
    """A window of time: ``start`` is its first day, ``end`` the first day after it; ``text`` as it was given."""

    text: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Dial:
    """The dial by quarter, in order. ``mean`` of the base is over ``values`` values of the index."""

    quarters: tuple[tuple[str, float], ...]
    mean: float
    values: int


def parse_base(text: str) -> Base:
    """``2015-01:2019-12`` -> the window with both ends; raises BadBase."""
    parts = text.split(":")
    try:
        (start, _), (last, kind) = map(parse_period, parts)
    except ValueError:
        raise BadBase("is not FROM:UNTIL, such as 2015-01:2019-12 (years, quarters, months or days, both included)") from None
    end = date.fromordinal(last.toordinal() + 1) if kind == "day" else add_months(last, MONTHS[kind])
    if end <= start:
        raise BadBase("ends before it starts")
    return Base(text, start, end)


def find_dial(index: Index, base: Base) -> Dial:
    """Mean of each quarter after the base (or of the last one, when none follows) over the mean of the base.

    Quarters without a value are left out: the one before them holds on. Raises BadBase when the base has no value or
    the mean 0.
    """
    inside = [value for day, value in index.points if base.start <= day < base.end]
    if not inside:
        raise BadBase(f"holds no value; the index runs from {index.points[0][0]} to {index.last}")
    mean = sum(inside) / len(inside)
    if mean == 0:
        raise BadBase("has the mean 0, so nothing can be relative to it")
    by_quarter: dict[str, list[float]] = {}
    last = window_start(index.points[-1][0], "quarter")
    for day, value in index.points:
        first = window_start(day, "quarter")
        if day >= base.end or (last < base.end and first == last):
            by_quarter.setdefault(period_name(first, "quarter"), []).append(value)
    quarters = tuple((name, _rounded(sum(values) / len(values) / mean)) for name, values in by_quarter.items())
    return Dial(quarters, mean, len(inside))


def _rounded(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


def plain(value: float) -> str:
    """The number without an exponent, at most three digits that count."""
    return f"{Decimal(f'{value:.{DIGITS}g}'):f}"


def write_dial(index: Index, base: Base, dial: Dial) -> str:
    """The dial as YAML to paste into a scenario: one line, or one line per year when it is long."""
    years: dict[str, list[str]] = {}
    for name, value in dial.quarters:
        years.setdefault(name[:4], []).append(f"{name}: {plain(value)}")
    lines = [", ".join(items) for items in years.values()]
    comment = f"# {index.column} of {index.file} relative to its mean {dial.mean:.6g} over {base.text}; the last value holds on"
    if len(dial.quarters) <= ON_ONE_LINE:
        return f"{comment}\nfutures: {{tension: {{{', '.join(lines)}}}}}\n"
    return f"{comment}\nfutures: {{tension: {{\n  " + ",\n  ".join(lines) + "}}\n"
