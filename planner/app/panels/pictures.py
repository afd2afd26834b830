"""A picture with words for those who cannot see it, and its numbers as a table below."""

from __future__ import annotations

from collections.abc import Callable

import altair as alt
import streamlit as st

from planner.app.charts.look import DARK, LIGHT, Look
from planner.app.panels.tables import draw_table
from planner.app.words.words import t
from planner.report.table import Table


def current_look() -> Look:
    """The colours of the reader's page."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def draw_picture(chart: alt.LayerChart, alt_text: str, table: Table, stamp: dict[str, str], file: str) -> None:
    """The picture, then its table in a fold; ``file`` names both and must be the only one on the page."""
    with st.container(key=f"picture_{file}"):
        st.altair_chart(chart, alt=alt_text, key=f"chart_{file}")
    with st.expander(t("plan.as_table")):
        draw_table(table, stamp, file)


def offer_svg(name: str, write: Callable[[], bytes]) -> None:
    """A button that saves the picture of the results folder; it is drawn when the button is pressed."""
    file = f"{name}.svg"
    st.download_button(t("plan.save_svg"), write, file, "image/svg+xml", key=file, on_click="ignore", type="tertiary", icon="⬇️")
