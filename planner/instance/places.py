"""Units in installation at one time, at a site and with a supplier's crews."""

from __future__ import annotations

from collections.abc import Iterator

from planner.instance.arrivals import arrival_of
from planner.instance.instance import InstallRow, OrderColumn
from planner.instance.lookup import Lookup
from planner.instance.tree import Tree
from planner.scenario.factory import InstallLimit


def build_installs(look: Lookup, tree: Tree, orders: tuple[OrderColumn, ...]) -> tuple[InstallRow, ...]:
    """Rows at every day on which an installation begins or the limit changes: elsewhere nothing can get worse.

    Rows that no choice can break are left out.
    """
    rows: list[InstallRow] = []
    for site in sorted(look.scenario.sites, key=lambda s: s.id):
        mine = [i for i, column in enumerate(orders) if column.site == site.id]
        rows += _rows_of(look, tree, orders, f"site {site.id}", site.install_limit, mine)
    for supplier in sorted(look.scenario.suppliers, key=lambda s: s.id):
        mine = [i for i, column in enumerate(orders) if column.supplier == supplier.id]
        rows += _rows_of(look, tree, orders, f"supplier {supplier.id}", supplier.install_limit, mine)
    return tuple(rows)


def _rows_of(
    look: Lookup, tree: Tree, orders: tuple[OrderColumn, ...], place: str, limit: InstallLimit | None, mine: list[int]
) -> Iterator[InstallRow]:
    if limit is None:
        return
    scenario, seen = look.scenario, set()
    contracts = [
        (arrival_of(scenario, c.offer, c.site, c.ships), c.units * scenario.offer[c.offer].install_use)
        for c in scenario.commitments
        if c.site and "capacity" in c.counted
        and place in (f"site {c.site}", f"supplier {scenario.offer[c.offer].supplier}")
    ]  # fmt: skip
    changes = {day for day, _, key in limit.units.points if key} | (
        set(scenario.calendar.starts) if limit.units.listed else set()
    )
    for leaf in tree.leaves:
        path = set(tree.path[leaf])
        here = [i for i in mine if orders[i].node in path]
        days = {orders[i].arrival.install_from for i in here} | {a.install_from for a, _ in contracts} | changes
        for day in sorted(days):
            terms = tuple(
                (i, scenario.offer[orders[i].offer].install_use)
                for i in here
                if orders[i].arrival.install_from <= day < orders[i].arrival.install_until
            )
            places = look.value(limit.units, day, float("inf"))
            places -= sum(use for arrival, use in contracts if arrival.install_from <= day < arrival.install_until)
            if (terms, places) in seen or sum(use * orders[i].most for i, use in terms) <= places:
                continue
            seen.add((terms, places))
            node = max((orders[i].node for i, _ in terms), key=lambda n: len(tree.path[n]), default=leaf)
            yield InstallRow(place, node, day, places, terms)
