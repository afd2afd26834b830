"""When a unit arrives: readiness, shipment, entry, installation, acceptance, and its rate from then on. All as days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.instance.news import Effect, News
from planner.instance.tree import Strikes
from planner.scenario.dates import NO_DURATION, Duration, add, add_months
from planner.scenario.factory import Site
from planner.scenario.news import Strike
from planner.scenario.offers import Offer
from planner.scenario.scenario import Scenario
from planner.scenario.shocks import Licence, Shock


@dataclass(frozen=True, slots=True)
class Arrival:
    """The days of one unit: ``due``, ready, shipped, entered, in installation from - until, in service."""

    due: date
    ready: date
    shipped: date
    entered: date
    install_from: date
    install_until: date
    in_service: date


@dataclass(frozen=True, slots=True)
class Loss:
    """A unit that never ships. What would be paid from ``cutoff`` on is not; ``refund`` of what was paid returns then."""

    due: date
    ready: date
    cutoff: date
    refund: float


Fate = Arrival | Loss
NOWHERE = Site(id="nowhere", country="ZZ")
"""Stands for the site of a contract that has none."""


def find_fate(news: News, offer: Offer, site: Site, due: date, strikes: Strikes) -> Fate:
    """What becomes of a unit due for shipment on ``due``; durations are added as dates."""
    shipping = _shipping(news, offer, site.id, strikes)
    ready = _find_ready(news, shipping, due)
    day, waited = ready, False
    stops = [(s, shock) for s, shock in shipping if shock is not None and shock.shipments]
    refusals = [s for s, shock in shipping if shock is None and s.outcome == "refused"]
    refused = [s for s in refusals if s.holds(due)]
    while not refused and (holding := [s for s, _ in stops if s.holds(day)]):
        ends = [s.end for s in holding if s.end is not None]
        if len(ends) < len(holding):
            break
        day, waited = max(ends), True
    for_good = [(s.day, shock.refund) for s, shock in stops if s.end is None]
    if refused or any(struck <= day for struck, _ in for_good):
        cutoffs = [(s.day, None) for s in refused] + for_good
        cutoff, share = min(cutoffs, key=lambda pair: pair[0])
        return Loss(due, ready, cutoff, offer.payment.secured if share is None else share)
    if waited and day >= news.scenario.calendar.end:
        return Loss(due, ready, news.scenario.calendar.end, 0.0)
    return _arrive(news, offer, site, (due, ready, day), strikes)


def _shipping(news: News, offer: Offer, site: str, strikes: Strikes) -> list[tuple[Strike, Shock | None]]:
    """Strikes that may stop or delay shipment, in order of their source; None beside a licence."""
    if not strikes:
        return []
    touching, found = news.touching(offer, site), list[tuple[Strike, Shock | None]]()
    for strike in sorted(strikes, key=lambda s: s.source):
        if Effect.SHIPMENT in touching.get(strike.source, ()):
            part = news.parts[strike.source]
            found.append((strike, part if isinstance(part, Shock) else None))
    return found


def _find_ready(news: News, shipping: list[tuple[Strike, Shock | None]], due: date) -> date:
    ready, slow = due, list[Duration]()
    for strike, shock in shipping:
        if strike.holds(due):
            if shock is not None:
                ready = add(ready, shock.delay)
            elif strike.outcome == "slow":
                licence = news.parts[strike.source]
                assert isinstance(licence, Licence)
                slow.append(licence.slow.delay)
    return add(ready, *slow)


def _arrive(news: News, offer: Offer, site: Site, days: tuple[date, date, date], strikes: Strikes) -> Arrival:
    due, ready, shipped = days
    entered = add(shipped, offer.transit_time)
    install_from = max(entered, site.ready) if site.ready else entered
    late = news.holding(strikes, install_from, offer, site.id, Effect.INSTALLATION)
    extra = [shock.install_delay for shock in late if isinstance(shock, Shock)]
    install_until = add(install_from, site.install_time if offer.install_time is None else offer.install_time, *extra)
    return Arrival(due, ready, shipped, entered, install_from, install_until, add(install_until, site.acceptance_time))


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
