"""What a plan costs when the price of an offer is another, found by replaying it; no solve."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from planner.explain.editing import put
from planner.plan.audit.evaluation import TreeDecisions, TreeEvaluation, evaluate_tree
from planner.plan.audit.lots import Purchase
from planner.plan.plan import Plan
from planner.scenario.scenario import Scenario
from planner.studies.costs import measure
from planner.studies.worlds import Data

CLOSE = 1e-7
"""Part of today's price to which a crossing is found."""
MOST_STEPS = 60
MOST_TIMES = 1000.0


def with_price(data: Data, number: int, times: float) -> Data:
    """The same with every price of the offer of this number ``times`` what it is."""
    price = data["offers"][number]["price"]
    if not isinstance(price, dict) or "amount" not in price:
        price = {"amount": price}
    price = {**price, "amount": _scaled(price["amount"], times)}
    if price.get("by_site"):
        price["by_site"] = {site: _scaled(amount, times) for site, amount in price["by_site"].items()}
    changed: Data = put(data, ("offers", number, "price"), price)
    return changed


def _scaled(amount: Any, times: float) -> Any:
    if isinstance(amount, dict):
        return {key: item if key == "interpolate" else item * times for key, item in amount.items()}
    return [item * times for item in amount] if isinstance(amount, list) else amount * times


def first_price(data: Data, number: int) -> float:
    """The first price written for the offer, in its currency."""
    price: Any = data["offers"][number]["price"]
    price = price.get("amount", price) if isinstance(price, dict) else price
    if isinstance(price, dict):
        price = next(item for key, item in price.items() if key != "interpolate")
    return float(price[0] if isinstance(price, list) else price)


@dataclass(frozen=True)
class Repriced:
    """One plan, and what it costs at other prices of one offer; prices are given as ``times`` today's.

    ``number``: the offer's place in ``data``. In every future the cost is a straight line in the price; the measure the policy
    makes least bends where it weighs the worst of them.
    """

    data: Data
    number: int
    plan: Plan

    def cost(self, times: float) -> float:
        """What the policy makes least, at that price."""
        free, today = self._futures
        return measure(self._scenario, self._chances, [f + times * (t - f) for f, t in zip(free, today, strict=True)])

    def crossing(self, level: float) -> float:
        """The highest price at which the plan costs no more than ``level``; below 0 where it would cost more even for free."""
        low, high = 0.0, 1.0
        if self.cost(low) > level:
            return low - (self.cost(low) - level) / max(self.slope, 1e-12)
        while self.cost(high) < level and high < MOST_TIMES:
            low, high = high, 2 * high
        for _ in range(MOST_STEPS):
            if high - low <= CLOSE:
                break
            middle = (low + high) / 2
            low, high = (middle, high) if self.cost(middle) <= level else (low, middle)
        return high if self.cost(high) <= level else low

    def keeps_rules(self, times: float) -> bool:
        """Whether the plan still keeps every rule at that price: budgets and shares of spend move with it."""
        return not self._at(times).violations

    @property
    def slope(self) -> float:
        """Cost per ``times`` of today's price, from nothing to today's: the offer's units, discounted."""
        return self.cost(1.0) - self.cost(0.0)

    @cached_property
    def _futures(self) -> tuple[list[float], list[float]]:
        """Cost of every future when the offer is free, and at today's price."""
        free, today = self._at(0.0), self._at(1.0)
        return _costs(free), _costs(today)

    @cached_property
    def _chances(self) -> list[float]:
        return [future.probability for future in self._at(1.0).futures]

    @cached_property
    def _known(self) -> dict[float, TreeEvaluation]:
        return {}

    def _at(self, times: float) -> TreeEvaluation:
        if times not in self._known:
            scenario = Scenario.model_validate(with_price(self.data, self.number, times))
            self._known[times] = evaluate_tree(scenario, self._decisions)
        return self._known[times]

    @cached_property
    def _scenario(self) -> Scenario:
        return Scenario.model_validate(self.data)

    @cached_property
    def _decisions(self) -> TreeDecisions:
        units: dict[tuple[str, str, str, str, str], float] = defaultdict(float)
        for order in self.plan.orders:
            units[order.node, order.offer, order.site, order.order_period, order.ship_period] += order.units
        names = self._scenario.calendar.names
        orders = [
            (node, Purchase(offer, site, names.index(period), names.index(ships), amount))
            for (node, offer, site, period, ships), amount in units.items()
        ]
        vettings = tuple((v.supplier, v.node) for v in self.plan.vetting)
        return TreeDecisions(vettings, tuple((s.supplier, s.node) for s in self.plan.signings), tuple(orders))


def _costs(found: TreeEvaluation) -> list[float]:
    return [future.measures["expected_cost"] for future in found.futures]
