"""frontier.svg: the points, what is proven below each, the knee and the straight line it is measured from."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from planner.report.axes import name_axis, show_mark, show_value, unit_of_axis
from planner.report.frontier import explain_frontier
from planner.report.mask import Mask
from planner.report.plane import Plane, spread
from planner.report.svg import FAINT, INK, SOFT, clean, legend, page, tag, text
from planner.scenario.scenario import Scenario
from planner.studies.frontier.axes import Axis
from planner.studies.frontier.points import Frontier, Point

WIDTH, HEIGHT = 900, 520
LEFT, RIGHT, TOP, BOTTOM = 110, 870, 110, 450
LINE, KNEE, PROVEN = "#2F7FBF", "#D1495B", "#B4C3CF"


def draw_frontier(found: Frontier, title: str, mask: Mask) -> bytes:
    """The drawing, SVG; without points a page that says why."""
    words = " ".join(explain_frontier(found, mask))
    head = [text(24, 34, title, 18, INK, font_weight="600")]
    if not found.points:
        return page(WIDTH, 90, title, words, [*head, text(24, 66, words, 12, SOFT)])
    plane = _plane(found)
    items = [(LINE, "plans"), (PROVEN, "not proven")] + ([(KNEE, "knee")] if found.knee is not None else [])
    head.append(legend(24, 62, items, lines=(LINE, PROVEN)))
    titles = [_title(axis, found.scenario, mask) for axis in (found.against, found.of)]
    parts = [*head, *plane.draw(*titles), *_lines(found, plane)]
    for place, point in enumerate(found.points):
        parts += _point(found, plane, place, point)
    return page(WIDTH, HEIGHT, title, words, parts)


def _plane(found: Frontier) -> Plane:
    values = [value for p in found.points for value in (p.of, p.bound) if value is not None]
    across = spread([p.against for p in found.points], LEFT, RIGHT, lambda value: show_mark(found.against, value), least=0.0)
    across = replace(across, whole=found.against.unit == "suppliers")
    return Plane(across, spread(values, BOTTOM, TOP, lambda value: show_mark(found.of, value)))


def _title(axis: Axis, scenario: Scenario, mask: Mask) -> str:
    name, unit = name_axis(axis, scenario, mask), unit_of_axis(axis, scenario)
    return f"{name[:1].upper()}{name[1:]}{f' ({unit})' if unit else ''}"


def _lines(found: Frontier, plane: Plane) -> list[str]:
    points = [(point.against, point.of) for point in found.points]
    if len(points) < 2:
        return []
    chord = tag(
        "path", d=plane.path([points[0], points[-1]]), fill="none", stroke=FAINT, stroke_width=1.5, stroke_dasharray="5 4"
    )
    return [chord, tag("path", d=plane.path(_stairs(points)), fill="none", stroke=LINE, stroke_width=2, stroke_linejoin="round")]


def _stairs(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Between two points the dearer plan is what is known."""
    found = [points[0]]
    for (_, before), (x, y) in pairwise(points):
        found += [(x, before), (x, y)]
    return found


def _point(found: Frontier, plane: Plane, place: int, point: Point) -> list[str]:
    x, y = plane.across.at(point.against), plane.up.at(point.of)
    of, against = show_value(found.of, point.of, found.scenario), show_value(found.against, point.against, found.scenario)
    parts = []
    if point.bound is not None and plane.up.at(point.bound) - y > 1:
        parts.append(tag("line", x1=x, y1=y, x2=x, y2=plane.up.at(point.bound), stroke=PROVEN, stroke_width=5))
    knee = place == found.knee
    mark = tag("title", clean(f"Point {place + 1}: {of} at {against}"))
    parts.append(tag("circle", mark, cx=x, cy=y, r=7 if knee else 5, fill=KNEE if knee else LINE))
    parts.append(text(x + 9, y - 8, str(place + 1), 11, KNEE if knee else SOFT))
    return parts
