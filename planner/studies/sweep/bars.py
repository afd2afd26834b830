"""The answer of a tornado: every assumption at both its ends, by what it does to cost and to today's decisions."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from planner.scenario.scenario import Scenario
from planner.studies.costs import Cost, Difference
from planner.studies.first import Step


@dataclass(frozen=True, slots=True)
class Assumption:
    """One assumption of the register.

    ``places`` are the fields it stands in, ``offers.acme.price``: more than one where several parts give the same number
    for the same reason, and then all are varied together.
    ``value``, ``low`` and ``high`` are texts with their unit; ``stated``: both ends come from the register.
    """

    places: tuple[str, ...]
    value: str
    low: str
    high: str
    stated: bool
    note: str = ""

    @property
    def name(self) -> str:
        """The first of its places, and how many more there are."""
        more = len(self.places) - 1
        return self.places[0] + (f" and {more} more" if more else "")


@dataclass(frozen=True)
class Side:
    """An assumption at one end. ``more``: what the best plan costs there more than at the value assumed.

    ``changed``: whether today's decisions are others there; ``steps`` which, ``sure`` as in a Turn. ``estimate``: what the
    plan at hand, kept as it is, costs more there; None where it cannot be kept. Without a solve ``cost`` is empty, and
    ``reason`` says why. ``infeasible``: it is proven that there is no plan at this end.
    """

    value: str
    cost: Cost
    more: Difference | None
    changed: bool | None
    sure: bool | None
    steps: tuple[Step, ...]
    estimate: float | None
    reason: str = ""
    infeasible: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON data."""
        more = None if self.more is None else {**asdict(self.more), "distinct": abs(self.more.value) > self.more.room}
        return {**asdict(self), "more": more, "steps": [asdict(step) for step in self.steps]}


@dataclass(frozen=True)
class Bar:
    """One assumption at both ends; an end is None where it is the value assumed."""

    assumption: Assumption
    low: Side | None
    high: Side | None

    @property
    def effect(self) -> float:
        """The largest change of cost at an end, money; an estimate where it was not solved."""
        return max((_size(side) for side in (self.low, self.high) if side), default=0.0)

    @property
    def solved(self) -> bool:
        """Whether an end was solved, and not only estimated."""
        return any(side.cost.value is not None or side.infeasible for side in (self.low, self.high) if side)

    @property
    def distinct(self) -> bool:
        """Whether cost surely changes at an end, or no plan is left there."""
        return any(_surely(side) for side in (self.low, self.high) if side)

    @property
    def changes(self) -> bool | None:
        """Whether today's decisions surely change at an end; None where that is not known and none surely does."""
        found = [side.sure if side.changed is not False else False for side in (self.low, self.high) if side]
        return True if True in found else None if None in found else False

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON data."""
        sides = {name: side.as_dict() if side else None for name, side in (("low", self.low), ("high", self.high))}
        about = {**asdict(self.assumption), "places": list(self.assumption.places), "name": self.assumption.name}
        found = {"effect": self.effect, "distinct": self.distinct, "changes": self.changes}
        return {**{f"{key}_text" if key in sides else key: value for key, value in about.items()}, **sides, **found}


def _size(side: Side) -> float:
    return abs(side.more.value) if side.more else abs(side.estimate or 0.0)


def _surely(side: Side) -> bool:
    return abs(side.more.value) > side.more.room if side.more else side.infeasible


@dataclass(frozen=True)
class Tornado:
    """Bars by their effect on cost, the largest first. ``base``: cost at the values assumed.

    ``left_out``: assumptions that were estimated and not solved, by their estimate; ``skipped``: (place, why) of those that
    are no number to vary. ``spread``: part of a value taken where the register states no range.
    """

    scenario: Scenario
    base: Cost
    bars: tuple[Bar, ...]
    left_out: tuple[Bar, ...]
    skipped: tuple[tuple[str, str], ...]
    spread: float
    gap: float
    solves: int
    code: int

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON data; plans are left out."""
        return {
            "gap": self.gap, "spread": self.spread, "base": asdict(self.base), "solves": self.solves,
            "bars": [bar.as_dict() for bar in self.bars], "left_out": [bar.as_dict() for bar in self.left_out],
            "skipped": [{"place": place, "why": why} for place, why in self.skipped],
        }  # fmt: skip
