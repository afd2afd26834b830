"""The knee of a frontier: where giving up one measure stops buying much of the other."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from planner.studies.frontier.points import Point


def find_knee(points: Sequence[Point]) -> int | None:
    """Place of the point farthest below the line between the ends, both measures scaled to the range they span.

    None for fewer than three points, and where no point is farther below the line than its own gap and those of the ends.
    """
    distances = find_distances(points)
    if not distances:
        return None
    place = max(range(len(points)), key=lambda i: distances[i])
    span = points[0].of - points[-1].of
    unproven = max(point.cost.gap for point in (points[0], points[place], points[-1])) / span / sqrt(2)
    return place if distances[place] > max(unproven, 1e-9) else None


def find_distances(points: Sequence[Point]) -> list[float]:
    """How far each point lies below the line between the ends; empty where there is no line."""
    if len(points) < 3:
        return []
    first, last = points[0], points[-1]
    wide, high = last.against - first.against, first.of - last.of
    if wide <= 0 or high <= 0:
        return []
    return [(1 - (p.against - first.against) / wide - (p.of - last.of) / high) / sqrt(2) for p in points]
