"""What units bought turn into along each course of events: payments, spend, installed tools."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from planner.scenario.base import NO_TIME
from planner.scenario.dates import Duration
from planner.scenario.figures import unit_rate
from planner.scenario.offers import Offer
from planner.studies.case import Case
from planner.studies.courses import News, group_rows
from planner.studies.days import Floats, Whole, day_number
from planner.studies.fate import Fate, find_fate
from planner.studies.hits import Touch, currency_factors, find_touch
from planner.studies.ledger import Ledger
from planner.studies.money import Deal, base_price, fixing_day, list_price, unit_cost
from planner.studies.output import running_share

Grouped = tuple[News, Whole]
"""Courses that differ in what matters, and the number of its group for each row."""


@dataclass(frozen=True)
class Delivery:
    """Follows units to their end in every course of a batch and writes it down."""

    case: Case
    news: News
    ledger: Ledger
    _groups: dict[frozenset[int], tuple[Whole, Whole]] = field(default_factory=dict)
    _rates: dict[str, tuple[tuple[str, float, Duration], ...]] = field(default_factory=dict)

    def deliver(self, deal: Deal, touch: Touch, due: int, rows: Whole, units: Floats) -> None:
        """``units`` in each of ``rows`` of one deal, bought in the plan."""
        news, group = self._alike(deal, touch, rows)
        fate = find_fate(self.case.days, touch, news, deal.offer, deal.site, due)
        self._pay(deal, touch, fate, news, (rows, units, group))
        price = units * base_price(self.case.purse, touch, news, deal)[group]
        self.ledger.bought[rows] += price
        self.ledger.spend(self._country(deal.offer), rows, price, fate.lost[group])
        self._install(deal, touch, fate, news, (rows, units, group))

    def deliver_contracts(self) -> None:
        """The contracts already signed, in every course of events."""
        days, scenario = self.case.days, self.case.scenario
        rows = np.arange(self.news.rows)
        for contract in scenario.commitments:
            offer, due = scenario.offer[contract.offer], day_number(contract.ships)
            ordered = day_number(contract.ordered)
            terms = contract.price or offer.price
            fixed = ordered if contract.price else fixing_day(days, offer, ordered, due)
            price = list_price(days, terms, contract.site, ordered, fixed)
            site = scenario.site[contract.site] if contract.site else scenario.sites[0]
            deal = Deal(offer, site, ordered, price, terms.currency)
            touch = replace(find_touch(scenario, self.case.voices, offer, contract.site or ""), price=())
            news, group = self._alike(deal, touch, rows)
            fate = find_fate(days, touch, news, offer, site, due)
            units = np.full(len(rows), contract.units)
            if contract.site and "cash" in contract.counted:
                self._pay(deal, touch, fate, news, (rows, units, group))
            if contract.site and "capacity" in contract.counted:
                self._install(deal, touch, fate, news, (rows, units, group))
            if "exposure" in contract.counted:
                worth = units * base_price(self.case.purse, touch, news, deal)[group]
                self.ledger.spend(self._country(offer), rows, worth, fate.lost[group])

    def _country(self, offer: Offer) -> str:
        return self.case.scenario.supplier[offer.supplier].country

    def _alike(self, deal: Deal, touch: Touch, rows: Whole) -> Grouped:
        """The rows' courses, each once as far as they matter to the deal; no grouping where it would not pay."""
        voices = touch.voices | self._currency_voices(deal)
        if voices not in self._groups:
            days = [self.news.day[v] for v in sorted(voices)] + [self.news.outcome[v] for v in sorted(voices)]
            self._groups[voices] = group_rows(days, self.news.rows)
        first, group = self._groups[voices]
        if len(first) < len(rows):
            return self.news.of(first), group[rows]
        return self.news.of(rows), np.arange(len(rows))

    def _currency_voices(self, deal: Deal) -> frozenset[int]:
        freight, storage = deal.offer.freight, deal.offer.storage
        money = {deal.currency, freight.currency if freight else None, storage.currency if storage else None}
        return frozenset(v for currency in money for v, _ in currency_factors(self.case.voices, currency))

    def _pay(self, deal: Deal, touch: Touch, fate: Fate, news: News, bought: tuple[Whole, Floats, Whole]) -> None:
        rows, units, group = bought
        self.ledger.cash[rows] += units * unit_cost(self.case.purse, touch, news, deal, fate)[group]

    def _install(self, deal: Deal, touch: Touch, fate: Fate, news: News, bought: tuple[Whole, Floats, Whole]) -> None:
        rows, units, group = bought
        shares: dict[Duration, Floats] = {}
        for step, rate, waits in self._steps(deal.offer):
            if waits not in shares:
                service = self.case.days.after(fate.effective, waits)
                share = running_share(self.case.days, touch, news, deal.offer, service)
                shares[waits] = units[:, None] * np.where(fate.lost[:, None], 0.0, share)[group]
            self.ledger.install(deal.site.id, step, rows, rate * shares[waits])

    def _steps(self, offer: Offer) -> tuple[tuple[str, float, Duration], ...]:
        """(step, MW a year of one unit at full rate, wait for the process qualification)."""
        if offer.id not in self._rates:
            self._rates[offer.id] = tuple(self._find_steps(offer))
        return self._rates[offer.id]

    def _find_steps(self, offer: Offer) -> Iterator[tuple[str, float, Duration]]:
        scenario = self.case.scenario
        for step, throughput in offer.covers.items():
            terms = scenario.supplier[offer.supplier].process_qualification.get(step)
            waits = NO_TIME if terms is None or terms.qualified else terms.duration
            yield step, unit_rate(scenario, step, throughput), waits
