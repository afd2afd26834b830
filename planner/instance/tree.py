"""Nodes: points in time in one course of events. A certain world is a chain."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from planner.scenario.calendar import Calendar
from planner.vocabulary import ROOT


@dataclass(frozen=True, slots=True)
class Node:
    """One node. ``index`` is its place in ``Tree.nodes`` (parents first); ``parent`` is -1 for the root."""

    index: int
    name: str
    parent: int
    period: int
    probability: float


@dataclass(frozen=True)
class Tree:
    """All nodes, parents before children. The root is today."""

    nodes: tuple[Node, ...]

    @cached_property
    def path(self) -> tuple[tuple[int, ...], ...]:
        """For each node the indices from the root down to it."""
        paths: list[tuple[int, ...]] = []
        for node in self.nodes:
            paths.append((*(paths[node.parent] if node.parent >= 0 else ()), node.index))
        return tuple(paths)

    @cached_property
    def leaves(self) -> tuple[int, ...]:
        """Indices of the nodes without children: one per future."""
        parents = {node.parent for node in self.nodes}
        return tuple(node.index for node in self.nodes if node.index not in parents)

    def below(self, top: int) -> tuple[int, ...]:
        """Indices of ``top`` and every node after it, parents first."""
        return tuple(node.index for node in self.nodes if top in self.path[node.index])

    def deepest(self, nodes: set[int]) -> tuple[int, ...]:
        """Those of ``nodes`` that have no other of them below."""
        above = {m for n in nodes for m in self.path[n][:-1]}
        return tuple(sorted(nodes - above))


def build_chain(calendar: Calendar) -> Tree:
    """The tree of a certain world: one node per period, probability 1."""
    names = (ROOT, *calendar.names[1:])
    return Tree(tuple(Node(p, name, p - 1, p, 1.0) for p, name in enumerate(names)))
