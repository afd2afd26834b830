"""The cells of a grid: which combination of values each has, and its name."""

from __future__ import annotations

import itertools
import math
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planner.batch.grid.variation import Variation
from planner.errors import UsageError

MOST_CELLS = 100_000
LONGEST = 120
"""Letters of a cell's name after that of its base; longer ones are cut and numbered."""
_ODD = re.compile(r"[^\w.+=-]+")


@dataclass(frozen=True, slots=True)
class Cell:
    """One combination. ``name`` follows the base's name, such as ``acme.price=x0.9``; ``values`` one per variation."""

    name: str
    values: tuple[str, ...]


def build_cells(variations: Sequence[Variation], sample: int | None, seed: int) -> list[Cell]:
    """Every combination in the order of the values; or ``sample`` random ones, the same for the same ``seed``.

    Raises UsageError for more combinations than can be, and for a range without a sample.
    """
    size = math.prod(len(variation.values) for variation in variations if not variation.drawn)
    ranges = any(variation.drawn for variation in variations)
    if sample is None:
        if ranges:
            raise UsageError("a range such as 0.8..1.2 has no end of values; say with --sample how many are to be drawn")
        if size > MOST_CELLS:
            raise UsageError(f"--vary makes {size:,} combinations; allowed: at most {MOST_CELLS:,}; draw some with --sample")
        return _name(variations, itertools.product(*(variation.values for variation in variations)))
    most = MOST_CELLS if ranges else min(size, MOST_CELLS)
    if not 1 <= sample <= most:
        raise UsageError(f"--sample is {sample}; allowed: 1 to {most}, different combinations of what --vary says")
    return _name(variations, _draw(variations, sample, seed))


def _draw(variations: Sequence[Variation], sample: int, seed: int) -> Iterator[tuple[str, ...]]:
    """Different combinations, each as likely as any other."""
    dice = random.Random(seed)  # noqa: S311 - a sample, not a secret
    seen: set[tuple[str, ...]] = set()
    tries = 0
    while len(seen) < sample:
        values = tuple(_pick(variation, dice.random()) for variation in variations)
        tries += 1
        if values not in seen:
            seen.add(values)
            yield values
        elif tries > 1000 * sample:
            raise UsageError(f"--sample is {sample}, but only {len(seen)} different combinations could be drawn")


def _pick(variation: Variation, share: float) -> str:
    """The value at a share (0 to 1) of the way; those of a range have four figures, so that names stay readable."""
    if not variation.drawn:
        return variation.values[int(share * len(variation.values))]
    value = float(f"{variation.low + share * (variation.high - variation.low):.4g}")
    return repr(int(value)) if value == int(value) else f"{value:.12f}".rstrip("0")


def _name(variations: Sequence[Variation], combinations: Iterator[tuple[str, ...]]) -> list[Cell]:
    labels = [variation.label for variation in variations]
    if len(set(labels)) < len(labels):
        labels = [variation.select for variation in variations]
    cells: list[Cell] = []
    used: set[str] = set()
    for number, values in enumerate(combinations, 1):
        parts = [
            f"{label}={variation.describe(value)}" for label, variation, value in zip(labels, variations, values, strict=True)
        ]
        name = _ODD.sub("-", "_".join(parts)).strip("-.")
        if len(name) > LONGEST or name.casefold() in used:
            name = f"{name[:LONGEST].rstrip('-.')}_{number}"
        used.add(name.casefold())
        cells.append(Cell(name, values))
    return cells
