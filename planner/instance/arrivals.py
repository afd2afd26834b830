"""When a unit arrives: shipment, entry, installation, acceptance, and its rate from then on. All as days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.scenario.dates import NO_DURATION, Duration, add, add_months
from planner.scenario.factory import Site
from planner.scenario.offers import Offer
from planner.scenario.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Arrival:
    """The days of one unit: ``due`` for shipment, shipped, entered, in installation from - until, in service."""

    due: date
    shipped: date
    entered: date
    install_from: date
    install_until: date
    in_service: date


def find_arrival(offer: Offer, site: Site, due: date) -> Arrival:
    """The chain of days of a unit due for shipment on ``due``; durations are added as dates."""
    entered = add(due, offer.transit_time)
    install_from = max(entered, site.ready) if site.ready else entered
    install_until = add(install_from, offer.install_time or site.install_time)
    return Arrival(due, due, entered, install_from, install_until, add(install_until, site.acceptance_time))


def arrival_of(scenario: Scenario, offer: str, site: str, ships: date) -> Arrival:
    """The arrival of a contract already signed."""
    return find_arrival(scenario.offer[offer], scenario.site[site], ships)


def qualification_time(scenario: Scenario, offer: Offer, step: str) -> Duration:
    """How long the supplier's tools for ``step`` wait for their process qualification after acceptance."""
    needed = scenario.supplier[offer.supplier].process_qualification.get(step)
    return needed.duration if needed and not needed.qualified else NO_DURATION


def find_ramp_share(offer: Offer, service: date, day: date) -> float:
    """Share of the full rate on ``day`` of a tool that may run from ``service`` on."""
    if day < service:
        return 0.0
    if offer.ramp:
        for months, share in zip(offer.ramp.months, offer.ramp.share, strict=True):
            if day < add_months(service, months):
                return share
    return 1.0


def route_watts(scenario: Scenario, step: str) -> float | None:
    """W per cell of the routes that use ``step`` (they agree, or the reader has complained)."""
    return next((r.cell_watts for r in scenario.routes.values() if step in r.steps and r.cell_watts), None)


def full_rate(scenario: Scenario, offer: Offer, step: str) -> float:
    """MW per year one unit gives ``step`` at full rate; 0 for a step it does not cover."""
    covered = offer.covers.get(step)
    return covered.rate(route_watts(scenario, step)) if covered else 0.0
