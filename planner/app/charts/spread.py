"""How likely which cost or capacity gap is: bars of chance, with the average and the average of the worst."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from planner.app.charts.look import BLUE, RED, Look, Say, finish, values
from planner.report.spread import Bin
from planner.report.table import digits_for, grouped, show_share

HEIGHT = 280


def draw_spread(bins: Sequence[Bin], unit: str, marks: Sequence[tuple[str, float]], say: Say, look: Look) -> alt.LayerChart:
    """At least one bar. ``marks`` are named values drawn as upright lines, the first plain and the others dashed."""
    wide = bins[0].high - bins[0].low
    if wide <= 0:
        around = max(1.0, abs(bins[0].low)) * 0.05
        bins = [Bin(bins[0].low - around / 4, bins[0].low + around / 4, bins[0].chance, bins[0].count)]
    domain = [min([bins[0].low, *(v for _, v in marks)]), max([bins[-1].high, *(v for _, v in marks)])]
    scale = alt.Scale(domain=domain, nice=True, zero=False)
    tips = [alt.Tooltip(f"{key}:N", title=say(f"futures.tip_{key}")) for key in ("range", "chance")]
    bars = (
        alt.Chart(values(_records(bins, unit)))
        .mark_bar(color=BLUE, stroke=look.paper, strokeWidth=1)
        .encode(
            x=alt.X("low:Q", title=unit, scale=scale, axis=alt.Axis(format=",.4~f", grid=False)),
            x2="high:Q",
            y=alt.Y("chance_share:Q", title=say("futures.tip_chance"), axis=alt.Axis(format=".0%")),
            y2=alt.datum(0),
            tooltip=tips,
        )
    )
    layers: list[Any] = [bars]
    for i, (name, value) in enumerate(marks):
        one = values([{"value": value, "name": f"{name}: {grouped(value, digits_for(value))}"}])
        colour, dash = (look.ink, [1, 0]) if i == 0 else (RED, [5, 3])
        rule = alt.Chart(one).mark_rule(color=colour, strokeDash=dash, strokeWidth=2)
        left = value < (domain[0] + domain[1]) / 2
        base = alt.Chart(one)
        words = base.mark_text(
            color=look.ink,
            baseline="top",
            fontWeight="bold",
            align="left" if left else "right",
            dx=5 if left else -5,
            dy=4 + 16 * i,
        )
        layers += [
            rule.encode(x=alt.X("value:Q", scale=scale), tooltip=[alt.Tooltip("name:N", title=" ")]),
            words.encode(x=alt.X("value:Q", scale=scale), y=alt.value(0), text="name:N"),
        ]
    return finish(layers, HEIGHT)


def _records(bins: Sequence[Bin], unit: str) -> list[dict[str, Any]]:
    return [
        {
            "low": found.low,
            "high": found.high,
            "chance_share": found.chance,
            "chance": show_share(found.chance),
            "range": f"{grouped(found.low, digits_for(found.low))} – {grouped(found.high, digits_for(found.high))} {unit}",
        }
        for found in bins
    ]
