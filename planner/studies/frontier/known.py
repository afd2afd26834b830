"""What all questions asked so far prove about any limit: the best plan that keeps it, and what no such plan is below."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf

from planner.plan.plan import Plan
from planner.studies.costs import ROUNDING
from planner.studies.frontier.limits import room
from planner.studies.solving import Ask, Solved


@dataclass(frozen=True)
class Found:
    """One plan: what it comes to on both axes, the limit it was asked for with (inf: none), and its question and answer.

    ``aside``: it was found on the way to an end, and is no answer of its own.
    """

    of: float
    against: float
    limit: float
    ask: Ask
    solved: Solved
    aside: bool = False

    @property
    def plan(self) -> Plan:
        """The plan, audited."""
        assert self.solved.plan is not None
        return self.solved.plan


@dataclass
class Known:
    """Every plan found, and every bound of the first measure by the limit it was proven for.

    A plan that keeps a limit keeps every looser one; what is proven for a limit holds for every tighter one. ``lines`` are
    (weight, proven): no plan has (1 - weight) x first + weight x second below what is proven.
    """

    found: list[Found] = field(default_factory=list)
    bounds: list[tuple[float, float]] = field(default_factory=list)
    lines: list[tuple[float, float]] = field(default_factory=list)

    def best(self, limit: float) -> Found | None:
        """The plan of least first measure that keeps the limit; of two alike the one with less of the second."""
        kept = [one for one in self.found if one.against <= room(limit)]
        return min(kept, key=lambda one: (one.of, one.against), default=None)

    def bound(self, limit: float) -> float | None:
        """What no plan that keeps the limit is below; never above the best plan known that does."""
        held = [bound for at, bound in self.bounds if room(at) >= limit]
        held += [(proven - weight * limit) / (1 - weight) for weight, proven in self.lines if limit < inf]
        best = self.best(limit)
        if not held:
            return None
        return max(held) if best is None else min(max(held), best.of)

    def settles(self, limit: float, gap: float) -> bool:
        """Whether the best plan that keeps the limit is proven within the gap without asking."""
        best, bound = self.best(limit), self.bound(limit)
        return best is not None and bound is not None and best.of - bound <= gap * abs(best.of) + ROUNDING * abs(best.of)

    def around(self, limit: float) -> tuple[Found | None, Found | None]:
        """The nearest plans on both sides of a limit that none beats: one that keeps it, one that does not."""
        front = self.front()
        tight = [one for one in front if one.against <= room(limit)]
        wide = [one for one in front if one.against > room(limit)]
        return (tight[-1] if tight else None), (wide[0] if wide else None)

    def front(self) -> list[Found]:
        """The plans no other beats in both measures, from the least of the second; of equal ones the first found."""
        kept: list[Found] = []
        for one in sorted(self.found, key=lambda one: (one.against, one.of)):
            if kept and same(one.against, kept[-1].against) and one.of < kept[-1].of:
                kept.pop()
            if one.of < (kept[-1].of - ROUNDING * max(1.0, abs(one.of)) if kept else inf):
                kept.append(one)
        return kept


def same(one: float, two: float) -> bool:
    """Whether two numbers differ by rounding alone."""
    return abs(one - two) <= ROUNDING * max(1.0, abs(one), abs(two))
