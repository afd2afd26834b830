"""Days as numbers, so that the dates of thousands of futures are added at once: day 0 is 1 January 1900."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from planner.scenario.by_period import ByPeriod
from planner.scenario.dates import DAYS_PER_MONTH, Duration
from planner.scenario.scenario import Scenario

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Whole = NDArray[np.int64]

FIRST = date(1900, 1, 1).toordinal()
END = date(2400, 1, 1).toordinal() - FIRST
"""Later days count as the last day before: no scenario speaks of them."""
NEVER = END
"""The day of what does not happen."""
FOREVER = END + 1
"""The first day without what holds for good."""


def day_number(day: date) -> int:
    """The number of a day."""
    return day.toordinal() - FIRST


def day_of(number: int) -> date:
    """The day of a number."""
    return date.fromordinal(FIRST + int(number))


@dataclass(frozen=True)
class Days:
    """The calendar in numbers. ``month`` and ``in_month`` by day (months since 1900; 0 for the first of a month).

    ``first`` and ``length`` by month; ``discount`` by day: worth on the calendar's first day of 1 paid then.
    ``starts`` are the first days of the periods and, last, the end of the horizon.
    """

    scenario: Scenario
    month: Ints
    in_month: Ints
    first: Ints
    length: Ints
    discount: Floats
    starts: Ints

    @property
    def end(self) -> int:
        """The first day after the horizon."""
        return int(self.starts[-1])

    def after(self, days: Ints, *durations: Duration) -> Ints:
        """The days after all durations in turn, each its months first and then its days."""
        for length in durations:
            if length.months:
                month = np.minimum(self.month[days] + length.months, len(self.first) - 1)
                days = self.first[month] + np.minimum(self.in_month[days], self.length[month] - 1)
            days = np.minimum(days + np.int32(length.days), END - 1)
        return days

    def years(self, since: Ints, until: Ints) -> Floats:
        """Years between days: whole months are twelfths, odd days parts of a mean month; negative if before."""
        months = (self.month[until] - self.month[since]).astype(float)
        return (months + (self.in_month[until] - self.in_month[since]) / DAYS_PER_MONTH) / 12

    def value(self, series: ByPeriod, days: Ints) -> Floats:
        """The series' number on each day; 0 where it says nothing."""
        if not series.listed and len(series.points) == 1 and series.points[0][0] == date.min:
            return np.full(days.shape, series.points[0][1])
        found, place = np.unique(days, return_inverse=True)
        numbers = [self.value_on(series, day_of(day)) for day in found]
        return np.array(numbers, dtype=float)[place].reshape(days.shape)

    def value_on(self, series: ByPeriod, day: date) -> float:
        """The series' number on one day; 0 where it says nothing."""
        return series.at(day, self.scenario.calendar.period_of(day)) or 0.0

    def discounted_years(self, start: date, months: int) -> float:
        """Sum over ``months`` months from ``start`` of a twelfth, each discounted at its first day."""
        day = np.array([day_number(start)], np.int32)
        return sum(float(self.discount[self.after(day, Duration(months=m))[0]]) for m in range(months)) / 12


def build_days(scenario: Scenario) -> Days:
    """The tables of a scenario's calendar and discount rate."""
    first = np.arange("1900-01", "2400-02", dtype="datetime64[M]").astype("datetime64[D]").astype(np.int64)
    first -= first[0]
    length = np.diff(first)
    month = np.repeat(np.arange(len(length)), length)
    in_month = np.arange(len(month)) - first[month]
    start = day_number(scenario.calendar.start)
    years = (month - month[start] + (in_month - in_month[start]) / DAYS_PER_MONTH) / 12
    return Days(
        scenario=scenario,
        month=month.astype(np.int32),
        in_month=in_month.astype(np.int32),
        first=first[:-1].astype(np.int32),
        length=length.astype(np.int32),
        discount=(1 + scenario.money.discount_rate) ** -years,
        starts=np.array([day_number(day) for day in scenario.calendar.starts], np.int32),
    )
