"""Compare figures of one kind: their median, and how far off is far."""

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
    """Figure number ``index`` is ``factor`` times the ``median`` of all (below 1: a fraction of it)."""

    index: int
    factor: float
    median: float

    def __str__(self) -> str:
        if self.factor >= 1:
            return f"{self.factor:,.0f} times the median"
        return f"{1 / self.factor:,.0f} times below the median"


def find_strays(figures: Sequence[float], limit: float) -> list[Stray]:
    """Figures at least ``limit`` times above or below the median; all figures must be above 0.

    Of two figures nobody can say which one is off: they are compared with ``THOUSAND`` and only the lower one is named,
    against the other one.
    """
    if len(figures) == 2:
        low, high = sorted(figures)
        return [Stray(figures.index(low), low / high, high)] if high >= max(limit, THOUSAND) * low else []
    if not figures:
        return []
    middle = median(figures)
    factors = ((index, figure / middle) for index, figure in enumerate(figures))
    return [Stray(index, factor, middle) for index, factor in factors if not 1 / limit < factor < limit]
