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

MOST_SOLVES = 5
CLOSE_ENOUGH = 5e-4
"""Part of today's price by which the turning price may still grow when the search ends."""
FAR = 3.0
"""Times today's price beyond which nobody needs to know any closer."""


@dataclass
class Turning:
    """The search for one offer: ``number`` its place in the data, ``without`` the cost of the best plan that does not buy it.

    Prices are times today's. ``least``: so many units of a plan known are what the least order costs in any other at least.
    ``known``: a price at which a plan with the offer is at least as good. ``lines``: plans that buy it, one for each step.
    ``at``: the price to look at next, None at the end.
    ``ends``: the least price looked at where nothing better than without was found, and ``there`` what was.
    """

    offer: str
    number: int
    data: Data
    without: Cost
    least: float
    known: float = 0.0
    lines: list[Repriced] = field(default_factory=list)
    at: float | None = None
    ends: float | None = None
    there: Cost = field(default_factory=Cost)
    sure: list[float] = field(default_factory=list)
    solves: int = 0

    def begin(self, plan: Plan | None) -> None:
        """Start with a plan that buys the offer; without one nothing is found."""
        if plan is None or self.without.value is None or not buys(plan, self.offer):
            return
        self.lines.append(Repriced(self.data, self.number, plan))
        reached = min(max(self.known, 0.0, self.lines[0].crossing(self.without.value)), FAR)
        bound = self.without.bound
        if reached == FAR and bound is not None and self.lines[0].cost(FAR) <= bound and self.lines[0].keeps_rules(FAR):
            self.sure.append(FAR)  # nobody needs to know any closer
        else:
            self.at = reached

    @property
    def far(self) -> float:
        """How far from today's price the next look is: the nearest matters most."""
        return abs((self.at or 0.0) - 1)

    def question(self) -> Question:
        """The best plan at the price to look at."""
        assert self.at is not None
        data, words = with_price(self.data, self.number, self.at), f"{self.offer} at {self.at:.4g} times its price"
        return Question(words, data, tighter=self.at >= 1, near=self.lines[-1].plan)

    def hear(self, solved: Solved) -> None:
        """Take the best plan at that price, and choose the next one."""
        looked, self.at = self.at or 0.0, None
        if solved.value is None or solved.plan is None or self.without.value is None:
            return
        self.solves += 1
        found = buys(solved.plan, self.offer)
        if found and self.without.bound is not None and solved.value <= self.without.bound:
            self.sure.append(looked)
        if found and solved.value < self.without.value - ROUNDING * max(1.0, abs(self.without.value)):
            self.lines.append(Repriced(self.data, self.number, solved.plan))
            self.known = max(self.known, looked)
        else:
            self.ends, self.there = looked, Cost(solved.value, solved.bound)
        self._choose()

    def _choose(self) -> None:
        """Where a line with all its rules kept reaches furthest; where none does, the middle of what is not known."""
        self.known = max([self.known, *self._reaches(self.without.value or 0.0)])
        top = FAR if self.ends is None else self.ends
        if self.solves >= MOST_SOLVES or top - self.known <= CLOSE_ENOUGH or (self.ends is None and self.known >= FAR):
            return
        new = self.known if self.lines and self._is_line(self.known) else (self.known + top) / 2
        self.at = min(new, FAR)

    def _is_line(self, price: float) -> bool:
        return any(abs(reach - price) < 1e-9 for reach in self._reaches(self.without.value or 0.0))

    def _reaches(self, level: float) -> list[float]:
        found = [(line, line.crossing(level)) for line in self.lines]
        return [price for line, price in found if price >= 0 and line.keeps_rules(price)]

    @property
    def low(self) -> float | None:
        """Surely worth buying up to here: a plan that buys it, and keeps every rule, costs no more than any without it can."""
        if self.without.bound is None:
            return None
        return max([*self._reaches(self.without.bound), *self.sure], default=None)

    @property
    def high(self) -> float | None:
        """Surely not worth buying above here: with the ``least`` that can be bought, every plan costs more than one without.

        Beyond the price looked at, what is proven there grows at least by the price of the least units.
        """
        if self.there.bound is None or self.ends is None or self.without.value is None:
            return None
        line = max(self.lines, key=lambda one: one.crossing(self.without.value or 0.0))
        slope = line.slope * self.least / max(units_of(line.plan, self.offer), 1e-9)
        room = max(0.0, self.without.value - self.there.bound)
        if slope <= 0:
            return self.ends if room <= ROUNDING * abs(self.without.value) else None
        return self.ends + room / slope


def buys(plan: Plan, offer: str) -> bool:
    """Whether the plan orders the offer anywhere."""
    return any(order.offer == offer for order in plan.orders)


def units_of(plan: Plan, offer: str) -> float:
    """Units ordered of the offer, weighed by the chance of the node they are ordered at."""
    chances = {node.node: node.probability for node in plan.nodes}
    return sum(order.units * chances.get(order.node, 1.0) for order in plan.orders if order.offer == offer)


def find_turns(asking: Asking, turnings: list[Turning]) -> None:
    """Look on, of all offers at once, the nearest to turning first, until each has turned."""
    while waiting := sorted((turning for turning in turnings if turning.at is not None), key=lambda one: one.far):
        for turning, solved in zip(waiting, asking.ask([turning.question() for turning in waiting]), strict=True):
            turning.hear(solved)
