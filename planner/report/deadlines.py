"""The last days on which what is planned can still be signed, ordered or given to another maker. By slots and days alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from planner.instance.arrivals import Arrival, find_fate, qualification_time
from planner.instance.columns import find_shipments, is_efficient, is_forbidden
from planner.instance.lookup import Lookup
from planner.instance.news import Effect
from planner.instance.pools import Pool, find_free, find_keep, find_pools, find_window
from planner.instance.tree import Strikes
from planner.plan.deliveries import Post
from planner.plan.plan import Order
from planner.report.agreements import first_day
from planner.report.view import View
from planner.scenario.dates import NO_DURATION, add
from planner.scenario.offers import Offer


@dataclass(frozen=True, slots=True)
class Alternative:
    """The last day on which the offer could be ordered to serve ``step`` from ``service`` on in place of ``order``."""

    step: str
    order: Order
    offer: Offer
    day: date
    service: date


@dataclass(frozen=True)
class Deadlines:
    """What can still wait in the plan of one future. Slots count as they stand when nothing else is ordered meanwhile."""

    view: View

    @cached_property
    def look(self) -> Lookup:
        """Clock, purse and news of the scenario."""
        return Lookup(self.view.scenario)

    @cached_property
    def post(self) -> Post:
        """Due days and fates of orders."""
        return Post(self.look)

    @cached_property
    def pools(self) -> tuple[Pool, ...]:
        """Every pool of slots."""
        return find_pools(self.view.scenario)

    @cached_property
    def taken(self) -> dict[tuple[str, str], float]:
        """Slots the plan takes, by pool and window."""
        found: dict[tuple[str, str], float] = defaultdict(float)
        for order in self.view.plan.orders:
            for pool in self.pools:
                if order.offer in pool.use:
                    found[pool.id, find_window(self.look, pool, self.post.due(order))] += order.units * pool.use[order.offer]
        return found

    def strikes(self, day: date) -> Strikes:
        """What is known on the first day of a period."""
        if not self.view.branches:
            return ()
        return self.view.paths.at(self.view.paths.to(self.view.leaf)[self.view.scenario.calendar.period_of(day)]).strikes

    def _shipments(self, offer: Offer, site: str, day: date) -> Iterator[tuple[int, date]]:
        return find_shipments(self.view.scenario, offer, day, self.look.news.reviews(offer, site))

    def _open_days(self, offer: Offer, since: date) -> Iterator[date]:
        """First days of periods from ``since`` on, latest first, on which the offer may be ordered."""
        calendar = self.view.scenario.calendar
        for period in reversed(range(calendar.periods)):
            day = calendar.starts[period]
            if day < since:
                return
            if offer.valid.covers(day) and not is_forbidden(self.view.scenario, offer.supplier, offer.id, period):
                yield day

    def _has_slots(self, offer: Offer, site: str, due: date, day: date, more: float) -> bool:
        """Whether the slots the plan takes, and those of ``more`` units, are still on sale on ``day``."""
        factor = self.look.news.factor(self.strikes(day), day, offer, site, Effect.SLOTS)
        for pool in self.pools:
            if offer.id in pool.use:
                free = find_free(self.look, pool, due)
                wanted = self.taken[pool.id, find_window(self.look, pool, due)] + more * pool.use[offer.id]
                if free * find_keep(self.look, pool, free, day, factor) < wanted - 1e-6:
                    return False
        return True

    def order_by(self, order: Order) -> date:
        """The last day on which the order could still be placed for the same day of shipment and the same units."""
        offer, due = self.view.scenario.offer[order.offer], self.post.due(order)
        for day in self._open_days(offer, order.ordered):
            in_time = any(found <= due for _, found in self._shipments(offer, order.site, day))
            if in_time and self._has_slots(offer, order.site, due, day, 0.0):
                return day
        return order.ordered

    def sign_by(self, supplier: str) -> date | None:
        """The last day to sign a supplier so that all its orders can still be placed; None without orders.

        Where large agreements may be signed on approval days only, it is one of those.
        """
        orders = [order for order in self.view.plan.orders if order.supplier == supplier]
        if not orders:
            return None
        last = min(self.order_by(order) for order in orders)
        rule, calendar = self.view.scenario.policy.approvals, self.view.scenario.calendar
        if rule and sum(order.units * order.price for order in orders) > rule.above:
            starts = [calendar.starts[p] for day in rule.sign if 0 <= (p := calendar.period_of(day)) < calendar.periods]
            return max((day for day in starts if day <= last), default=last)
        return last

    def qualify_by(self, supplier: str) -> date | None:
        """The last day to begin a supplier's qualification so that it is done when it must be signed."""
        last, vetting = self.sign_by(supplier), self.view.scenario.supplier[supplier].vetting
        if last is None or vetting is None:
            return None
        starts = self.view.scenario.calendar.starts[:-1]
        return max((day for day in starts if add(day, vetting.duration) <= last), default=None)

    def switch_by(self, step: str, order: Order) -> Alternative | None:
        """The latest order of another maker that would serve the step at the site when this order does; None if none can."""
        scenario = self.view.scenario
        service = add(order.effective, qualification_time(scenario, scenario.offer[order.offer], step))
        found: list[Alternative] = []
        for offer in sorted(scenario.offers, key=lambda o: o.id):
            usable = step in offer.covers and offer.supplier != order.supplier and order.site in (offer.sites or {order.site})
            if usable and is_efficient(scenario, offer.cell_efficiency):
                day = self._latest(offer, step, order.site, service)
                found += [Alternative(step, order, offer, day, service)] if day else []
        return max(found, key=lambda alternative: alternative.day, default=None)

    def _latest(self, offer: Offer, step: str, site: str, service: date) -> date | None:
        scenario, least = self.view.scenario, max(0.0 if offer.divisible else 1.0, offer.min_order)
        for day in self._open_days(offer, self._qualified(offer.supplier)):
            for _, due in self._shipments(offer, site, day):
                fate = find_fate(self.look.news, offer, scenario.site[site], due, self.strikes(day))
                if not isinstance(fate, Arrival) or add(fate.in_service, qualification_time(scenario, offer, step)) > service:
                    break
                if self._has_slots(offer, site, due, day, least):
                    return day
        return None

    def _qualified(self, supplier: str) -> date:
        """The first day on which a supplier can be signed: when its qualification is done, at the earliest from today on."""
        vetting = self.view.scenario.supplier[supplier].vetting
        begun = [first_day(v.period) for v in self.view.plan.vetting if v.supplier == supplier]
        start = min(begun, default=self.view.scenario.calendar.start)
        return add(start, vetting.duration if vetting else NO_DURATION)
