"""Measures of one future: discounted cash, cost of shortage and surplus inside and after the horizon, amounts of both."""

from __future__ import annotations

from collections.abc import Sequence

from planner.plan.audit.capacity import surplus_of
from planner.plan.audit.case import Case
from planner.plan.audit.clock import months_after
from planner.plan.audit.rules_output import Short
from planner.plan.audit.setting import Setting
from planner.scenario.factory import Demand
from planner.scenario.money import Rated

MW_YEARS = {"MW-year": 1.0, "GW-year": 1000.0}
MONEY = ("expected_cost", "cash_cost", "shortage_cost", "surplus_cost", "cost_inside", "cost_after", "spend")
AMOUNTS = ("shortage", "shortage_after")


def price_per_mw_year(setting: Setting, rated: Rated, period: int) -> float:
    """Base currency for one MW-year in ``period``, at the rate of exchange of its first day."""
    day = setting.clock.starts[period]
    amount = setting.clock.value(rated.amount, day) or 0.0
    return amount * setting.exchange(rated.currency, day) / MW_YEARS[rated.per]


def running_cost(setting: Setting, demand: Demand, rated: Rated | None, mw: Sequence[float]) -> tuple[float, float]:
    """Discounted cost of ``mw`` by period: inside the horizon, and of the last period repeated after it."""
    if rated is None:
        return 0.0, 0.0
    clock, inside = setting.clock, 0.0
    for n, amount in enumerate(mw):
        if amount:
            worth = sum(clock.discount(months_after(clock.starts[n], m)) for m in range(clock.months)) / 12
            inside += amount * price_per_mw_year(setting, rated, n) * worth
    if not mw[-1]:
        return inside, 0.0
    later = sum(clock.discount(months_after(clock.end, m)) for m in range(demand.continues.months)) / 12
    return inside, mw[-1] * price_per_mw_year(setting, rated, clock.count - 1) * later


def measures_of(case: Case, short: Short) -> dict[str, float]:
    """Every measure of a future from its payments, installed capacity and shortage (MW per year for all periods).

    ``expected_cost`` stands for the cost of this future.
    """
    setting = case.setting
    clock = setting.clock
    found = dict.fromkeys((*MONEY, *AMOUNTS), 0.0)
    for line in case.lines:
        worth = line.amount * clock.discount(line.day)
        found["cash_cost"] += worth
        found["cost_inside" if line.day < clock.end else "cost_after"] += worth
    for demand in setting.scenario.demand:
        missing = [short[demand.id, n] for n in range(clock.count)]
        found["shortage"] += sum(missing) * clock.months / 12
        found["shortage_after"] += missing[-1] * demand.continues.months / 12
        above = [0.0] * clock.count
        if demand.surplus_cost:
            above = [surplus_of(setting, case.installed, demand.sites, setting.target(demand, n), n) for n in range(clock.count)]
        for name, rated, mw in (
            ("shortage_cost", demand.shortage_cost, missing),
            ("surplus_cost", demand.surplus_cost, above),
        ):
            inside, later = running_cost(setting, demand, rated, mw)
            found[name] += inside + later
            found["cost_inside"] += inside
            found["cost_after"] += later
    found["spend"] = sum(lot.units * lot.contract for lot in case.orders)
    found["expected_cost"] = found["cash_cost"] + found["shortage_cost"] + found["surplus_cost"]
    return found
