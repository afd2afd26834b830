"""What a unit goes through on its way: ready, shipped, entered, installed; or never shipped, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.plan.audit.clock import after
from planner.plan.audit.effects import delays, install_delays, reviews_on, stops
from planner.plan.audit.news import Strike
from planner.plan.audit.setting import Setting
from planner.scenario.factory import Site
from planner.scenario.offers import Offer

NEVER = date.max


@dataclass(frozen=True, slots=True)
class Journey:
    """Days of one unit. ``begins`` .. ``built`` is installation, ``effective`` the end of acceptance.

    A unit that never ships has ``NEVER`` from ``ships`` on and a ``cutoff``: the day from which on nothing more is paid.
    ``refund`` is the share of what was paid until then that comes back on that day.
    """

    ready: date
    ships: date = NEVER
    enters: date = NEVER
    begins: date = NEVER
    built: date = NEVER
    effective: date = NEVER
    cutoff: date | None = None
    refund: float = 0.0


def travel(setting: Setting, offer: Offer, site: Site | None, due: date) -> Journey:
    """The days of a unit of ``offer`` for ``site`` due on ``due``, by the news of ``setting``."""
    ready = after(due, *delays(setting, offer, site, due))
    ships = ready
    if setting.strikes:
        refusals = [strike for _, strike in reviews_on(setting, offer, site, due, "refused")]
        halted = stops(setting, offer, site)
        while not refusals and (holding := [strike.end for strike in halted if strike.holds(ships)]):
            if None in holding:
                return _lost(setting, offer, ready, refusals, halted)
            ships = max(end for end in holding if end is not None)
        if refusals:
            return _lost(setting, offer, ready, refusals, halted)
        if ships > ready and ships >= setting.clock.end:
            return Journey(ready, cutoff=setting.clock.end)
    enters = after(ships, offer.transit_time)
    if site is None:
        return Journey(ready, ships, enters, enters, enters, enters)
    begins = max(enters, site.ready) if site.ready else enters
    lasts = site.install_time if offer.install_time is None else offer.install_time
    built = after(begins, lasts, *install_delays(setting, offer, site, begins))
    return Journey(ready, ships, enters, begins, built, after(built, site.acceptance_time))


def _lost(setting: Setting, offer: Offer, ready: date, refusals: list[Strike], halted: list[Strike]) -> Journey:
    """A unit refused or stopped for good, cut off by whichever came first; on the same day by the refusal."""
    ways = refusals + [strike for strike in halted if strike.end is None]
    first = min(ways, key=lambda strike: strike.day)  # of equal days the first in the list
    promised = None if first.outcome else setting.shocks[first.source].refund
    return Journey(ready, cutoff=first.day, refund=offer.payment.secured if promised is None else promised)
