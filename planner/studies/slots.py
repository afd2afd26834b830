"""Pools of delivery slots: which offers share them, what contracts leave free, which part of it is still on sale."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from planner.scenario.dates import MONTHS, add_months, window_start, years_between
from planner.scenario.scenario import Scenario
from planner.scenario.slots import RivalClaims, Slots
from planner.studies.days import Days, Floats, day_number, day_of

NOISE = 1e-9
ALL_TIME = 0


@dataclass(frozen=True, slots=True)
class Pool:
    """Slots that offers share. ``use``: slots per unit by offer. ``slots`` None: ``total`` slots for all time.

    ``whole``: rivals take whole slots.
    """

    use: dict[str, float]
    slots: Slots | None
    total: float
    claims: RivalClaims | None
    whole: bool


def find_pools(scenario: Scenario) -> tuple[Pool, ...]:
    """Every pool of the scenario."""
    return tuple(_pools(scenario))


def _pools(scenario: Scenario) -> Iterator[Pool]:
    def pool(use: dict[str, float], slots: Slots | None, total: float, claims: RivalClaims | None) -> Pool:
        return Pool(use, slots, total, claims, not any(scenario.offer[offer].divisible for offer in use))

    for supplier in scenario.suppliers:
        if supplier.slots:
            uses = {offer.id: offer.slot_use for offer in scenario.offers if offer.supplier == supplier.id}
            yield pool(uses, supplier.slots, 0.0, supplier.rival_claims)
    for resource in scenario.resources:
        uses = {}
        for offer in scenario.offers:
            for use in offer.resources:
                if use.resource == resource.id:
                    uses[offer.id] = uses.get(offer.id, 0.0) + use.units
        yield pool(uses, resource.slots, 0.0, resource.rival_claims)
    for offer in scenario.offers:
        if offer.slots:
            yield pool({offer.id: 1.0}, offer.slots, 0.0, offer.rival_claims)
        if offer.available_units is not None:
            yield pool({offer.id: 1.0}, None, offer.available_units, None if offer.slots else offer.rival_claims)


def find_bucket(days: Days, pool: Pool, due: int) -> int:
    """Number of the day that begins the window of ``due``; windows shorter than a period count together."""
    if pool.slots is None:
        return ALL_TIME
    span = max(MONTHS[pool.slots.per], days.scenario.calendar.months)
    per = next(name for name, months in MONTHS.items() if months == span)
    return window_start(day_of(due), per).toordinal()


def free_slots(days: Days, pool: Pool, due: int) -> float:
    """Slots of the window of ``due`` that contracts already signed leave."""
    bucket, offered = find_bucket(days, pool, due), pool.total
    if pool.slots is not None:
        first = day_of(due).fromordinal(bucket)
        window = MONTHS[pool.slots.per]
        span = max(window, days.scenario.calendar.months)
        offered = sum(days.value_on(pool.slots.units, add_months(first, months)) for months in range(0, span, window))
    taken = sum(
        contract.units * pool.use[contract.offer]
        for contract in days.scenario.commitments
        if contract.offer in pool.use
        and "slots" in contract.counted
        and find_bucket(days, pool, day_number(contract.ships)) == bucket
    )
    return max(0.0, offered - taken)


def keep_share(days: Days, pool: Pool, free: float, period: int, factor: Floats) -> Floats:
    """Share of the ``free`` slots still on sale at the start of ``period``, by row; ``factor`` of news on it."""
    if free <= 0:
        return np.zeros_like(factor)
    left = 1.0
    if pool.claims is not None:
        calendar = days.scenario.calendar
        times = 12 * years_between(calendar.start, calendar.starts[period]) / MONTHS[pool.claims.per]
        left = float((1 - pool.claims.share) ** times)
    kept = left * factor
    if not pool.whole:
        return kept
    return np.where(kept >= 1, 1.0, (free - np.floor((1 - kept) * free + NOISE)) / free)
