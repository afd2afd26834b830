"""The timeline: qualification, signature and every purchase order from order to full output."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import altair as alt

from planner.app.charts.look import BLUE, GREEN, GREY, ORANGE, PINK, SKY, Look, Say, finish, legend, moment, time_axis, values
from planner.report.table import show
from planner.report.timeline import STAGES, Bar, Row

COLOURS = {"qualify": PINK, "sign": BLUE, "make": SKY, "move": ORANGE, "install": GREY, "ramp": GREEN}
ROW = 22
FRAME = 100
"""Height of axis and legend."""
MARK = "§"
"""Stands before the label of a supplier's own row, which is bold."""


def draw_gantt(rows: Sequence[Row], begin: date, end: date, say: Say, look: Look) -> alt.LayerChart:
    """Rows from top to bottom as given; ``end`` is the last day of the plan, marked by a line."""
    labels = [_label(i, row, say) for i, row in enumerate(rows)]
    last = max([end, *(bar.end for row in rows for bar in row.bars)])
    axis, scale = time_axis(begin, last)
    bars = [_record(label, row, bar, say) for label, row in zip(labels, rows, strict=True) for bar in row.bars]
    names = [say(f"plan.stage_{stage}") for stage in STAGES]
    y = alt.Y(
        "row:N",
        sort=labels,
        scale=alt.Scale(domain=labels),
        axis=alt.Axis(
            title=None, labelLimit=320, labelExpr=f"replace(split(datum.label, '|')[1], '{MARK}', '')", domain=False, ticks=False,
            labelFontWeight={"condition": {"test": f"indexof(datum.label, '{MARK}') > 0", "value": "bold"}, "value": "normal"},
        ),
    )  # fmt: skip
    colour = alt.Color("stage:N", scale=alt.Scale(domain=names, range=[COLOURS[stage] for stage in STAGES]), legend=legend())
    tips = [
        alt.Tooltip(f"{key}:N", title=say(f"plan.tip_{key}")) for key in ("what", "supplier", "site", "stage", "from", "until")
    ]
    base = alt.Chart(values(bars)).encode(y=y, color=colour, tooltip=tips)
    x = alt.X("begin:T", axis=axis, scale=scale)
    spans = base.transform_filter("datum.begin != datum.end").mark_bar(height=ROW - 9, cornerRadius=2)
    days = base.transform_filter("datum.begin == datum.end").mark_point(shape="diamond", size=110, filled=True, opacity=1)
    stop = alt.Chart(values([{"end": moment(end), "what": say("plan.end_of_plan")}])).mark_rule(strokeDash=[5, 4], color=look.ink)
    layers: list[Any] = [
        spans.encode(x=x, x2="end:T"),
        days.encode(x="begin:T"),
        stop.encode(x="end:T", tooltip=[alt.Tooltip("what:N", title=" ")]),
    ]
    return finish(layers, ROW * len(rows) + FRAME)


def _label(place: int, row: Row, say: Say) -> str:
    """Unique by its number, which is not shown."""
    if not row.offer:
        return f"{place:03d}|{MARK}{_clean(row.supplier)} ({row.country})"
    where = row.sites[0] if len(row.sites) == 1 else say("plan.many_sites", count=len(row.sites))
    return f"{place:03d}|{show(row.units, 'units')} × {_clean(row.offer)}  ·  {where}"


def _clean(name: str) -> str:
    return name.replace("|", "/").replace(MARK, "")


def _record(label: str, row: Row, bar: Bar, say: Say) -> dict[str, Any]:
    return {
        "row": label,
        "begin": moment(bar.begin),
        "end": moment(bar.end),
        "stage": say(f"plan.stage_{bar.stage}"),
        "what": f"{show(row.units, 'units')} × {row.offer}" if row.offer else row.supplier,
        "supplier": f"{row.supplier} ({row.country})",
        "site": ", ".join(row.sites) or "–",
        "from": bar.begin.isoformat(),
        "until": bar.end.isoformat(),
    }
