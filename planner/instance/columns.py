"""Order columns: which purchase orders can exist, and everything one unit of each means."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import ceil, floor

from planner.instance.arrivals import find_arrival, full_rate
from planner.instance.cash import NodeOf, find_price, find_unit_events, price_fixed_on
from planner.instance.instance import OrderColumn
from planner.instance.lookup import Lookup
from planner.instance.pools import Pool, find_free, find_keep, find_window
from planner.instance.tree import Node, Tree
from planner.scenario.dates import add, parse_period
from planner.scenario.offers import Offer
from planner.scenario.policy import Forbid
from planner.scenario.scenario import Scenario
from planner.scenario.suppliers import Supplier


def is_forbidden(scenario: Scenario, supplier: str, offer: str | None, period: int) -> bool:
    """Whether policy forbids buying from the supplier (or only this offer) in the period."""
    maker = scenario.supplier[supplier]
    named = {maker.id.casefold(), maker.name.casefold()}
    if any(name.casefold() in named for name in scenario.policy.sanctioned):
        return True
    return any(_names(scenario, rule, maker, offer, period) for rule in scenario.policy.forbid)


def _names(scenario: Scenario, rule: Forbid, maker: Supplier, offer: str | None, period: int) -> bool:
    """Whether everything the entry says fits; an entry that names an offer does not stop the signing."""
    said = [
        (rule.supplier, maker.id),
        (rule.country, maker.country),
        (rule.offer, offer),
    ]
    if all(wanted is None for wanted, _ in said) or any(wanted not in (None, found) for wanted, found in said):
        return False
    return rule.period is None or scenario.calendar.period_of(parse_period(rule.period)[0]) == period


def is_efficient(scenario: Scenario, efficiency: float | None) -> bool:
    """Whether cells of this efficiency are good enough; unknown efficiency passes."""
    least = scenario.policy.min_cell_efficiency
    return least is None or efficiency is None or efficiency >= least


def find_shipments(scenario: Scenario, offer: Offer, ordered: date) -> Iterator[tuple[int, date]]:
    """(ship period, day due) an order of this day may choose from."""
    calendar = scenario.calendar
    ready = add(ordered, offer.lead_time, offer.deinstall_time)
    earliest = calendar.period_of(ready)
    if earliest >= calendar.periods:
        return
    last = add(calendar.starts[earliest], offer.order_ahead)
    for period in range(earliest, calendar.periods):
        if calendar.starts[period] > last:
            return
        yield period, ready if period == earliest else calendar.starts[period]


def most_useful(scenario: Scenario, offer: Offer) -> float:
    """Units of an offer without slots beyond which nothing can be gained: the whole peak target from it alone."""
    look = Lookup(scenario)
    peak = sum(max(look.value(d.wanted, day) * d.factor for day in scenario.calendar.starts[:-1]) for d in scenario.demand)
    shares = [s for s in (offer.ramp.share if offer.ramp else ()) if s > 0]
    slowest = min(full_rate(scenario, offer, step) for step in offer.covers) * min([1.0, *shares])
    return float(ceil(peak / slowest) + ceil(offer.min_order))


def build_orders(look: Lookup, tree: Tree, pools: tuple[Pool, ...], node_of: NodeOf) -> tuple[OrderColumn, ...]:
    """Every order column, in canonical order: offer, site, node, ship period."""
    scenario = look.scenario
    served = {site for demand in scenario.demand for site in demand.sites}
    return tuple(
        column
        for offer in sorted(scenario.offers, key=lambda o: o.id)
        if is_efficient(scenario, offer.cell_efficiency)
        for site in sorted(served & set(offer.sites or served))
        for node in tree.nodes
        for column in _orders_at(look, offer, site, node, pools, node_of)
    )


def _orders_at(
    look: Lookup, offer: Offer, site: str, node: Node, pools: tuple[Pool, ...], node_of: NodeOf
) -> Iterator[OrderColumn]:
    scenario = look.scenario
    ordered = scenario.calendar.starts[node.period]
    if not offer.valid.covers(ordered) or is_forbidden(scenario, offer.supplier, offer.id, node.period):
        return
    for ship_period, due in find_shipments(scenario, offer, ordered):
        arrival = find_arrival(offer, scenario.site[site], due)
        if arrival.in_service > scenario.calendar.starts[-2]:
            return
        found = _find_slots(look, pools, offer, due, ordered)
        if found is None:
            continue
        most, slots = found
        price = find_price(look, offer.price, site, ordered, price_fixed_on(offer, ordered, due))
        events = tuple(find_unit_events(look, offer, scenario.site[site], price, ordered, arrival, node_of))
        yield OrderColumn(
            offer.id, offer.supplier, site, node.index, ship_period, ordered, arrival,
            price[0] * look.rate(price[1], ordered), most, not offer.divisible, events, slots,
        )  # fmt: skip


def _find_slots(
    look: Lookup, pools: tuple[Pool, ...], offer: Offer, due: date, ordered: date
) -> tuple[float, tuple[tuple[str, str, float], ...]] | None:
    most, slots = float("inf"), []
    for pool in pools:
        if offer.id not in pool.use:
            continue
        free = find_free(look, pool, due)
        keep = find_keep(look, pool, free, ordered)
        if keep <= 0:
            return None
        most = min(most, free * keep / pool.use[offer.id])
        slots.append((pool.id, find_window(look, pool, due), pool.use[offer.id] / keep))
    if not slots:
        most = most_useful(look.scenario, offer)
    most = most if offer.divisible else float(floor(most + 1e-9))
    return (most, tuple(slots)) if most > 0 else None
