"""The answer of a sweep: a grid of solves over one or two numbers, and where today's decisions change on it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from planner.plan.plan import Plan
from planner.scenario.scenario import Scenario
from planner.studies.costs import Cost, Difference
from planner.studies.first import Step
from planner.studies.solving import Solved

Action = Literal["set", "multiply", "add"]


@dataclass(frozen=True, slots=True)
class Vary:
    """A number, or all that ``select`` picks out, over ``values``: each is set, multiplied by it, or has it added."""

    select: str
    action: Action
    values: tuple[float, ...]

    @property
    def name(self) -> str:
        """What is varied, as the command line says it."""
        return self.select + {"set": "", "multiply": " times", "add": " plus"}[self.action]


@dataclass(frozen=True)
class Cell:
    """The best plan at one value of each number. ``signed``: suppliers ordered from in some future, by id.

    ``cost`` is empty and ``reason`` says why where there is no plan, or the scenario cannot be with these numbers.
    """

    values: tuple[float, ...]
    cost: Cost
    solved: Solved | None
    signed: tuple[str, ...] = ()
    reason: str = ""

    @property
    def plan(self) -> Plan | None:
        """The plan, audited."""
        return self.solved.plan if self.solved else None

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON data; the plan is left out."""
        return {
            "values": list(self.values), "cost": asdict(self.cost), "signed": list(self.signed), "reason": self.reason,
            "measures": self.solved.measures if self.solved else {}, "seconds": self.solved.seconds if self.solved else 0.0,
        }  # fmt: skip


@dataclass(frozen=True)
class Turn:
    """Between two neighbouring cells (places ``before`` and ``after``) today's decisions change, as ``steps`` say.

    ``more``: what beginning as before costs more at ``after``; None where that is impossible, or no solve has found out.
    ``sure``: whether it surely costs more, or is impossible; None where that is not known.
    """

    before: int
    after: int
    steps: tuple[Step, ...]
    more: Difference | None
    sure: bool | None

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON data."""
        more = None if self.more is None else {**asdict(self.more), "distinct": self.more.distinct}
        return {
            "before": self.before, "after": self.after, "steps": [asdict(step) for step in self.steps], "more": more,
            "sure": self.sure,
        }  # fmt: skip


@dataclass(frozen=True)
class Sweep:
    """One cell for each combination of values, the last number fastest. ``turns`` where today's decisions change.

    ``base`` is what the file says of each number: text with its unit, empty where a selector picks out different ones.
    """

    scenario: Scenario
    varies: tuple[Vary, ...]
    base: tuple[str, ...]
    cells: tuple[Cell, ...]
    turns: tuple[Turn, ...]
    gap: float
    code: int

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON data; plans are left out."""
        varies = [{**asdict(v), "values": list(v.values), "base": b} for v, b in zip(self.varies, self.base, strict=True)]
        return {
            "gap": self.gap, "vary": varies, "cells": [cell.as_dict() for cell in self.cells],
            "turns": [turn.as_dict() for turn in self.turns],
        }  # fmt: skip
