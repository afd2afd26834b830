"""What a replay writes down for every course of events: money, spend, installed tools, what could not be carried out."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from planner.studies.days import Flags, Floats, Whole

REASONS = {
    "teams": "no vetting team was free",
    "vetting": "the supplier was not vetted in time",
    "signing": "the supplier was not signed",
    "too late": "by the news of the day it would never have been in service in time",
    "slots": "slots were gone",
    "places": "no places in installation were left",
    "minimum": "less than the minimum order was left",
}
"""Why a decision was dropped or an order cut short."""


@dataclass(frozen=True)
class Dropped:
    """Decisions dropped or cut for one reason, by row: how many, and how many units they lost."""

    decisions: Floats
    units: Floats


@dataclass(frozen=True)
class Ledger:
    """One column per course of events (row). Costs are worth today; ``installed``: (site, step) -> MW a year [row, period].

    ``bought`` is the contract price of new orders, ``by_country`` and ``lost`` count contracts for exposure too.
    """

    rows: int
    periods: int
    cash: Floats
    bought: Floats
    lost: Floats
    by_country: dict[str, Floats] = field(default_factory=dict)
    installed: dict[tuple[str, str], Floats] = field(default_factory=dict)
    dropped: dict[str, Dropped] = field(default_factory=dict)

    def spend(self, country: str, rows: Whole, amount: Floats, lost: Flags) -> None:
        """Write down the price of units bought from a country; ``lost`` says where they never ship."""
        self.by_country.setdefault(country, np.zeros(self.rows))[rows] += amount
        self.lost[rows] += np.where(lost, amount, 0.0)

    def install(self, site: str, step: str, rows: Whole, mw: Floats) -> None:
        """Write down what units give a step at a site, [row, period]."""
        self.installed.setdefault((site, step), np.zeros((self.rows, self.periods)))[rows] += mw

    def drop(self, reason: str, rows: Whole, decisions: Floats | Flags, units: Floats | float) -> None:
        """Count decisions that could not be carried out as planned."""
        if np.any(decisions):
            found = self.dropped.setdefault(reason, Dropped(np.zeros(self.rows), np.zeros(self.rows)))
            found.decisions[rows] += decisions
            found.units[rows] += units


def open_ledger(rows: int, periods: int) -> Ledger:
    """An empty ledger."""
    return Ledger(rows, periods, np.zeros(rows), np.zeros(rows), np.zeros(rows))
