"""Delivery slots: one bar per pool and window, divided between the plan, other buyers and what is left to us."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import altair as alt

from planner.app.charts.look import BLUE, GREY, Look, Say, finish, legend, moment, scale_of, time_axis, values
from planner.report.slot_race import SlotWindow
from planner.report.table import show

ROW = 34
FRAME = 85
"""Height of axis and legend."""
HIGH = 13
"""Height of a bar; its number stands above it."""
PARTS = ("plan", "rivals", "left")
COLOURS = (BLUE, GREY, "#9FD8C5")


def draw_slots(windows: Sequence[SlotWindow], begin: date, end: date, say: Say, look: Look) -> alt.LayerChart:
    """Rows are pools; in each window the width of a part is its share of the slots free today."""
    rows = list(dict.fromkeys(_row(w) for w in windows))
    axis, scale = time_axis(begin, max([end, *(w.end for w in windows)]))
    y = alt.Y("row:N", sort=rows, axis=alt.Axis(title=None, labelLimit=240, domain=False, ticks=False))
    x = alt.X("begin:T", axis=axis, scale=scale)
    names = [say(f"plan.slots_{part}") for part in PARTS]
    keys = ("row", "window", "what", "slots", "free", "asof")
    tips = [alt.Tooltip(f"{key}:N", title=say(f"plan.tip_{key}")) for key in keys]
    bars = alt.Chart(values(_parts(windows, say))).mark_bar(height=HIGH, yOffset=7, stroke=look.paper, strokeWidth=0.5)
    words = alt.Chart(values(_words(windows))).mark_text(color=look.ink, dy=-8, fontSize=11, fontWeight="bold")
    layers: list[Any] = [
        bars.encode(
            x=x, x2="end:T", y=y, color=alt.Color("what:N", scale=scale_of(names, COLOURS), legend=legend()), tooltip=tips
        ),
        words.encode(x="middle:T", y=y, text="text:N"),
    ]
    return finish(layers, ROW * len(rows) + FRAME)


def _row(window: SlotWindow) -> str:
    return window.name


def _parts(windows: Sequence[SlotWindow], say: Say) -> Iterator[dict[str, Any]]:
    for window in windows:
        whole, at = window.plan + window.rivals + window.left, 0.0
        room = window.end - window.begin
        for part in PARTS:
            slots = getattr(window, part)
            if slots > 0:
                yield {
                    "row": _row(window),
                    "window": window.window,
                    "begin": moment(window.begin + room * (0.02 + 0.96 * at / whole)),
                    "end": moment(window.begin + room * (0.02 + 0.96 * (at + slots) / whole)),
                    "what": say(f"plan.slots_{part}"),
                    "slots": show(slots, "units"),
                    "free": show(window.free, "units"),
                    "asof": window.by.isoformat(),
                }
                at += slots


def _words(windows: Sequence[SlotWindow]) -> Iterator[dict[str, Any]]:
    for window in windows:
        if window.plan:
            middle = moment(window.begin + (window.end - window.begin) / 2)
            text = f"{round(window.plan, 1):g}/{round(window.free, 1):g}"
            yield {"row": _row(window), "middle": middle, "text": text}
