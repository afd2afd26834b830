"""Order columns: which purchase orders can exist, and everything one unit of each means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from math import ceil, floor, prod

from planner.instance.arrivals import Arrival, full_rate
from planner.instance.cash import UnitPrice, find_price, price_fixed_on
from planner.instance.courses import CourseBook
from planner.instance.instance import OrderColumn, Placement
from planner.instance.lookup import Lookup
from planner.instance.news import Effect
from planner.instance.pools import Pool, find_free, find_keep, find_window
from planner.instance.tree import Strikes
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


@dataclass(frozen=True, slots=True)
class Way:
    """One way to order: day ordered, ship period, day due, and the list price of a unit with its currency."""

    ordered: date
    ship_period: int
    due: date
    price: UnitPrice


@dataclass(frozen=True, slots=True)
class Shelf:
    """The pools, and what was found on them: (most units, slots) by (offer, day due, day ordered, what news leaves)."""

    pools: tuple[Pool, ...]
    found: dict[tuple[str, date, date, float], Slots] = field(default_factory=dict)
    windows: dict[tuple[str, date], tuple[str, float]] = field(default_factory=dict)
    """(pool, day due) -> (window, slots free of contracts)."""


Slots = tuple[float, tuple[tuple[str, str, float], ...]] | None
"""(most units, (pool, window, today's slots one unit takes)); None where no slot is left."""


def build_orders(book: CourseBook, pools: tuple[Pool, ...]) -> tuple[OrderColumn, ...]:
    """Every order column, in canonical order: offer, site, node, ship period."""
    scenario, shelf = book.look.scenario, Shelf(pools)
    served = {site for demand in scenario.demand for site in demand.sites}
    return tuple(
        column
        for offer in sorted(scenario.offers, key=lambda o: o.id)
        if is_efficient(scenario, offer.cell_efficiency)
        for site in sorted(served & set(offer.sites or served))
        for column in _orders_for(book, offer, scenario.site[site], shelf)
    )


def _orders_for(book: CourseBook, offer: Offer, site: Site, shelf: Shelf) -> Iterator[OrderColumn]:
    tree = book.tree
    ways = [tuple(_find_ways(book.look, offer, site, period)) for period in range(book.look.scenario.calendar.periods)]
    for node in tree.deciding:
        for way in ways[node.period]:
            placed = [
                (top, placement)
                for top in tree.carried_out(node.index)
                if (placement := _place(book, offer, site, top, way, shelf)) is not None
            ]
            here = next((placement for top, placement in placed if top == node.index), None)
            if here is None:
                continue
            yield OrderColumn(
                offer.id, offer.supplier, site.id, node.index, way.ship_period, way.ordered, here.arrival, here.price, here.most,
                not offer.divisible, tuple(placement for _, placement in placed),
            )  # fmt: skip


def _find_ways(look: Lookup, offer: Offer, site: Site, period: int) -> Iterator[Way]:
    """The ways to order in a period; none where the offer is not valid or forbidden."""
    scenario = look.scenario
    ordered = scenario.calendar.starts[period]
    if not offer.valid.covers(ordered) or is_forbidden(scenario, offer.supplier, offer.id, period):
        return
    for ship_period, due in find_shipments(scenario, offer, ordered, look.news.reviews(offer, site.id)):
        price = find_price(look, offer.price, site.id, ordered, price_fixed_on(offer, ordered, due))
        yield Way(ordered, ship_period, due, price)


def _place(book: CourseBook, offer: Offer, site: Site, top: int, way: Way, shelf: Shelf) -> Placement | None:
    """What the order is when it is placed at node ``top``; None where it cannot be: no slot, or in service in no future."""
    look, strikes, ordered = book.look, book.tree.nodes[top].strikes, way.ordered
    found = _find_slots(look, shelf, offer, site, way.due, ordered, strikes)
    if found is None:
        return None
    unit, currency = way.price
    unit *= look.news.factor(strikes, ordered, offer, site.id, Effect.PRICE)
    bought = (offer, site, (unit, currency), ordered, way.due)
    courses = book.below(bought, top)
    last = look.scenario.calendar.starts[-2]
    if not any(isinstance(course.fate, Arrival) and course.fate.in_service <= last for course, _ in courses):
        return None
    most, slots = found
    planned = book.known_at(bought, top).fate
    assert isinstance(planned, Arrival)  # what is lost for sure at its node is in service in no future
    return Placement(top, unit * look.rate(currency, ordered, strikes), most, slots, courses, planned)


def _find_slots(look: Lookup, shelf: Shelf, offer: Offer, site: Site, due: date, ordered: date, strikes: Strikes) -> Slots:
    factor = look.news.factor(strikes, ordered, offer, site.id, Effect.SLOTS)
    key = offer.id, due, ordered, factor
    if key not in shelf.found:
        shelf.found[key] = _look_through(look, shelf, offer, due, ordered, factor)
    return shelf.found[key]


def _look_through(look: Lookup, shelf: Shelf, offer: Offer, due: date, ordered: date, factor: float) -> Slots:
    most, slots = float("inf"), []
    for pool in shelf.pools:
        if offer.id not in pool.use:
            continue
        if (pool.id, due) not in shelf.windows:
            shelf.windows[pool.id, due] = find_window(look, pool, due), find_free(look, pool, due)
        window, free = shelf.windows[pool.id, due]
        keep = find_keep(look, pool, free, ordered, factor)
        if keep <= 0:
            return None
        most = min(most, free * keep / pool.use[offer.id])
        slots.append((pool.id, window, pool.use[offer.id] / keep))
    if not slots:
        most = most_useful(look.scenario, offer)
    most = most if offer.divisible else float(floor(most + 1e-9))
    return (most, tuple(slots)) if most > 0 else None
