"""The price at which an offer enters the best plan, or leaves it.

For given quantities cost is a straight line in the price of one offer, so the best cost with the offer in the plan is a lower
envelope of lines: concave, and the steeper the cheaper the offer is. Where a line known reaches the cost of the best plan
without the offer, the best plan is at least as good; what it is there is the next line. From the first line on the prices only
grow, and when no better plan is found the price is the one at which the offer turns.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from planner.explain.asking import Asking, Question
from planner.explain.repricing import Repriced, with_price
from planner.plan.plan import Plan
from planner.studies.costs import ROUNDING, Cost
from planner.studies.solving import Solved
from planner.studies.worlds import Data

MOST_SOLVES = 6
CLOSE_ENOUGH = 5e-4
"""Part of today's price by which the turning price may still grow when the search ends."""


@dataclass
class Turning:
    """The search for one offer: ``number`` its place in the data, ``without`` the cost of the best plan that does not buy it.

    ``lines``: plans that buy it, one for each step. ``at``: the price (times today's) to look at next, None at the end.
    ``below``: what is proven at the last price looked at.
    """

    label: str
    offer: str
    number: int
    data: Data
    goal: str
    without: Cost
    least: float
    lines: list[Repriced] = field(default_factory=list)
    at: float | None = None
    looked: float | None = None
    below: float | None = None
    proven: bool = False
    open: str = ""

    def begin(self, plan: Plan | None) -> None:
        """Start with a plan that buys the offer."""
        if plan is None or self.without.value is None or not buys(plan, self.offer):
            self.open = "no plan that buys it is known"
            return
        self._add(plan)

    def _add(self, plan: Plan) -> None:
        assert self.without.value is not None
        self.lines.append(Repriced(self.data, self.number, plan, self.goal))
        known = max(line.crossing(self.without.value) for line in self.lines)
        grown = self.looked is None or known - self.looked > CLOSE_ENOUGH
        self.at = max(0.0, known) if grown and len(self.lines) <= MOST_SOLVES else None
        if known < 0 and self.looked == 0:
            self.at = None

    def question(self) -> Question:
        """The best plan at the price to look at."""
        assert self.at is not None
        return Question(f"{self.label} at {self.at:.4g} times its price", with_price(self.data, self.number, self.at))

    def hear(self, solved: Solved) -> None:
        """Take the best plan at that price."""
        self.looked, self.at, self.below = self.at, None, solved.bound
        if solved.value is None or self.without.value is None:
            self.open = solved.reason
            return
        noise = ROUNDING * max(1.0, abs(self.without.value))
        if solved.plan is not None and buys(solved.plan, self.offer) and solved.value < self.without.value - noise:
            self._add(solved.plan)
            if self.at is None:
                self.proven = False

    @property
    def low(self) -> float | None:
        """Surely worth buying up to here: a plan that buys it costs no more than any without it can."""
        if not self.lines or self.without.bound is None:
            return None
        best = max(line.crossing(self.without.bound) for line in self.lines)
        return best if best >= 0 else None

    @property
    def high(self) -> float | None:
        """Surely not worth buying above here: with the ``least`` that can be bought, every plan costs more than one without.

        Beyond the price looked at last, what is proven there grows at least by the least units' own price.
        """
        if self.below is None or self.looked is None or self.without.value is None or not self.lines:
            return None
        line = max(self.lines, key=lambda one: one.crossing(self.without.value or 0.0))
        slope = line.slope * self.least / max(units_of(line.plan, self.offer), self.least)
        if slope <= 0:
            return None
        return self.looked + max(0.0, self.without.value - self.below) / slope


def buys(plan: Plan, offer: str) -> bool:
    """Whether the plan orders the offer anywhere."""
    return any(order.offer == offer for order in plan.orders)


def units_of(plan: Plan, offer: str) -> float:
    """Units ordered of the offer, weighed by the chance of the node they are ordered at."""
    chances = {node.node: node.probability for node in plan.nodes}
    return sum(order.units * chances.get(order.node, 1.0) for order in plan.orders if order.offer == offer)


def find_turns(asking: Asking, turnings: list[Turning]) -> None:
    """Look on, of all offers at once, until each has turned."""
    while waiting := [turning for turning in turnings if turning.at is not None]:
        for turning, solved in zip(waiting, asking.ask([turning.question() for turning in waiting]), strict=True):
            turning.hear(solved)
