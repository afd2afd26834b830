"""A plan laid back over its scenario's numbers: what is ordered, what runs, what is free in every row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from planner.instance.build import build_instance
from planner.instance.courses import CourseBook
from planner.instance.instance import Instance
from planner.instance.lookup import Lookup
from planner.instance.pools import Pool, find_pools
from planner.plan.plan import Plan, Shortage
from planner.scenario.scenario import Scenario

MOST_NODES = 500
"""Trees up to here are looked at as a whole; of larger ones only the course in which nothing happens."""
Spot = tuple[str, str]
"""(step, site)."""


@dataclass(frozen=True)
class World:
    """A plan and the numbers of its scenario. ``plan`` holds every future; nodes it does not share with ``data`` are left out."""

    scenario: Scenario
    plan: Plan
    data: Instance

    @cached_property
    def look(self) -> Lookup:
        """Reads the scenario's series."""
        return Lookup(self.scenario)

    @cached_property
    def book(self) -> CourseBook:
        """What becomes of units."""
        return CourseBook(self.look, self.data.tree)

    @cached_property
    def pools(self) -> dict[str, Pool]:
        """Pools of slots by id."""
        return {pool.id: pool for pool in find_pools(self.scenario)}

    @cached_property
    def node(self) -> dict[str, int]:
        """Node names to their places in the tree."""
        return {node.name: node.index for node in self.data.tree.nodes}

    @cached_property
    def column(self) -> dict[tuple[str, str, int, int], int]:
        """(offer, site, node, ship period) -> order column."""
        return {(c.offer, c.site, c.node, c.ship_period): i for i, c in enumerate(self.data.orders)}

    @cached_property
    def units(self) -> dict[int, float]:
        """Units the plan orders, by order column."""
        names = {name: p for p, name in enumerate(self.scenario.calendar.names)}
        found: dict[int, float] = defaultdict(float)
        for order in self.plan.orders:
            key = (order.offer, order.site, self.node.get(order.node, -1), names[order.ship_period])
            if key in self.column:
                found[self.column[key]] += order.units
        return dict(found)

    @cached_property
    def signed(self) -> dict[str, frozenset[int]]:
        """By supplier the nodes at which it is signed."""
        return self._at((s.supplier, s.node) for s in self.plan.signings)

    @cached_property
    def vetted(self) -> dict[str, frozenset[int]]:
        """By supplier the nodes at which its qualification begins."""
        return self._at((v.supplier, v.node) for v in self.plan.vetting)

    def _at(self, decided: Iterator[tuple[str, str]]) -> dict[str, frozenset[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for supplier, name in decided:
            if name in self.node:
                found[supplier].add(self.node[name])
        return {supplier: frozenset(nodes) for supplier, nodes in found.items()}

    @cached_property
    def installed(self) -> dict[Spot, list[float]]:
        """MW a year that tools of a step at a site could run, by node; signed contracts included."""
        added: dict[Spot, dict[int, float]] = defaultdict(lambda: defaultdict(float))
        for (step, site, n), terms in self.data.capacity.items():
            added[step, site][n] += sum(gain * self.units[i] for i, gain in terms if i in self.units)
        for (step, site, n), gain in self.data.installed.items():
            added[step, site][n] += gain
        return {spot: self._summed(gains) for spot, gains in added.items()}

    def _summed(self, gains: dict[int, float]) -> list[float]:
        found: list[float] = []
        for node in self.data.tree.nodes:
            before = found[node.parent] if node.parent >= 0 else 0.0
            found.append(before + gains.get(node.index, 0.0))
        return found

    @cached_property
    def used(self) -> dict[tuple[str, str, int], float]:
        """MW a year run through a step at a site, by (step, site, node)."""
        found: dict[tuple[str, str, int], float] = defaultdict(float)
        for output in self.plan.output:
            if output.node in self.node:
                for step in self.scenario.routes[output.route].steps:
                    found[step, output.site, self.node[output.node]] += output.mw
        return dict(found)

    @cached_property
    def running(self) -> dict[tuple[str, int], float]:
        """MW a year that a site puts out, by (site, node)."""
        found: dict[tuple[str, int], float] = defaultdict(float)
        for output in self.plan.output:
            if output.node in self.node:
                found[output.site, self.node[output.node]] += output.mw
        return dict(found)

    @cached_property
    def short(self) -> dict[tuple[str, int], Shortage]:
        """Capacity gaps by (demand, node)."""
        return {(s.demand, self.node[s.node]): s for s in self.plan.shortage if s.node in self.node}

    def spare(self, step: str, site: str, node: int) -> float:
        """MW a year of a step at a site that stand idle."""
        held = self.installed.get((step, site))
        return max(0.0, (held[node] if held else 0.0) - self.used.get((step, site, node), 0.0))


def build_world(scenario: Scenario, plan: Plan) -> World:
    """The plan over the whole tree; over the course in which nothing happens where the tree is large."""
    if len(plan.nodes) > MOST_NODES:
        scenario = scenario.model_copy(update={"futures": scenario.futures.model_copy(update={"max_shocks": 0})})
    return World(scenario, plan, build_instance(scenario))
