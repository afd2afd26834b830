"""The ways one more unit of an offer could have been bought, and when it would run in one course of events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from planner.explain.shortfall.world import World
from planner.instance.arrivals import Arrival, Fate, find_fate, find_ramp_share, full_rate, qualification_time
from planner.instance.columns import find_shipments
from planner.instance.tree import Strikes
from planner.scenario.dates import add
from planner.scenario.factory import Site
from planner.scenario.offers import Offer


@dataclass(frozen=True, slots=True)
class Way:
    """A purchase order at ``node`` that is due for shipment on ``due``; ``column`` is its place among orders, -1 without one."""

    offer: str
    site: str
    node: int
    ordered: date
    due: date
    column: int


@dataclass(frozen=True)
class Ways:
    """Finds ways and what becomes of them, each once."""

    world: World
    _known: dict[tuple[str, str, int], tuple[Way, ...]] = field(default_factory=dict)
    _fates: dict[tuple[str, str, date, Strikes], Fate] = field(default_factory=dict)

    def of(self, offer: Offer, site: Site, node: int) -> tuple[Way, ...]:
        """Every way to order on the path to the node, whether a rule forbids it or not."""
        key = offer.id, site.id, node
        if key not in self._known:
            self._known[key] = tuple(self._find(offer, site, node))
        return self._known[key]

    def _find(self, offer: Offer, site: Site, node: int) -> Iterator[Way]:
        scenario, tree = self.world.scenario, self.world.data.tree
        reviews = self.world.look.news.reviews(offer, site.id)
        for period, decided in enumerate(tree.told[node]):
            ordered = scenario.calendar.starts[period]
            if offer.valid.covers(ordered):
                for ship_period, due in find_shipments(scenario, offer, ordered, reviews):
                    column = self.world.column.get((offer.id, site.id, decided, ship_period), -1)
                    yield Way(offer.id, site.id, decided, ordered, due, column)

    def runs_from(self, way: Way, step: str, strikes: Strikes) -> date | None:
        """The day from which a unit gives the step anything after these strikes; None when it never ships."""
        scenario = self.world.scenario
        offer, site = scenario.offer[way.offer], scenario.site[way.site]
        touching = self.world.look.news.touching(offer, site.id)
        heard = tuple(strike for strike in strikes if strike.source in touching)
        key = offer.id, site.id, way.due, heard
        if key not in self._fates:
            self._fates[key] = find_fate(self.world.look.news, offer, site, way.due, heard)
        fate = self._fates[key]
        return add(fate.in_service, qualification_time(scenario, offer, step)) if isinstance(fate, Arrival) else None

    def gives(self, way: Way, step: str, strikes: Strikes, day: date) -> float:
        """MW a year a unit gives the step on the day; 0 when it comes too late."""
        service = self.runs_from(way, step, strikes)
        if service is None or service > day:
            return 0.0
        offer = self.world.scenario.offer[way.offer]
        return full_rate(self.world.scenario, offer, step) * find_ramp_share(offer, service, day)
