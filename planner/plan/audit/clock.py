"""Days, periods and numbers over time, by the audit's own arithmetic.

Nothing here calls the arithmetic of ``planner.scenario``: only raw fields are read, so that an error there shows up
as a disagreement instead of being repeated.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta

from planner.scenario.by_period import ByPeriod
from planner.scenario.calendar import Calendar
from planner.scenario.dates import Duration

MONTHS_IN = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
MEAN_MONTH = 30.4375
_NAMED = re.compile(r"(\d{4})(?:-Q([1-4])|-(\d{2})(?:-(\d{2}))?)?")


def months_after(day: date, months: int) -> date:
    """The same day of the month ``months`` later; the last day of that month where there is no such day."""
    carried, month = divmod(day.month - 1 + months, 12)
    year = day.year + carried
    if day.day <= 28:
        return date(year, month + 1, day.day)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - timedelta(days=1)).day))


def after(day: date, *lengths: Duration) -> date:
    """The day after all lengths in turn, each its months first and then its days."""
    for length in lengths:
        day = months_after(day, length.months) + timedelta(days=length.days)
    return day


def years(start: date, end: date) -> float:
    """Years from ``start`` to ``end``: whole months are twelfths, odd days parts of a mean month; negative if before."""
    return (12 * (end.year - start.year) + end.month - start.month + (end.day - start.day) / MEAN_MONTH) / 12


def floor_months(day: date, months: int) -> date:
    """First day of the stretch of ``months`` (1, 3, 6 or 12) of the calendar year that holds ``day``."""
    return date(day.year, day.month - (day.month - 1) % months, 1)


def day_named(text: str) -> date | None:
    """First day of ``2026``, ``2026-Q1``, ``2026-01`` or ``2026-01-15``; None for any other text."""
    found = _NAMED.fullmatch(text)
    if not found:
        return None
    year, quarter, month, day = found.groups()
    try:
        return date(int(year), 3 * int(quarter) - 2 if quarter else int(month or 1), int(day or 1))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Clock:
    """The calendar as plain days.

    ``starts`` holds the first days of periods 0..N-1 and, last, the first day after the horizon; ``names`` the N
    names of the periods; ``months`` the months in one; ``interest`` the discount rate per year.
    """

    starts: tuple[date, ...]
    names: tuple[str, ...]
    months: int
    interest: float

    @property
    def count(self) -> int:
        """Number of periods."""
        return len(self.names)

    @property
    def end(self) -> date:
        """First day after the horizon."""
        return self.starts[-1]

    def period(self, day: date) -> int:
        """Number of the period that holds ``day``: -1 before the calendar, N after it."""
        return bisect_right(self.starts, day) - 1

    def named(self, text: str) -> int:
        """Number of the period that holds the first day of the named time; -1 when no period does."""
        day = day_named(text)
        found = -1 if day is None else self.period(day)
        return found if found < self.count else -1

    def node(self, period: int) -> str:
        """Name of the node of a period in a world without branches."""
        return "root" if period == 0 else self.names[period]

    def value(self, series: ByPeriod, day: date) -> float | None:
        """The number in force on ``day``; None before the first key of a map."""
        if series.listed:
            return series.listed[min(max(self.period(day), 0), len(series.listed) - 1)]
        following = bisect_right(series.points, day, key=lambda point: point[0])
        if following == 0:
            return None
        since, number, _ = series.points[following - 1]
        if series.interpolate == "step" or following == len(series.points):
            return number
        until, target, _ = series.points[following]
        return number + (target - number) * (years(since, day) / years(since, until))

    def discount(self, day: date) -> float:
        """Worth on the first day of the calendar of one unit of money paid on ``day``."""
        return float((1 + self.interest) ** -years(self.starts[0], day))


def read_clock(calendar: Calendar, interest: float) -> Clock:
    """The clock of a calendar, from its start, step and number of periods alone."""
    months = MONTHS_IN[calendar.step]
    starts = tuple(months_after(calendar.start, months * p) for p in range(calendar.periods + 1))
    if months == 1:
        names = tuple(f"{day.year:04d}-{day.month:02d}" for day in starts[:-1])
    else:
        names = tuple(f"{day.year:04d}-Q{1 + (day.month - 1) // 3}" for day in starts[:-1])
    return Clock(starts, names, months, interest)
