"""The course of a search: the best plan so far comes down, what no plan can beat goes up."""

from __future__ import annotations

import altair as alt
import pandas as pd
import streamlit as st

from planner.app.run import Progress
from planner.app.words.words import t

HEIGHT = 230


def draw_search(progress: Progress, unit: str) -> None:
    """Draw the chart once there is something to draw; ``unit`` is that of the costs. Both lines reach to the present."""
    points = progress.points
    if points:
        points = (*points, (progress.seconds, progress.incumbent, progress.bound))
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
        .mark_line(interpolate="step-after")
        .encode(
            x=alt.X("second:Q", title=t("solve.seconds")),
            y=alt.Y("cost:Q", title=unit, scale=alt.Scale(zero=False), axis=alt.Axis(format=",~r")),
            color=alt.Color("what:N", title=None, sort=[best, bound], legend=alt.Legend(orient="top", symbolType="stroke")),
            strokeDash=alt.StrokeDash("what:N", title=None, sort=[best, bound], legend=None),
        )
    )
    st.altair_chart(chart, alt=t("solve.chart_alt", count=len(points)))
