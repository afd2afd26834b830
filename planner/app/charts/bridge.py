"""The cost bridge: from one cost to another, part by part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from planner.app.charts.look import GREEN, GREY, ORANGE, UNNUMBERED, Look, Say, finish, numbered, scale_of, values

ROW, FRAME = 30, 120
COLOURS = {"total": GREY, "more": ORANGE, "less": GREEN}
ROOM = 0.12
"""Part of the range left free on both sides, for the numbers."""


@dataclass(frozen=True, slots=True)
class Span:
    """One row: ``low`` to ``high`` in money, ``text`` its amount in words. ``kind``: total, more or less."""

    name: str
    low: float
    high: float
    kind: str
    text: str


def find_spans(before: tuple[str, float], parts: Sequence[tuple[str, float]], after: tuple[str, float], say: Say) -> list[Span]:
    """The first total, every part from where the one before it ended, the second total. ``say`` writes amounts, parts signed."""
    level, found = before[1], [Span(before[0], 0.0, before[1], "total", say(before[1], sign=False))]
    for name, amount in parts:
        found.append(Span(name, level, level + amount, "more" if amount > 0 else "less", say(amount, sign=True)))
        level += amount
    return [*found, Span(after[0], 0.0, after[1], "total", say(after[1], sign=False))]


def draw_bridge(spans: Sequence[Span], money: str, say: Say, look: Look) -> alt.LayerChart:
    """Rows from top to bottom; the axis shows the range the parts move in, and begins at 0 only where that is near."""
    low, high = find_range(spans)
    names = numbered(span.name for span in spans)
    kinds = [kind for kind in COLOURS if any(span.kind == kind for span in spans)]
    records = [
        {
            "row": name, "from": max(low, min(span.low, span.high)), "to": max(span.low, span.high), "end": span.high,
            "kind": say(f"compare.bar_{span.kind}"), "amount": span.text, "part": span.name,
        }
        for name, span in zip(names, spans, strict=True)
    ]  # fmt: skip
    axis = alt.Axis(title=None, labelLimit=300, labelExpr=UNNUMBERED, domain=False, ticks=False)
    y = alt.Y("row:N", sort=names, scale=alt.Scale(domain=names), axis=axis)
    scale = alt.Scale(domain=[low, high], nice=False, zero=False)
    x = alt.X("from:Q", title=money, scale=scale, axis=alt.Axis(format=",.4~f"))
    colour = alt.Color(
        "kind:N", scale=scale_of([say(f"compare.bar_{kind}") for kind in kinds], [COLOURS[kind] for kind in kinds]),
        legend=alt.Legend(title=None, orient="top", symbolType="square"),
    )  # fmt: skip
    tips = [alt.Tooltip(f"{key}:N", title=say(f"compare.tip_{key}")) for key in ("part", "amount")]
    base = alt.Chart(values(records)).encode(y=y, tooltip=tips)
    joints = [
        {"row": names[i], "next": names[i + 1], "at": spans[i].high} for i in range(len(spans) - 1)
    ]  # fmt: skip
    layers: list[Any] = [
        base.mark_bar(height=ROW - 10, clip=True).encode(x=x, x2="to:Q", color=colour),
        base.mark_text(align="left", dx=6, color=look.ink).encode(x=alt.X("to:Q", scale=scale), text="amount:N"),
        alt.Chart(values(joints)).mark_rule(color=look.ink, strokeDash=[2, 2], opacity=0.5).encode(
            y=alt.Y("row:N", sort=names), y2="next:N", x=alt.X("at:Q", scale=scale)
        ),
    ]  # fmt: skip
    return finish(layers, ROW * len(spans) + FRAME)


def find_range(spans: Sequence[Span]) -> tuple[float, float]:
    """What the axis shows: all parts and both totals' ends; from 0 where the parts fill a good piece of the way there."""
    ends = [value for span in spans for value in ((span.high,) if span.kind == "total" else (span.low, span.high))]
    low, high = min(ends), max(ends)
    room = ROOM * (high - low) or max(abs(high), 1.0) * ROOM
    begin = 0.0 if 0 <= low <= 2 * (high - low) else low - room
    return begin, high + 2 * room
