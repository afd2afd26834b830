"""Compare one figure with the others of its kind: the median of the rest, and how far off is far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

UPSIDE_DOWN = 20.0
"""A rate of exchange used the wrong way round is off by its square: at least about 20 for rates worth a conversion."""
THOUSAND = 200.0
"""A figure this far off its median is more likely 1,000 times off than right: kinds differ by less than 5 times."""


@dataclass(frozen=True, slots=True)
class Stray:
    """Figure number ``index`` is ``factor`` times the ``median`` of the others (below 1: a fraction of it)."""

    index: int
    factor: float
    median: float

    def __str__(self) -> str:
        if self.factor >= 1:
            return f"{self.factor:,.0f} times the median"
        return f"{1 / self.factor:,.0f} times below the median"


def find_strays(figures: Sequence[float], limit: float) -> list[Stray]:
    """Figures at least ``limit`` times above or below the median of the others; all figures must be above 0.

    Of two figures nobody can say which one is off: they are compared with ``THOUSAND`` and only the lower one is named.
    """
    few = len(figures) == 2
    if len(figures) < 2:
        return []
    limit = max(limit, THOUSAND) if few else limit
    order = sorted(range(len(figures)), key=lambda i: figures[i])
    ranked = [figures[i] for i in order]
    strays = []
    for rank, index in enumerate(order[:1] if few else order):
        middle = _median_without(ranked, rank)
        factor = figures[index] / middle
        if factor >= limit or factor <= 1 / limit:
            strays.append(Stray(index, factor, middle))
    return sorted(strays, key=lambda stray: stray.index)


def _median_without(ranked: Sequence[float], rank: int) -> float:
    """Median of the ranked figures without the one at ``rank``."""
    rest = len(ranked) - 1
    low, high = (rest - 1) // 2, rest // 2
    picked = [ranked[i + (i >= rank)] for i in (low, high)]
    return median(picked)
