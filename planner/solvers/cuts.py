"""A bound, and better trunks, by cuts: the trunk is searched alone, with what the branches must cost as cuts.

The cuts are those of Benders' decomposition: for any prices of their rows the branches cost at least b - a x. The first
are made with the prices of the relaxation, so the bound starts there; every trunk found adds the prices at that trunk.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from planner.solvers.blocks import with_cuts
from planner.solvers.branches import Wood, find_trunk, finish_branches
from planner.solvers.highs import Run
from planner.solvers.layout import Mask
from planner.solvers.matrix import Floats, Ints, Matrix
from planner.solvers.polish import polish

ROUND_SECONDS = 4.0
ROUNDS = 8
"""How often a trunk is searched for, and the most seconds it may take."""


@dataclass
class Trunk:
    """The trunk as a model of its own, and the cuts collected so far."""

    wood: Wood
    inside: list[Mask]
    rows: list[Mask]
    columns: Ints
    matrix: Matrix
    cuts: list[tuple[int, Floats, float]] = field(default_factory=list)

    def learn(self, duals: Floats, *, cost: bool = True) -> None:
        """Add one cut per branch from prices of the rows; without ``cost`` the prices are a proof that there is no point."""
        for block, (inside, rows) in enumerate(zip(self.inside, self.rows, strict=True)):
            a, b = self.wood.parts.cut(inside, rows, duals, cost=cost)
            if cost or b > 1e-9:
                self.cuts.append((block if cost else -1, a[self.columns], b))

    def whole_of(self, found: Run) -> Floats | None:
        """A point of the whole matrix with the trunk as found, its whole columns whole; the branches are left at 0."""
        if found.values is None:
            return None
        m = self.wood.parts.matrix
        values = np.zeros(len(m.cost))
        values[self.columns] = found.values[: len(self.columns)]
        return np.where(m.whole, np.round(values), values)

    def search(self, gap: float) -> Run:
        """The best trunk as far as the cuts tell; its bound holds for the full problem."""
        model = with_cuts(self.matrix, len(self.inside), self.cuts)
        return self.wood.log.ask(model, {"mip_rel_gap": gap}, ROUND_SECONDS, bounds=True)


def split(wood: Wood) -> Trunk:
    """The trunk apart from its branches. Branches that a row couples are taken together."""
    layout, parts = wood.layout, wood.parts
    tops = layout.tops(wood.trunk)
    inside = [layout.columns(layout.below(top)) for top in tops]
    rows = [parts.rows_of(columns) for columns in inside]
    if np.any(np.sum(rows, axis=0) > 1):
        inside, rows = [np.any(inside, axis=0)], [np.any(rows, axis=0)]
    outside = ~np.any(inside, axis=0)
    columns, matrix = parts.alone(outside, ~np.any(rows, axis=0), wood.whole)
    return Trunk(wood, inside, rows, columns, matrix)


def climb(wood: Wood, relaxed: Run) -> Floats | None:
    """A plan by trunks and branches, and a bound by cuts, in turns until one of them is good enough or ``ROUNDS`` are over.

    ``relaxed``: the relaxation of the full problem. None if no plan was found.
    """
    assert relaxed.values is not None
    assert relaxed.duals is not None
    trunk, best, least = split(wood), None, np.inf
    trunk.learn(relaxed.duals)
    values = find_trunk(wood, relaxed.values)
    for turn in range(ROUNDS):
        if values is not None:
            point = wood.hold(wood.whole & wood.layout.columns(wood.trunk), values)
            if point.values is None or point.objective is None or point.duals is None:
                forbid(trunk, values)
            else:
                trunk.learn(point.duals)
                if point.objective < least and (wood.log.incumbent is None or point.objective < wood.log.incumbent):
                    least, known = point.objective, wood.log.incumbent
                    plan = finish_branches(wood, point.values)
                    if plan is not None and (known is None or wood.cost(plan) < known):
                        best = plan if wood.log.over else polish(wood, relaxed, plan)
        if wood.log.over:
            break
        wood.log.enter(f"bound, round {turn + 1}")
        found = trunk.search(wood.log.gap / 10)
        wood.log.close()
        values = trunk.whole_of(found)
        if values is None or wood.log.over:
            break
    return best


def forbid(trunk: Trunk, values: Floats) -> None:
    """A cut against a trunk the branches cannot follow."""
    wood = trunk.wood
    outside = ~np.any(trunk.inside, axis=0)
    m = wood.parts.matrix
    held = replace(m, lower=np.where(outside, values, m.lower), upper=np.where(outside, values, m.upper))
    proof = wood.log.ask(held, {"presolve": "off"}, whole=False)
    if proof.values is None and proof.duals is not None:
        for sign in (1.0, -1.0):
            trunk.learn(sign * proof.duals, cost=False)
