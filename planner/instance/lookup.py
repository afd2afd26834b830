"""Reading the scenario's series on a day, and turning days into discount factors."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from planner.instance.news import News
from planner.instance.tree import Strikes
from planner.scenario.by_period import ByPeriod
from planner.scenario.dates import add_months, years_between
from planner.scenario.scenario import Scenario


@dataclass(frozen=True)
class Lookup:
    """The scenario's clock and purse: values by day, rates of exchange, discounting."""

    scenario: Scenario
    _rates: dict[tuple[str | None, date], float] = field(default_factory=dict)

    @cached_property
    def news(self) -> News:
        """What strikes do in this scenario."""
        return News(self.scenario)

    def value(self, series: ByPeriod | None, day: date, missing: float = 0.0) -> float:
        """The series' value on ``day``; ``missing`` where it says nothing."""
        if series is None:
            return missing
        found = series.at(day, self.scenario.calendar.period_of(day))
        return missing if found is None else found

    def rate(self, currency: str | None, day: date, strikes: Strikes = ()) -> float:
        """Base currency per unit of ``currency`` on ``day``, after what has struck; before its first key the first number."""
        found = self._rates.get((currency, day))
        if found is None:
            series = self.scenario.money.to_base(currency)
            found = self._rates[currency, day] = self.value(series, day, series.numbers[0])
        if not strikes or not currency or not self.news.moves_rates:
            return found
        return found * self.news.currency_factor(strikes, day, currency)

    def discount(self, day: date) -> float:
        """Present value on the calendar's first day of 1 paid on ``day``."""
        return float((1 + self.scenario.money.discount_rate) ** -years_between(self.scenario.calendar.start, day))

    def discounted_years(self, start: date, months: int) -> float:
        """Sum over ``months`` months from ``start`` of a twelfth, each discounted at its first day.

        Counting by month makes quarterly and monthly calendars charge the same for the same gap.
        """
        return sum(self.discount(add_months(start, m)) for m in range(months)) / 12
