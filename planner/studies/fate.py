"""What becomes of one unit in many courses of events: ready, shipped or lost, entered, installed, in service."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.scenario.factory import Site
from planner.scenario.offers import Offer
from planner.studies.courses import REFUSED, SLOW, News
from planner.studies.days import FOREVER, NEVER, Days, Flags, Floats, Ints, day_number
from planner.studies.hits import Factors, Touch


@dataclass(frozen=True)
class Fate:
    """The days of a unit by row. Where it is ``lost`` it never ships, and only ``ready`` and ``cutoff`` mean something.

    What would be paid from ``cutoff`` on is not paid, and the share ``refund`` of what was paid comes back then.
    """

    lost: Flags
    ready: Ints
    cutoff: Ints
    refund: Floats
    shipped: Ints
    entered: Ints
    begins: Ints
    built: Ints
    effective: Ints


def find_fate(days: Days, touch: Touch, news: News, offer: Offer, site: Site, due: int) -> Fate:
    """What becomes of a unit that is due on day ``due``, in each row of the news."""
    ready = _find_ready(days, touch, news, due)
    shipped, waited = _find_shipped(touch, news, ready)
    lost, cutoff, refund = _find_loss(touch, news, offer, due, shipped)
    late = waited & (shipped >= days.end) & ~lost
    cutoff, refund = np.where(late, np.int32(days.end), cutoff), np.where(late, 0.0, refund)
    shipped = np.minimum(shipped, np.int32(NEVER - 1))
    entered = days.after(shipped, offer.transit_time)
    begins = entered if site.ready is None else np.maximum(entered, np.int32(day_number(site.ready)))
    built = days.after(begins, site.install_time if offer.install_time is None else offer.install_time)
    for v, delay in touch.install_delays:
        built = np.where(news.holds(v, begins), days.after(built, delay), built)
    return Fate(lost | late, ready, cutoff, refund, shipped, entered, begins, built, days.after(built, site.acceptance_time))


def _find_ready(days: Days, touch: Touch, news: News, due: int) -> Ints:
    ready = np.full(news.rows, due, np.int32)
    for v, delay in touch.delays:
        ready = np.where(news.holds(v, due), days.after(ready, delay), ready)
    for v, delay in touch.slow:
        ready = np.where(news.holds(v, due) & (news.outcome[v] == SLOW), days.after(ready, delay), ready)
    return ready


def _find_shipped(touch: Touch, news: News, ready: Ints) -> tuple[Ints, Flags]:
    """(day of shipment, whether a stop has moved it); a stop for good moves nothing."""
    shipped = ready
    while True:
        freed = np.zeros(news.rows, np.int32)
        for v, _ in touch.stops:
            freed = np.maximum(freed, np.where(news.holds(v, shipped), news.end[v], 0))
        waits = (freed > shipped) & (freed != FOREVER)
        if not waits.any():
            return shipped, shipped > ready
        shipped = np.where(waits, freed, shipped)


def _find_loss(touch: Touch, news: News, offer: Offer, due: int, shipped: Ints) -> tuple[Flags, Ints, Floats]:
    """(refused or stopped for good, cut-off day, share that comes back): the earliest of the news that forbids it."""
    lost = np.zeros(news.rows, bool)
    cutoff, refund = np.full(news.rows, NEVER, np.int32), np.zeros(news.rows)
    for v in touch.refusals:
        refused = (news.outcome[v] == REFUSED) & news.holds(v, due)
        lost |= refused
        first = refused & (news.day[v] < cutoff)
        cutoff, refund = np.where(first, news.day[v], cutoff), np.where(first, offer.payment.secured, refund)
    for v, _ in touch.stops:
        lost |= (news.end[v] == FOREVER) & (news.day[v] <= shipped)
    for v, share in touch.stops:
        first = lost & (news.end[v] == FOREVER) & (news.day[v] < cutoff)
        back = offer.payment.secured if share is None else share
        cutoff, refund = np.where(first, news.day[v], cutoff), np.where(first, back, refund)
    return lost, cutoff, refund


def multiply(news: News, factors: Factors, day: Ints | int) -> Floats:
    """Product of the factors that hold on the day, by row."""
    found = np.ones(news.rows)
    for v, factor in factors:
        found = np.where(news.holds(v, day), found * factor, found)
    return found
