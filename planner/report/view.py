"""What every report looks at: a scenario, its plan, and who may be named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.plan.plan import Plan
from planner.report.mask import NOTHING_MASKED, Mask
from planner.report.table import digits_for, grouped
from planner.scenario.dates import period_name, window_start
from planner.scenario.money import Money
from planner.scenario.scenario import Scenario

SHORT = {"units": "", "thousands": " k", "millions": " m"}


@dataclass(frozen=True, slots=True)
class View:
    """One answer to report on. Ids and prices reach paper and screen only through ``mask``."""

    scenario: Scenario
    plan: Plan
    mask: Mask = NOTHING_MASKED

    def supplier(self, supplier: str) -> str:
        """The supplier's name as people know it."""
        return self.mask.supplier(supplier) if self.mask.hides(supplier) else self.scenario.supplier[supplier].name or supplier

    def period(self, day: date) -> str:
        """Name of the calendar period of a day, also beyond the horizon."""
        step = self.scenario.calendar.step
        return period_name(window_start(day, step), step)

    @property
    def this_period(self) -> str:
        """What 'now' is called: this quarter or this month."""
        return f"this {self.scenario.calendar.step}"


def money_unit(money: Money) -> str:
    """``USD m``: the base currency in the scenario's units."""
    return f"{money.currency}{SHORT[money.unit]}"


def show_money(amount: float, money: Money) -> str:
    """``USD 1,234 m``."""
    return f"{money.currency} {grouped(amount, digits_for(amount))}{SHORT[money.unit]}"
