"""What a plan costs when the price of an offer is another, found by replaying it; no solve."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import Any

from planner.explain.editing import put
from planner.plan.audit.evaluation import TreeDecisions, evaluate_tree
from planner.plan.audit.lots import Purchase
from planner.plan.plan import Plan
from planner.scenario.scenario import Scenario
from planner.studies.worlds import Data

CLOSE = 1e-7
"""Part of the price to which a crossing is found."""
MOST_STEPS = 40
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
        price = next(item for key, item in price.items() if key not in ("interpolate", "currency", "escalation", "as_of"))
    return float(price[0] if isinstance(price, list) else price)


class Repriced:
    """One plan, and what it costs at other prices of one offer; prices are given as ``times`` today's."""

    def __init__(self, data: Data, number: int, plan: Plan, goal: str) -> None:
        """``number``: the offer's place in the data; ``goal`` the measure the policy makes least."""
        self.data, self.number, self.plan, self.goal = data, number, plan, goal
        self._known: dict[float, float] = {}

    def cost(self, times: float) -> float:
        """All costs of the plan at that price."""
        if times not in self._known:
            scenario = Scenario.model_validate(with_price(self.data, self.number, times))
            self._known[times] = evaluate_tree(scenario, self._decisions).measures[self.goal]
        return self._known[times]

    def crossing(self, level: float) -> float:
        """The price at which the plan costs ``level``; below 0 where it would cost more even for free.

        With one future the cost is a straight line in the price; where the worst futures are weighed it may bend.
        """
        low, high = 0.0, 1.0
        if self.cost(high) < level:
            while self.cost(high) < level and high < MOST_TIMES and self.slope > 0:
                low, high = high, 2 * high
        if self.cost(low) > level:
            return low - (self.cost(low) - level) / max(self.slope, 1e-12)
        for _ in range(MOST_STEPS):
            if high - low <= CLOSE or self.cost(high) - self.cost(low) <= 0:
                break
            straight = low + (high - low) * (level - self.cost(low)) / (self.cost(high) - self.cost(low))
            guess = min(max(straight, low), high)
            if abs(self.cost(guess) - level) <= 1e-9 * max(1.0, abs(level)):
                return guess
            low, high = (guess, high) if self.cost(guess) < level else (low, guess)
        return high if self.cost(high) <= level else low

    @cached_property
    def slope(self) -> float:
        """Cost per ``times`` of today's price, around it: the offer's units, discounted."""
        return self.cost(1.0) - self.cost(0.0)

    @cached_property
    def _decisions(self) -> TreeDecisions:
        units: dict[tuple[str, str, str, str, str], float] = defaultdict(float)
        for order in self.plan.orders:
            units[order.node, order.offer, order.site, order.order_period, order.ship_period] += order.units
        names = Scenario.model_validate(self.data).calendar.names
        orders = [
            (node, Purchase(offer, site, names.index(period), names.index(ships), amount))
            for (node, offer, site, period, ships), amount in units.items()
        ]
        vettings = tuple((v.supplier, v.node) for v in self.plan.vetting)
        return TreeDecisions(vettings, tuple((s.supplier, s.node) for s in self.plan.signings), tuple(orders))
