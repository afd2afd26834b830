"""Parts of a model: some columns free, the others held; and what must at least be paid outside a part, as a cut."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from planner.solvers.layout import Mask
from planner.solvers.matrix import Floats, Ints, Matrix

WIDE = 1e7
"""Stands for the largest value a column without a bound can take, in the objective's scale, when a cut is made safe."""
NOISE = 1e-9


@dataclass(frozen=True)
class Parts:
    """A matrix that can be taken apart. Row and column numbers are the whole matrix's."""

    matrix: Matrix

    @cached_property
    def row(self) -> Ints:
        """The row of every entry."""
        counts = np.diff(self.matrix.starts)
        return np.repeat(np.arange(len(counts), dtype=np.int32), counts)

    def activity(self, values: Floats) -> Floats:
        """Left side of every row."""
        m = self.matrix
        return np.bincount(self.row, m.values * values[m.index], minlength=len(m.row_lower)).astype(np.float64)

    def weigh(self, duals: Floats) -> Floats:
        """Sum over the rows of dual times entry, by column."""
        m = self.matrix
        return np.bincount(m.index, m.values * duals[self.row], minlength=len(m.cost)).astype(np.float64)

    def rows_of(self, columns: Mask) -> Mask:
        """Which rows have any of the columns."""
        found = np.zeros(len(self.matrix.row_lower), dtype=bool)
        found[self.row[columns[self.matrix.index]]] = True
        return found

    def held(self, free: Mask, values: Floats, whole: Mask, gone: Mask | None = None) -> tuple[Ints, Matrix]:
        """Numbers of the free columns and their model, everything else held at ``values``. ``whole``: by column.

        Rows that have any column that is ``gone`` are left out.
        """
        rows = self.rows_of(free)
        if gone is not None:
            rows &= ~self.rows_of(gone)
        fixed = np.where(free, 0.0, values)
        return self._part(free, rows, self.activity(fixed), float(self.matrix.cost @ fixed), whole)

    def alone(self, free: Mask, rows: Mask, whole: Mask) -> tuple[Ints, Matrix]:
        """Numbers of the free columns and the model of these rows alone; they must have no other columns."""
        return self._part(free, rows, np.zeros(len(rows)), 0.0, whole)

    def _part(self, free: Mask, rows: Mask, done: Floats, paid: float, whole: Mask) -> tuple[Ints, Matrix]:
        m = self.matrix
        columns = np.flatnonzero(free).astype(np.int32)
        number = np.full(len(free), -1, np.int32)
        number[columns] = np.arange(len(columns), dtype=np.int32)
        entries = rows[self.row] & free[m.index]
        counts = np.bincount(self.row[entries], minlength=len(rows))[rows]
        starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
        return columns, Matrix(
            m.cost[columns], m.offset + paid, m.scale, m.lower[columns], m.upper[columns], whole[columns],
            m.row_lower[rows] - done[rows], m.row_upper[rows] - done[rows], starts, number[m.index[entries]], m.values[entries],
        )  # fmt: skip

    def cut(self, inside: Mask, rows: Mask, duals: Floats, *, cost: bool) -> tuple[Floats, float]:
        """Coefficients a by column outside and b such that what the inside costs is at least b - a x, for every x.

        It holds for any ``duals`` of the rows: prices that are off make the cut weaker, never wrong. Without ``cost`` the
        duals are a ray, and b - a x must not be above 0 for the inside to have a point at all.
        """
        m = self.matrix
        duals = np.where(rows, duals, 0.0)
        # a price on a side that does not exist is no price
        duals = np.where((duals > 0) & ~np.isfinite(m.row_lower), 0.0, duals)
        duals = np.where((duals < 0) & ~np.isfinite(m.row_upper), 0.0, duals)
        sides = np.where(duals > 0, m.row_lower, m.row_upper)
        weight = self.weigh(duals)
        reduced = np.where(inside, (m.cost if cost else 0.0) - weight, 0.0)
        bound = np.where(reduced > 0, m.lower, m.upper)
        wide = WIDE * max(1.0, m.scale)
        bound = np.where(np.isfinite(bound), bound, np.where(reduced > 0, -wide, wide))
        bound = np.where(np.abs(reduced) <= NOISE * 1e-3, 0.0, bound)
        constant = float(np.sum(duals[duals != 0] * sides[duals != 0]) + np.sum((reduced * bound)[inside]))
        return np.where(inside, 0.0, weight), constant


def with_cuts(matrix: Matrix, blocks: int, cuts: list[tuple[int, Floats, float]]) -> Matrix:
    """The matrix with one more column per block, for what the block costs, and the cuts: (block, a, b).

    A cut of block -1 is about having a point at all: b - a x <= 0. The engine drops entries that are too small: what they
    can come to is taken from b, and a cut where that has no end is left out.
    """
    columns = len(matrix.cost)
    index, values, starts, lower = [matrix.index], [matrix.values], [matrix.starts], []
    end = int(matrix.starts[-1])
    for block, a, b in cuts:
        biggest = max(1.0, float(np.abs(a).max(initial=0.0)))
        used = np.flatnonzero(np.abs(a) > NOISE * biggest)
        small = np.flatnonzero((a != 0) & (np.abs(a) <= NOISE * biggest))
        spare = float(np.maximum(a[small] * matrix.lower[small], a[small] * matrix.upper[small]).sum())
        if not np.isfinite(spare):
            continue
        extra = [columns + block] if block >= 0 else []
        index.append(np.array([*used, *extra], np.int32))
        values.append(np.array([*a[used], *([1.0] * len(extra))]) / biggest)
        end += len(used) + len(extra)
        starts.append(np.array([end], np.int32))
        lower.append((b - spare) / biggest)
    return Matrix(
        np.concatenate([matrix.cost, np.ones(blocks)]), matrix.offset, matrix.scale,
        np.concatenate([matrix.lower, np.full(blocks, -WIDE)]), np.concatenate([matrix.upper, np.full(blocks, np.inf)]),
        np.concatenate([matrix.whole, np.zeros(blocks, dtype=bool)]),
        np.concatenate([matrix.row_lower, np.array(lower)]), np.concatenate([matrix.row_upper, np.full(len(lower), np.inf)]),
        np.concatenate(starts), np.concatenate(index), np.concatenate(values),
    )  # fmt: skip
