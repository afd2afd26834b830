"""What every report looks at: a scenario, its plan, and who may be named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from planner.explain.shortfall.find import find_gaps
from planner.explain.shortfall.reason import Gap
from planner.explain.shortfall.world import World, build_world
from planner.plan.paths import Paths, find_paths, restrict_plan
from planner.plan.plan import Plan
from planner.plan.reactions import Reaction, find_reactions
from planner.report.mask import NOTHING_MASKED, Mask
from planner.report.table import digits_for, grouped
from planner.scenario.dates import period_name, window_start
from planner.scenario.money import Money
from planner.scenario.scenario import Scenario

SHORT = {"units": "", "thousands": " k", "millions": " m"}


@dataclass(frozen=True)
class View:
    """One answer to report on. Ids and prices reach paper and screen only through ``mask``.

    ``plan`` is what is done in one future, usually the one in which nothing happens; ``whole`` is the plan with what
    is done in every other (None: ``plan`` has no branches). ``grown`` is its tree where it is known already,
    ``leaf`` the node at which the future of ``plan`` ends.
    """

    scenario: Scenario
    plan: Plan
    mask: Mask = NOTHING_MASKED
    whole: Plan | None = None
    grown: Paths | None = None
    leaf: str = ""

    @cached_property
    def paths(self) -> Paths:
        """The tree the whole plan stands on."""
        return self.grown or find_paths(self.scenario)

    @cached_property
    def reactions(self) -> tuple[Reaction, ...]:
        """What is done otherwise at every node with news."""
        return find_reactions(self.scenario, self.everything, self.paths) if self.branches else ()

    @cached_property
    def world(self) -> World:
        """The plan in every future laid over the scenario's numbers."""
        return build_world(self.scenario, self.everything)

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """The capacity gaps of this future with their reasons."""
        return find_gaps(self.world, self.leaf) if self.plan.shortage else ()

    @property
    def everything(self) -> Plan:
        """The plan in every future."""
        return self.whole or self.plan

    @property
    def branches(self) -> bool:
        """Whether the plan has more than one future."""
        return len(self.everything.futures) > 1

    def along(self, leaf: str) -> View:
        """The same answer in the future that ends at the node ``leaf``."""
        plan = restrict_plan(self.everything, self.paths, leaf)
        found = View(self.scenario, plan, self.mask, self.everything, self.paths, leaf)
        if "world" in self.__dict__:  # the same in every future, and not found twice
            found.__dict__["world"] = self.world
        return found

    def supplier(self, supplier: str) -> str:
        """The supplier's name as people know it."""
        return self.mask.supplier(supplier) if self.mask.hides(supplier) else self.scenario.supplier[supplier].name or supplier

    def period(self, day: date) -> str:
        """Name of the calendar period of a day, also beyond the horizon."""
        step = self.scenario.calendar.step
        return period_name(window_start(day, step), step)

    @property
    def this_period(self) -> str:
        """What 'now' is called: this quarter or this month."""
        return f"this {self.scenario.calendar.step}"


def open_view(scenario: Scenario, plan: Plan, mask: Mask) -> View:
    """The plan while nothing happens, with the whole plan behind it."""
    if len(plan.futures) <= 1:
        return View(scenario, plan, mask)
    whole = View(scenario, plan, mask, plan)
    return whole.along(whole.paths.trunk[-1])


def money_unit(money: Money) -> str:
    """``USD m``: the base currency in the scenario's units."""
    return f"{money.currency}{SHORT[money.unit]}"


def show_money(amount: float, money: Money) -> str:
    """``USD 1,234 m``."""
    return f"{money.currency} {grouped(amount, digits_for(amount))}{SHORT[money.unit]}"
