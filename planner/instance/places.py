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
        calendar, units = self.look.scenario.calendar, self.limit.units
        changes = {day for day, _, key in units.points if key} | (set(calendar.starts) if units.listed else set())
        changes |= {a.install_from for a, _ in self.booked} | {self.orders[i].arrival.install_from for i in mine}
        changes |= {s.day for node in self.tree.nodes for s in node.strikes}
        at: dict[int, list[int]] = defaultdict(list)
        for i in mine:
            for placement in self.orders[i].placements:
                at[placement.node].append(i)
        seen = set()
        for day in sorted(changes):
            places = self.look.value(units, day, float("inf"))
            places -= sum(use for arrival, use in self.booked if arrival.install_from <= day < arrival.install_until)
            period = min(max(calendar.period_of(day), 0), calendar.periods - 1)
            for end in self.tree.by_period[period]:
                terms = tuple(self._terms(at, end, day))
                if (terms, places) in seen or sum(use * self.orders[i].most for i, use in terms) <= places:
                    continue
                seen.add((terms, places))
                node = max((m for m in self.tree.path[end] if any(i in at[m] for i, _ in terms)), default=end)
                yield InstallRow(self.name, node, day, places, terms)

    def _terms(self, at: dict[int, list[int]], end: int, day: date) -> Iterator[tuple[int, float]]:
        for m in self.tree.path[end]:
            booked = [i for i in at[m] if self.orders[i].arrival.install_from <= day < self.orders[i].arrival.install_until]
            if booked:
                factor = self.look.news.crews_factor(self.tree.nodes[m].strikes, day, site=self.site, supplier=self.supplier)
                for i in booked:
                    yield i, self.look.scenario.offer[self.orders[i].offer].install_use / factor
