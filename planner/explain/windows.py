"""Windows of delivery slots that a plan uses up, and the scenario with more slots in one of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from planner.explain.editing import put
from planner.instance.lookup import Lookup
from planner.instance.pools import Pool, find_free, find_keep, find_pools, find_window
from planner.plan.plan import Order, Plan
from planner.scenario.dates import MONTHS, add_months, window_start
from planner.scenario.document import Path
from planner.scenario.scenario import Scenario
from planner.studies.worlds import Data

ENOUGH = 1e-6


@dataclass(frozen=True, slots=True)
class Window:
    """A window of a pool: slots ``free`` today before rivals, those ``taken`` by a plan, a ``day`` in it."""

    pool: Pool
    name: str
    day: date
    free: float
    taken: float


def find_used_up(scenario: Scenario, plan: Plan) -> tuple[Window, ...]:
    """Windows in which the plan, as it goes if nothing happens, leaves no slot for another unit, in order of pool and day."""
    look, found = Lookup(scenario), list[Window]()
    for pool in find_pools(scenario):
        found += _used_up(look, pool, plan)
    return tuple(found)


def _used_up(look: Lookup, pool: Pool, plan: Plan) -> Iterator[Window]:
    """Rivals take what is left: a slot bought late takes more of today's slots, by the share still on sale."""
    starts, periods = look.scenario.calendar.starts, look.scenario.calendar.names
    shipped: dict[str, list[Order]] = defaultdict(list)
    for order in sorted(plan.orders, key=lambda order: order.ships):
        if order.offer in pool.use:
            shipped[find_window(look, pool, order.ships)].append(order)
    for name, orders in shipped.items():
        day = orders[0].ships
        free = find_free(look, pool, day)
        keeps = [find_keep(look, pool, free, starts[periods.index(order.order_period)]) for order in orders]
        worn = sum(pool.use[order.offer] * order.units / keep for order, keep in zip(orders, keeps, strict=True) if keep > 0)
        if free - worn < min(pool.use.values()) / max(keeps) - ENOUGH:
            taken = sum(pool.use[order.offer] * order.units for order in orders)
            yield Window(pool, name, day, free, taken)


def with_more_slots(data: Data, scenario: Scenario, window: Window, more: float) -> Data:
    """The same with so many more slots in the window, or units in all where the pool has no windows."""
    path, slots = _path(data, window.pool), window.pool.slots
    if slots is None:
        more_units: Data = put(data, path, int(window.pool.total + more))
        return more_units
    first, last = window_start(scenario.calendar.start, slots.per), scenario.calendar.end
    keys = sorted({key for key, _, _ in slots.units.points if key < first})
    while first <= last:
        keys.append(first)
        first = add_months(first, MONTHS[slots.per])
    keys = sorted({*keys, *(key for key, _, _ in slots.units.points)} - {date.min})  # a plain number has no first day
    here = window_start(window.day, slots.per)
    units = {key.isoformat(): (slots.units.at(key, _period(scenario, key)) or 0.0) + more * (key == here) for key in keys}
    more_slots: Data = put(data, path, {"per": slots.per, **units})
    return more_slots


def _period(scenario: Scenario, day: date) -> int:
    return scenario.calendar.period_of(max(day, scenario.calendar.start))


def _path(data: Data, pool: Pool) -> Path:
    kind, name = pool.id.split(" ", 1)
    part, key = {"supplier": ("suppliers", "slots"), "resource": ("resources", "slots"), "offer": ("offers", "slots"),
                 "units": ("offers", "available_units")}[kind]  # fmt: skip
    return part, next(i for i, item in enumerate(data[part]) if item["id"] == name), key
