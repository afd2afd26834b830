"""Carrying out a plan's decisions along many courses of events: what is possible is done, the rest dropped and counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby

import numpy as np

from planner.studies.agree import Agreements
from planner.studies.case import Case, Claim, Kind
from planner.studies.courses import News
from planner.studies.days import Flags, Floats, Whole
from planner.studies.fate import Fate, find_fate, multiply
from planner.studies.ledger import Ledger
from planner.studies.places import Bookings
from planner.studies.react import Reaction
from planner.studies.slots import keep_share

ENOUGH = 1e-6
"""Units by which an order may exceed what is left: rounding of the engine."""
NOISE = 1e-6


@dataclass(frozen=True)
class Placed:
    """Units of one kind of order that were placed: in ``rows``, ``units`` each."""

    kind: Kind
    rows: Whole
    units: Floats


@dataclass(frozen=True)
class Desk:
    """Where orders are placed, for all courses of a batch: what is signed, which slots and places are taken.

    ``trusted`` [period, row]: the course is one of the tree's own so far, so the plan's decision stands as it is.
    ``taken``: today's slots taken by (pool, window). ``exists``: orders of a two-stage plan that exist, by kind and node.
    """

    case: Case
    news: News
    reaction: Reaction
    trusted: Flags
    ledger: Ledger
    bookings: tuple[Bookings, ...]
    exists: dict[int, Flags]
    agreements: Agreements
    taken: dict[tuple[int, int], Floats] = field(default_factory=dict)

    def place_orders(self, period: int) -> Iterator[Placed]:
        """Place the orders of one period, offer by offer; yields what was ordered."""
        for _, kinds in groupby(self.case.kinds[period], key=lambda kind: kind.offer.id):
            yield from self._place_offer(list(kinds), period)

    def _place_offer(self, kinds: list[Kind], period: int) -> Iterator[Placed]:
        here = self.case.decides[self.reaction.node[period]]
        least = kinds[0].offer.min_order
        placed = [p for kind in kinds if (p := self._place_kind(kind, kind.units[here], period)) is not None]
        if least > 0 and placed:
            total = np.zeros(self.news.rows)
            for part in placed:
                total[part.rows] += part.units
            short = (total > 0) & (total < least - ENOUGH) & ~self.trusted[period]
            placed = [self._give_back(part, short, period) for part in placed] if short.any() else placed
        yield from placed

    def _place_kind(self, kind: Kind, wanted: Floats, period: int) -> Placed | None:
        rows = np.flatnonzero(wanted)
        if not len(rows):
            return None
        units = self._possible(kind, rows, wanted[rows], period)
        self._take(kind, rows, units, period)
        return Placed(kind, rows, units)

    def _possible(self, kind: Kind, rows: Whole, wanted: Floats, period: int) -> Floats:
        """How many of the wanted units can be ordered in each row."""
        units = wanted.copy()
        if self.case.staged:
            units *= self.exists[id(kind)][self.reaction.node[period, rows]]
        doubtful = np.flatnonzero(~self.trusted[period, rows])
        if not len(doubtful):
            return units
        left, rows = wanted[doubtful], rows[doubtful]
        left = self._cut("signing", kind, rows, left, np.where(self.agreements.is_signed(kind.offer.supplier)[rows], np.inf, 0.0))
        known = self.news.of(rows).known(period)
        fate = find_fate(self.case.days, kind.touch, known, kind.offer, kind.deal.site, kind.due)
        vain = fate.lost | (fate.effective > self.case.days.starts[-2])
        left = self._cut("too late", kind, rows, left, np.where(vain, 0.0, np.inf))
        left = self._cut("slots", kind, rows, left, self._slots_left(kind, rows, known, period))
        if self.bookings and kind.offer.install_use:
            left = self._cut("places", kind, rows, left, self._places_left(kind, rows, known, fate))
        units[doubtful] = left
        return units

    def _cut(self, reason: str, kind: Kind, rows: Whole, wanted: Floats, most: Floats) -> Floats:
        fits = wanted <= most + ENOUGH * np.maximum(1.0, wanted)
        most = most if kind.offer.divisible else np.floor(np.where(np.isfinite(most), most, 0.0) + ENOUGH)
        left = np.where(fits, wanted, np.maximum(0.0, most))
        left = np.where(left < NOISE, 0.0, left)
        self.ledger.drop(reason, rows, left < wanted, wanted - left)
        return left

    def _slots_left(self, kind: Kind, rows: Whole, known: News, period: int) -> Floats:
        most = np.full(len(rows), np.inf)
        factor = multiply(known, kind.touch.slots, kind.deal.ordered)
        for claim in kind.claims:
            keep = keep_share(self.case.days, claim.pool, claim.free, period, factor)
            most = np.minimum(most, (claim.free - self._taken(claim)[rows]) * keep / claim.use)
        return most

    def _taken(self, claim: Claim) -> Floats:
        return self.taken.setdefault(claim.name, np.zeros(self.news.rows))

    def _places_left(self, kind: Kind, rows: Whole, known: News, fate: Fate) -> Floats:
        most = np.full(len(rows), np.inf)
        for booking in self._booked_by(kind):
            most = np.minimum(most, booking.fitting(rows, known, fate) / kind.offer.install_use)
        return most

    def _booked_by(self, kind: Kind) -> list[Bookings]:
        return [booking for booking in self.bookings if booking.place.takes(kind.offer.supplier, kind.site)]

    def _take(self, kind: Kind, rows: Whole, units: Floats, period: int) -> None:
        """Book slots and places for units of a kind; negative ones give back."""
        used = np.flatnonzero(units)
        rows, units = rows[used], units[used]
        if not len(rows):
            return
        known = self.news.of(rows).known(period)
        factor = multiply(known, kind.touch.slots, kind.deal.ordered)
        for claim in kind.claims:
            keep = keep_share(self.case.days, claim.pool, claim.free, period, factor)
            self._taken(claim)[rows] += claim.use * units / np.where(keep > 0, keep, 1.0)
        if places := self._booked_by(kind):
            fate = find_fate(self.case.days, kind.touch, known, kind.offer, kind.deal.site, kind.due)
            for booking in places:
                booking.book(rows, units * kind.offer.install_use, known, fate)

    def _give_back(self, part: Placed, short: Flags, period: int) -> Placed:
        gone = np.where(short[part.rows], part.units, 0.0)
        self._take(part.kind, part.rows, -gone, period)
        self.ledger.drop("minimum", part.rows, gone > 0, gone)
        return replace(part, units=part.units - gone)
