"""How likely which cost or capacity gap is: bars of chance, with the average and the average of the worst."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from planner.app.charts.look import BLUE, RED, Look, Say, finish, values
from planner.report.spread import Bin
from planner.report.table import digits_for, grouped, show_share

HEIGHT, LINE = 300, 16


def draw_spread(bins: Sequence[Bin], unit: str, marks: Sequence[tuple[str, float]], say: Say, look: Look) -> alt.LayerChart:
    """At least one bar. ``marks`` are named values drawn as upright lines, the first plain and the others dashed.

    Their words stand above the picture, where no bar or line runs through them.
    """
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
        colour, dash, sign = (look.ink, [1, 0], "│") if i == 0 else (RED, [5, 3], "┆")
        one = values([{"value": value, "name": f"{sign} {name}: {grouped(value, digits_for(value))}"}])
        rule = alt.Chart(one).mark_rule(color=colour, strokeDash=dash, strokeWidth=2)
        words = alt.Chart(one).mark_text(color=colour, baseline="bottom", align="right", fontWeight="bold")
        layers += [
            rule.encode(x=alt.X("value:Q", scale=scale), tooltip=[alt.Tooltip("name:N", title=" ")]),
            words.encode(x=alt.value("width"), y=alt.value(-6 - LINE * (len(marks) - 1 - i)), text="name:N"),
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
