"""A pool of delivery slots that has none left, in words and numbers."""

from __future__ import annotations

from planner.explain.sentence import Sentence, Value
from planner.explain.shortfall.reason import Denial
from planner.explain.shortfall.ways import Way
from planner.explain.shortfall.world import World
from planner.instance.instance import SlotRow
from planner.instance.news import Effect
from planner.instance.pools import ALL_TIME, Pool, find_free, find_keep, find_window

ROUNDING = 1e-6


def explain_pool(world: World, row: SlotRow) -> Denial:
    """Slots of one window are used up: so many are free today, so many ordered, the rest gone to other buyers."""
    use = world.pools[row.pool].use
    ordered = sum(world.units.get(i, 0.0) * use[world.data.orders[i].offer] for i, _ in row.terms)
    return _gone(row.pool, row.window, row.free, ordered)


def explain_no_slot(world: World, way: Way) -> Denial | None:
    """The pool that has no slot at all for an order that cannot be placed; None where the pools are not why."""
    offer, node = world.scenario.offer[way.offer], world.data.tree.nodes[way.node]
    factor = world.look.news.factor(node.strikes, way.ordered, offer, way.site, Effect.SLOTS)
    for pool in world.pools.values():
        if offer.id in pool.use:
            free = find_free(world.look, pool, way.due)
            if find_keep(world.look, pool, free, way.ordered, factor) * free < pool.use[offer.id] - ROUNDING:
                window = find_window(world.look, pool, way.due)
                return _gone(pool.id, window, free, _ordered(world, pool, window))
    return None


def _ordered(world: World, pool: Pool, window: str) -> float:
    """Slots of a window that the plan orders if nothing happens."""
    trunk, total = set(world.data.tree.trunk), 0.0
    for i, units in world.units.items():
        column = world.data.orders[i]
        if column.offer in pool.use and column.node in trunk and find_window(world.look, pool, column.arrival.due) == window:
            total += units * pool.use[column.offer]
    return total


def _gone(pool: str, window: str, free: float, ordered: float) -> Denial:
    values = {
        "pool": Value("pool", pool, f"{pool}: slots"),
        "free": Value("units", free, f"{pool}: slots, commitments"),
        "ordered": Value("units", ordered, "plan.orders"),
    }
    subject = pool if window == ALL_TIME else f"{pool} {window}"
    if window != ALL_TIME:
        values["window"] = Value("period", window, f"{pool}: slots")
    if free < ROUNDING:
        key = "slot_none"
    elif ordered < free - ROUNDING:
        key = "slot_rivals"
    else:
        key = "slot_taken"
    suffix = "_ever" if window == ALL_TIME else ""
    return Denial("slot", subject, Sentence(key + suffix, values))
