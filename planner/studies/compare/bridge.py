"""The cost bridge: a difference between two plans' costs in parts that add up to it.

The cost is the one the policy makes least: (1 - risk weight) x mean over the futures + risk weight x average of the worst.
It is a sum of weight x cost over the futures. Both plans are looked at in the futures they share, weighed as in the first
plan; what is left of the difference is the part ``risk``. Every cost of an item (equipment for a site) is a product:

* contract: units x price each x share of it that is paid x rate of exchange x discount
* duty: units x price each x share that is paid x rate of exchange x duty rate x discount
* freight, storage: units x amount each x rate of exchange x discount
* fees: amount x rate of exchange x discount

each factor a mean over the item's payments. The factors of the first plan are replaced by those of the second one by one,
in this order; each replacement is one part, so that the parts add up whatever happens at once:

* ``volume``: units bought more, fewer, or elsewhere, at the price, duty, freight and days of the first scenario. Units that
  move between suppliers cost here what they cost on the first scenario's terms; where it has none for them, on the second's.
* ``price``: the same units at another contract price each, in their own currency, with the duty that follows it.
* ``losses``: what is not paid, or comes back, because units never ship; what was paid before the calendar begins.
* ``exchange``: the same payments at other rates of exchange. What changes its currency is in ``price``.
* ``duty``: another rate of duty on the same value.
* ``freight``: other freight and storage for the same units.
* ``fees``: qualification, signing, process qualification and order fees: more, fewer or other amounts.
* ``timing``: the same payments on other days, or at another discount rate.
* ``penalty``, ``surplus``: capacity-gap penalty and the cost of carrying surplus capacity, all of their difference.
* ``risk``: other futures, other chances, another weight of the worst ones.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from planner.plan.plan import FutureCost, Plan
from planner.scenario.scenario import Scenario
from planner.studies.compare.bought import BESIDE, Bought, Lots, Paid, all_items, find_bought, price_elsewhere
from planner.studies.compare.levels import Levels, find_steps
from planner.studies.compare.weights import by_news, find_weights, share_futures

PARTS = (
    "volume", "price", "duty", "fees", "freight", "penalty", "surplus", "timing", "exchange", "losses", "risk",
)  # fmt: skip
MEASURE = "weighted_cost"
CONTRACT = ("volume", "price", "losses", "exchange", "timing")
DUTIED = ("volume", "price", "losses", "exchange", "duty", "timing")
FREIGHT = ("volume", "freight", "exchange", "timing")
FEES = ("fees", "exchange", "timing")
Amounts = dict[str, float]


@dataclass(frozen=True)
class Row:
    """What one thing adds: equipment for a site, or the fees of a supplier (then ``offer`` and ``site`` are empty).

    ``before`` and ``after`` are all that is paid for it, discounted; ``parts`` add up to the difference of the two.
    """

    supplier: str
    offer: str
    site: str
    units_before: float
    units_after: float
    before: float
    after: float
    parts: Amounts


@dataclass(frozen=True)
class Bridge:
    """From what the first plan costs to what the second costs, base currency, discounted.

    ``parts`` by name in the order of ``PARTS``; with ``remainder``, which is 0 but for rounding, they add up to the
    difference. ``shared``: the chance of the futures both plans have, in the first and in the second.
    """

    before: float
    after: float
    parts: Amounts
    rows: tuple[Row, ...]
    remainder: float
    shared: tuple[float, float] = field(default=(1.0, 1.0))

    @property
    def difference(self) -> float:
        """How much more the second costs."""
        return self.after - self.before


def find_bridge(first: tuple[Scenario, Plan], second: tuple[Scenario, Plan], came: str = "") -> Bridge:
    """The bridge from one plan to another, each with the scenario it is for. Both count in one currency and unit.

    ``came``: news of the first plan's tree that has come and is no news any more in the second's.
    """
    futures = by_news(first[1]), by_news(second[1], came)
    weights = share_futures(find_weights(first[1], first[0].policy), find_weights(second[1], second[0].policy, came))
    one, two = find_bought(*first, weights), find_bought(*second, weights, came)
    rows = [*_items(one, two), *_fees(one, two)]
    parts: Amounts = dict.fromkeys(PARTS, 0.0)
    for row in rows:
        for name, amount in row.parts.items():
            parts[name] += amount
    for name, kind in (("penalty", "shortage_cost"), ("surplus", "surplus_cost")):
        parts[name] += _mean(futures[1], weights, kind) - _mean(futures[0], weights, kind)
    before, after = first[1].measures[MEASURE], second[1].measures[MEASURE]
    parts["risk"] = (after - _mean(futures[1], weights, "cost")) - (before - _mean(futures[0], weights, "cost"))
    remainder = after - before - sum(parts.values())
    shared = [sum(future.probability for news, future in side.items() if news in weights) for side in futures]
    return Bridge(before, after, parts, tuple(rows), remainder, (shared[0], shared[1]))


def _mean(futures: dict[str, FutureCost], weights: dict[str, float], kind: str) -> float:
    return sum(weight * float(getattr(futures[news], kind)) for news, weight in weights.items())


def _items(one: Bought, two: Bought) -> list[Row]:
    rows = []
    for item in all_items(one, two):
        before, after = one.items.get(item, Lots()), two.items.get(item, Lots())
        known = price_elsewhere(two, item, one) if item not in one.items else None
        setting = (two if item in two.items else one).setting
        parts = _item_parts(before, after, known)
        rows.append(
            Row(setting.offers[item[0]].supplier, *item, before.units, after.units, before.worth, after.worth, parts)
        )  # fmt: skip
    return rows


def _item_parts(before: Lots, after: Lots, known: Lots | None) -> Amounts:
    three = [before, after, *([known] if known else [])]
    same = len({currency for lots in three for currency in lots.contract.currencies}) <= 1
    parts: Amounts = defaultdict(float)
    _add(parts, CONTRACT, [_contract(lots, same) for lots in three])
    _add(parts, DUTIED, [_dutied(lots, same) for lots in three])
    for kind in BESIDE:
        alike = len({currency for lots in three for currency in lots.beside[kind].currencies}) <= 1
        _add(parts, FREIGHT, [(lots.units, *_levels(lots.beside[kind], alike)) for lots in three])
    return dict(parts)


def _contract(lots: Lots, same: bool) -> Levels:
    """Units, contract value, what is paid of it, that in base currency, discounted."""
    value = lots.value if same else lots.value_base
    return lots.units, value, *_levels(lots.contract, same)


def _dutied(lots: Lots, same: bool) -> Levels:
    """The same up to base currency, then the duty on it, discounted."""
    return *_contract(lots, same)[:4], lots.duty.base, lots.duty.worth


def _levels(paid: Paid, same: bool) -> Levels:
    """What is paid in its own currency (in base currency unless all have one), in base currency, discounted."""
    return paid.own if same else paid.base, paid.base, paid.worth


def _add(parts: Amounts, names: tuple[str, ...], levels: list[Levels]) -> None:
    for name, amount in zip(names, find_steps(*levels), strict=True):
        parts[name] += amount


def _fees(one: Bought, two: Bought) -> list[Row]:
    found: dict[str, Row] = {}
    for kind, supplier in sorted(one.fees.keys() | two.fees.keys()):
        before, after = one.fees.get((kind, supplier), Paid()), two.fees.get((kind, supplier), Paid())
        same = len(before.currencies | after.currencies) <= 1
        parts: Amounts = defaultdict(float)
        _add(parts, FEES, [_levels(before, same), _levels(after, same)])
        row = found.get(supplier, Row(supplier, "", "", 0.0, 0.0, 0.0, 0.0, {}))
        for name, amount in row.parts.items():
            parts[name] += amount
        found[supplier] = Row(supplier, "", "", 0.0, 0.0, row.before + before.worth, row.after + after.worth, dict(parts))
    return list(found.values())
