"""Delivery slots that a plan takes today and that other buyers would have taken by a later day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from planner.instance.lookup import Lookup
from planner.instance.pools import Pool, find_free, find_keep, find_pools, find_window
from planner.plan.deliveries import Post
from planner.report.view import View


def find_lost_slots(view: View, day: date) -> float:
    """Slots the plan takes before ``day``, if nothing happens, that would not be on sale any more on that day."""
    look, post = Lookup(view.scenario), Post(Lookup(view.scenario))
    taken: dict[tuple[str, str], float] = defaultdict(float)
    dues: dict[tuple[str, str], date] = {}
    pools = {pool.id: pool for pool in find_pools(view.scenario)}
    for order in view.plan.orders:
        for pool in pools.values():
            if order.offer in pool.use:
                due = post.due(order)
                key = pool.id, find_window(look, pool, due)
                taken[key] += pool.use[order.offer] * order.units
                if order.ordered < day:
                    dues[key] = due
    return sum(max(0.0, taken[key] - _left(look, pools[key[0]], due, day)) for key, due in dues.items())


def _left(look: Lookup, pool: Pool, due: date, day: date) -> float:
    free = find_free(look, pool, due)
    return free * find_keep(look, pool, free, day)
