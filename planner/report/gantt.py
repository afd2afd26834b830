"""gantt.svg: who is qualified and signed when, and every purchase order from order to service."""

from __future__ import annotations

from datetime import date

from planner.report.agreements import first_day
from planner.report.svg import INK, SOFT, TimeAxis, clean, legend, page, tag, text
from planner.report.table import show
from planner.report.timeline import MOST_ROWS, Batch, group_batches
from planner.report.view import View
from planner.scenario.dates import add

WIDTH, LEFT, RIGHT, TOP, ROW = 1240, 330, 1210, 118, 24
QUALIFY, SIGN, MAKE, MOVE, INSTALL = "#B9A6D3", "#5B3E91", "#7FB2D9", "#F2B45C", "#3E9B78"
__all__ = ["MOST_ROWS", "draw_gantt"]
LEGEND = [
    (QUALIFY, "supplier qualification"),
    (SIGN, "frame agreement signed"),
    (MAKE, "ordered, being made"),
    (MOVE, "shipped, on its way"),
    (INSTALL, "installation and acceptance"),
]
Bars = list[tuple[str, date, date]]


def draw_gantt(view: View, title: str) -> bytes:
    """The drawing, SVG. What ships of one offer on one day is one row."""
    groups, left_out = group_batches(view)
    rows = sum(1 + len(batches) for _, batches in groups)
    bottom = TOP + rows * ROW + 8
    axis = TimeAxis(view.scenario.calendar.start, _last_day(view), LEFT, RIGHT)
    parts = [
        text(24, 34, title, 18, INK, font_weight="600"),
        legend(24, 62, LEGEND, diamonds=(SIGN,)),
        *axis.draw(TOP - 8, bottom, TOP - 16),
    ]
    y = float(TOP)
    for supplier, batches in groups:
        parts += _draw_supplier(view, axis, supplier, y)
        y += ROW
        for batch in batches:
            parts += _draw_batch(view, axis, batch, y)
            y += ROW
    end = axis.at(view.scenario.calendar.end)
    parts.append(tag("line", x1=end, y1=TOP - 8, x2=end, y2=bottom, stroke=SOFT, stroke_width=1.5, stroke_dasharray="5 4"))
    parts.append(text(end - 5, bottom - 3, "end of plan", 10.5, SOFT, text_anchor="end"))
    note = f"{left_out} more rows in orders.csv" if left_out else ""
    parts.append(text(24, bottom + 18, note, 11, SOFT) if note else "")
    return page(WIDTH, bottom + 28, title, _describe(view), parts)


def _describe(view: View) -> str:
    makers = ", ".join(sorted({view.supplier(order.supplier) for order in view.plan.orders}))
    return f"Timeline of {len(view.plan.orders)} purchase orders from {makers or 'nobody'}; the table is in orders.csv."


def _last_day(view: View) -> date:
    days = [order.effective for order in view.plan.orders]
    return max([view.scenario.calendar.end, *days])


def _bar(axis: TimeAxis, begin: date, end: date, y: float, colour: str, words: str) -> str:
    x = axis.at(begin)
    return tag(
        "rect", tag("title", clean(words)), x=x, y=y + 5, width=max(axis.at(end) - x, 1.5), height=ROW - 10, rx=2.5, fill=colour
    )


def _draw_supplier(view: View, axis: TimeAxis, name: str, y: float) -> list[str]:
    supplier = view.scenario.supplier[name]
    line = tag("line", x1=24, y1=y, x2=RIGHT, y2=y, stroke="#CBD3DA", stroke_width=1)
    parts = [line, text(24, y + 17, f"{view.supplier(name)} ({supplier.country})", 13, INK, font_weight="600")]
    for vetting in (v for v in view.plan.vetting if v.supplier == name):
        begin = first_day(vetting.period)
        until = add(begin, supplier.vetting.duration) if supplier.vetting else begin
        parts.append(_bar(axis, begin, until, y, QUALIFY, f"supplier qualification {begin} to {until}"))
    for signing in (s for s in view.plan.signings if s.supplier == name):
        day = first_day(signing.period)
        x, middle = axis.at(day), y + ROW / 2
        diamond = f"M {x:.1f} {middle - 8:.1f} l 8 8 l -8 8 l -8 -8 z"
        words = f"frame agreement signed {day}"
        parts.append(tag("path", tag("title", clean(words)), d=diamond, fill=SIGN, stroke="#FFFFFF", stroke_width=1.2))
    return parts


def _draw_batch(view: View, axis: TimeAxis, batch: Batch, y: float) -> list[str]:
    order, last = batch[0], max(batch, key=lambda o: o.effective)
    sites = sorted({o.site for o in batch})
    label = f"{show(sum(o.units for o in batch), 'units')} × {view.mask.offer(order.offer)}"
    parts = [
        text(40, y + 16, label, 12, INK),
        text(LEFT - 14, y + 16, sites[0] if len(sites) == 1 else f"{len(sites)} sites", 11, SOFT, text_anchor="end"),
    ]
    stages: Bars = [(MAKE, order.ordered, order.ships), (MOVE, order.ships, last.enters), (INSTALL, last.enters, last.effective)]
    words = f"{label}: ordered {order.ordered}, ships {order.ships}, arrives {last.enters}, in service {last.effective}"
    parts += [_bar(axis, begin, end, y, colour, words) for colour, begin, end in stages if end > begin]
    x = axis.at(last.effective)
    if x < RIGHT - 40:
        parts.append(text(x + 6, y + 16, f"{last.effective:%d %b %Y}", 10, SOFT))
    return parts
