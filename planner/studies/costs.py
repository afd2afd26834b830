"""Costs with what is proven about them, and differences between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planner.plan.outcomes import find_worst
from planner.plan.plan import FutureCost
from planner.scenario.scenario import Scenario
from planner.studies.solving import Solved

ROUNDING = 1e-6
"""Part of a cost that two exact solves of the same question may differ by."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a plan costs and what none can be below; None where there is none, with the ``reason``."""

    value: float | None = None
    bound: float | None = None
    reason: str = ""

    @property
    def gap(self) -> float:
        """Room between the two, in money."""
        return max(0.0, self.value - self.bound) if self.value is not None and self.bound is not None else 0.0


@dataclass(frozen=True, slots=True)
class Difference:
    """How much more one cost is than another; surely between ``low`` and ``high``. ``room``: both gaps, and rounding."""

    value: float
    low: float
    high: float
    room: float

    @property
    def distinct(self) -> bool:
        """Whether the first surely costs more: the difference is larger than the gaps of the two together."""
        return self.value > self.room


def subtract(more: Cost, less: Cost) -> Difference | None:
    """The first cost less the second; None where one of them is not known."""
    if more.value is None or less.value is None or more.bound is None or less.bound is None:
        return None
    room = more.gap + less.gap + ROUNDING * max(abs(more.value), abs(less.value))
    return Difference(more.value - less.value, more.bound - less.value, more.value - less.bound, room)


def cost_of(solved: Solved) -> Cost:
    """The cost a solve has found."""
    return Cost(solved.value, solved.bound, solved.reason)


def measure(scenario: Scenario, chances: Sequence[float], costs: Sequence[float]) -> float:
    """(1 - risk weight) x mean + risk weight x mean of the worst futures: what the policy makes least."""
    weight = scenario.policy.risk_weight
    mean = sum(chance * cost for chance, cost in zip(chances, costs, strict=True))
    if not weight:
        return mean
    futures = [FutureCost("", "", chance, cost, 0, 0, 0, 0) for chance, cost in zip(chances, costs, strict=True)]
    return (1 - weight) * mean + weight * find_worst(futures, scenario.policy.tail)
