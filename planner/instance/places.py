"""Units in installation at one time, at a site and with a supplier's crews."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from planner.instance.arrivals import Arrival, find_fate
from planner.instance.instance import InstallRow, OrderColumn
from planner.instance.lookup import Lookup
from planner.instance.tree import Tree
from planner.scenario.factory import InstallLimit


def build_installs(look: Lookup, tree: Tree, orders: tuple[OrderColumn, ...]) -> tuple[InstallRow, ...]:
    """Rows at every day on which an installation begins or the limit changes: elsewhere nothing can get worse.

    Places are booked when ordered: for the days known then. Rows that no choice can break are left out.
    """
    rows: list[InstallRow] = []
    for site in sorted(look.scenario.sites, key=lambda s: s.id):
        if site.install_limit is not None:
            mine = [i for i, column in enumerate(orders) if column.site == site.id]
            rows += _Place(look, tree, orders, site.install_limit, site=site.id).rows(mine)
    for supplier in sorted(look.scenario.suppliers, key=lambda s: s.id):
        if supplier.install_limit is not None:
            mine = [i for i, column in enumerate(orders) if column.supplier == supplier.id]
            rows += _Place(look, tree, orders, supplier.install_limit, supplier=supplier.id).rows(mine)
    return tuple(rows)


@dataclass(frozen=True)
class _Place:
    """A site or a supplier's crews, with its limit."""

    look: Lookup
    tree: Tree
    orders: tuple[OrderColumn, ...]
    limit: InstallLimit
    site: str = ""
    supplier: str = ""

    @property
    def name(self) -> str:
        return f"site {self.site}" if self.site else f"supplier {self.supplier}"

    @cached_property
    def booked(self) -> list[tuple[Arrival, float]]:
        """(days, places) of contracts, as if nothing happens."""
        scenario, found = self.look.scenario, []
        for c in scenario.commitments:
            offer = scenario.offer[c.offer]
            if c.site and "capacity" in c.counted and (c.site == self.site or offer.supplier == self.supplier):
                planned = find_fate(self.look.news, offer, scenario.site[c.site], c.ships, ())
                assert isinstance(planned, Arrival)  # without news everything ships
                found.append((planned, c.units * offer.install_use))
        return found

    def rows(self, mine: list[int]) -> Iterator[InstallRow]:
        """The rows of this place, for the orders that take places there."""
        calendar, units = self.look.scenario.calendar, self.limit.units
        at: dict[int, list[_Booking]] = defaultdict(list)
        for i in mine:
            use = self.look.scenario.offer[self.orders[i].offer].install_use
            for placement in self.orders[i].placements:
                at[placement.node].append((i, use, placement.arrival.install_from, placement.arrival.install_until))
        changes = {day for day, _, key in units.points if key} | (set(calendar.starts) if units.listed else set())
        changes |= {a.install_from for a, _ in self.booked} | {begin for found in at.values() for _, _, begin, _ in found}
        changes |= {s.day for node in self.tree.nodes for s in node.strikes}
        seen = set()
        for day in sorted(changes):
            places = self.look.value(units, day, float("inf"))
            places -= sum(use for arrival, use in self.booked if arrival.install_from <= day < arrival.install_until)
            period = min(max(calendar.period_of(day), 0), calendar.periods - 1)
            here = {m: found for m in at if (found := tuple(self._booked(at[m], m, day)))}
            for end in self.tree.by_period[period]:
                booked = {m: here[m] for m in self.tree.path[end] if m in here}
                terms = tuple(term for found in booked.values() for term in found)
                if (terms, places) in seen or sum(use * self.orders[i].most for i, use in terms) <= places:
                    continue
                seen.add((terms, places))
                yield InstallRow(self.name, max(booked, default=end), day, places, terms)

    def _booked(self, bookings: list[_Booking], node: int, day: date) -> Iterator[tuple[int, float]]:
        """(order, places of one unit on the day) of what is ordered at the node; crews that are gone make places dear."""
        here = [(i, use) for i, use, begin, until in bookings if begin <= day < until]
        if here:
            factor = self.look.news.crews_factor(self.tree.nodes[node].strikes, day, site=self.site, supplier=self.supplier)
            for i, use in here:
                yield i, use / factor


_Booking = tuple[int, float, date, date]
"""(order, places of one unit, first day, first day after)."""
