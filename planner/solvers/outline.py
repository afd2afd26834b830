"""Trees so large that their relaxation takes many minutes: a first plan and a bound without it, from the tree cut to one turn."""

from __future__ import annotations

import numpy as np

from planner.solvers.blocks import with_cuts
from planner.solvers.branches import Wood, find_trunks, finish_branches, relax_outline
from planner.solvers.cuts import Trunk, split
from planner.solvers.matrix import Floats

LARGE = 2_000_000
"""Nonzeros above which the relaxation of a tree is not waited for."""
ROUNDS = 20
ENOUGH = 0.1
"""The bound is left when a round raises it by less than this part of the gap to prove."""


def sketch(wood: Wood, large: int = LARGE) -> Floats | None:
    """A plan with a trunk of the outline; None if none was found, or if the tree is not so large. Also raises the bound."""
    if len(wood.parts.matrix.index) < large or wood.layout.turns.max() < 2:
        return None
    wood.log.enter("trunk")
    relaxed = relax_outline(wood)
    wood.log.close()
    if relaxed is None:
        return None
    plans = (finish_branches(wood, values) for values in find_trunks(wood, relaxed))
    plan = next((plan for plan in plans if plan is not None), None)
    raise_bound(wood, relaxed)
    return plan


def raise_bound(wood: Wood, point: Floats) -> None:
    """Come near the bound of the relaxation by Benders cuts, every branch by itself. ``point``: where the trunk may be best.

    Each second round looks half way between the last point and the one the cuts find best: these lie far out at first.
    """
    log, trunk = wood.log, split(wood)
    for turn in range(ROUNDS):
        if log.over:
            return
        log.enter(f"bound, round {turn + 1}")
        _learn_at(trunk, point)
        found = log.ask(with_cuts(trunk.matrix, len(trunk.inside), trunk.cuts), {}, whole=False)
        before = log.bound
        if found.finished:  # the relaxation of a model with less rules
            log.news(None, found.objective)
        log.close()
        if found.values is None or log.bound is None:
            return
        if before is not None and log.bound - before <= ENOUGH * log.gap * abs(log.bound):
            return
        best = np.zeros(len(point))
        best[trunk.columns] = found.values[: len(trunk.columns)]
        point = best if turn % 2 else (best + point) / 2


def _learn_at(trunk: Trunk, point: Floats) -> None:
    """Cuts with the prices of every branch where the trunk is as in ``point``; where a branch has none there, against that."""
    parts, log = trunk.wood.parts, trunk.wood.log
    prices, divisible = np.zeros(len(parts.matrix.row_lower)), np.zeros(len(point), dtype=bool)
    for inside, rows in zip(trunk.inside, trunk.rows, strict=True):
        if log.over:  # cuts without prices say less, nothing wrong
            break
        done = log.ask(parts.held(inside, point, divisible)[1], {}, whole=False)
        if done.duals is None:
            continue
        if done.values is not None:
            prices[rows] = done.duals
            continue
        ray = np.zeros(len(prices))
        ray[rows] = done.duals
        for sign in (1.0, -1.0):
            trunk.bar(sign * ray, point)
    trunk.learn(prices)
