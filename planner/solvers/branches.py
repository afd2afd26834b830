"""A good plan fast on a tree: decide the trunk with the branches relaxed, then every branch by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from planner.solvers.blocks import Parts
from planner.solvers.dive import step_down
from planner.solvers.highs import Run
from planner.solvers.layout import Layout, Mask
from planner.solvers.log import Log
from planner.solvers.matrix import Floats, Ints, Matrix

TRUNK_SECONDS = 6.0
BRANCH_SECONDS = 4.0
PATIENCE = 8.0
"""Most the trunk, and each branch, may take: starts for proving, not answers. Or so many times what its relaxation took."""
HALVES = 2
"""Into so many stretches of time the trunk is cut for a quick answer."""
DEAR = 1e-9
"""Reduced cost above which a column the relaxation leaves unused stays unused in a first look."""


@dataclass(frozen=True)
class Wood:
    """A model on a tree, ready to be taken apart. ``outside``: columns of the trunk and of all nodes."""

    parts: Parts
    layout: Layout
    log: Log

    @property
    def whole(self) -> Mask:
        """Which columns are whole decisions."""
        return self.parts.matrix.whole

    @property
    def trunk(self) -> tuple[int, ...]:
        """The path on which nothing happens."""
        return self.layout.chain(0)

    def cost(self, values: Floats) -> float:
        """True cost of a point."""
        m = self.parts.matrix
        return float(m.cost @ values + m.offset) * m.scale

    def hold(self, columns: Mask, values: Floats) -> Run:
        """The relaxation with some columns held."""
        m = self.parts.matrix
        held = replace(m, lower=np.where(columns, values, m.lower), upper=np.where(columns, values, m.upper))
        return self.log.ask(held, {}, whole=False)

    def settle(self, values: Floats) -> tuple[Floats, float] | None:
        """The plan with whole columns exactly whole and all else at its cheapest, and its true cost; None if there is none.

        The engine keeps rules to a millionth while it searches; where one binds, exactly whole units may need that much room.
        """
        m, exact = self.parts.matrix, np.round(values)
        held = replace(m, lower=np.where(self.whole, exact, m.lower), upper=np.where(self.whole, exact, m.upper))
        for room in ({}, {"primal_feasibility_tolerance": 1e-6}):
            done = self.log.ask(held, room, whole=False)
            if done.values is not None and done.objective is not None:
                return np.where(self.whole, exact, done.values), done.objective
        return None

    def narrow(self, matrix: Matrix, whole: Mask) -> tuple[Matrix, float] | None:
        """A part of the model with what its relaxation does not use, and could not use at no cost, left out.

        ``whole`` are the part's columns that are whole in the full problem: only they are left out. Also the seconds of a
        reasonable search, measured by the relaxation. None without a point.
        """
        relaxed = self.log.ask(matrix, {}, whole=False)
        if relaxed.values is None or relaxed.reduced_costs is None:
            return None
        used = (relaxed.values > 1e-6) | (relaxed.reduced_costs <= DEAR)
        return replace(matrix, upper=np.where(whole & ~used, matrix.lower, matrix.upper)), PATIENCE * relaxed.seconds

    def decide(self, near: Matrix, matrix: Matrix, gap: float, limit: float, start: Floats | None = None) -> Floats | None:
        """Search first the narrowed part, then, if there is no point in it, the whole part."""
        done = self.log.ask(near, {"mip_rel_gap": gap}, limit, start=start)
        if done.values is None and not self.log.over:
            done = self.log.ask(matrix, {"mip_rel_gap": gap}, limit)
        return done.values


def relax_outline(wood: Wood) -> Floats | None:
    """The relaxation of the tree cut to one turn; 0 behind."""
    outline, behind = _find_outline(wood)
    columns, matrix = outline.held(~behind, np.zeros(len(behind)), wood.whole, behind)
    relaxed = wood.log.ask(matrix, {}, whole=False)
    if relaxed.values is None:
        return None
    values = np.zeros(len(behind))
    values[columns] = relaxed.values
    return values


def _find_outline(wood: Wood) -> tuple[Parts, Mask]:
    """The tree cut to one turn, and what is behind; its futures stand for those behind them too."""
    layout, matrix = wood.layout, wood.parts.matrix
    deep, shares = layout.turns > 1, layout.stand_in(layout.turns > 1)
    weighed = replace(matrix, cost=matrix.cost * np.where(layout.node < 0, 1.0, shares[layout.node]))
    return Parts(weighed), layout.at(deep, False)


def find_trunks(wood: Wood, relaxed: Floats) -> Iterator[Floats]:
    """Decisions of the trunk, a quick answer and then a better one. Only the trunk's whole columns of an answer count.

    The tree is cut to one turn; its futures stand for those behind them too.
    """
    layout, log = wood.layout, wood.log
    log.enter("trunk")
    outline, behind = _find_outline(wood)
    columns, matrix = outline.held(
        ~behind & (layout.node >= 0), np.where(behind, 0.0, relaxed), wood.whole & layout.columns(wood.trunk), behind
    )
    narrowed = wood.narrow(matrix, wood.whole[columns])
    if narrowed is None:
        return
    near, limit = narrowed[0], max(TRUNK_SECONDS, narrowed[1])
    stretches = tuple(stretch[columns] for stretch in layout.stretches(HALVES))
    first = step_down(log, near, stretches, log.gap / 2, limit / 2)
    log.close()
    if first is not None:
        yield _trunk_of(wood, columns, first, relaxed)
    log.enter("trunk")
    better = wood.decide(near, matrix, log.gap / 4, limit, first)
    log.close()
    if better is not None:
        yield _trunk_of(wood, columns, better, relaxed)


def _trunk_of(wood: Wood, columns: Ints, found: Floats, relaxed: Floats) -> Floats:
    values = relaxed.copy()
    values[columns] = found
    return np.where(wood.whole & wood.layout.columns(wood.trunk), np.round(values), values)


def finish_branches(wood: Wood, values: Floats) -> Floats | None:
    """The point with every branch decided in whole units, one after the other; None if a branch cannot be."""
    wood.log.enter("branches")
    found = values.copy()
    for top in wood.layout.tops(wood.trunk):
        if wood.log.stop() or not _finish(wood, found, top):
            return None
    done = wood.settle(found)
    if done is None:
        return None
    wood.log.news(done[1], None, done[0])
    wood.log.close()
    return done[0]


def _finish(wood: Wood, found: Floats, top: int) -> bool:
    """Decide all below ``top`` in ``found``. What lies further out than a branch is looked at within that branch alone."""
    layout = wood.layout
    below = layout.columns(layout.below(top))
    if not (wood.whole & below).any():
        return True
    columns, model = wood.parts.held(below, found, wood.whole)
    branch = Wood(Parts(model), replace(layout, node=layout.node[columns]), wood.log)
    chain = layout.chain(top)
    decided = branch.whole & branch.layout.columns(chain)
    matrix = replace(model, whole=decided)
    near = branch.narrow(matrix, branch.whole)
    if near is None:
        return False
    gap, limit = wood.log.gap / 10, max(BRANCH_SECONDS, near[1])
    done = branch.decide(near[0], matrix, gap, limit)
    if done is None and not wood.log.over:
        done = step_down(wood.log, matrix, branch.layout.stretches(HALVES), gap, limit)
    if done is None:
        return False
    done = np.where(decided, np.round(done), done)
    if not all(_finish(branch, done, further) for further in layout.tops(chain)):
        return False
    found[columns] = done
    return True
