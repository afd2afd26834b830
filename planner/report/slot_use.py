"""Delivery slots: what the makers offer in each window, what is taken already, what the plan takes."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from planner.instance.lookup import Lookup
from planner.instance.pools import Pool, find_free, find_pools, find_window
from planner.report.table import Cell, Column, Table
from planner.report.view import View


def slots_table(view: View) -> Table:
    """One row per pool and window in which something ships: free slots and those the plan takes.

    Free slots are those no signed contract has taken, before other buyers claim their part.
    """
    look = Lookup(view.scenario)
    rows: list[tuple[Cell, ...]] = []
    for pool in find_pools(view.scenario):
        for window, (free, taken) in _windows(view, look, pool).items():
            rows.append((view.mask.text(pool.id), window, free, taken, taken / free if free else None))
    columns = (
        Column("pool", "Slots of"),
        Column("window", "Window"),
        Column("free", "Free today", "units", "slots"),
        Column("ordered", "Ordered here", "units", "slots"),
        Column("share", "Used", "share"),
    )
    note = "Free today: slots no signed contract has taken. Other buyers shrink what is left from period to period."
    return Table("Slots", "Which delivery slots does the plan take?", columns, tuple(rows), note)


def _windows(view: View, look: Lookup, pool: Pool) -> dict[str, tuple[float, float]]:
    free: dict[str, float] = {}
    taken: dict[str, float] = defaultdict(float)
    for day in _days(view):
        free.setdefault(find_window(look, pool, day), find_free(look, pool, day))
    for order in view.plan.orders:
        if order.offer in pool.use:
            window = find_window(look, pool, order.ships)
            free.setdefault(window, find_free(look, pool, order.ships))
            taken[window] += order.units * pool.use[order.offer]
    return {window: (free[window], taken[window]) for window in free if free[window] or taken[window]}


def _days(view: View) -> tuple[date, ...]:
    return view.scenario.calendar.starts[:-1]
