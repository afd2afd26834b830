"""ramp.svg: wanted and reached capacity over time, by site, with the gap between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from math import ceil, floor, log10

from planner.report.capacity import RampPoint, find_ramp
from planner.report.svg import FAINT, INK, SOFT, TimeAxis, clean, legend, page, tag, text
from planner.report.table import grouped, show_mw
from planner.report.view import View

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 1240, 560, 86, 1196, 104, 486
SITES = ("#3E9B78", "#7FB2D9", "#B9A6D3", "#F2B45C", "#8C9AA5", "#D98C9F", "#5E7FB1", "#A3B86C")
WANTED, GAP = "#1F2A33", "#D1495B"
HATCH = (
    '<defs><pattern id="gap" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="7" height="7" fill="#FBEDEF"/>'
    f'<line x1="0" y1="0" x2="0" y2="7" stroke="{GAP}" stroke-width="2.2"/></pattern></defs>'
)


def draw_ramp(view: View, title: str) -> bytes:
    """The drawing, SVG: stacked output by site, the target as a line, what stays open hatched."""
    points = sum_demands(find_ramp(view), len(view.scenario.calendar.names))
    sites = [site for demand in view.scenario.demand for site in demand.sites]
    most = max([1.0, *(max(p.target, sum(p.by_site.values())) for p in points)])
    step = nice_step(most)
    top = step * ceil(most / step + 0.15)
    axis = TimeAxis(view.scenario.calendar.start, view.scenario.calendar.end, LEFT, RIGHT)
    edges = [axis.at(day) for day in view.scenario.calendar.starts]

    def height(mw: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * mw / top

    parts = [HATCH, text(24, 34, title, 18, INK, font_weight="600"), _legend(sites, points)]
    parts += [*_scale(top, step), *axis.draw(TOP, BOTTOM, BOTTOM + 34)]
    for p, point in enumerate(points):
        parts += _draw_column(point, sites, edges[p], edges[p + 1], height)
    parts.append(_target_line(points, edges, height))
    if points and points[-1].target:
        parts.append(_last_word(points[-1], height))
    return page(WIDTH, HEIGHT, title, _describe(points), parts)


def sum_demands(points: tuple[RampPoint, ...], periods: int) -> list[RampPoint]:
    """All demands together, by period."""
    found = []
    for p in range(periods):
        same = [point for i, point in enumerate(points) if i % periods == p]
        by_site: dict[str, float] = defaultdict(float)
        for point in same:
            for site, mw in point.by_site.items():
                by_site[site] += mw
        found.append(RampPoint("all", same[0].period, sum(point.target for point in same), dict(by_site)))
    return found


def nice_step(value: float) -> float:
    """A round distance between marks so that four to eight of them reach ``value``."""
    unit = 10.0 ** floor(log10(value / 4))
    return next(step * unit for step in (10, 5, 2.5, 2, 1) if step * unit * 4 <= value * 1.0001)


def _legend(sites: list[str], points: list[RampPoint]) -> str:
    items = [(SITES[i % len(SITES)], f"reached at {site}") for i, site in enumerate(sites)]
    if any(point.gap for point in points):
        items.append(("url(#gap)", "capacity gap"))
    return legend(24, 66, [*items, (WANTED, "wanted")], lines=(WANTED,))


def _scale(top: float, step: float) -> list[str]:
    parts = []
    giga = top >= 1000
    digits = 0 if not giga or step % 1000 == 0 else 1 if step % 100 == 0 else 2
    for i in range(round(top / step) + 1):
        y = BOTTOM - (BOTTOM - TOP) * i * step / top
        parts.append(tag("line", x1=LEFT, y1=y, x2=RIGHT, y2=y, stroke=INK if i == 0 else FAINT, stroke_width=1))
        label = grouped(i * step / (1000 if giga else 1), digits)
        parts.append(text(LEFT - 10, y + 4, label, 11.5, SOFT, text_anchor="end"))
    parts.append(text(LEFT - 10, TOP - 14, "GW a year" if giga else "MW a year", 11.5, SOFT, text_anchor="end"))
    return parts


def _draw_column(point: RampPoint, sites: list[str], left: float, right: float, height: Callable[[float], float]) -> list[str]:
    """One period: each site's output on top of the other, then the open part of the target."""
    parts, level = [], 0.0
    for i, site in enumerate(sites):
        mw = point.by_site.get(site, 0.0)
        if mw > 0:
            words = f"{point.period}: {show_mw(mw)} a year reached at {site}"
            parts.append(_block(left, right, height(level + mw), height(level), SITES[i % len(SITES)], words))
            level += mw
    if point.gap:
        words = f"{point.period}: capacity gap {show_mw(point.gap)} a year"
        parts.append(_block(left, right, height(point.target), height(level), "url(#gap)", words))
    return parts


def _block(left: float, right: float, top: float, bottom: float, fill: str, words: str) -> str:
    return tag("rect", tag("title", clean(words)), x=left, y=top, width=right - left, height=max(bottom - top, 0.0), fill=fill)


def _target_line(points: list[RampPoint], edges: list[float], height: Callable[[float], float]) -> str:
    steps = [
        f"L {edges[p]:.1f} {height(point.target):.1f} L {edges[p + 1]:.1f} {height(point.target):.1f}"
        for p, point in enumerate(points)
    ]
    path = "M" + " ".join(steps)[1:]
    return tag("path", d=path, fill="none", stroke=WANTED, stroke_width=2.4, stroke_linejoin="round")


def _last_word(point: RampPoint, height: Callable[[float], float]) -> str:
    reached = f"{show_mw(point.met)} of {show_mw(point.target)}" if point.gap else show_mw(point.target)
    return text(RIGHT, height(point.target) - 9, f"{reached} a year", 12.5, INK, text_anchor="end", font_weight="600")


def _describe(points: list[RampPoint]) -> str:
    if not points:
        return ""
    last, widest = points[-1], max(points, key=lambda point: point.gap)
    text_ = f"Wanted in {last.period}: {show_mw(last.target)} a year; reached: {show_mw(last.met)} a year."
    return f"{text_} Widest capacity gap: {show_mw(widest.gap)} a year in {widest.period}." if widest.gap else text_
