"""The ramp: output stacked by supplier, country or site, the wanted capacity as a line, what stays open between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import altair as alt

from planner.app.charts.look import PALETTE, RED, Look, Say, finish, legend, moment, scale_of, time_axis, values
from planner.report.makers import RampPeriod
from planner.report.table import show_mw

HEIGHT = 400
MOST = 8
"""Names with a colour of their own; the rest, each smaller than any of them, come together."""
LINE = 24
"""Height of a line of the legend, of which two are counted in already."""


def draw_ramp(periods: Sequence[RampPeriod], say: Say, look: Look) -> alt.LayerChart:
    """GW a year by period; at least one period."""
    axis, scale = time_axis(periods[0].begin, periods[-1].end)
    periods = [_fewer(period, say("plan.others")) for period in periods]
    names = list(periods[0].parts)
    gap, wanted = say("plan.ramp_gap"), say("plan.ramp_wanted")
    legend_names = [wanted, *([gap] if any(p.gap_mw for p in periods) else []), *names]
    colours = [look.ink, *([RED] if gap in legend_names else []), *(PALETTE[i % len(PALETTE)] for i in range(len(names)))]
    x, y = alt.X("begin:T", axis=axis, scale=scale), alt.Y("low:Q", title=say("plan.gw_a_year"), axis=alt.Axis(format=",.3~f"))
    tips = [alt.Tooltip(f"{key}:N", title=say(f"plan.tip_{key}")) for key in ("period", "what", "capacity")]
    colour = alt.Color("what:N", scale=scale_of(legend_names, colours), legend=legend())
    blocks = alt.Chart(values(_blocks(periods))).mark_bar(binSpacing=0, stroke=look.paper, strokeWidth=0.5)
    holes = alt.Chart(values(_holes(periods, gap))).mark_bar(fillOpacity=0.35, stroke=RED, strokeWidth=1, strokeDash=[4, 3])
    told = {periods[-1].period, max(periods, key=lambda period: period.gap_mw).period}
    words = alt.Chart(values(_holes([p for p in periods if p.period in told], gap))).mark_text(
        color=look.ink, dy=-8, fontWeight="bold", align="center"
    )
    steps = values(_steps(periods, wanted))
    line = alt.Chart(steps).mark_line(interpolate="step-after", strokeWidth=2.5)
    layers: list[Any] = [blocks.encode(x=x, x2="end:T", y=y, y2="high:Q", color=colour, tooltip=tips)]
    if gap in legend_names:
        layers += [
            holes.encode(x="begin:T", x2="end:T", y=y, y2="high:Q", color=colour, tooltip=tips),
            words.encode(x="middle:T", y="high:Q", text="capacity:N"),
        ]
    layers += [
        line.encode(x="begin:T", y="high:Q", color=colour),
        alt.Chart(steps).mark_point(opacity=0, size=200).encode(x="begin:T", y="high:Q", tooltip=tips),
    ]
    return finish(layers, HEIGHT + LINE * max(0, (len(legend_names) - 1) // 3 - 1))


def _fewer(period: RampPeriod, others: str) -> RampPeriod:
    """The period with its largest parts, and the others as one."""
    if len(period.parts) <= MOST + 1:
        return period
    parts = list(period.parts.items())
    return replace(period, parts=dict([*parts[:MOST], (others, sum(mw for _, mw in parts[MOST:]))]))


def _blocks(periods: Iterable[RampPeriod]) -> Iterator[dict[str, Any]]:
    for period in periods:
        level = 0.0
        for name, mw in period.parts.items():
            if mw > 0:
                yield _block(period, name, level, level + mw, show_mw(mw))
                level += mw


def _holes(periods: Iterable[RampPeriod], gap: str) -> list[dict[str, Any]]:
    return [_block(p, gap, p.wanted_mw - p.gap_mw, p.wanted_mw, show_mw(p.gap_mw)) for p in periods if p.gap_mw]


def _block(period: RampPeriod, what: str, low: float, high: float, capacity: str) -> dict[str, Any]:
    return {
        "period": period.period,
        "begin": moment(period.begin),
        "end": moment(period.end),
        "middle": moment(period.begin + (period.end - period.begin) / 2),
        "what": what,
        "low": low / 1000,
        "high": high / 1000,
        "capacity": capacity,
    }


def _steps(periods: Sequence[RampPeriod], wanted: str) -> list[dict[str, Any]]:
    found = [_block(p, wanted, 0.0, p.wanted_mw, show_mw(p.wanted_mw)) for p in periods]
    return [*found, {**found[-1], "begin": found[-1]["end"]}]
