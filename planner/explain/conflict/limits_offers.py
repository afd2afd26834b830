"""Limits of makers and their offers: how long things take, how little can be ordered, until when, for which sites."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planner.explain.conflict.limits import Dial, Edit, Limit, at, drop, in_days, put, turn_at, written_days
from planner.explain.conflict.limits_sites import as_day, place_limit, time_limit
from planner.scenario.dates import NO_DURATION
from planner.scenario.document import Path
from planner.scenario.offers import Offer
from planner.scenario.scenario import Scenario
from planner.scenario.suppliers import Supplier
from planner.studies.worlds import Data

TIMES = ("lead_time", "deinstall_time", "transit_time", "install_time")
BEFORE_SHIPMENT = ("lead_time", "deinstall_time")


def find_offer_limits(scenario: Scenario) -> Iterator[Limit]:
    """``lead_time`` and the other times, ``ramp``, ``min_order``, ``valid_from``, ``valid_until``, ``offered_sites`` (offer)."""
    for i, offer in enumerate(scenario.offers):
        path: Path = ("offers", i)
        for key in TIMES:
            length = getattr(offer, key)
            if length is not None and length > NO_DURATION:
                limit = time_limit(key, (offer.id,), (*path, key), in_days(length))
                yield (
                    limit if key.endswith(("transit_time", "install_time")) and key != "deinstall_time" else _sooner(limit, offer)
                )
        if offer.ramp is not None:
            yield Limit("ramp", (offer.id,), None, "", ((*path, "ramp"),), drop(*path, "ramp"))
        if offer.min_order > (0 if offer.divisible else 1):
            place = (*path, "min_order")
            step = 0.01 if offer.divisible else 1.0
            dial = Dial(0.0, step, turn_at(*place))
            yield Limit("min_order", (offer.id,), offer.min_order, "units", (place,), drop(*place), dial)
        yield from _validity(scenario, offer, path)
        if offer.sites and {site for demand in scenario.demand for site in demand.sites} - set(offer.sites):
            place = (*path, "sites")
            yield Limit("offered_sites", (offer.id, *offer.sites), None, "", (place,), drop(*place))


def _sooner(limit: Limit, offer: Offer) -> Limit:
    """The same, and what could be ordered for a later shipment still can be: its order day counts from the earliest one."""
    ahead = in_days(offer.order_ahead) + in_days(offer.lead_time) + in_days(offer.deinstall_time)
    number = limit.paths[0][1]

    def longer(data: Data) -> None:
        at(data, ("offers", number))["order_ahead"] = written_days(ahead)

    def give_up(data: Data) -> None:
        limit.give_up(data)
        longer(data)

    return Limit(limit.rule, limit.names, limit.value, limit.unit, limit.paths, give_up, limit.dial)


def _validity(scenario: Scenario, offer: Offer, path: Path) -> Iterator[Limit]:
    first, last = scenario.calendar.start, scenario.calendar.starts[-2]
    for rule, key, day, far in (
        ("valid_from", "from", offer.valid.start, first),
        ("valid_until", "until", offer.valid.until, last),
    ):
        if day is not None and (day > far if far == first else day < far):
            place = (*path, "valid", key)
            dial = Dial(float(far.toordinal()), 1.0, turn_at(*place, write=as_day))
            yield Limit(rule, (offer.id,), float(day.toordinal()), "date", (place,), drop(*place), dial)


def find_supplier_limits(scenario: Scenario) -> Iterator[Limit]:
    """``vetting_time`` (supplier), ``step_qualification`` (supplier, step), ``crews`` (supplier)."""
    for i, supplier in enumerate(scenario.suppliers):
        path: Path = ("suppliers", i)
        if supplier.vetting is not None and supplier.vetting.duration > NO_DURATION:
            days = in_days(supplier.vetting.duration)
            yield time_limit("vetting_time", (supplier.id,), (*path, "vetting", "duration"), days)
        yield from _qualifications(supplier, path)
        if supplier.install_limit is not None:
            yield place_limit("crews", supplier.id, path, supplier.install_limit.units)


def _qualifications(supplier: Supplier, path: Path) -> Iterator[Limit]:
    for step, needed in sorted(supplier.process_qualification.items()):
        if not needed.qualified and needed.duration > NO_DURATION:
            place = (*path, "process_qualification", step, "duration")
            yield time_limit("step_qualification", (supplier.id, step), place, in_days(needed.duration))


def find_contract_limits(scenario: Scenario) -> Iterator[Limit]:
    """``contract`` (contract): what a signed contract takes of slots, cash and shares; the capacity it gives stays."""
    for i, contract in enumerate(scenario.commitments):
        if set(contract.counted) - {"capacity"}:
            kept: list[Any] = [what for what in contract.counted if what == "capacity"]
            edit: Edit = put(kept, "commitments", i, "counts")
            yield Limit("contract", (contract.id,), contract.units, "units", (("commitments", i),), edit)
