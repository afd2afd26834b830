"""What becomes of every ordered unit in one future: shipped late, or never."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from planner.instance.arrivals import Arrival, Fate, find_fate
from planner.instance.columns import find_shipments
from planner.instance.lookup import Lookup
from planner.plan.plan import Order, Plan
from planner.scenario.news import Strike

Strikes = tuple[Strike, ...]


@dataclass(frozen=True)
class Post:
    """Finds due days and fates of orders, each once."""

    look: Lookup
    _dues: dict[tuple[str, str, date, str], date] = field(default_factory=dict)
    _fates: dict[tuple[str, str, date, Strikes], Fate] = field(default_factory=dict)

    def due(self, order: Order) -> date:
        """The day an order is due for shipment, before any news delays it."""
        key = (order.offer, order.site, order.ordered, order.ship_period)
        if key not in self._dues:
            scenario = self.look.scenario
            offer, names = scenario.offer[order.offer], scenario.calendar.names
            ways = find_shipments(scenario, offer, order.ordered, self.look.news.reviews(offer, order.site))
            self._dues[key] = next((due for p, due in ways if names[p] == order.ship_period), order.ships)
        return self._dues[key]

    def fate(self, order: Order, strikes: Strikes) -> Fate:
        """The days of its units after these strikes, or that they never ship."""
        key = (order.offer, order.site, self.due(order), strikes)
        if key not in self._fates:
            scenario = self.look.scenario
            offer, site = scenario.offer[order.offer], scenario.site[order.site]
            self._fates[key] = find_fate(self.look.news, offer, site, key[2], strikes)
        return self._fates[key]


@dataclass(frozen=True, slots=True)
class Blow:
    """Units of an offer ordered before the news that come ``days`` later for it; None: they never ship."""

    offer: str
    supplier: str
    units: float
    days: int | None


def find_blows(post: Post, plan: Plan, until: date, before: Strikes, after: Strikes) -> tuple[Blow, ...]:
    """What the news does to orders placed before ``until``: those in service later, or lost, than by ``before`` alone."""
    found: dict[tuple[str, str, int | None], float] = defaultdict(float)
    for order in plan.orders:
        if order.ordered < until:
            was, now = post.fate(order, before), post.fate(order, after)
            if isinstance(was, Arrival) and not isinstance(now, Arrival):
                found[order.offer, order.supplier, None] += order.units
            elif isinstance(was, Arrival) and isinstance(now, Arrival) and now.in_service > was.in_service:
                found[order.offer, order.supplier, (now.in_service - was.in_service).days] += order.units
    ranked = sorted(found.items(), key=lambda pair: (pair[0][0], pair[0][2] is not None, pair[0][2] or 0))
    return tuple(Blow(offer, supplier, units, days) for (offer, supplier, days), units in ranked)
