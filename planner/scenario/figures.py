"""The plain figures the checks compare: rates, prices in the base currency, what policy rules out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel

from planner.scenario.by_period import ByPeriod
from planner.scenario.dates import years_between
from planner.scenario.document import Path
from planner.scenario.factory import Demand
from planner.scenario.offers import Offer, Throughput
from planner.scenario.policy import Forbid
from planner.scenario.scenario import Scenario


def walk(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every leaf of a model with its path in the file's words; a series is a leaf. Parts that are None are left out."""
    if isinstance(value, BaseModel) and not isinstance(value, ByPeriod):
        for name, info in type(value).model_fields.items():
            yield from walk(getattr(value, name), (*path, info.alias or name))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from walk(item, (*path, key))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from walk(item, (*path, index))
    elif value is not None:
        yield path, value


def rate_of_exchange(scenario: Scenario, currency: str | None) -> float | None:
    """Base currency per unit of ``currency`` at the start of its path; None when no rate is given."""
    money = scenario.money
    if currency is None or currency == money.currency:
        return 1.0
    return money.rates[currency].rate.numbers[0] if currency in money.rates else None


def route_watts(scenario: Scenario, step: str) -> set[float | None]:
    """The watts per cell of all routes that use ``step``; one value when they agree."""
    return {route.cell_watts for route in scenario.routes.values() if step in route.steps}


def unit_rate(scenario: Scenario, step: str, throughput: Throughput) -> float:
    """MW per year of one unit for ``step``; 0 when the watts are not known or not unique."""
    watts = route_watts(scenario, step)
    return throughput.rate(next(iter(watts)) if len(watts) == 1 else None)


def bottleneck(scenario: Scenario, offer: Offer) -> float:
    """MW per year that one unit gives all its steps at once; 0 when a rate is not known."""
    return min(unit_rate(scenario, step, throughput) for step, throughput in offer.covers.items())


def price_per_mw(scenario: Scenario, offer: Offer) -> float:
    """First price of one unit per MW of its bottleneck, base currency; 0 when it is free or cannot be known."""
    rate, mw = rate_of_exchange(scenario, offer.price.currency), bottleneck(scenario, offer)
    return offer.price.amount.numbers[0] * rate / mw if rate is not None and mw > 0 else 0.0


def is_sanctioned(scenario: Scenario, supplier: str) -> bool:
    """Whether the supplier's id or name stands on the sanctions list."""
    listed = {name.casefold() for name in scenario.policy.sanctioned}
    known = scenario.supplier.get(supplier)
    return bool({supplier.casefold(), (known.name if known else "").casefold()} & listed)


def falls_under(scenario: Scenario, forbid: Forbid, supplier: str, offer: str = "") -> bool:
    """Whether a rule names this supplier, its country or this offer."""
    known = scenario.supplier.get(supplier)
    country = known.country if known else ""
    return supplier == forbid.supplier or (bool(offer) and offer == forbid.offer) or (bool(country) and country == forbid.country)


def ruled_out(scenario: Scenario, offer: Offer) -> str:
    """Why policy never lets this offer be ordered; empty when it may be."""
    lowest = scenario.policy.min_cell_efficiency
    if lowest is not None and offer.cell_efficiency is not None and offer.cell_efficiency < lowest:
        return f"its cell efficiency {offer.cell_efficiency:g} is below {lowest:g}"
    if is_sanctioned(scenario, offer.supplier):
        return f"supplier {offer.supplier} is sanctioned"
    if any(f.period is None and falls_under(scenario, f, offer.supplier, offer.id) for f in scenario.policy.forbid):
        return "it is forbidden"
    return ""


def usable_routes(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    """Steps of every route that is not below the minimum cell efficiency."""
    lowest = scenario.policy.min_cell_efficiency or 0.0
    routes = scenario.routes.items()
    return {name: route.steps for name, route in routes if route.cell_efficiency is None or route.cell_efficiency >= lowest}


@dataclass(frozen=True, slots=True)
class Target:
    """Capacity wanted by one demand: MW per year by period of the calendar."""

    by_period: tuple[float, ...]

    @property
    def most(self) -> float:
        """The highest target of the calendar."""
        return max(self.by_period)


def target_of(scenario: Scenario, demand: Demand) -> Target:
    """MW of cells wanted on the first day of every period; 0 before the first key."""
    starts = scenario.calendar.starts[:-1]
    values = ((demand.wanted.at(day, p) or 0.0) * demand.factor for p, day in enumerate(starts))
    return Target(tuple(values))


def demanded_sites(scenario: Scenario) -> dict[str, Demand]:
    """The demand each site serves; the first one where a site is named twice."""
    found: dict[str, Demand] = {}
    for demand in scenario.demand:
        for site in demand.sites:
            found.setdefault(site, demand)
    return found


def discount(scenario: Scenario, day: date) -> float:
    """Value at the calendar's start of one unit of money on ``day``."""
    years = years_between(scenario.calendar.start, day)
    return float((1 + scenario.money.discount_rate) ** -years)
