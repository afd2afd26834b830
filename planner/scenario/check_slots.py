"""Units and slots: whole numbers, what is committed already, minimum orders against what there is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planner.scenario.document import Document, Path
from planner.scenario.findings import Finding
from planner.scenario.offers import Offer
from planner.scenario.places import finding_at, place_of
from planner.scenario.pools import Pool, bucket, find_pools, keys_of_slots, pools_by_offer, slots_in_horizon
from planner.scenario.scenario import Scenario
from planner.scenario.slots import SlotMap

ROUNDING = 1e-9


def check_slots(scenario: Scenario, document: Document) -> Iterator[Finding]:
    """All complaints about units and slots."""
    pools = find_pools(scenario)
    yield from _as_lists(scenario, document)
    yield from _whole_slots(scenario, document, pools)
    yield from _whole_units(scenario, document)
    yield from _committed(scenario, document, pools_by_offer(pools))
    yield from _rival_claims(scenario, document)
    yield from _minimum_orders(scenario, document, pools_by_offer(pools))
    yield from _unused(scenario, document, pools)


def _as_lists(scenario: Scenario, document: Document) -> Iterator[Finding]:
    for kind in ("suppliers", "offers", "resources"):
        for i, owner in enumerate(getattr(scenario, kind)):
            slots: SlotMap | None = owner.slots
            if slots and slots.units.listed:
                problem = "is a list; slots count per window of time, not per period of the calendar"
                allowed = "a number, or numbers by period such as {per: quarter, 2026-Q1: 4}"
                yield finding_at(document, (kind, i, "slots", "units"), problem, allowed, "name the periods")


def _whole_slots(scenario: Scenario, document: Document, pools: list[Pool]) -> Iterator[Finding]:
    """Units come whole, so slots do; only pools whose offers are all divisible may have parts."""
    for pool in pools:
        offers = [scenario.offer[name] for name in pool.uses]
        if offers and all(offer.divisible for offer in offers):
            continue
        where = keys_of_slots(document, pool.path)
        if pool.slots.units.interpolate == "linear":
            problem = "runs straight between its keys, so the slots are not whole numbers"
            yield finding_at(document, (*where, "interpolate"), problem, "step", "name the slots of every window")
        for _, number, key in pool.slots.units.points:
            if number != int(number):
                path = (*where, key) if key else (*pool.path, "units")
                yield finding_at(
                    document, path, "must be a whole number of slots", "whole slots", f"write {int(number)}", value=f"{number:g}"
                )


def _whole_units(scenario: Scenario, document: Document) -> Iterator[Finding]:
    for o, offer in enumerate(scenario.offers):
        yield from _whole(document, ("offers", o, "min_order"), offer, offer.min_order)
    for c, commitment in enumerate(scenario.commitments):
        yield from _whole(document, ("commitments", c, "units"), scenario.offer.get(commitment.offer), commitment.units)
    for i, pin in enumerate(scenario.policy.pins):
        if pin.order and pin.units is not None:
            yield from _whole(document, ("policy", "pins", i, "units"), scenario.offer.get(pin.order), pin.units)


def _whole(document: Document, path: Path, offer: Offer | None, units: float) -> Iterator[Finding]:
    if offer and not offer.divisible and units != int(units):
        fix = f"write {round(units)}, or make offer {offer.id} divisible"
        yield finding_at(document, path, f"must be a whole number: {offer.id} comes in whole units", "whole units", fix)


def _committed(scenario: Scenario, document: Document, pools: dict[str, list[Pool]]) -> Iterator[Finding]:
    calendar = scenario.calendar
    taken: dict[tuple[Path, date], tuple[float, Path, Pool]] = {}
    for c, commitment in enumerate(scenario.commitments):
        if "slots" not in commitment.counted or commitment.ships < calendar.start:
            continue
        for pool in pools.get(commitment.offer, []):
            key = (pool.path, bucket(calendar, pool.slots.per, commitment.ships)[0])
            before = taken[key][0] if key in taken else 0.0
            taken[key] = (before + pool.uses[commitment.offer] * commitment.units, ("commitments", c, "units"), pool)
    for (_, first), (units, path, pool) in taken.items():
        there = pool.in_bucket(calendar, first)
        if units > there + ROUNDING:
            where = place_of(document, keys_of_slots(document, pool.path))
            problem = f"contracts from {first} take {units:g} slots, but {pool.name} has {there:g} there ({where}): none is left"
            yield finding_at(document, path, problem, f"at most {there:g}", "check the slots and the shipping days", "warning")
    yield from _more_than_there_are(scenario, document)


def _more_than_there_are(scenario: Scenario, document: Document) -> Iterator[Finding]:
    units: dict[str, float] = {}
    last: dict[str, Path] = {}
    for c, one in enumerate(scenario.commitments):
        if "slots" in one.counted:
            units[one.offer] = units.get(one.offer, 0.0) + one.units
            last[one.offer] = ("commitments", c, "units")
    for o, offer in enumerate(scenario.offers):
        taken = units.get(offer.id, 0.0)
        if offer.available_units is not None and taken > offer.available_units:
            where = place_of(document, ("offers", o, "available_units"))
            problem = f"contracts take {taken:g} units, but there are {offer.available_units} in all ({where}): none is left"
            yield finding_at(document, last[offer.id], problem, f"at most {offer.available_units}", "check the units", "warning")


def _rival_claims(scenario: Scenario, document: Document) -> Iterator[Finding]:
    problem = "rivals claim slots, but there are none here to claim"
    for s, supplier in enumerate(scenario.suppliers):
        if supplier.rival_claims and not supplier.slots:
            path: Path = ("suppliers", s, "rival_claims")
            yield finding_at(
                document, path, problem, "together with slots", "add the supplier's slots or move the claims to its offers"
            )
    for o, offer in enumerate(scenario.offers):
        if offer.rival_claims and not offer.slots and offer.available_units is None:
            path = ("offers", o, "rival_claims")
            fix = "move them to the object that has the slots"
            yield finding_at(document, path, problem, "together with slots or available_units of the offer itself", fix)


def _minimum_orders(scenario: Scenario, document: Document, pools: dict[str, list[Pool]]) -> Iterator[Finding]:
    for o, offer in enumerate(scenario.offers):
        if offer.min_order <= 0:
            continue
        ceilings = [
            (pool.path, slots_in_horizon(scenario, pool) / pool.uses[offer.id], pool.name) for pool in pools.get(offer.id, [])
        ]
        if offer.available_units is not None:
            ceilings.append((("offers", o, "available_units"), float(offer.available_units), "available_units"))
        for path, units, name in ceilings:
            if offer.min_order > units + ROUNDING:
                where = place_of(document, path)
                problem = f"minimum order {offer.min_order:g} is above capacity {units:g} ({name}, {where})"
                fix = "lower the minimum order or correct the slots"
                yield finding_at(document, ("offers", o, "min_order"), problem, f"at most {units:g} units", fix)


def _unused(scenario: Scenario, document: Document, pools: list[Pool]) -> Iterator[Finding]:
    offered = {offer.supplier for offer in scenario.offers}
    for s, supplier in enumerate(scenario.suppliers):
        if supplier.id not in offered:
            yield finding_at(document, ("suppliers", s, "id"), f"supplier {supplier.id} has no offer", severity="note")
    for pool in pools:
        if not pool.uses and pool.path[0] == "resources":
            yield finding_at(document, pool.path[:-1], f"no offer takes slots of {pool.name}", severity="note")
