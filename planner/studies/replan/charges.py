"""What changing an approved plan counts for: units of its later orders that are dropped or moved, and a charge for each."""

from __future__ import annotations

from collections.abc import Iterable

from planner.plan.difference import Change, find_changes
from planner.plan.paths import Paths
from planner.plan.plan import Plan
from planner.scenario.scenario import Scenario
from planner.studies.worlds import Data

COUNTED = ("less", "time", "ships", "site")
"""A unit that is dropped, or the same unit ordered or shipped at another time, or for another site. Units more are none."""


def count_moved(plan: Plan, approved: Plan, paths: Paths, periods: int) -> float:
    """Units of the approved plan's later orders that the plan drops or moves: mean over the futures. Both on one tree."""
    total = 0.0
    for leaf in paths.leaves(paths.trunk[0]):
        changes = find_changes(*(_after(one, paths, leaf, periods) for one in (plan, approved)))
        total += paths.at(leaf).probability * sum(c.units for c in changes if c.action == "order" and c.way in COUNTED)
    return total


def find_changes_after(plan: Plan, approved: Plan, paths: Paths, periods: int) -> tuple[Change, ...]:
    """What the plan decides otherwise after the first ``periods`` periods while nothing more happens."""
    leaf = paths.trunk[-1]
    return find_changes(_after(plan, paths, leaf, periods), _after(approved, paths, leaf, periods))


def _after(plan: Plan, paths: Paths, leaf: str, periods: int) -> Plan:
    later = frozenset(node for node in (paths.trunk if paths.staged else paths.to(leaf)) if paths.at(node).period >= periods)
    return Plan(
        vetting=tuple(d for d in plan.vetting if d.node in later),
        signings=tuple(d for d in plan.signings if d.node in later),
        orders=tuple(d for d in plan.orders if d.node in later),
    )


def with_charges(data: Data, scenario: Scenario, approved: Plan, charge: float, periods: int) -> Data:
    """The data in which ordering costs ``charge`` (base currency) more a unit wherever the approved plan orders nothing.

    That is, of an offer for a site in a period after the first ``periods`` ones. It leads a search towards the approved
    plan; what a plan of it really costs is found with the true prices.
    """
    known = {(order.offer, order.site, order.order_period) for order in approved.orders}
    prices = {offer.id: _charged(scenario, offer.id, known, charge, periods) for offer in scenario.offers}
    return {**data, "offers": [{**offer, "price": prices[offer["id"]]} for offer in data["offers"]]}


def _charged(scenario: Scenario, name: str, known: Iterable[tuple[str, str, str]], charge: float, periods: int) -> Data:
    offer, calendar = scenario.offer[name], scenario.calendar
    base, price = scenario.money.to_base(offer.price.currency), offer.price
    by_site = {}
    for site in scenario.sites:
        series, amounts = price.series(site.id), list[float]()
        for p, day in enumerate(calendar.starts[:-1]):
            rate = base.at(day, p) or 1.0
            more = 0.0 if p < periods or (name, site.id, calendar.names[p]) in known else charge / rate
            amounts.append((series.at(day, p) or 0.0) + more)
        by_site[site.id] = amounts
    found = {"amount": next(iter(by_site.values())), "by_site": by_site, "escalation": price.escalation}
    if price.currency is not None:
        found["currency"] = price.currency
    found["as_of"] = (price.as_of or calendar.start).isoformat()
    return found
