"""A plan replayed on many courses of events at once: what each costs, reaches and could not carry out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from planner.scenario.figures import usable_routes
from planner.studies.agree import Agreements
from planner.studies.case import Case
from planner.studies.courses import News
from planner.studies.days import Flags, Floats
from planner.studies.decide import Desk, Placed
from planner.studies.deliver import Delivery
from planner.studies.exists import find_existing
from planner.studies.ledger import Dropped, Ledger, open_ledger
from planner.studies.meet import Met, meet
from planner.studies.places import Place, find_places, open_bookings
from planner.studies.react import Reaction, react

MEMORY = 96e6
"""Bytes the largest tables of a batch of courses may take."""
FEWEST = 10
Tell = Callable[[float], None]
"""Hears the share of the work that is done."""


@dataclass(frozen=True)
class Replay:
    """What a plan comes to in every course of events, by row. Costs are discounted, base currency.

    ``met`` by demand; ``known`` and ``exact``: whether the course's news are in the tree in every period, as a set, and
    with their dates.
    """

    cash: Floats
    bought: Floats
    lost: Floats
    by_country: dict[str, Floats]
    dropped: dict[str, Dropped]
    met: dict[str, Met]
    known: Flags
    exact: Flags

    @property
    def shortage_cost(self) -> Floats:
        """Cost of missing capacity."""
        return sum((met.shortage_cost for met in self.met.values()), np.zeros_like(self.cash))

    @property
    def surplus_cost(self) -> Floats:
        """Cost of carrying surplus capacity."""
        return sum((met.surplus_cost for met in self.met.values()), np.zeros_like(self.cash))

    @property
    def cost(self) -> Floats:
        """All costs."""
        return self.cash + self.shortage_cost + self.surplus_cost

    @property
    def shortage(self) -> Floats:
        """MW-years missing inside the horizon, over all demands."""
        return sum((met.shortage for met in self.met.values()), np.zeros_like(self.cash))


def replay(case: Case, news: News, tell: Tell = lambda _: None, *, trust: bool = True, memory: float = MEMORY) -> Replay:
    """Carry the plan out in every course of events, in batches whose largest tables take ``memory`` bytes.

    With ``trust`` a decision is not checked where the news so far is exactly that of its node: the plan kept every
    rule there. Without it the rules of signing, slots, places and minimum orders are checked there too.
    """
    places, exists = find_places(case.days, news), find_existing(case)
    size = _batch_size(case, places, memory)
    batches = []
    for begin in range(0, news.rows, size):
        batch = news.of(slice(begin, begin + size))

        def tell_part(share: float, begin: int = begin, rows: int = batch.rows) -> None:
            tell((begin + share * rows) / news.rows)

        batches.append(_replay_batch(case, batch, (places, exists, trust), tell_part))
    return batches[0] if len(batches) == 1 else _join(batches)


def _batch_size(case: Case, places: tuple[Place, ...], memory: float) -> int:
    steps = {step for used in usable_routes(case.scenario).values() for step in used}
    tables = len(case.scenario.sites) * (len(steps) + 4) + 8
    row = 8 * case.scenario.calendar.periods * tables + 4 * (case.days.end - int(case.days.starts[0])) * len(places)
    return max(FEWEST, int(memory / row))


def _replay_batch(case: Case, news: News, made: tuple[tuple[Place, ...], dict[int, Flags], bool], tell: Tell) -> Replay:
    count, (places, exists, trust) = case.scenario.calendar.periods, made
    reaction, ledger = react(case.growth, news), open_ledger(news.rows, count)
    agreements = Agreements(case, news, reaction, ledger, np.zeros((news.rows, count)))
    trusted = reaction.exact if trust else np.zeros_like(reaction.exact)
    bookings = open_bookings(case.days, places, news.rows)
    desk = Desk(case, news, reaction, trusted, ledger, bookings, exists, agreements)
    delivery = Delivery(case, news, ledger)
    for period in range(count):
        agreements.begin_vettings(period)
        agreements.sign(period)
        ordering: dict[str, Flags] = {}
        for placed in desk.place_orders(period):
            _deliver(delivery, placed, ordering)
        for supplier, rows in ordering.items():
            agreements.pay_order_fee(supplier, np.flatnonzero(rows), period)
        tell((period + 1) / count)
    delivery.deliver_contracts()
    return _close(case, news, ledger, reaction)


def _deliver(delivery: Delivery, placed: Placed, ordering: dict[str, Flags]) -> None:
    kind, used = placed.kind, np.flatnonzero(placed.units)
    if len(used):
        rows = placed.rows[used]
        delivery.deliver(kind.deal, kind.touch, kind.due, rows, placed.units[used])
        ordering.setdefault(kind.offer.supplier, np.zeros(delivery.news.rows, bool))[rows] = True


def _close(case: Case, news: News, ledger: Ledger, reaction: Reaction) -> Replay:
    met = {demand.id: meet(case, news, ledger, demand) for demand in case.scenario.demand}
    known: Flags = np.all(reaction.known, axis=0)
    exact: Flags = np.all(reaction.exact, axis=0)
    return Replay(ledger.cash, ledger.bought, ledger.lost, ledger.by_country, ledger.dropped, met, known, exact)


def _join(parts: list[Replay]) -> Replay:
    """Batches one after the other."""

    def along(read: Callable[[Replay], Floats]) -> Floats:
        return np.concatenate([read(part) for part in parts])

    def zeros(part: Replay) -> Floats:
        return np.zeros(len(part.cash))

    countries = sorted({country for part in parts for country in part.by_country})
    reasons = dict.fromkeys(reason for part in parts for reason in part.dropped)
    return Replay(
        cash=along(lambda part: part.cash),
        bought=along(lambda part: part.bought),
        lost=along(lambda part: part.lost),
        by_country={c: along(lambda part, c=c: part.by_country.get(c, zeros(part))) for c in countries},  # type: ignore[misc]
        dropped={reason: _join_dropped(parts, reason) for reason in reasons},
        met={name: _join_met([part.met[name] for part in parts]) for name in parts[0].met},
        known=np.concatenate([part.known for part in parts]),
        exact=np.concatenate([part.exact for part in parts]),
    )


def _join_dropped(parts: list[Replay], reason: str) -> Dropped:
    found = []
    for part in parts:
        nothing = np.zeros(len(part.cash))
        found.append(part.dropped.get(reason, Dropped(nothing, nothing)))
    return Dropped(np.concatenate([d.decisions for d in found]), np.concatenate([d.units for d in found]))


def _join_met(parts: list[Met]) -> Met:
    return Met(*(np.concatenate([getattr(part, name) for part in parts]) for name in Met.__dataclass_fields__))
