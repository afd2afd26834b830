"""Pools of delivery slots: what is free in a window, and which part of it rivals leave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from math import floor

from planner.plan.audit.clock import MONTHS_IN, floor_months, months_after, years
from planner.plan.audit.effects import factor
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
    found = (*_own_pools(setting), *_shared_pools(setting))
    for pool in found:
        for lot in committed:
            if "slots" in lot.counts and lot.offer.id in pool.uses:
                bucket = bucket_of(setting, pool, lot.due)
                pool.taken[bucket] = pool.taken.get(bucket, 0.0) + pool.uses[lot.offer.id] * lot.units
    return found


def _own_pools(setting: Setting) -> Iterator[Pool]:
    for offer in setting.offers.values():
        use, whole = {offer.id: 1.0}, not offer.divisible
        if offer.slots:
            yield Pool(f"offer {offer.id}", use, offer.rival_claims, whole, offer.slots)
        if offer.available_units is not None:
            claims = None if offer.slots else offer.rival_claims
            yield Pool(f"units of {offer.id}", use, claims, whole, None, offer.available_units)


def _shared_pools(setting: Setting) -> Iterator[Pool]:
    for supplier in setting.suppliers.values():
        if supplier.slots:
            uses = {o.id: o.slot_use for o in setting.offers.values() if o.supplier == supplier.id}
            yield Pool(f"supplier {supplier.id}", uses, supplier.rival_claims, _whole(setting, uses), supplier.slots)
    for resource in setting.scenario.resources:
        uses = {}
        for offer in setting.offers.values():
            for use in offer.resources:
                if use.resource == resource.id:
                    uses[offer.id] = uses.get(offer.id, 0.0) + use.units
        yield Pool(f"resource {resource.id}", uses, resource.rival_claims, _whole(setting, uses), resource.slots)


def _whole(setting: Setting, offers: Iterable[str]) -> bool:
    return not any(setting.offers[offer].divisible for offer in offers)


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


def kept_share(setting: Setting, pool: Pool, free: float, period: int, news: float = 1.0) -> float:
    """Share of the free slots still on sale at the start of ``period``; rivals and news take whole slots of whole units.

    ``news`` is the factor that shocks in force put on what rivals leave.
    """
    if free <= 0:
        return 0.0
    left = news
    if pool.claims is not None:
        starts = setting.clock.starts
        times = 12 * years(starts[0], starts[period]) / MONTHS_IN[pool.claims.per]
        left *= float((1 - pool.claims.share) ** times)
    if left >= 1.0:
        return 1.0
    return (free - floor((1 - left) * free + 1e-9)) / free if pool.whole else left


def kept_for(setting: Setting, pool: Pool, lot: Lot) -> tuple[float, Bucket]:
    """Share of the free slots of its window still on sale for an order on the day it is placed, and the window."""
    bucket = bucket_of(setting, pool, lot.due)
    times = factor(setting, "slots_factor", lot.offer, lot.site, lot.ordered)
    return kept_share(setting, pool, free_slots(setting, pool, bucket), lot.period, times), bucket
