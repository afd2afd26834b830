"""The answer: plans in order, each with its results, none worse than another in both measures."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from planner.plan.plan import Plan
from planner.scenario.scenario import Scenario
from planner.studies.costs import ROUNDING, Cost, Difference
from planner.studies.frontier.axes import Axis
from planner.studies.solving import Ask, Solved

End = Literal["", "least against", "least of"]


@dataclass(frozen=True)
class Point:
    """One plan of the frontier: ``of`` and ``against`` are what it comes to on both axes.

    ``bound``: no plan that keeps ``ceiling`` comes to less on the first axis; ``ceiling`` is the most of the second that
    was allowed, None where nothing was. ``ask`` and ``solved`` are the question whose plan this is, and its answer; the
    bound may come from another question. ``step``: how much more it costs than the next point, which has more of the
    second measure. ``steps`` within the gaps are not distinguishable.
    """

    of: float
    against: float
    bound: float | None
    ceiling: float | None
    end: End
    ask: Ask
    solved: Solved
    signed: tuple[str, ...]
    step: Difference | None = None

    @property
    def plan(self) -> Plan:
        """The plan, audited."""
        assert self.solved.plan is not None
        return self.solved.plan

    @property
    def cost(self) -> Cost:
        """The first measure with what is proven about it."""
        return Cost(self.of, self.bound, self.solved.reason)

    @property
    def gap(self) -> float | None:
        """Fraction of the first measure that is not proven; None without a bound."""
        return None if self.bound is None else self.cost.gap / max(abs(self.of), 1e-9)

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON data; the plan is left out."""
        step = None if self.step is None else {**asdict(self.step), "distinct": self.step.distinct}
        return {
            "of": self.of, "against": self.against, "bound": self.bound, "gap": self.gap, "ceiling": self.ceiling,
            "end": self.end, "signed": list(self.signed), "measures": self.solved.measures, "step": step,
            "reason": self.solved.reason, "seconds": self.solved.seconds,
        }  # fmt: skip


@dataclass(frozen=True)
class Frontier:
    """The points from the least of the second measure to the least of the first; empty where there is no plan.

    ``knee`` is the place of the point farthest below the straight line between the ends, both measures scaled to the range
    they span; None where no point surely lies below it. ``gap`` was asked for. ``asked``: how many questions were solved;
    ``spared``: how many points needed none, because their neighbours prove them; ``dominated``: how many plans were worse
    than another in both measures, or the same. ``least``: surely no plan has less of the second measure, None where that
    is not proven. ``notes`` say what was left out, and why. ``code`` is the exit code of all solves together.
    """

    scenario: Scenario
    of: Axis
    against: Axis
    points: tuple[Point, ...]
    knee: int | None
    gap: float
    asked: int
    spared: int
    dominated: int
    least: float | None
    code: int
    notes: tuple[str, ...] = ()
    reason: str = ""

    @property
    def settled(self) -> bool:
        """Of a single point: whether it is proven to be the least of both, as closely as was asked for."""
        one = self.points[0]
        if self.least is None or one.gap is None:
            return False
        room = self.gap * abs(one.against) + ROUNDING * max(1.0, abs(one.against))
        return one.gap <= self.gap + ROUNDING and one.against - self.least <= room

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON data; plans are left out."""
        return {
            "of": self.of.as_dict(), "against": self.against.as_dict(), "gap": self.gap,
            "points": [{"number": i + 1, **point.as_dict(), "knee": i == self.knee} for i, point in enumerate(self.points)],
            "asked": self.asked, "spared": self.spared, "dominated": self.dominated, "least": self.least,
            "notes": list(self.notes), "reason": self.reason,
        }  # fmt: skip
