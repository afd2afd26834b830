"""How much hangs on which country, by spend and by process step, and where the policy's limits lie."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import altair as alt

from planner.app.charts.look import RED, Look, Say, finish, legend, scale_of, values
from planner.report.exposure import Share
from planner.report.table import show_share


def draw_exposure(shares: Sequence[Share], name: Callable[[str], str], say: Say, look: Look) -> alt.LayerChart:
    """Bars by country within each measure; ``name`` says a measure. A red tick is the most, an upright one the least allowed."""
    countries = list(dict.fromkeys(share.country for share in sorted(shares, key=lambda share: -(share.share or 0.0))))
    records = [_record(share, name) for share in shares]
    measures = list(dict.fromkeys(record["of"] for record in records))
    axis = alt.Axis(format=".0%", title=None)
    y = alt.Y("of:N", sort=measures, axis=alt.Axis(title=None, labelLimit=200, domain=False, ticks=False))
    offset = alt.YOffset("country:N", sort=countries)
    keys = ("of", "country", "share_text", "least", "most")
    tips = [alt.Tooltip(f"{key}:N", title=say(f"plan.tip_{key}")) for key in keys]
    base = alt.Chart(values(records)).encode(y=y, yOffset=offset, tooltip=tips)
    limits = base.mark_tick(thickness=3, color=RED, size=15)
    x = alt.X("share:Q", axis=axis, scale=alt.Scale(domain=[0, 1.0]))
    colour = alt.Color("country:N", scale=scale_of(countries), legend=legend())
    layers: list[Any] = [
        base.mark_bar().encode(x=x, color=colour),
        base.mark_text(align="left", dx=5, color=look.ink, fontSize=11).encode(x=x, text="share_text:N"),
        limits.transform_filter("isValid(datum.most_at)").encode(x="most_at:Q"),
        limits.mark_tick(thickness=3, color=look.ink, size=15).transform_filter("isValid(datum.least_at)").encode(x="least_at:Q"),
    ]
    return finish(layers, alt.Step(16, **{"for": "offset"}))


def _record(share: Share, name: Callable[[str], str]) -> dict[str, Any]:
    return {
        "of": name(share.of),
        "country": share.country,
        "share": share.share,
        "share_text": show_share(share.share or 0.0),
        "least_at": share.least,
        "most_at": share.most,
        "least": "–" if share.least is None else show_share(share.least),
        "most": "–" if share.most is None else show_share(share.most),
    }
