"""Vetting and signing along many courses of events."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from planner.scenario.dates import add
from planner.scenario.money import Amount
from planner.scenario.suppliers import Supplier
from planner.studies.case import Case
from planner.studies.courses import News
from planner.studies.days import NEVER, Flags, Floats, Ints, Whole, day_number
from planner.studies.ledger import Ledger
from planner.studies.react import Reaction


@dataclass(frozen=True)
class Agreements:
    """Who is vetted and signed in each course. ``vetted``: day the vetting is done (``NEVER``: not begun); ``busy``: teams."""

    case: Case
    news: News
    reaction: Reaction
    ledger: Ledger
    busy: Floats
    vetted: dict[str, Ints] = field(default_factory=dict)
    signed: dict[str, Flags] = field(default_factory=dict)

    def begin_vettings(self, period: int) -> None:
        """Begin the vettings the plan decides in this period, as far as teams are free."""
        scenario, starts = self.case.scenario, self.case.scenario.calendar.starts
        for name, decided in self.case.vets.items():
            terms = scenario.supplier[name].vetting
            rows = np.flatnonzero(self._decided(decided, period) & (self._vetted(name) == NEVER))
            if terms is None or not len(rows):
                continue
            done = add(starts[period], terms.duration)
            span = slice(period, sum(start < done for start in starts[:-1]))
            free: Flags = np.all(self.busy[rows, span] + 1 <= self._teams()[span], axis=1)
            self.ledger.drop("teams", rows, ~free, 0.0)
            rows = rows[free]
            self.busy[rows, span] += 1
            self._vetted(name)[rows] = day_number(done)
            self._pay(terms.cost, rows, period)

    def sign(self, period: int) -> None:
        """Sign what the plan decides in this period where the supplier is vetted; fees fall due with it."""
        for name, decided in self.case.signs.items():
            supplier = self.case.scenario.supplier[name]
            signed = self.is_signed(name)
            rows = np.flatnonzero(self._decided(decided, period) & ~signed)
            if not len(rows):
                continue
            today = self.case.days.starts[period]
            ready = np.full(len(rows), supplier.vetting is None) | (self._vetted(name)[rows] <= today)
            self.ledger.drop("vetting", rows, ~ready, 0.0)
            signed[rows[ready]] = True
            self._pay_signing(supplier, rows[ready], period)

    def is_signed(self, supplier: str) -> Flags:
        """Where the supplier is signed by now."""
        return self.signed.setdefault(supplier, np.zeros(self.news.rows, bool))

    def pay_order_fee(self, supplier: str, rows: Whole, period: int) -> None:
        """Pay for a purchase order as such."""
        self._pay(self.case.scenario.supplier[supplier].order_fee, rows, period)

    def _decided(self, decided: Flags, period: int) -> Flags:
        found: Flags = decided[self.case.decides[self.reaction.node[period]]]
        return found

    def _vetted(self, supplier: str) -> Ints:
        return self.vetted.setdefault(supplier, np.full(self.news.rows, NEVER, np.int32))

    def _teams(self) -> Floats:
        teams, calendar = self.case.scenario.policy.vetting_teams, self.case.scenario.calendar
        numbers = [None if teams is None else teams.at(day, n) for n, day in enumerate(calendar.starts[:-1])]
        return np.array([np.inf if number is None else number for number in numbers])

    def _pay_signing(self, supplier: Supplier, rows: Whole, period: int) -> None:
        self._pay(supplier.signing_fee, rows, period)
        for step in supplier.process_qualification.values():
            if not step.qualified:
                self._pay(step.cost, rows, period)

    def _pay(self, amount: Amount | None, rows: Whole, period: int) -> None:
        if amount is not None and len(rows):
            self.ledger.cash[rows] += self.case.purse.fee(amount, int(self.case.days.starts[period]), self.news.of(rows))
