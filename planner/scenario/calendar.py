"""The calendar: a start, a step and a number of periods. Decisions fall on a period's first day."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from functools import cached_property
from typing import Literal

from pydantic import Field, model_validator

from planner.scenario.base import Day, Strict, complaint
from planner.scenario.dates import MONTHS, add_months, period_name


class Calendar(Strict):
    """Periods 0 .. ``periods`` - 1; period p begins at ``starts[p]`` and ends where p + 1 begins."""

    start: Day
    step: Literal["month", "quarter"] = "quarter"
    periods: int = Field(ge=1, le=240)

    @model_validator(mode="after")
    def _begins_a_period(self) -> Calendar:
        if self.start.day != 1 or (self.start.month - 1) % MONTHS[self.step]:
            allowed = "the first day of a month" if self.step == "month" else "the first day of January, April, July or October"
            raise complaint(f"does not begin a calendar {self.step}", allowed, "move the start", "start")
        return self

    @cached_property
    def starts(self) -> tuple[date, ...]:
        """First days of the periods and, last, the end of the horizon; length ``periods`` + 1."""
        return tuple(add_months(self.start, MONTHS[self.step] * p) for p in range(self.periods + 1))

    @property
    def end(self) -> date:
        """The first day after the horizon."""
        return self.starts[-1]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the periods: 2026-Q1 or 2026-01."""
        return tuple(period_name(day, self.step) for day in self.starts[:-1])

    @property
    def months(self) -> int:
        """Months per period."""
        return MONTHS[self.step]

    def period_of(self, day: date) -> int:
        """Number of the period that contains ``day``; negative before the start, ``periods`` or more after the end."""
        return bisect_right(self.starts, day) - 1

    def first_from(self, day: date) -> int:
        """Number of the first period that begins on or after ``day`` (``periods`` + 1 when beyond the end)."""
        return next((p for p, start in enumerate(self.starts) if start >= day), len(self.starts))
