"""First come, first served: one row per pool, window and deepest node where an order for it can still be placed."""

from __future__ import annotations

from collections import defaultdict

from planner.instance.instance import OrderColumn, SlotRow
from planner.instance.lookup import Lookup
from planner.instance.pools import Pool, find_free
from planner.instance.tree import Tree


def build_slot_rows(look: Lookup, tree: Tree, pools: tuple[Pool, ...], orders: tuple[OrderColumn, ...]) -> tuple[SlotRow, ...]:
    """Rows in order of pool, window and node; terms are (order, today's slots per unit). The same row is written once."""
    by_window: dict[tuple[str, str], dict[int, list[tuple[int, float]]]] = defaultdict(lambda: defaultdict(list))
    due = {}
    for i, column in enumerate(orders):
        for placement in column.placements:
            for pool, window, use in placement.slots:
                by_window[pool, window][placement.node].append((i, use))
                due[pool, window] = column.arrival.due
    known = {pool.id: pool for pool in pools}
    rows = []
    for (pool, window), placed in sorted(by_window.items()):
        free, seen = find_free(look, known[pool], due[pool, window]), set()
        for node in tree.deepest(set(placed)):
            terms = tuple(sorted(term for m in tree.path[node] if m in placed for term in placed[m]))
            if terms not in seen:
                seen.add(terms)
                rows.append(SlotRow(pool, window, node, known[pool].supplier, free, terms))
    return tuple(rows)
