"""A plane of two numbers for drawings by hand: scales with round marks, titles, places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, floor

from planner.report.ramp import nice_step
from planner.report.svg import FAINT, INK, SOFT, tag, text

ROOM = 0.04
"""Part of a range left free at both its ends."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Numbers from ``low`` to ``high`` spread evenly between two places of a drawing; ``show`` writes a mark's number.

    ``whole``: marks stand at whole numbers alone.
    """

    low: float
    high: float
    start: float
    end: float
    show: Callable[[float], str]
    whole: bool = False

    def at(self, value: float) -> float:
        """Where a number stands; numbers outside stand at the edge."""
        share = (value - self.low) / (self.high - self.low)
        return self.start + min(max(share, 0.0), 1.0) * (self.end - self.start)

    def marks(self) -> list[float]:
        """Round numbers on the scale."""
        step = nice_step(self.high - self.low)
        step = float(max(1, round(step))) if self.whole else step
        first, last = ceil(self.low / step - 1e-9), floor(self.high / step + 1e-9)
        return [n * step for n in range(first, last + 1)]


def spread(values: list[float], start: float, end: float, show: Callable[[float], str], least: float | None = None) -> Scale:
    """A scale that holds all values, with some room; it begins at ``least`` or above."""
    low, high = min(values), max(values)
    room = ROOM * (high - low) or max(0.5 * abs(high), 0.5)
    low = low - room if least is None else max(least, low - room)
    return Scale(low, high + room, start, end, show)


@dataclass(frozen=True, slots=True)
class Plane:
    """Two scales; the upright one runs upwards."""

    across: Scale
    up: Scale

    def draw(self, title_across: str, title_up: str) -> list[str]:
        """Lines, numbers and titles of both scales."""
        left, right, bottom, top = self.across.start, self.across.end, self.up.start, self.up.end
        parts = []
        for value in self.up.marks():
            y = self.up.at(value)
            parts.append(tag("line", x1=left, y1=y, x2=right, y2=y, stroke=FAINT, stroke_width=1))
            parts.append(text(left - 10, y + 4, self.up.show(value), 11.5, SOFT, text_anchor="end"))
        for value in self.across.marks():
            x = self.across.at(value)
            parts.append(tag("line", x1=x, y1=bottom, x2=x, y2=bottom + 5, stroke=SOFT, stroke_width=1))
            parts.append(text(x, bottom + 20, self.across.show(value), 11.5, SOFT, text_anchor="middle"))
        parts.append(tag("line", x1=left, y1=bottom, x2=right, y2=bottom, stroke=INK, stroke_width=1))
        parts.append(text((left + right) / 2, bottom + 42, title_across, 12.5, INK, text_anchor="middle"))
        parts.append(text(left - 10, top - 14, title_up, 12.5, INK, text_anchor="start"))
        return parts

    def path(self, points: list[tuple[float, float]]) -> str:
        """A line through points, as a drawing's path."""
        places = " L ".join(f"{self.across.at(x):.1f} {self.up.at(y):.1f}" for x, y in points)
        return f"M {places}"
