"""Nodes: points in time in one course of events. A certain world is a chain."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from planner.scenario.grow import grow
from planner.scenario.news import Strike
from planner.scenario.scenario import Scenario

Strikes = tuple[Strike, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """One node. ``index`` is its place in ``Tree.nodes`` (parents first); ``parent`` is -1 for the root.

    ``strikes``: all news known there, in the order it came.
    """

    index: int
    name: str
    parent: int
    period: int
    probability: float
    strikes: Strikes = ()


@dataclass(frozen=True)
class Tree:
    """All nodes, parents before children, the least news first among siblings. The root is today.

    ``staged``: decisions follow the calendar alone; those of a period stand at the trunk's node.
    """

    nodes: tuple[Node, ...]
    staged: bool = False
    cut_mass: float = 0.0

    @cached_property
    def path(self) -> tuple[tuple[int, ...], ...]:
        """For each node the indices from the root down to it: one for each period."""
        paths: list[tuple[int, ...]] = []
        for node in self.nodes:
            paths.append((*(paths[node.parent] if node.parent >= 0 else ()), node.index))
        return tuple(paths)

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each node its children, the one with the least news first."""
        found: list[list[int]] = [[] for _ in self.nodes]
        for node in self.nodes[1:]:
            found[node.parent].append(node.index)
        return tuple(tuple(children) for children in found)

    @cached_property
    def leaves(self) -> tuple[int, ...]:
        """Indices of the nodes without children: one per future."""
        return tuple(node.index for node in self.nodes if not self.children[node.index])

    @cached_property
    def leaves_below(self) -> tuple[tuple[int, ...], ...]:
        """For each node the leaves of the futures that pass it, the one with the least news first."""
        found: list[tuple[int, ...]] = [()] * len(self.nodes)
        for node in reversed(self.nodes):
            below = tuple(leaf for child in self.children[node.index] for leaf in found[child])
            found[node.index] = below or (node.index,)
        return tuple(found)

    @cached_property
    def by_period(self) -> tuple[tuple[int, ...], ...]:
        """The nodes of each period."""
        periods: list[list[int]] = [[] for _ in range(self.nodes[-1].period + 1)]
        for node in self.nodes:
            periods[node.period].append(node.index)
        return tuple(tuple(nodes) for nodes in periods)

    @cached_property
    def trunk(self) -> tuple[int, ...]:
        """The path on which nothing happens that was not certain: one node per period."""
        return self.path[self.leaves_below[0][0]]

    @cached_property
    def decides(self) -> tuple[int, ...]:
        """For each node the node at which its decisions stand."""
        return tuple(self.trunk[node.period] if self.staged else node.index for node in self.nodes)

    @cached_property
    def deciding(self) -> tuple[Node, ...]:
        """The nodes at which decisions stand."""
        return tuple(self.nodes[n] for n in self.trunk) if self.staged else self.nodes

    @cached_property
    def told(self) -> tuple[tuple[int, ...], ...]:
        """For each node the nodes whose decisions have been taken there."""
        return tuple(tuple(self.decides[m] for m in path) for path in self.path)

    def carried_out(self, decision: int) -> tuple[int, ...]:
        """The nodes at which a decision that stands at ``decision`` is carried out."""
        return self.by_period[self.nodes[decision].period] if self.staged else (decision,)

    def below(self, top: int) -> tuple[int, ...]:
        """Indices of ``top`` and every node after it, parents first."""
        depth = self.nodes[top].period
        return tuple(n.index for n in self.nodes[top:] if n.period >= depth and self.path[n.index][depth] == top)

    def deepest(self, nodes: set[int]) -> tuple[int, ...]:
        """Those of ``nodes`` that have no other of them below."""
        above = {m for n in nodes for m in self.path[n][:-1]}
        return tuple(sorted(nodes - above))

    @cached_property
    def turn_of(self) -> dict[int, tuple[int, int]]:
        """Leaf -> (node where its future leaves its neighbour's, leaf of that neighbour), for every leaf but the trunk's.

        The neighbour is the future that has the least news from the parent of that node on. A number known for every
        leaf is a sum of differences along its path, and they are 0 except where a future turns off.
        """
        found = {}
        for leaf in self.leaves:
            node = leaf
            while self.nodes[node].parent >= 0 and self.children[self.nodes[node].parent][0] == node:
                node = self.nodes[node].parent
            if self.nodes[node].parent >= 0:
                found[leaf] = node, self.leaves_below[self.nodes[node].parent][0]
        return found


def build_tree(scenario: Scenario) -> Tree:
    """The tree of the scenario; a chain when nothing can happen. Raises TooManyNodes."""
    grown = grow(scenario)
    nodes = tuple(
        Node(i, moment.name, moment.parent, moment.period, moment.probability, moment.strikes)
        for i, moment in enumerate(grown.moments)
    )
    return Tree(nodes, scenario.futures.mode == "two_stage" and len(nodes) > scenario.calendar.periods, grown.cut_mass)
