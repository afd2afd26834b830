"""A good plan fast on a tree: decide the trunk with the branches relaxed, then every branch by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from planner.solvers.blocks import Parts
from planner.solvers.highs import Run
from planner.solvers.layout import Layout, Mask
from planner.solvers.log import Log
from planner.solvers.matrix import Floats, Ints, Matrix

TRUNK_SECONDS = 6.0
BRANCH_SECONDS = 4.0
"""Most the trunk, and each branch, may take: starts for proving, not answers."""
STEPS = 8
"""A stage may take one of so many parts of the time of its search."""
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

    def kernel(self, matrix: Matrix, gap: float, limit: float, whole: Mask, stages: Ints | None = None) -> Run | None:
        """Search first among what the relaxation of a part uses, or could use at no cost; then among everything.

        ``whole`` are the part's columns that are whole in the full problem: only they are left out. With ``stages`` the
        search begins from a plan made whole stage by stage.
        """
        relaxed = self.log.ask(matrix, {}, whole=False)
        if relaxed.values is None or relaxed.reduced_costs is None:
            return None
        used = (relaxed.values > 1e-6) | (relaxed.reduced_costs <= DEAR)
        near = replace(matrix, upper=np.where(whole & ~used, matrix.lower, matrix.upper))
        start = None if stages is None else self.step_down(near, gap, limit / STEPS, stages)
        done = self.log.ask(near, {"mip_rel_gap": gap}, limit, start=start)
        if done.values is None and not self.log.over:
            done = self.log.ask(matrix, {"mip_rel_gap": gap}, limit)
        return None if done.values is None else done

    def step_down(self, matrix: Matrix, gap: float, limit: float, stages: Ints) -> Floats | None:
        """A point of a part with its columns made whole stage by stage; None where that leads nowhere."""
        fixed, values = matrix, None
        for stage in sorted(set(stages[matrix.whole])):
            now = matrix.whole & (stages == stage)
            step = self.log.ask(replace(fixed, whole=now), {"mip_rel_gap": gap}, limit)
            if step.values is None:
                return None
            values, chosen = step.values, np.round(step.values)
            fixed = replace(fixed, lower=np.where(now, chosen, fixed.lower), upper=np.where(now, chosen, fixed.upper))
        return values


def find_trunk(wood: Wood, relaxed: Floats) -> Floats | None:
    """Decisions of the trunk: the tree cut to one turn, its futures standing for those behind them too.

    Only the trunk's whole columns of the answer mean something; None if there is none.
    """
    layout, parts = wood.layout, wood.parts
    wood.log.enter("trunk")
    deep, outside = layout.turns > 1, layout.node < 0
    behind = layout.at(deep, False)
    shares = layout.stand_in(deep)
    weighed = Parts(replace(parts.matrix, cost=parts.matrix.cost * np.where(outside, 1.0, shares[layout.node])))
    columns, matrix = weighed.held(
        ~behind & ~outside, np.where(behind, 0.0, relaxed), wood.whole & layout.columns(wood.trunk), behind
    )
    done = wood.kernel(matrix, wood.log.gap / 4, TRUNK_SECONDS, wood.whole[columns], layout.stages[columns])
    wood.log.close()
    if done is None or done.values is None:
        return None
    values = relaxed.copy()
    values[columns] = done.values
    decided = wood.whole & layout.columns(wood.trunk)
    values[decided] = np.round(values[decided])
    return values


def finish_branches(wood: Wood, values: Floats) -> Floats | None:
    """The point with every branch decided in whole units, one after the other; None if a branch cannot be."""
    wood.log.enter("branches")
    found = values.copy()
    for top in wood.layout.tops(wood.trunk):
        if wood.log.stop() or not _finish(wood, found, top):
            return None
    done = wood.hold(wood.whole, np.round(found))
    if done.values is None or done.objective is None:
        return None
    plan = np.where(wood.whole, np.round(found), done.values)
    wood.log.news(done.objective, None, plan)
    wood.log.close()
    return plan


def _finish(wood: Wood, found: Floats, top: int) -> bool:
    layout = wood.layout
    chain, below = layout.chain(top), layout.columns(layout.below(top))
    if not (wood.whole & below).any():
        return True
    decided = wood.whole & layout.columns(chain)
    columns, matrix = wood.parts.held(below, found, decided)
    done = wood.kernel(matrix, wood.log.gap / 10, BRANCH_SECONDS, wood.whole[columns])
    if done is None or done.values is None:
        return False
    found[columns] = done.values
    found[decided] = np.round(found[decided])
    return all(_finish(wood, found, branch) for branch in layout.tops(chain))
