"""The plan that is explained: how exactly and how long it is solved, under which name its answers are kept."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from planner.commands.guard import say
from planner.explain.asking import Limits
from planner.explain.explain import costs_only
from planner.options import Options
from planner.report.answer import Answer
from planner.report.mask import Mask, build_mask
from planner.report.table import show_share
from planner.report.view import show_money
from planner.result import find_gap, find_versions
from planner.scenario.fingerprint import fingerprint
from planner.scenario.money import Money
from planner.scenario.read import ReadScenario
from planner.scenario.scenario import Scenario
from planner.studies.solving import Ask, Solved, Solver
from planner.studies.worlds import Data

MOST_FOR_PLAN, SHARE_FOR_PLAN = 60.0, 0.4
"""Seconds that finding the plan itself may take where nothing is said, else what part of all time."""
LEAST_IN_ALL, MOST_IN_ALL, TIMES_PLAN = 20.0, 180.0, 14.0
"""Without a limit: seconds for everything at the least and at the most, and how many times what the plan took."""
LEAST_EACH, TIMES_EACH, PART_EACH = 0.7, 0.5, 0.1
"""Seconds one question gets at the least, how many times what the plan took, and what part of everything at the most."""


@dataclass(frozen=True)
class Seconds:
    """How long everything may take, if that is said."""

    whole: float | None

    @property
    def for_plan(self) -> float:
        """For the plan itself."""
        return MOST_FOR_PLAN if self.whole is None else SHARE_FOR_PLAN * self.whole

    def limits(self, base: Solved, began: float) -> Limits:
        """For the questions, when the plan has been found. ``began``: on the monotonic clock."""
        whole = self.whole or min(MOST_IN_ALL, max(LEAST_IN_ALL, TIMES_PLAN * base.seconds))
        each = max(LEAST_EACH, min(TIMES_EACH * base.seconds, PART_EACH * whole))
        return Limits(max(0.0, whole - (time.monotonic() - began)), each)


@dataclass(frozen=True)
class Plan:
    """A scenario whose plan is to be explained. ``own``: what is solved is the scenario itself, not one with cost put first."""

    path: Path
    read: ReadScenario
    options: Options
    solver: Solver
    mask: Mask
    data: Data
    began: float = field(default_factory=time.monotonic)

    @property
    def scenario(self) -> Scenario:
        """As it was read."""
        return self.read.scenario

    @property
    def own(self) -> bool:
        """Whether the plan explained is the scenario's own."""
        return self.data is self.read.document.data

    @cached_property
    def key(self) -> str:
        """Fingerprint of all that the plan depends on."""
        solved = self.scenario if self.own else Scenario.model_validate(self.data)
        return fingerprint(solved, self.solver.options.answer_dict(), find_versions())

    @property
    def folder(self) -> str:
        """Name of the results folder."""
        return f"{self.path.stem}-{self.key[:8]}"

    def answer(self, base: Solved) -> Answer:
        """The plan as an answer to report on."""
        assert base.result is not None
        return Answer(self.read.document, self.scenario, base.result, self.mask, self.solver.options.as_dict())


def open_plan(path: Path, read: ReadScenario, options: Options) -> Plan:
    """What is to be solved. The time limit of ``options`` is for everything."""
    data, mask, money = costs_only(read.document.data), build_mask(read.scenario), read.scenario.money
    asked = replace(options, time_limit=Seconds(options.time_limit).for_plan, reasons=False)
    solver = Solver(path.stem, asked, lambda solved: say(show_progress(solved, money, mask)))
    return Plan(path, read, options, solver, mask, data)


def solve_base(plan: Plan) -> Solved:
    """The plan itself."""
    if not plan.own:
        say("the scenario asks for the ramp first; what is explained is the plan of least cost")
    return plan.solver.solve(Ask("the plan itself", plan.data))


def show_progress(solved: Solved, money: Money, mask: Mask) -> str:
    """``without acme: USD 812 m, gap 0.31 % (0.4 s)``."""
    label, seconds = mask.text(solved.label), f"({solved.seconds:.1f} s)"
    if solved.value is None:
        return f"{label}: {solved.reason} {seconds}"
    gap = find_gap(solved.value, solved.bound)
    return f"{label}: {show_money(solved.value, money)}{'' if gap is None else f', gap {show_share(gap)}'} {seconds}"
