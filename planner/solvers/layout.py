"""Where the columns of a model stand in the tree of futures, so that a search can take it apart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from planner.solvers.matrix import Floats, Ints

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Layout:
    """``node``: by column its node, -1 for columns of all nodes; ``parent``, ``period`` and ``chance`` by node, parents first.

    Of siblings the first has the least news. A certain world is a single path.
    """

    node: Ints
    parent: tuple[int, ...]
    period: tuple[int, ...]
    chance: tuple[float, ...]

    @cached_property
    def stages(self) -> Ints:
        """By column the period its decision falls in, 0 for columns of all nodes."""
        return np.where(self.node >= 0, np.array(self.period, np.int32)[self.node], 0).astype(np.int32)

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """By node its children, the one with the least news first."""
        found: list[list[int]] = [[] for _ in self.parent]
        for node, parent in enumerate(self.parent):
            if parent >= 0:
                found[parent].append(node)
        return tuple(tuple(nodes) for nodes in found)

    def stretches(self, parts: int) -> tuple[Mask, ...]:
        """The calendar cut into so many stretches of time at most: by stretch which columns are decided in it."""
        periods = max(self.period) + 1
        length = -(-periods // min(parts, periods))
        return tuple((self.stages >= first) & (self.stages < first + length) for first in range(0, periods, length))

    @property
    def branches(self) -> bool:
        """Whether there is more than one future."""
        return any(len(nodes) > 1 for nodes in self.children)

    @cached_property
    def turns(self) -> Ints:
        """By node how often its path has left the one on which nothing more happens."""
        found = np.zeros(len(self.parent), np.int32)
        for node, parent in enumerate(self.parent):
            if parent >= 0:
                found[node] = found[parent] + (self.children[parent][0] != node)
        return found

    def at(self, nodes: Mask, everywhere: bool) -> Mask:
        """Which columns stand at nodes of the mask; ``everywhere`` for columns of all nodes."""
        return np.where(self.node >= 0, nodes[self.node], everywhere)

    def stand_in(self, gone: Mask) -> Floats:
        """By node how much more likely it is when the nodes ``gone`` never come, as a factor; 0 for those."""
        found = np.ones(len(self.parent))
        for node, parent in enumerate(self.parent):
            if parent >= 0:
                kept = sum(self.chance[child] for child in self.children[parent] if not gone[child])
                found[node] = 0.0 if gone[node] else found[parent] * self.chance[parent] / kept
        return found

    def chain(self, top: int) -> tuple[int, ...]:
        """From ``top`` on the path on which nothing more happens."""
        found = [top]
        while self.children[found[-1]]:
            found.append(self.children[found[-1]][0])
        return tuple(found)

    def tops(self, chain: tuple[int, ...]) -> tuple[int, ...]:
        """First nodes of the branches that leave the chain."""
        return tuple(child for node in chain for child in self.children[node][1:])

    def below(self, top: int) -> tuple[int, ...]:
        """``top`` and every node after it."""
        found = [top]
        for node in found:
            found.extend(self.children[node])
        return tuple(found)

    def columns(self, nodes: tuple[int, ...]) -> Mask:
        """Which columns stand at these nodes."""
        return np.isin(self.node, nodes)
