"""First come, first served: one row per pool, window and deepest node where an order for it can still be placed."""

from __future__ import annotations

from collections import defaultdict

from planner.instance.instance import OrderColumn, SlotRow
from planner.instance.lookup import Lookup
from planner.instance.pools import Pool, find_free
from planner.instance.tree import Tree


def build_slot_rows(look: Lookup, tree: Tree, pools: tuple[Pool, ...], orders: tuple[OrderColumn, ...]) -> tuple[SlotRow, ...]:
    """Rows in order of pool, window and node; terms are (order, today's slots per unit)."""
    by_window: dict[tuple[str, str], list[tuple[int, float]]] = defaultdict(list)
    for i, column in enumerate(orders):
        for pool, window, use in column.slots:
            by_window[pool, window].append((i, use))
    known = {pool.id: pool for pool in pools}
    rows = []
    for (pool, window), terms in sorted(by_window.items()):
        free = find_free(look, known[pool], orders[terms[0][0]].arrival.due)
        for node in tree.deepest({orders[i].node for i, _ in terms}):
            path = set(tree.path[node])
            on_path = tuple((i, use) for i, use in terms if orders[i].node in path)
            rows.append(SlotRow(pool, window, node, known[pool].supplier, free, on_path))
    return tuple(rows)
