"""From whom the answers buy: one bar an answer, its spend divided by supplier or country."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from planner.app.charts.look import NUMBER, PALETTE, UNNUMBERED, Look, Say, finish, legend, numbered, scale_of, values
from planner.report.comparison import Side
from planner.report.mix import Share
from planner.report.table import show, show_share

ROW, FRAME, LINE = 44, 120, 24
MOST = 9
"""Names with a colour of their own; the rest, each smaller, come together."""
WORDS = "#14181C"
"""Reads on every colour of the palette."""
LEAST_WORDS = 0.09
"""Part of a bar from which its share is written into it."""


def draw_mix(sides: Sequence[Side], by: str, say: Say, look: Look) -> alt.LayerChart:
    """``by``: suppliers or countries. Suppliers whose spend is not shown are left out."""
    shares: list[Sequence[Share]] = [getattr(side, by) for side in sides]
    total: dict[str, float] = {}
    for side in shares:
        for share in side:
            total[share.name] = total.get(share.name, 0.0) + (share.spend_share or 0.0)
    ranked = sorted((name for name in total if total[name] > 0), key=lambda name: -total[name])
    names = ranked[:MOST]
    answers = numbered(side.name for side in sides)
    records = [record for row, found in zip(answers, shares, strict=True) for record in _records(row, found, names, say)]
    shown = [*names, *([say("plan.others")] if len(ranked) > MOST else [])]
    tips = [alt.Tooltip(f"{key}:N", title=say(f"compare.tip_{key}")) for key in ("answer", "name", "units", "share")]
    y = alt.Y(
        "row:N", sort=answers, axis=alt.Axis(title=None, labelLimit=240, labelExpr=UNNUMBERED, domain=False, ticks=False)
    )  # fmt: skip
    x = alt.X("low:Q", title=say("compare.share_of_spend"), scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format=".0%"))
    base = alt.Chart(values(records)).encode(y=y, tooltip=tips)
    layers: list[Any] = [
        base.mark_bar(height=ROW - 18, stroke=look.paper, strokeWidth=1).encode(
            x=x, x2="high:Q", color=alt.Color("name:N", scale=scale_of(shown, PALETTE), legend=legend())
        ),
        base.transform_filter(f"datum.high - datum.low >= {LEAST_WORDS}")
        .mark_text(color=WORDS, fontWeight="bold")
        .encode(x="middle:Q", text="share:N"),
    ]
    return finish(layers, ROW * len(answers) + FRAME + LINE * ((len(shown) - 1) // 3))


def _records(row: str, shares: Sequence[Share], names: Sequence[str], say: Say) -> list[dict[str, Any]]:
    known = {share.name: share for share in shares}
    rest = [share for share in shares if share.name not in names and share.spend_share]
    blocks = [(name, known[name].units, known[name].spend_share or 0.0) for name in names if name in known]
    if rest:
        blocks.append((say("plan.others"), sum(s.units for s in rest), sum(s.spend_share or 0.0 for s in rest)))
    low, found = 0.0, []
    for name, units, share in blocks:
        found.append(
            {
                "row": row, "answer": row[NUMBER:], "name": name, "low": low,
                "high": low + share, "middle": low + share / 2, "units": show(units, "units"), "share": show_share(share),
            }
        )  # fmt: skip
        low += share
    return found
