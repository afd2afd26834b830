"""The course of a search: the best plan so far comes down, what no plan can beat goes up."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd
import streamlit as st

from planner.app.words.words import t
from planner.job.news import Point

HEIGHT = 180


def draw_search(points: Sequence[Point], unit: str) -> None:
    """Draw the chart once there is more than one point; ``unit`` is that of the costs."""
    best, bound = t("solve.best"), t("solve.bound")
    rows = [
        {"second": second, "what": what, "cost": cost}
        for second, incumbent, limit in points
        for what, cost in ((best, incumbent), (bound, limit))
        if cost is not None
    ]
    if len(rows) < 2:
        return
    chart = (
        alt.Chart(pd.DataFrame(rows), height=HEIGHT)
        .mark_line(interpolate="step-after", point=True)
        .encode(
            x=alt.X("second:Q", title=t("solve.seconds")),
            y=alt.Y("cost:Q", title=unit, scale=alt.Scale(zero=False), axis=alt.Axis(format=",~r")),
            color=alt.Color("what:N", title=None, sort=[best, bound], legend=alt.Legend(orient="top")),
            strokeDash=alt.StrokeDash("what:N", title=None, sort=[best, bound]),
        )
    )
    st.altair_chart(chart, alt=t("solve.chart_alt", count=len(points)))
