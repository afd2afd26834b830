"""The paths through the tree a plan stands on: nodes by name, their news, and the plan along one path."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from planner.plan.plan import FutureCost, Plan
from planner.scenario.grow import Moment, grow
from planner.scenario.news import Strike
from planner.scenario.scenario import Scenario


@dataclass(frozen=True)
class Paths:
    """The nodes of the tree by name. ``staged``: decisions follow the calendar alone and stand at the trunk's nodes."""

    moments: tuple[Moment, ...]
    staged: bool = False

    @cached_property
    def index(self) -> dict[str, int]:
        """Place of every node in ``moments``."""
        return {moment.name: i for i, moment in enumerate(self.moments)}

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each node its children, the one with the least news first."""
        found: list[list[int]] = [[] for _ in self.moments]
        for i, moment in enumerate(self.moments[1:], 1):
            found[moment.parent].append(i)
        return tuple(tuple(children) for children in found)

    @cached_property
    def trunk(self) -> tuple[str, ...]:
        """The nodes while nothing happens, one per period."""
        return self.to(self.onward(self.moments[0].name))

    @property
    def branches(self) -> bool:
        """Whether there is more than one future."""
        return len(self.moments) > len(self.trunk)

    def at(self, name: str) -> Moment:
        """The node of this name; KeyError where there is none."""
        return self.moments[self.index[name]]

    def parent(self, name: str) -> str:
        """Name of the node before; the root has none."""
        return self.moments[self.at(name).parent].name

    def to(self, name: str) -> tuple[str, ...]:
        """Names from the root down to the node, both included."""
        found, i = [], self.index[name]
        while i >= 0:
            found.append(self.moments[i].name)
            i = self.moments[i].parent
        return tuple(reversed(found))

    def onward(self, name: str) -> str:
        """The last node of the path on which nothing more happens after this node."""
        i = self.index[name]
        while self.children[i]:
            i = self.children[i][0]
        return self.moments[i].name

    def leaves(self, name: str) -> tuple[str, ...]:
        """The last nodes of all futures through the node, the one with the least news first."""
        found, waiting = [], [self.index[name]]
        while waiting:
            i = waiting.pop()
            waiting += reversed(self.children[i])
            if not self.children[i]:
                found.append(self.moments[i].name)
        return tuple(found)

    def news(self, name: str) -> tuple[Strike, ...]:
        """What becomes known at the node and was not certain to."""
        at = self.at(name)
        before = len(self.moments[at.parent].strikes) if at.parent >= 0 else 0
        return tuple(strike for strike in at.strikes[before:] if not strike.expected)

    def told(self, name: str) -> tuple[Strike, ...]:
        """All news up to the node that was not certain, in the order it came."""
        return tuple(strike for strike in self.at(name).strikes if not strike.expected)


def find_paths(scenario: Scenario) -> Paths:
    """The paths of the scenario's tree; a single one when nothing can happen. Raises TooManyNodes."""
    moments = grow(scenario).moments
    return Paths(moments, scenario.futures.mode == "two_stage" and len(moments) > scenario.calendar.periods)


def restrict_plan(plan: Plan, paths: Paths, leaf: str) -> Plan:
    """The plan in one future, which ends at ``leaf``: its decisions, output, gaps, payments and that future's costs.

    A plan without branches is returned as it is. In two stages every decision belongs to every future.
    """
    if not paths.branches:
        return plan
    on = frozenset(paths.to(leaf))
    decided = frozenset(paths.trunk) if paths.staged else on
    future = next((future for future in plan.futures if future.node == leaf), None)
    return replace(
        plan,
        vetting=tuple(item for item in plan.vetting if item.node in decided),
        signings=tuple(item for item in plan.signings if item.node in decided),
        orders=tuple(item for item in plan.orders if item.node in decided),
        idle=tuple(item for item in plan.idle if item.node in decided),
        output=tuple(item for item in plan.output if item.node in on),
        shortage=tuple(item for item in plan.shortage if item.node in on),
        cash=tuple(item for item in plan.cash if item.node in on),
        measures=costs_of(future) if future else plan.measures,
    )


def costs_of(future: FutureCost) -> dict[str, float]:
    """The costs of one future under the names of the measures."""
    return {
        "expected_cost": future.cost,
        "cash_cost": future.cash_cost,
        "shortage_cost": future.shortage_cost,
        "surplus_cost": future.surplus_cost,
        "shortage": future.shortage,
    }
