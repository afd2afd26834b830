"""What the engine said about one solve, before anybody reads a plan out of it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from planner.vocabulary import Status


@dataclass(frozen=True, slots=True)
class Outcome:
    """The true end of a solve. ``bound`` and ``gap`` hold against the full problem, never a restriction of it.

    ``values`` are the columns' values by index (None without a plan); ``reason`` says what ended it early;
    ``deviation`` is how far the engine's integers were from whole numbers before rounding.
    """

    status: Status
    objective: float | None = None
    bound: float | None = None
    gap: float | None = None
    seconds: float = 0.0
    reason: str = ""
    values: NDArray[np.float64] | None = field(default=None, repr=False)
    deviation: float = 0.0
    phases: tuple[tuple[str, float, float | None, float | None], ...] = ()
    """(phase, seconds, incumbent, bound) as the search went."""
