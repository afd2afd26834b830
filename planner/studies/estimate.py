"""Means, shares and averages of the worst with the confidence random futures allow."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from planner.studies.days import Flags, Floats

Z = 1.959963984540054
"""Standard errors on each side of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over random futures; ``low`` and ``high`` hold the true one with 95 % confidence."""

    mean: float
    low: float
    high: float


def estimate_mean(values: Floats) -> Estimate:
    """The mean of independent values."""
    mean = float(values.mean())
    off = Z * float(values.std(ddof=1)) / sqrt(len(values)) if len(values) > 1 else 0.0
    return Estimate(mean, mean - off, mean + off)


def estimate_share(flags: Flags) -> Estimate:
    """The share of futures in which something holds; the interval is Wilson's, sound near 0 and 1."""
    count, share = len(flags), float(flags.mean())
    middle = (share + Z * Z / (2 * count)) / (1 + Z * Z / count)
    off = Z / (1 + Z * Z / count) * sqrt(share * (1 - share) / count + Z * Z / (4 * count * count))
    return Estimate(share, max(0.0, min(share, middle - off)), min(1.0, max(share, middle + off)))


def estimate_tail(costs: Floats, tail: float) -> Estimate:
    """The mean of the worst 1 - ``tail`` of the futures; the one at the edge counts in part.

    It is the mean of edge + max(0, cost - edge) / (1 - tail), whose spread gives the interval.
    """
    edge = float(np.quantile(costs, tail, method="inverted_cdf"))
    found = estimate_mean(edge + np.maximum(0.0, costs - edge) / (1 - tail))
    return Estimate(found.mean, max(found.low, edge), found.high)
