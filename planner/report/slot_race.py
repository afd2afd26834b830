"""Delivery slots by window: what the plan takes, what other buyers take meanwhile, what is left to us."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from planner.instance.columns import find_shipments
from planner.instance.lookup import Lookup
from planner.instance.pools import Pool, find_free, find_keep, find_pools, find_window
from planner.plan.deliveries import Post
from planner.report.table import Cell, Column, Table
from planner.report.view import View
from planner.scenario.dates import MONTHS, add_months, window_start


@dataclass(frozen=True, slots=True)
class SlotWindow:
    """One pool in one window, in whole delivery slots: ``free`` today = ``plan`` + ``rivals`` + ``left``.

    ``rivals`` is what other buyers have taken by ``by``: the day of the plan's last order for the window, without one the
    last day on which an order for it can be placed. ``suppliers`` (masked) share the pool, which ``name`` names in
    short. ``begin`` .. ``end`` is the window, the whole plan where units are counted once.
    """

    pool: str
    name: str
    suppliers: tuple[str, ...]
    window: str
    free: float
    plan: float
    rivals: float
    left: float
    by: date
    begin: date
    end: date


def find_slot_windows(view: View) -> list[SlotWindow]:
    """Every pool and window for which an order can still be placed, in order of pools and of windows."""
    look = Lookup(view.scenario)
    return [found for pool in find_pools(view.scenario) for found in _windows(view, look, pool)]


def _windows(view: View, look: Lookup, pool: Pool) -> list[SlotWindow]:
    reach, dues = _reach(look, pool)
    taken: dict[str, float] = defaultdict(float)
    ordered: dict[str, date] = {}
    post = Post(look)
    for order in view.plan.orders:
        if order.offer in pool.use:
            due = post.due(order)
            window = find_window(look, pool, due)
            dues.setdefault(window, due)
            taken[window] += order.units * pool.use[order.offer]
            ordered[window] = max(ordered.get(window, order.ordered), order.ordered)
    makers = sorted({view.scenario.offer[offer].supplier for offer in pool.use})
    found = []
    for window, due in sorted(dues.items(), key=lambda pair: pair[1]):
        free, by = find_free(look, pool, due), ordered.get(window) or reach[window]
        plan, kept = taken[window], free * find_keep(look, pool, free, by)
        if free or plan:
            rivals = min(free - kept, max(0.0, free - plan))
            left = max(0.0, free - plan - rivals)
            shown = tuple(view.supplier(name) for name in makers)
            shown_pool = view.mask.text(pool.id)
            name = shown[0] if pool.id.startswith("supplier ") else shown_pool.partition(" ")[2]
            span = _span(look, pool, due)
            found.append(SlotWindow(shown_pool, name, shown, window, free, plan, rivals, left, by, *span))
    return found


def _span(look: Lookup, pool: Pool, due: date) -> tuple[date, date]:
    """First day of the window around ``due``, and the first day after it."""
    calendar = look.scenario.calendar
    if pool.slots is None:
        return calendar.start, calendar.end
    per = pool.slots.per if MONTHS[pool.slots.per] >= calendar.months else calendar.step
    begin = window_start(due, per)
    return begin, add_months(begin, MONTHS[per])


def _reach(look: Lookup, pool: Pool) -> tuple[dict[str, date], dict[str, date]]:
    """By window: the last day on which an order for it can be placed, and a day on which it ships."""
    scenario, calendar = look.scenario, look.scenario.calendar
    last: dict[str, date] = {}
    dues: dict[str, date] = {}
    for name in pool.use:
        offer = scenario.offer[name]
        reviews = look.news.reviews(offer, (offer.sites or (scenario.sites[0].id,))[0])
        for day in calendar.starts[:-1]:
            if offer.valid.covers(day):
                for _, due in find_shipments(scenario, offer, day, reviews):
                    window = find_window(look, pool, due)
                    last[window] = max(last.get(window, day), day)
                    dues.setdefault(window, due)
    return last, dues


def race_table(view: View) -> Table:
    """The same as a table, one row per pool and window."""
    rows: list[tuple[Cell, ...]] = [
        (w.pool, ", ".join(w.suppliers), w.window, w.free, w.plan, w.rivals, w.left, w.by) for w in find_slot_windows(view)
    ]
    columns = (
        Column("pool", "Slots of"),
        Column("supplier", "Supplier"),
        Column("window", "Window"),
        Column("free", "Free today", "units", "slots"),
        Column("ordered", "Ordered here", "units", "slots"),
        Column("rivals", "Taken by other buyers", "units", "slots"),
        Column("left", "Left to us", "units", "slots"),
        Column("by", "As of", "day"),
    )
    return Table("Slots", "Which delivery slots does the plan take, and which are left?", columns, tuple(rows))
