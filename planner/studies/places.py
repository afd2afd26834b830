"""Places in installation over many courses of events: what is booked by day, and how many more units fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.scenario.factory import InstallLimit
from planner.studies.courses import News, group_rows
from planner.studies.days import Days, Floats, Whole, day_number, day_of
from planner.studies.fate import Fate, find_fate
from planner.studies.hits import Factors, Touch, site_crews, supplier_crews

UNLIMITED = np.inf


@dataclass(frozen=True)
class Place:
    """Where units are installed: a site, or by a supplier's crews. ``room``: places less contracts, by day of the horizon."""

    site: str
    supplier: str
    room: Floats
    crews: Factors

    def takes(self, supplier: str, site: str) -> bool:
        """Whether units of the supplier for the site are installed here."""
        return site == self.site if self.site else supplier == self.supplier


def find_places(days: Days, news: News) -> tuple[Place, ...]:
    """Every limited place of the scenario."""
    scenario, voices = days.scenario, news.voices
    nothing = news.of(slice(0, 1)).known(-1)
    found = [
        Place(site.id, "", _room(days, site.install_limit, nothing, site.id, ""), site_crews(voices, site))
        for site in scenario.sites
        if site.install_limit
    ]
    for maker in scenario.suppliers:
        if maker.install_limit:
            crews = supplier_crews(scenario, voices, maker.id)
            found.append(Place("", maker.id, _room(days, maker.install_limit, nothing, "", maker.id), crews))
    return tuple(found)


def _room(days: Days, limit: InstallLimit, nothing: News, site: str, supplier: str) -> Floats:
    first, period_of = int(days.starts[0]), days.scenario.calendar.period_of
    room = np.full(days.end - first, UNLIMITED)
    for n, day in enumerate(range(first, days.end)):
        number = limit.units.at(day_of(day), period_of(day_of(day)))
        room[n] = UNLIMITED if number is None else number
    for begins, built, places in _contracts(days, nothing, site, supplier):
        room[max(0, begins - first) : max(0, built - first)] -= places
    return room


def _contracts(days: Days, nothing: News, site: str, supplier: str) -> Iterator[tuple[int, int, float]]:
    scenario = days.scenario
    for contract in scenario.commitments:
        offer = scenario.offer[contract.offer]
        if contract.site and "capacity" in contract.counted and (contract.site == site or offer.supplier == supplier):
            fate = find_fate(days, Touch(), nothing, offer, scenario.site[contract.site], day_number(contract.ships))
            yield int(fate.begins[0]), int(fate.built[0]), contract.units * offer.install_use


@dataclass(frozen=True)
class Bookings:
    """What is booked in one place: places by row and day of the horizon, divided by the crews factors at their orders."""

    place: Place
    first: int
    booked: NDArray[np.float32]

    def spans(self, news: News, fate: Fate) -> Iterator[tuple[Whole, slice, Floats]]:
        """(rows, days of installation, crews factor by day) for rows of ``news`` that are installed alike."""
        columns = [fate.begins - self.first, fate.built - self.first, *(news.day[v] for v, _ in self.place.crews)]
        examples, group = group_rows([np.maximum(0, column) for column in columns], news.rows)
        for number, example in enumerate(examples):
            span = slice(max(0, int(columns[0][example])), max(0, int(columns[1][example])))
            on = np.arange(self.first, self.first + self.booked.shape[1])[span]
            factor = np.ones(len(on))
            for v, crews in self.place.crews:
                holds = (news.day[v, example] <= on) & (on < news.end[v, example])
                factor[holds] *= crews
            yield np.flatnonzero(group == number), span, factor

    def fitting(self, rows: Whole, news: News, fate: Fate) -> Floats:
        """Places still to be had for each row throughout its installation; ``rows`` number the news among all rows."""
        found = np.full(len(rows), UNLIMITED)
        for alike, span, factor in self.spans(news, fate):
            if len(factor):
                free = (self.place.room[span] - self.booked[rows[alike], span]) * factor
                found[alike] = free.min(axis=1)
        return found

    def book(self, rows: Whole, places: Floats, news: News, fate: Fate) -> None:
        """Take ``places`` in each row; negative ones give back."""
        for alike, span, factor in self.spans(news, fate):
            self.booked[rows[alike], span] += (places[alike, None] / factor).astype(np.float32)


def open_bookings(days: Days, places: tuple[Place, ...], rows: int) -> tuple[Bookings, ...]:
    """Empty bookings for ``rows`` courses of events."""
    first, length = int(days.starts[0]), days.end - int(days.starts[0])
    return tuple(Bookings(place, first, np.zeros((rows, length), np.float32)) for place in places)
