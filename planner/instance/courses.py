"""What becomes of one unit in each future: days, payments, megawatts. Alike futures share one course."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from planner.instance.arrivals import Arrival, Fate, Loss, find_fate, find_ramp_share, full_rate, qualification_time
from planner.instance.cash import CashEvent, UnitPrice, find_unit_events
from planner.instance.lookup import Lookup
from planner.instance.news import Effect
from planner.instance.tree import Strikes, Tree
from planner.scenario.dates import add, add_months
from planner.scenario.factory import Site
from planner.scenario.offers import Offer


@dataclass(frozen=True, slots=True)
class Course:
    """One unit's way: its fate, every payment, their present value, and what it adds: (step, period, MW per year)."""

    fate: Fate
    events: tuple[CashEvent, ...]
    present: float
    gains: tuple[tuple[str, int, float], ...]

    @property
    def lost(self) -> bool:
        """Whether it never ships."""
        return not isinstance(self.fate, Arrival)


Courses = tuple[tuple[Course, tuple[int, ...]], ...]
"""(course, leaves of the futures in which it is the unit's), every leaf once."""
Unit = tuple[Offer, Site, UnitPrice, date, date]
"""(offer, site, price, day ordered, day due)."""


@dataclass(frozen=True)
class CourseBook:
    """Finds courses, each once. Two units ordered and due alike share them where the same news can touch them."""

    look: Lookup
    tree: Tree
    discounts: dict[date, float] = field(default_factory=dict)
    _known: dict[tuple[object, ...], Course] = field(default_factory=dict)
    _ways: dict[tuple[object, ...], Course] = field(default_factory=dict)
    _fates: dict[tuple[object, ...], tuple[Fate, Strikes]] = field(default_factory=dict)
    _lost: dict[tuple[object, ...], bool] = field(default_factory=dict)
    _rates: dict[tuple[object, ...], tuple[tuple[str, int, float], ...]] = field(default_factory=dict)
    _heard: dict[object, tuple[Strikes, ...]] = field(default_factory=dict)
    _groups: dict[tuple[object, ...], tuple[tuple[Strikes, tuple[int, ...]], ...]] = field(default_factory=dict)

    def present(self, events: Iterable[CashEvent]) -> float:
        """Present value of payments."""
        return sum(event.amount * self.discount(event.day) for event in events)

    def discount(self, day: date) -> float:
        """Present value of 1 paid on the day."""
        if day not in self.discounts:
            self.discounts[day] = self.look.discount(day)
        return self.discounts[day]

    def below(self, unit: Unit, top: int) -> Courses:
        """The courses of a unit in the futures that pass node ``top``, where it was ordered."""
        groups = self._grouped(self._hear(unit[0], unit[1].id), top)
        if len(groups) == 1:
            strikes, below = groups[0]
            return ((self._after(unit, strikes), below),)
        found: dict[int, tuple[Course, list[int]]] = {}
        for strikes, leaves in groups:
            course = self._after(unit, strikes)
            found.setdefault(id(course), (course, []))[1].extend(leaves)
        return tuple((course, tuple(leaves)) for course, leaves in found.values())

    def known_at(self, unit: Unit, node: int) -> Course:
        """The course of a unit by what is known at a node."""
        return self._after(unit, self._hear(unit[0], unit[1].id)[node])

    def _after(self, unit: Unit, heard: Strikes) -> Course:
        """The course of a unit after strikes that ``_hear`` has found; those are told apart as objects, which is quick."""
        key = (unit[0].id, unit[1].id, *unit[2:], id(heard))
        course = self._ways.get(key)
        if course is None:
            course = self._ways[key] = self._find(unit, heard)
        return course

    def _find(self, unit: Unit, strikes: Strikes) -> Course:
        """The course of a unit after these strikes."""
        offer, site, price, ordered, due = unit
        fate, used = self._fate(offer, site, ordered, due, strikes)
        key = (offer.id, site.id, price, ordered, due, used)
        if key not in self._known:
            events = find_unit_events(self.look, offer, site, price, ordered, fate, used)
            self._known[key] = Course(fate, events, self.present(events), self._gains(offer, site, fate, used))
        return self._known[key]

    def never_ships(self, offer: Offer, site: Site, due: date, strikes: Strikes) -> bool:
        """Whether, going by these strikes, a unit due on the day never ships."""
        touching = self.look.news.touching(offer, site.id)
        shipping = tuple(s for s in strikes if Effect.SHIPMENT in touching.get(s.source, ()))
        key = (offer.id, site.id, due, shipping)
        if shipping and key not in self._lost:
            self._lost[key] = isinstance(find_fate(self.look.news, offer, site, due, shipping), Loss)
        return bool(shipping) and self._lost[key]

    def _fate(self, offer: Offer, site: Site, ordered: date, due: date, strikes: Strikes) -> tuple[Fate, Strikes]:
        """The fate, and the strikes that can matter to the unit: what comes too late for it tells no courses apart."""
        strikes = tuple(s for s in strikes if s.end is None or s.end > ordered)
        key = (offer.id, site.id, ordered, due, strikes)
        if key not in self._fates:
            touching, fate = self.look.news.touching(offer, site.id), find_fate(self.look.news, offer, site, due, strikes)
            used = tuple(s for s in strikes if s.day <= _matters_until(touching[s.source], fate, ordered))
            self._fates[key] = fate, used
        return self._fates[key]

    def _hear(self, offer: Offer, site: str) -> tuple[Strikes, ...]:
        """By node the strikes so far that can touch units of the offer at the site; equal ones are one object."""
        key = offer.id, site
        if key not in self._heard:
            sources = frozenset(self.look.news.touching(offer, site))
            if sources not in self._heard:
                same: dict[Strikes, Strikes] = {}
                heard = (tuple(s for s in node.strikes if s.source in sources) for node in self.tree.nodes)
                self._heard[sources] = tuple(same.setdefault(strikes, strikes) for strikes in heard)
            self._heard[key] = self._heard[sources]
        return self._heard[key]

    def _grouped(self, heard: tuple[Strikes, ...], top: int) -> tuple[tuple[Strikes, tuple[int, ...]], ...]:
        """Futures below ``top`` by what is heard at their leaves."""
        key = (top, id(heard))
        if key not in self._groups:
            found: dict[int, list[int]] = {}
            for leaf in self.tree.leaves_below[top]:
                found.setdefault(id(heard[leaf]), []).append(leaf)
            self._groups[key] = tuple((heard[leaves[0]], tuple(leaves)) for leaves in found.values())
        return self._groups[key]

    def _gains(self, offer: Offer, site: Site, fate: Fate, strikes: Strikes) -> tuple[tuple[str, int, float], ...]:
        if not isinstance(fate, Arrival):
            return ()
        touching = self.look.news.touching(offer, site.id)
        used = tuple(s for s in strikes if Effect.OUTPUT in touching[s.source])
        key = (offer.id, site.id if used else "", fate.in_service, used)
        if key not in self._rates:
            self._rates[key] = tuple(self._find_gains(offer, site.id, fate.in_service, used))
        return self._rates[key]

    def _find_gains(self, offer: Offer, site: str, in_service: date, strikes: Strikes) -> Iterator[tuple[str, int, float]]:
        scenario, news = self.look.scenario, self.look.news
        starts = scenario.calendar.starts[:-1]
        factors = [news.factor(strikes, day, offer, site, Effect.OUTPUT) if strikes else 1.0 for day in starts]
        for step in offer.covers:
            full, before = full_rate(scenario, offer, step), 0.0
            service = add(in_service, qualification_time(scenario, offer, step))
            ramped = add_months(service, offer.ramp.months[-1]) if offer.ramp else service
            for period in range(bisect_left(starts, service), len(starts)):
                rate = full * find_ramp_share(offer, service, starts[period]) * factors[period]
                if rate != before:
                    yield step, period, rate - before
                before = rate
                if not strikes and starts[period] >= ramped:
                    break


def _matters_until(effects: frozenset[Effect], fate: Fate, ordered: date) -> date:
    """The last day on which news of these kinds can change what becomes of a unit."""
    if not isinstance(fate, Arrival) or Effect.OUTPUT in effects or Effect.CURRENCY in effects:
        return date.max
    days = {Effect.SHIPMENT: fate.shipped, Effect.DUTY: fate.entered, Effect.INSTALLATION: fate.install_from}
    return max(days.get(effect, ordered) for effect in effects)
