"""What one course of decisions does differently from another: more, less, at another time, at another site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from planner.plan.plan import Order, Plan, Signing, Vetting

LEAST_UNITS = 1e-6
Action = Literal["qualify", "sign", "order"]
Way = Literal["more", "less", "time", "ships", "site"]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    ``way``: more or less than in the other plan, or the same at another ``time`` of the decision, shipped in another
    period (``ships``), or for another ``site``. ``period``, ``ships`` and ``site`` are this plan's (for ``less`` the
    other plan's); ``instead`` is what the other plan has in place of what differs. ``units``, ``offer``: of orders.
    """

    action: Action
    way: Way
    supplier: str
    period: str
    offer: str = ""
    units: float = 0.0
    ships: str = ""
    site: str = ""
    instead: str = ""


def find_changes(plan: Plan, other: Plan) -> tuple[Change, ...]:
    """Everything ``plan`` decides differently from ``other``, in order of period, supplier and offer.

    Both are plans along one course. What is the same thing at another time or site is said as such.
    """
    found = [
        *_starts("qualify", plan.vetting, other.vetting),
        *_starts("sign", plan.signings, other.signings),
        *_orders(plan.orders, other.orders),
    ]
    return tuple(sorted(found, key=lambda c: (c.period, c.action, c.supplier, c.offer, c.ships, c.site, c.way, c.instead)))


def _starts(action: Action, mine: Iterable[Vetting | Signing], theirs: Iterable[Vetting | Signing]) -> Iterator[Change]:
    here = {start.supplier: start.period for start in mine}
    there = {start.supplier: start.period for start in theirs}
    for supplier in here.keys() | there.keys():
        if supplier not in there:
            yield Change(action, "more", supplier, here[supplier])
        elif supplier not in here:
            yield Change(action, "less", supplier, there[supplier])
        elif here[supplier] != there[supplier]:
            yield Change(action, "time", supplier, here[supplier], instead=there[supplier])


Line = tuple[str, str, str, str, str]
"""(supplier, offer, order period, ship period, site)."""
SAME_BUT: tuple[tuple[Way, tuple[int, ...]], ...] = (
    ("site", (2, 3)),
    ("time", (3, 4)),
    ("time", (3,)),
    ("ships", (4,)),
    ("ships", ()),
)
"""What two orders of an offer may agree in, closest first, and how the difference is then called."""


def _orders(mine: Iterable[Order], theirs: Iterable[Order]) -> Iterator[Change]:
    left, lost = _sums(mine), _sums(theirs)
    for line in left.keys() & lost.keys():
        _take(left, lost, line, line)
    for way, places in SAME_BUT:
        mine_open, theirs_open = _still_open(left), _still_open(lost)
        for line in mine_open:
            for old in theirs_open:
                if line[:2] == old[:2] and all(line[i] == old[i] for i in places):
                    units = _take(left, lost, line, old)
                    if units > LEAST_UNITS:
                        place = {"site": 4, "time": 2, "ships": 3}[way]
                        yield _change(way, line, units, old[place])
    yield from (_change("more", line, units) for line, units in left.items() if units > LEAST_UNITS)
    yield from (_change("less", line, units) for line, units in lost.items() if units > LEAST_UNITS)


def _still_open(lines: dict[Line, float]) -> list[Line]:
    return sorted(line for line, units in lines.items() if units > LEAST_UNITS)


def _sums(orders: Iterable[Order]) -> dict[Line, float]:
    found: dict[Line, float] = defaultdict(float)
    for order in orders:
        found[order.supplier, order.offer, order.order_period, order.ship_period, order.site] += order.units
    return found


def _take(left: dict[Line, float], lost: dict[Line, float], line: Line, old: Line) -> float:
    """Take from both what they have in common; returns how many units."""
    units = min(left[line], lost[old])
    left[line] -= units
    lost[old] -= units
    return units


def _change(way: Way, line: Line, units: float, instead: str = "") -> Change:
    supplier, offer, period, ships, site = line
    return Change("order", way, supplier, period, offer, units, ships, site, instead)
