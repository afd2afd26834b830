"""Pools of delivery slots: what is free in a window, and which part of it rivals leave."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from math import floor

from planner.plan.audit.clock import MONTHS_IN, floor_months, months_after, years
from planner.plan.audit.lots import Lot
from planner.plan.audit.setting import Setting
from planner.scenario.slots import RivalClaims, Slots

Bucket = tuple[date, ...]
"""First days of the windows that count together; empty: all time."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Slots that some offers share. ``uses`` is slots per unit by offer; ``total`` stands for slots of all time."""

    name: str
    uses: dict[str, float]
    claims: RivalClaims | None
    whole: bool
    slots: Slots | None = None
    total: float = 0.0
    taken: dict[Bucket, float] = field(default_factory=dict)
    """Slots of signed contracts by bucket."""


def read_pools(setting: Setting, committed: Iterable[Lot]) -> tuple[Pool, ...]:
    """Pools of suppliers, offers and named resources, and the units there are of an offer in all."""
    offers = setting.offers.values()
    found: list[Pool] = []

    def add(name: str, uses: dict[str, float], claims: RivalClaims | None, slots: Slots | None, total: float = 0.0) -> None:
        whole = not any(setting.offers[o].divisible for o in uses)
        found.append(Pool(name, uses, claims, whole, slots, total))

    for supplier in setting.suppliers.values():
        if supplier.slots:
            own = {o.id: o.slot_use for o in offers if o.supplier == supplier.id}
            add(f"supplier {supplier.id}", own, supplier.rival_claims, supplier.slots)
    for offer in offers:
        if offer.slots:
            add(f"offer {offer.id}", {offer.id: 1.0}, offer.rival_claims, offer.slots)
        if offer.available_units is not None:
            claims = None if offer.slots else offer.rival_claims
            add(f"units of {offer.id}", {offer.id: 1.0}, claims, None, offer.available_units)
    for resource in setting.scenario.resources:
        uses: dict[str, float] = {}
        for offer in offers:
            for use in offer.resources:
                if use.resource == resource.id:
                    uses[offer.id] = uses.get(offer.id, 0.0) + use.units
        add(f"resource {resource.id}", uses, resource.rival_claims, resource.slots)
    lots = [lot for lot in committed if "slots" in lot.counts]
    for pool in found:
        for lot in lots:
            if lot.offer.id in pool.uses:
                bucket = bucket_of(setting, pool, lot.ships)
                pool.taken[bucket] = pool.taken.get(bucket, 0.0) + pool.uses[lot.offer.id] * lot.units
    return tuple(found)


def bucket_of(setting: Setting, pool: Pool, day: date) -> Bucket:
    """The window that holds ``day``, or all windows of its calendar period where they are shorter than the period."""
    if pool.slots is None:
        return ()
    window = MONTHS_IN[pool.slots.per]
    span = max(window, setting.clock.months)
    first = floor_months(day, span)
    return tuple(months_after(first, months) for months in range(0, span, window))


def free_slots(setting: Setting, pool: Pool, bucket: Bucket) -> float:
    """Slots of the bucket that signed contracts leave."""
    offered = pool.total
    if pool.slots is not None:
        offered = sum(setting.clock.value(pool.slots.units, day) or 0.0 for day in bucket)
    return max(0.0, offered - pool.taken.get(bucket, 0.0))


def kept_share(setting: Setting, pool: Pool, free: float, period: int) -> float:
    """Share of the free slots still on sale at the start of ``period``; rivals take whole slots of whole units."""
    if free <= 0:
        return 0.0
    if pool.claims is None:
        return 1.0
    starts = setting.clock.starts
    times = 12 * years(starts[0], starts[period]) / MONTHS_IN[pool.claims.per]
    left = float((1 - pool.claims.share) ** times)
    return (free - floor((1 - left) * free + 1e-9)) / free if pool.whole else left
