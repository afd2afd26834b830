"""A bound, and better trunks, by cuts: the trunk is searched alone, with what the branches must cost as cuts.

The cuts are those of Benders' decomposition: for any prices of their rows the branches cost at least b - a x. The first
are made with the prices of the relaxation, so the bound starts there; every trunk found adds the prices at that trunk.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from planner.solvers.blocks import with_cuts
from planner.solvers.branches import Wood, find_trunks, finish_branches
from planner.solvers.highs import Run
from planner.solvers.layout import Mask
from planner.solvers.matrix import Floats, Ints, Matrix
from planner.solvers.polish import polish

ROUND_SECONDS = 4.0
ROUNDS = 8
"""How often a trunk is searched for, and the most seconds the first search may take; each later one may take longer."""
NEARLY = 1.5
"""A plan within so many times the gap is bettered, and the bound raised, before another trunk is looked for."""
FEASIBLE = 1e-9
"""By so much a cut must rule a trunk out to be worth keeping, in the objective's scale."""


@dataclass
class Trunk:
    """The trunk as a model of its own, and the cuts collected so far."""

    wood: Wood
    inside: list[Mask]
    rows: list[Mask]
    columns: Ints
    matrix: Matrix
    cuts: list[tuple[int, Floats, float]] = field(default_factory=list)
    tried: set[bytes] = field(default_factory=set)

    def learn(self, duals: Floats) -> None:
        """Add what every branch must cost, from prices of the rows."""
        for block, (inside, rows) in enumerate(zip(self.inside, self.rows, strict=True)):
            a, b = self.wood.parts.cut(inside, rows, duals, cost=True)
            self.cuts.append((block, a[self.columns], b))

    def bar(self, ray: Floats, values: Floats) -> None:
        """Add what a proof that the branches cannot follow ``values`` says about the trunk: only what rules them out."""
        for inside, rows in zip(self.inside, self.rows, strict=True):
            a, b = self.wood.parts.cut(inside, rows, ray, cost=False)
            if b - float(a @ values) > FEASIBLE:
                self.cuts.append((-1, a[self.columns], b))

    def key(self, values: Floats) -> bytes:
        """What tells trunks apart: their whole decisions."""
        decided = self.wood.whole & self.wood.layout.columns(self.wood.trunk)
        return values[decided].astype(np.int64).tobytes()

    def known(self, values: Floats) -> bool:
        """Whether this trunk has been tried."""
        return self.key(values) in self.tried

    def new(self, values: Floats) -> bool:
        """Whether this trunk has not been tried; it has been from now on."""
        new = not self.known(values)
        self.tried.add(self.key(values))
        return new

    def whole_of(self, found: Run) -> Floats | None:
        """A point of the whole matrix with the trunk as found, its whole columns whole; the branches are left at 0."""
        if found.values is None:
            return None
        m = self.wood.parts.matrix
        values = np.zeros(len(m.cost))
        values[self.columns] = found.values[: len(self.columns)]
        return np.where(m.whole, np.round(values), values)

    def search(self, gap: float, limit: float) -> Run:
        """The best trunk as far as the cuts tell; its bound holds for the full problem."""
        model = with_cuts(self.matrix, len(self.inside), self.cuts)
        return self.wood.log.ask(model, {"mip_rel_gap": gap}, limit, bounds=True)


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


def climb(wood: Wood, relaxed: Run, best: Floats | None = None, broken: Floats | None = None) -> Floats | None:
    """A plan by trunks and branches, and a bound by cuts, in turns until one of them is good enough or ``ROUNDS`` are over.

    ``relaxed``: the relaxation of the full problem; ``best``: a plan from elsewhere; ``broken``: one that is none here, but whose
    trunk may be. None if no plan was found.
    """
    assert relaxed.values is not None
    assert relaxed.duals is not None
    trunk = split(wood)
    trunk.learn(relaxed.duals)
    if broken is not None:
        best = _follow(trunk, np.where(np.isfinite(broken), broken, relaxed.values), best, learn=False)
        if wood.log.over:
            return best
    polished, by_cuts = None, _by_cuts(trunk)
    for values in find_trunks(wood, relaxed.values):
        best = _follow(trunk, values, best)
        if not wood.log.over and best is not None and best is not polished and wood.log.within(NEARLY * wood.log.gap):
            best = polished = polish(wood, relaxed, best)
            better = None if wood.log.over else next(by_cuts, None)
            best = best if better is None else _follow(trunk, better, best)
        if wood.log.over:
            return best
    if best is not None and best is not polished:
        best = polish(wood, relaxed, best)
    for values in by_cuts:
        better = _follow(trunk, values, best)
        if better is not None and better is not best:
            best = better if wood.log.over else polish(wood, relaxed, better)
    return best


def _follow(trunk: Trunk, values: Floats, best: Floats | None, learn: bool = True) -> Floats | None:
    """The plan with this trunk if it is better than the best one, else that; either way the cuts learn from it.

    Without ``learn`` nothing is learnt from a trunk the branches cannot follow: the proof can take longer than all the rest.
    """
    wood = trunk.wood
    if not trunk.new(values):
        return best
    point = wood.hold(wood.whole & wood.layout.columns(wood.trunk), values)
    if point.values is None or point.objective is None or point.duals is None:
        if learn:
            forbid(trunk, values)
        return best
    trunk.learn(point.duals)
    known = wood.log.incumbent
    if known is not None and point.objective >= known:
        return best
    plan = finish_branches(wood, point.values)
    return best if plan is None or (known is not None and wood.cost(plan) >= known) else plan


def _by_cuts(trunk: Trunk) -> Iterator[Floats]:
    """The best trunks as far as the cuts have learnt by then."""
    log = trunk.wood.log
    for turn in range(ROUNDS):
        if log.over:
            return
        log.enter(f"bound, round {turn + 1}")
        found = trunk.search(log.gap / 10, ROUND_SECONDS * (turn + 1))
        log.close()
        values = trunk.whole_of(found)
        if values is None or log.over:
            return
        known = trunk.known(values)
        yield values
        if known and found.finished:  # nothing was learnt, so nothing else would be found
            return


def forbid(trunk: Trunk, values: Floats) -> None:
    """A cut against a trunk the branches cannot follow."""
    wood = trunk.wood
    outside = ~np.any(trunk.inside, axis=0)
    m = wood.parts.matrix
    held = replace(m, lower=np.where(outside, values, m.lower), upper=np.where(outside, values, m.upper))
    proof = wood.log.ask(held, {"presolve": "off"}, whole=False)
    if proof.values is None and proof.duals is not None:
        for sign in (1.0, -1.0):
            trunk.bar(sign * proof.duals, values)
