"""How early an offer can be in service, by dates alone: vetting, validity, lead time, slots, transit, installation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from planner.scenario.dates import Duration, add, parse_period
from planner.scenario.factory import Site
from planner.scenario.figures import demanded_sites, falls_under
from planner.scenario.offers import Offer
from planner.scenario.pools import Pool, find_pools, pools_by_offer
from planner.scenario.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Reach:
    """``day``: the earliest end of acceptance found, None if the offer can never ship. ``why``: what stops it."""

    day: date | None
    why: str = ""


def find_reaches(scenario: Scenario) -> dict[str, Reach]:
    """The earliest service of every offer, by id, with no regard to money or to other offers."""
    served, pools = demanded_sites(scenario), pools_by_offer(find_pools(scenario))
    return {offer.id: _reach(scenario, offer, tuple(served), pools.get(offer.id, [])) for offer in scenario.offers}


def _reach(scenario: Scenario, offer: Offer, served: tuple[str, ...], pools: list[Pool]) -> Reach:
    names = [name for name in offer.sites if name in served] if offer.sites else served
    sites = [scenario.site[name] for name in names if name in scenario.site]
    if not sites:
        return Reach(None, "none of its sites serves a demand")
    periods = list(_order_periods(scenario, offer))
    if not periods:
        return Reach(None, "it cannot be ordered on the first day of any period")
    dues = sorted(set(_dues(scenario, offer, periods)))
    if not dues:
        return Reach(None, "even ordered on the first day possible it is ready only after the calendar's end")
    fits = (due for due in dues if all(pool.in_bucket(scenario.calendar, due) > 0 for pool in pools))
    due = next(fits, None)
    if due is None or offer.available_units == 0:
        return Reach(None, "there is no slot when it could ship")
    return Reach(min(in_service(offer, site, due) for site in sites))


def in_service(offer: Offer, site: Site, due: date) -> date:
    """End of acceptance of a unit shipped on ``due``."""
    enters = add(due, offer.transit_time)
    start = max(enters, site.ready) if site.ready else enters
    return add(start, offer.install_time or site.install_time, site.acceptance_time)


def _order_periods(scenario: Scenario, offer: Offer) -> Iterator[int]:
    """Periods on whose first day the offer may be ordered."""
    calendar = scenario.calendar
    supplier = scenario.supplier.get(offer.supplier)
    wait = supplier.vetting.duration if supplier and supplier.vetting else Duration()
    earliest = add(calendar.start, wait)
    closed = {calendar.period_of(day) for day in _forbidden_days(scenario, offer)}
    for period, day in enumerate(calendar.starts[:-1]):
        if day >= earliest and offer.valid.covers(day) and period not in closed:
            yield period


def _forbidden_days(scenario: Scenario, offer: Offer) -> Iterator[date]:
    for forbid in scenario.policy.forbid:
        if forbid.period and falls_under(scenario, forbid, offer.supplier, offer.id):
            try:
                yield parse_period(forbid.period)[0]
            except ValueError:
                continue


def _dues(scenario: Scenario, offer: Offer, periods: list[int]) -> Iterator[date]:
    """Days on which a unit ordered in one of ``periods`` can ship."""
    calendar = scenario.calendar
    for period in periods:
        first = add(calendar.starts[period], offer.lead_time, offer.deinstall_time)
        landing = calendar.period_of(first)
        if landing >= calendar.periods:
            return
        yield first
        latest = add(calendar.starts[landing], offer.order_ahead)
        yield from (day for day in calendar.starts[landing + 1 : -1] if day <= latest)
