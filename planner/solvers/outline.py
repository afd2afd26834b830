"""A first plan on a tree so large that its relaxation takes minutes: from the tree cut to one turn, before all else."""

from __future__ import annotations

from planner.solvers.branches import Wood, find_trunks, finish_branches, relax_outline
from planner.solvers.matrix import Floats

LARGE = 2_000_000
"""Nonzeros above which the relaxation of a tree is not waited for."""


def sketch(wood: Wood, large: int = LARGE) -> Floats | None:
    """A plan with a trunk of the outline; None if none was found, or if the tree is not so large."""
    if len(wood.parts.matrix.index) < large or wood.layout.turns.max() < 2:
        return None
    wood.log.enter("trunk")
    relaxed = relax_outline(wood)
    wood.log.close()
    if relaxed is None:
        return None
    for values in find_trunks(wood, relaxed):
        plan = finish_branches(wood, values)
        if plan is not None:
            return plan
    return None
