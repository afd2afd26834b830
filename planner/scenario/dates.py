"""Dates, durations and the names of periods. Durations are added as dates; nothing is rounded to periods here."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Window = Literal["month", "quarter", "half-year", "year"]
MONTHS: dict[str, int] = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
YEARS = range(1900, 2201)
"""Years a scenario may speak of: far enough, and no sum of durations leaves the calendar of the computer."""
DAYS_PER_MONTH = 30.4375
_DURATION = re.compile(r"(\d{1,4}) (day|week|month|year)s?")
_PERIOD = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])(?:-(\d{2}))?))?")


@dataclass(frozen=True, slots=True, order=True)
class Duration:
    """A length of time in whole months and days, added month first: ``5 months``, ``6 weeks``."""

    months: int = 0
    days: int = 0

    def __str__(self) -> str:
        if self.months and not self.days:
            return f"{self.months} months"
        return f"{self.days} days" if not self.months else f"{self.months} months {self.days} days"


def parse_duration(text: str) -> Duration:
    """``8 weeks`` -> Duration; raises ValueError for anything but a whole number and a unit."""
    found = _DURATION.fullmatch(text.strip())
    if not found:
        raise ValueError(text)
    number, unit = int(found[1]), found[2]
    if unit in ("day", "week"):
        return Duration(days=number * (7 if unit == "week" else 1))
    return Duration(months=number * (12 if unit == "year" else 1))


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later (or earlier), or the last day of that month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = 28 if day.day <= 28 else monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def add(day: date, *durations: Duration) -> date:
    """The date after all durations, one after the other."""
    for length in durations:
        day = add_months(day, length.months) + timedelta(days=length.days)
    return day


def years_between(start: date, end: date) -> float:
    """Years from ``start`` to ``end``, exact in twelfths for equal days of the month; negative if before."""
    months = 12 * (end.year - start.year) + end.month - start.month
    return (months + (end.day - start.day) / DAYS_PER_MONTH) / 12


def parse_period(text: str) -> tuple[date, str]:
    """``2026``, ``2026-Q1``, ``2026-01`` or ``2026-01-15`` -> first day and kind (year, quarter, month, day)."""
    found = _PERIOD.fullmatch(text)
    if not found:
        raise ValueError(text)
    year, quarter, month, day = found.groups()
    if int(year) not in YEARS:
        raise ValueError(text)
    if quarter:
        return date(int(year), 3 * int(quarter) - 2, 1), "quarter"
    if day:
        return date(int(year), int(month), int(day)), "day"
    if month:
        return date(int(year), int(month), 1), "month"
    return date(int(year), 1, 1), "year"


def period_name(first_day: date, step: str) -> str:
    """``2026-Q1`` or ``2026-01``: the name of the period or window that begins on this day."""
    if step == "month":
        return f"{first_day:%Y-%m}"
    if step == "quarter":
        return f"{first_day.year}-Q{(first_day.month + 2) // 3}"
    if step == "half-year":
        return f"{first_day.year}-H{1 if first_day.month == 1 else 2}"
    return str(first_day.year)


def window_start(day: date, per: str) -> date:
    """First day of the calendar month, quarter, half-year or year that contains ``day``."""
    months = MONTHS[per]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


NO_DURATION = Duration()
