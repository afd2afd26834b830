"""Pools of delivery slots: what is free in each window, and what share of it is still on sale later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import floor

from planner.instance.lookup import Lookup
from planner.scenario.dates import MONTHS, add_months, period_name, window_start, years_between
from planner.scenario.scenario import Scenario
from planner.scenario.slots import RivalClaims, Slots

ALL_TIME = "all"


@dataclass(frozen=True, slots=True)
class Pool:
    """Slots shared by ``use`` (offer -> slots per unit). ``supplier`` is the one maker that owns it, or empty.

    ``slots`` None means ``total`` units for all time. ``whole``: rivals take whole slots.
    """

    id: str
    use: dict[str, float]
    supplier: str
    slots: Slots | None
    total: float
    claims: RivalClaims | None
    whole: bool


def find_pools(scenario: Scenario) -> tuple[Pool, ...]:
    """Every pool of the scenario, in order of their names."""
    pools: list[Pool] = []

    def add_pool(name: str, use: dict[str, float], slots: Slots | None, total: float, claims: RivalClaims | None) -> None:
        makers = {scenario.offer[o].supplier for o in use}
        whole = not any(scenario.offer[o].divisible for o in use)
        pools.append(Pool(name, use, makers.pop() if len(makers) == 1 else "", slots, total, claims, whole))

    for supplier in scenario.suppliers:
        if supplier.slots:
            use = {o.id: o.slot_use for o in scenario.offers if o.supplier == supplier.id}
            add_pool(f"supplier {supplier.id}", use, supplier.slots, 0, supplier.rival_claims)
    for resource in scenario.resources:
        use = {o.id: u.units for o in scenario.offers for u in o.resources if u.resource == resource.id}
        add_pool(f"resource {resource.id}", use, resource.slots, 0, resource.rival_claims)
    for offer in scenario.offers:
        if offer.slots:
            add_pool(f"offer {offer.id}", {offer.id: 1.0}, offer.slots, 0, offer.rival_claims)
        if offer.available_units is not None:
            claims = None if offer.slots else offer.rival_claims
            add_pool(f"units {offer.id}", {offer.id: 1.0}, None, offer.available_units, claims)
    return tuple(sorted(pools, key=lambda p: p.id))


def find_window(look: Lookup, pool: Pool, due: date) -> str:
    """Name of the window a unit due on ``due`` ships in; windows shorter than a period count together."""
    return ALL_TIME if pool.slots is None else _bucket(look, pool.slots, due)[0]


def _bucket(look: Lookup, slots: Slots, due: date) -> tuple[str, list[date]]:
    calendar, step = look.scenario.calendar, MONTHS[slots.per]
    if step >= calendar.months:
        start = window_start(due, slots.per)
        return period_name(start, slots.per), [start]
    first = window_start(due, calendar.step)
    return period_name(first, calendar.step), [add_months(first, m) for m in range(0, calendar.months, step)]


def find_free(look: Lookup, pool: Pool, due: date) -> float:
    """Slots of the window around ``due`` that no signed contract has taken."""
    window = find_window(look, pool, due)
    slots = pool.total if pool.slots is None else sum(look.value(pool.slots.units, w) for w in _bucket(look, pool.slots, due)[1])
    taken = sum(
        c.units * pool.use[c.offer]
        for c in look.scenario.commitments
        if c.offer in pool.use and "slots" in c.counted and find_window(look, pool, c.ships) == window
    )
    return max(0.0, slots - taken)


def find_keep(look: Lookup, pool: Pool, free: float, day: date, factor: float = 1.0) -> float:
    """Share of the ``free`` slots still on sale on ``day``. Rivals take a share of them and news ``factor``, in whole slots."""
    if free <= 0:
        return 0.0
    raw = factor
    if pool.claims is not None:
        elapsed = 12 * years_between(look.scenario.calendar.start, day) / MONTHS[pool.claims.per]
        raw *= float((1 - pool.claims.share) ** elapsed)
    if raw == 1:
        return 1.0
    return (free - floor((1 - raw) * free + 1e-9)) / free if pool.whole else raw
