"""Pools of delivery slots as the checks need them: who owns the slots, which offers take them, how many are free."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.scenario.calendar import Calendar
from planner.scenario.dates import MONTHS, add_months, window_start
from planner.scenario.document import Document, Path
from planner.scenario.places import value_at
from planner.scenario.scenario import Scenario
from planner.scenario.slots import Slots


@dataclass(frozen=True, slots=True)
class Pool:
    """Slots of a supplier, an offer or a resource. ``uses`` are slots per unit by offer id."""

    name: str
    path: Path
    slots: Slots
    uses: dict[str, float]

    def in_bucket(self, calendar: Calendar, day: date) -> float:
        """Slots of the window that contains ``day``; windows shorter than the calendar's step count together."""
        return sum(self.slots.units.at(first, 0) or 0.0 for first in bucket(calendar, self.slots.per, day))


def bucket(calendar: Calendar, per: str, day: date) -> list[date]:
    """First days of the windows that share their slots with the window of ``day``."""
    first = window_start(day, per)
    if MONTHS[per] >= calendar.months:
        return [first]
    start = window_start(day, "quarter" if calendar.months == MONTHS["quarter"] else "month")
    return [add_months(start, MONTHS[per] * n) for n in range(calendar.months // MONTHS[per])]


def find_pools(scenario: Scenario) -> list[Pool]:
    """Every pool of the scenario, used or not; slots given as a list are left out, they have no dates."""
    by_supplier: dict[str, dict[str, float]] = {}
    by_resource: dict[str, dict[str, float]] = {}
    found: list[Pool] = []
    for i, offer in enumerate(scenario.offers):
        by_supplier.setdefault(offer.supplier, {})[offer.id] = offer.slot_use
        for use in offer.resources:
            by_resource.setdefault(use.resource, {})[offer.id] = use.units
        if offer.slots:
            found.append(Pool(f"offer {offer.id}", ("offers", i, "slots"), offer.slots, {offer.id: 1.0}))
    for i, supplier in enumerate(scenario.suppliers):
        if supplier.slots:
            uses = by_supplier.get(supplier.id, {})
            found.append(Pool(f"supplier {supplier.id}", ("suppliers", i, "slots"), supplier.slots, uses))
    for i, resource in enumerate(scenario.resources):
        uses = by_resource.get(resource.id, {})
        found.append(Pool(f"resource {resource.id}", ("resources", i, "slots"), resource.slots, uses))
    return [pool for pool in found if not pool.slots.units.listed]


def keys_of_slots(document: Document, path: Path) -> Path:
    """Where the keys of a slot map stand: beside ``per``, or below ``units``."""
    return (*path, "units") if isinstance(value_at(document.data, (*path, "units")), dict) else path


def pools_by_offer(pools: list[Pool]) -> dict[str, list[Pool]]:
    """The pools a unit of each offer takes slots from."""
    found: dict[str, list[Pool]] = {}
    for pool in pools:
        for offer in pool.uses:
            found.setdefault(offer, []).append(pool)
    return found


def slots_in_horizon(scenario: Scenario, pool: Pool) -> float:
    """All slots of the windows that touch the calendar, before commitments."""
    calendar, months = scenario.calendar, MONTHS[pool.slots.per]
    day, total = window_start(calendar.start, pool.slots.per), 0.0
    while day < calendar.end:
        total += pool.slots.units.at(day, 0) or 0.0
        day = add_months(day, months)
    return total
