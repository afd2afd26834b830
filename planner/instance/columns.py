"""Order columns: which purchase orders can exist, and everything one unit of each means."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import ceil, floor, prod

from planner.instance.arrivals import Arrival, full_rate
from planner.instance.cash import find_price, price_fixed_on
from planner.instance.courses import CourseBook
from planner.instance.instance import OrderColumn, Placement
from planner.instance.lookup import Lookup
from planner.instance.news import Effect
from planner.instance.pools import Pool, find_free, find_keep, find_window
from planner.instance.tree import Node, Strikes
from planner.scenario.dates import Duration, add, parse_period
from planner.scenario.factory import Site
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


def find_shipments(scenario: Scenario, offer: Offer, ordered: date, reviews: tuple[Duration, ...]) -> Iterator[tuple[int, date]]:
    """(ship period, day due) an order of this day may choose from; ``reviews`` of licences begin with the order."""
    calendar = scenario.calendar
    ready = max([add(ordered, offer.lead_time, offer.deinstall_time), *(add(ordered, review) for review in reviews)])
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
    peak *= max([1.0, *(shock.target_factor for shock in scenario.shocks)])
    shares = [s for s in (offer.ramp.share if offer.ramp else ()) if s > 0]
    # idle while they give nothing, tools are not worth more for being many
    factors = [shock.output_factor for shock in scenario.shocks if shock.output_factor > 0]
    slowest = min(full_rate(scenario, offer, step) for step in offer.covers) * min([1.0, *shares]) * prod(factors)
    return float(ceil(peak / slowest) + ceil(offer.min_order))


def build_orders(book: CourseBook, pools: tuple[Pool, ...]) -> tuple[OrderColumn, ...]:
    """Every order column, in canonical order: offer, site, node, ship period."""
    scenario = book.look.scenario
    served = {site for demand in scenario.demand for site in demand.sites}
    return tuple(
        column
        for offer in sorted(scenario.offers, key=lambda o: o.id)
        if is_efficient(scenario, offer.cell_efficiency)
        for site in sorted(served & set(offer.sites or served))
        for node in book.tree.deciding
        for column in _orders_at(book, offer, scenario.site[site], node, pools)
    )


def _orders_at(book: CourseBook, offer: Offer, site: Site, node: Node, pools: tuple[Pool, ...]) -> Iterator[OrderColumn]:
    look, tree = book.look, book.tree
    scenario = look.scenario
    ordered = scenario.calendar.starts[node.period]
    if not offer.valid.covers(ordered) or is_forbidden(scenario, offer.supplier, offer.id, node.period):
        return
    for ship_period, due in find_shipments(scenario, offer, ordered, look.news.reviews(offer, site.id)):
        placed = [
            (top, placement)
            for top in tree.carried_out(node.index)
            if (placement := _place(book, offer, site, top, (ordered, due), pools)) is not None
        ]
        here = next((placement for top, placement in placed if top == node.index), None)
        if here is None:
            continue
        yield OrderColumn(
            offer.id, offer.supplier, site.id, node.index, ship_period, ordered, here.arrival, here.price, here.most,
            not offer.divisible, tuple(placement for _, placement in placed),
        )  # fmt: skip


def _price(look: Lookup, offer: Offer, site: Site, days: tuple[date, date], strikes: Strikes) -> tuple[float, str]:
    ordered, due = days
    unit, currency = find_price(look, offer.price, site.id, ordered, price_fixed_on(offer, ordered, due))
    return unit * look.news.factor(strikes, ordered, offer, site.id, Effect.PRICE), currency


def _place(
    book: CourseBook, offer: Offer, site: Site, top: int, days: tuple[date, date], pools: tuple[Pool, ...]
) -> Placement | None:
    """What the order is when it is placed at node ``top``; None where it cannot be: no slot, or in service in no future."""
    look, strikes, (ordered, due) = book.look, book.tree.nodes[top].strikes, days
    found = _find_slots(look, pools, offer, site, due, ordered, strikes)
    if found is None:
        return None
    price = _price(look, offer, site, days, strikes)
    courses = book.below((offer, site, price, ordered, due), top)
    last = look.scenario.calendar.starts[-2]
    if not any(isinstance(course.fate, Arrival) and course.fate.in_service <= last for course, _ in courses):
        return None
    most, slots = found
    planned = book.find((offer, site, price, ordered, due), strikes).fate
    assert isinstance(planned, Arrival)  # what is lost for sure at its node is in service in no future
    return Placement(top, price[0] * look.rate(price[1], ordered, strikes), most, slots, courses, planned)


def _find_slots(
    look: Lookup, pools: tuple[Pool, ...], offer: Offer, site: Site, due: date, ordered: date, strikes: Strikes
) -> tuple[float, tuple[tuple[str, str, float], ...]] | None:
    most, slots = float("inf"), []
    factor = look.news.factor(strikes, ordered, offer, site.id, Effect.SLOTS)
    for pool in pools:
        if offer.id not in pool.use:
            continue
        free = find_free(look, pool, due)
        keep = find_keep(look, pool, free, ordered, factor)
        if keep <= 0:
            return None
        most = min(most, free * keep / pool.use[offer.id])
        slots.append((pool.id, find_window(look, pool, due), pool.use[offer.id] / keep))
    if not slots:
        most = most_useful(look.scenario, offer)
    most = most if offer.divisible else float(floor(most + 1e-9))
    return (most, tuple(slots)) if most > 0 else None
