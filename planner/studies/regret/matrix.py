"""The answer: plans against worlds, what each plan costs more than the best of each world, and the plan that risks least."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from planner.plan.plan import Plan
from planner.scenario.scenario import Scenario
from planner.studies.costs import Cost, Difference
from planner.studies.solving import Solved


@dataclass(frozen=True)
class Candidate:
    """One way to begin: ``name`` of the file or the future its plan was made for. ``home`` is that world's place, or None."""

    name: str
    plan: Plan
    home: int | None = None


@dataclass(frozen=True)
class World:
    """A scenario or a future plans are replayed in. ``probability`` of a future, None for a scenario of its own.

    ``best``: the least that any plan costs in it; ``solved`` its own answer.
    """

    name: str
    probability: float | None
    best: Cost
    solved: Solved


@dataclass(frozen=True)
class Cell:
    """One plan begun in one world: ``cost`` with everything after today at its best; ``regret``: that less the world's best.

    ``kept``: whether it can be begun so there; None where no solve has found out. ``reason`` says why not. ``regret`` is
    None where it is not known, or without limit where ``kept`` is False.
    """

    cost: Cost
    regret: Difference | None
    kept: bool | None
    reason: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON data."""
        regret = None if self.regret is None else {**asdict(self.regret), "distinct": self.regret.distinct}
        return {"cost": asdict(self.cost), "regret": regret, "kept": self.kept, "reason": self.reason}


@dataclass(frozen=True)
class Worst:
    """The largest regret of a plan over all worlds, money; ``value`` None: without limit, or not known where ``open``.

    ``world`` is the place of the world it comes from. ``room``: what it may be off by; ``distinct``: larger than that.
    """

    value: float | None
    world: int | None
    room: float = 0.0
    distinct: bool = False
    open: bool = False


@dataclass(frozen=True)
class RegretMatrix:
    """Every plan in every world: ``cells`` by plan, then by world.

    ``choice`` is the place of the plan of least largest regret; None where every plan's is without limit or not known.
    ``tied`` are the places of plans whose largest regret is not distinguishable from the choice's.
    ``scenario`` is the first one, for its money. ``notes`` say what was left out, and why.
    """

    scenario: Scenario
    plans: tuple[Candidate, ...]
    worlds: tuple[World, ...]
    cells: tuple[tuple[Cell, ...], ...]
    worst: tuple[Worst, ...]
    choice: int | None
    tied: tuple[int, ...]
    gap: float
    code: int
    notes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON data; plans are left out."""
        return {
            "gap": self.gap,
            "worlds": [{"name": w.name, "probability": w.probability, "best": asdict(w.best)} for w in self.worlds],
            "plans": [
                {"name": plan.name, "home": plan.home, "worst": asdict(self.worst[i]),
                 "cells": [cell.as_dict() for cell in self.cells[i]]}
                for i, plan in enumerate(self.plans)
            ],
            "choice": self.choice,
            "tied": list(self.tied),
            "notes": list(self.notes),
        }  # fmt: skip
