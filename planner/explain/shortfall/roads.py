"""How a gap could be closed: at which site, on which route, with which offers for the steps at their limit; what denies each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from planner.explain.sentence import Sentence, Value
from planner.explain.shortfall.late import explain_late, explain_news, explain_validity
from planner.explain.shortfall.price import Bill, Till
from planner.explain.shortfall.reason import Denial
from planner.explain.shortfall.room import Room
from planner.explain.shortfall.rules import find_ban, find_first_signing, find_rules
from planner.explain.shortfall.slots import explain_no_slot
from planner.explain.shortfall.ways import Way, Ways
from planner.explain.shortfall.world import World
from planner.scenario.factory import Demand, Site
from planner.scenario.offers import Offer

ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class Held:
    """An offer at its nearest: what denies a unit of it (nothing: it could be bought), and the MW a year it would give."""

    offer: str
    denials: tuple[Denial, ...]
    mw: float
    way: Way | None = None


@dataclass(frozen=True)
class Roads:
    """Finds what denies the closing of a gap in one course of events, which ends at node ``leaf``."""

    world: World
    ways: Ways
    room: Room
    leaf: int
    _denials: dict[int, tuple[Denial, ...]] = field(default_factory=dict)

    def find(self, demand: Demand, node: int) -> tuple[tuple[str, ...], list[Held]]:
        """The steps that hold the demand up at the node, and what denies more of them."""
        full = [name for name in demand.sites if self._is_full(name, node)]
        places = [(name, route) for name in demand.sites if name not in full for route in self.world.data.routes]
        found: list[tuple[int, tuple[str, ...], dict[str, list[Held]], tuple[str, str]]] = []
        for name, route in places:
            steps = tuple(step for step in self.world.data.routes[route] if self.world.spare(step, name, node) <= ROUNDING)
            held = {step: self._nearest(step, self.world.scenario.site[name], node) for step in steps}
            found.append((sum(1 for offers in held.values() if not _open(offers)), steps, held, (name, route)))
        idle = [self._full(name, node) for name in full if not found or self._stands_idle(name, node)]
        if not found:
            return (), idle
        fewest = min(count for count, *_ in found)
        best = [road for road in found if road[0] == fewest]
        steps = tuple(dict.fromkeys(step for _, limits, *_ in best for step in limits))
        if fewest:
            blocked = [offers for _, _, held, _ in best for offers in held.values() if not _open(offers)]
            return steps, [*idle, *(one for offers in blocked for one in _fewest(offers))]
        bills = [bill for _, _, held, (name, route) in best for bill in self._bills(demand, name, route, held)]
        return steps, [*idle, *self._weigh(sorted(bills, key=lambda bill: bill.cost - bill.avoided))]

    def _weigh(self, bills: list[Bill]) -> list[Held]:
        """The best bill: too dear, or worth it; then what denies its tools together, each of which could be bought alone."""
        denied = list[Held]()
        for bill in bills:
            together = () if bill.cost > bill.avoided else self._together(bill)
            if not together:
                return [_price(bill)]
            denied.append(Held(bill.ways[-1].offer, together, 0.0, bill.ways[-1]))
        return denied[:1]

    def _together(self, bill: Bill) -> tuple[Denial, ...]:
        """What denies a tool of the bill once those before it are bought."""
        bought: dict[int, float] = {}
        for way in bill.ways:
            room = self.room.after(bought) if bought else self.room
            units = room.least(way.column)
            if denials := (*room.denials(way), *find_rules(room.world, way, self.leaf, units)):
                return denials
            bought[way.column] = bought.get(way.column, 0.0) + units
        return ()

    def _is_full(self, name: str, node: int) -> bool:
        most = self.world.data.runs.get((name, node))
        return most is not None and self.world.running.get((name, node), 0.0) >= most * (1 - ROUNDING)

    def _stands_idle(self, name: str, node: int) -> bool:
        """Whether tools at a full site could run more."""
        routes = self.world.data.routes.values()
        return any(all(self.world.spare(step, name, node) > ROUNDING for step in steps) for steps in routes)

    def _full(self, name: str, node: int) -> Held:
        most = self.world.data.runs[name, node] or 0.0
        values = {
            "site": Value("site", name, "sites"), "most": Value("mw", most, f"sites.{name}.capacity_mw"),
            "period": Value("period", self.world.scenario.calendar.names[self.world.data.tree.nodes[node].period], "calendar"),
        }  # fmt: skip
        return Held("", (Denial("site", f"sites.{name}.capacity_mw", Sentence("site_full", values)),), 0.0)

    def _nearest(self, step: str, site: Site, node: int) -> list[Held]:
        """Every offer for the step at the site, at its nearest."""
        offers = [o for o in self.world.scenario.offers if step in o.covers and site.id in (o.sites or (site.id,))]
        if not offers:
            values = {"step": Value("step", step, "offers"), "site": Value("site", site.id, "sites")}
            return [Held("", (Denial("rule", f"offers for {step}", Sentence("rule_no_offer", values)),), 0.0)]
        return [held for offer in offers for held in self._offer(offer, step, site, node)]

    def _offer(self, offer: Offer, step: str, site: Site, node: int) -> Iterator[Held]:
        tree, calendar = self.world.data.tree, self.world.scenario.calendar
        day, strikes = calendar.starts[tree.nodes[node].period], tree.nodes[node].strikes
        first = calendar.starts[find_first_signing(self.world, offer)]
        usable = [way for way in self.ways.of(offer, site, node) if way.ordered >= first]
        timely = [(way, mw) for way in usable if (mw := self.ways.gives(way, step, strikes, day)) > 0]
        if not timely:
            yield Held(offer.id, (self._late(offer, step, site, node, usable),), 0.0)
            return
        placed = [(way, mw) for way, mw in timely if way.column >= 0]
        denied = [(way, self._denied(way), mw) for way, mw in placed or timely]
        fewest = min(len(denials) for _, denials, _ in denied)
        nearest = [Held(offer.id, denials, mw, way) for way, denials, mw in denied if len(denials) == fewest]
        # of ways that nothing denies the first and the last to order are enough: early ones give longer, late ones cost less
        yield from nearest if fewest else {id(held): held for held in (nearest[0], nearest[-1])}.values()

    def _late(self, offer: Offer, step: str, site: Site, node: int, usable: list[Way]) -> Denial:
        tree, calendar = self.world.data.tree, self.world.scenario.calendar
        day, strikes = calendar.starts[tree.nodes[node].period], tree.nodes[node].strikes
        late = explain_late(self.ways, offer, site, step, day)
        if late is not None:
            return late
        quiet = [way for way in usable if self.ways.gives(way, step, (), day) > 0]
        if quiet:
            return explain_news(self.ways, offer, site, quiet[0], step, strikes)
        return explain_validity(offer)

    def _denied(self, way: Way) -> tuple[Denial, ...]:
        """What denies one more unit of a way that would be in time."""
        if way.column < 0:
            found = find_ban(self.world, way) or explain_no_slot(self.world, way)
            return (found or _no_future(way),)
        if way.column not in self._denials:
            units = self.room.least(way.column)
            denials = (*self.room.denials(way), *find_rules(self.world, way, self.leaf, units))
            self._denials[way.column] = denials
        return self._denials[way.column]

    def _bills(self, demand: Demand, site: str, route: str, held: dict[str, list[Held]]) -> Iterator[Bill]:
        """What it costs to lift every step at its limit by one unit: a full line, or the cheapest tool for each."""
        till = Till(self.world, self.leaf)
        open_ways = {step: [one.way for one in offers if one.way and not one.denials] for step, offers in held.items()}
        for first in {way for ways in open_ways.values() for way in ways}:
            covers = self.world.scenario.offer[first.offer].covers
            chosen = [first]
            for step, ways in open_ways.items():
                if step not in covers and not any(step in self.world.scenario.offer[w.offer].covers for w in chosen):
                    chosen.append(min(ways, key=lambda way: self.world.data.orders[way.column].price))
            yield till.bill([(way, self.room.least(way.column)) for way in chosen], demand.id, site, route)


def _open(offers: Iterable[Held]) -> bool:
    return any(not held.denials for held in offers)


def _fewest(offers: list[Held]) -> list[Held]:
    """Of the offers that would be in time those that the fewest things deny, and every offer that is too late anyway."""
    least = min((len(held.denials) for held in offers if held.way), default=0)
    return [held for held in offers if held.way is None or len(held.denials) == least]


def _no_future(way: Way) -> Denial:
    return Denial("licence", way.offer, Sentence("licence_never", {"offer": Value("offer", way.offer, "offers")}))


def _price(bill: Bill) -> Held:
    """Costs as they are on average where it is ordered: news that is seldom makes neither cheaper."""
    values = {
        "offers": Value("offer", tuple(dict.fromkeys(way.offer for way in bill.ways)), "offers"),
        "cost": Value("money", bill.cost / bill.chance, "offers.price, duties, freight, fees"),
        "avoided": Value("money", bill.avoided / bill.chance, "demand.shortage_cost, plan.shortage"),
    }
    dear = bill.cost > bill.avoided
    says = Sentence("price_dear" if dear else "search_open", values)
    return Held(bill.ways[0].offer, (Denial("price" if dear else "search", bill.ways[0].offer, says),), 0.0)
