"""The scenario as the audit reads it: parts by id, usable routes, rates of units, amounts and rates of exchange."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from math import prod

from planner.plan.audit.clock import Clock, read_clock
from planner.plan.audit.news import Strike
from planner.scenario.factory import Demand, Site
from planner.scenario.money import Amount
from planner.scenario.offers import Offer, Throughput
from planner.scenario.scenario import Scenario
from planner.scenario.shocks import Licence, Shock
from planner.scenario.suppliers import Supplier

HOURS_IN_YEAR = 24 * 365
PER_UNIT = {"units": 1.0, "thousands": 1_000.0, "millions": 1_000_000.0}


@dataclass(frozen=True, slots=True)
class Setting:
    """What every rule needs from the scenario, in a world where ``strikes`` have come and nothing more will.

    ``routes`` are the usable ones with their steps, ``bundles`` the steps that exactly the same routes run through
    (numbers of routes in the order of ``routes``, steps). ``rates`` are MW per year of one unit at full rate, by
    offer and step. ``cent`` is the least amount of money that counts, in the scenario's unit of money.
    """

    scenario: Scenario
    clock: Clock
    suppliers: dict[str, Supplier]
    offers: dict[str, Offer]
    shocks: dict[str, Shock]
    licences: dict[str, Licence]
    sites: dict[str, Site]
    demand_of: dict[str, Demand]
    routes: dict[str, tuple[str, ...]]
    steps: tuple[str, ...]
    bundles: tuple[tuple[tuple[int, ...], tuple[str, ...]], ...]
    rates: dict[str, dict[str, float]]
    cent: float
    strikes: tuple[Strike, ...] = ()

    def told(self, strikes: tuple[Strike, ...]) -> Setting:
        """The same scenario after other news."""
        return self if strikes == self.strikes else replace(self, strikes=strikes)

    def known(self, period: int) -> Setting:
        """The same scenario by the news known at the start of ``period``."""
        return self.told(tuple(strike for strike in self.strikes if strike.period <= period))

    def shocks_on(self, day: date) -> tuple[Shock, ...]:
        """Shocks in force on ``day``, in the order of their ids."""
        if not self.strikes:
            return ()
        return tuple(self.shocks[name] for name in sorted(s.source for s in self.strikes if not s.outcome and s.holds(day)))

    def exchange(self, currency: str | None, day: date) -> float:
        """Base currency for one unit of ``currency`` on ``day``; before the first key of a path its first number holds."""
        money = self.scenario.money
        if currency is None or currency == money.currency:
            return 1.0
        path = money.rates[currency].rate
        found = self.clock.value(path, day)
        moved = prod(shock.currency_factor for shock in self.shocks_on(day) if currency in shock.hits.currencies)
        return (path.points[0][1] if found is None else found) * moved

    def currency(self, currency: str | None) -> str:
        """The currency's code, the base currency where none is named."""
        return currency or self.scenario.money.currency

    def amount(self, amount: Amount, site: str, day: date) -> float:
        """The amount in its own currency at ``site`` (empty: anywhere) on ``day``; 0 before the first key."""
        return self.clock.value(amount.by_site.get(site, amount.amount), day) or 0.0

    def target(self, demand: Demand, period: int) -> float:
        """MW per year wanted in ``period``; 0 before the first key."""
        day, centre, wanted = self.clock.starts[period], demand.data_centre, 0.0
        if demand.target_mw is not None:
            wanted = self.clock.value(demand.target_mw, day) or 0.0
        elif centre is not None:
            load = self.clock.value(centre.load_mw, day) or 0.0
            wanted = load * centre.load_factor / centre.capacity_factor * centre.dc_ac_ratio
        for shock in self.shocks_on(day):
            if not shock.hits.sites or set(shock.hits.sites) & set(demand.sites):
                wanted *= shock.target_factor
        return wanted


def _rate(covers: Throughput, watts: float | None) -> float:
    if covers.mw is not None:
        return covers.mw
    cells = (covers.wafers_per_hour or 0.0) * HOURS_IN_YEAR * covers.uptime * covers.yield_share
    return cells * (covers.cell_watts or watts or 0.0) / 1e6


def _watts(scenario: Scenario, step: str) -> float | None:
    found = {route.cell_watts for route in scenario.routes.values() if step in route.steps}
    return found.pop() if len(found) == 1 else None


def _usable_routes(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    lowest = scenario.policy.min_cell_efficiency
    return {
        name: route.steps
        for name, route in scenario.routes.items()
        if lowest is None or route.cell_efficiency is None or route.cell_efficiency >= lowest
    }


def _bundles(routes: dict[str, tuple[str, ...]]) -> tuple[tuple[tuple[int, ...], tuple[str, ...]], ...]:
    found: dict[tuple[int, ...], list[str]] = {}
    for step in sorted({step for steps in routes.values() for step in steps}):
        users = tuple(number for number, steps in enumerate(routes.values()) if step in steps)
        found.setdefault(users, []).append(step)
    return tuple((users, tuple(steps)) for users, steps in found.items())


def read_setting(scenario: Scenario) -> Setting:
    """The audit's view of a scenario."""
    routes = _usable_routes(scenario)
    return Setting(
        scenario=scenario,
        clock=read_clock(scenario.calendar, scenario.money.discount_rate),
        suppliers={supplier.id: supplier for supplier in scenario.suppliers},
        offers={offer.id: offer for offer in scenario.offers},
        shocks={shock.id: shock for shock in scenario.shocks},
        licences={licence.id: licence for licence in scenario.licences},
        sites={site.id: site for site in scenario.sites},
        demand_of={site: demand for demand in scenario.demand for site in demand.sites},
        routes=routes,
        steps=tuple(sorted({step for steps in routes.values() for step in steps})),
        bundles=_bundles(routes),
        rates={o.id: {k: _rate(c, _watts(scenario, k)) for k, c in o.covers.items()} for o in scenario.offers},
        cent=0.01 / PER_UNIT[scenario.money.unit],
    )
