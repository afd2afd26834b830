"""A picture with words for those who cannot see it, and its numbers as a table below."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import altair as alt
import streamlit as st

from planner.app.charts.look import DARK, LIGHT, Look
from planner.app.panels.shown import Sheet
from planner.app.panels.tables import draw_table
from planner.app.words.words import language, t
from planner.report.table import Table

KEPT = "pictures"
"""Pictures this session has drawn, by name: what each was made from, and its specification."""


def current_look() -> Look:
    """The colours of the reader's page."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def draw_picture(
    sheet: Sheet, file: str, make: Callable[[], alt.LayerChart], words: str, table: Callable[[], Table], choice: object = ""
) -> None:
    """The picture, then its table in a fold; ``file`` names both and must be the only one on the page.

    ``words`` tell what is seen; ``choice`` is what the reader chose about the picture, or what else it was made from.
    """
    spec = _find_spec(sheet, file, make, choice)
    with st.container(key=f"picture_{file}"):
        st.vega_lite_chart(spec, alt=words, key=f"chart_{file}")
    draw_fold(t("plan.as_table"), f"fold_{file}", lambda: draw_table(table(), sheet.stamp, file))


def _find_spec(sheet: Sheet, file: str, make: Callable[[], alt.LayerChart], choice: object) -> dict[str, Any]:
    """The specification, made again only for another answer, mask, language, theme or choice.

    It is kept with the session alone, so that a picture with confidential names reaches nobody who did not ask for them.
    """
    kept: dict[str, tuple[object, tuple[object, ...], dict[str, Any]]] = st.session_state.setdefault(KEPT, {})
    result, made_for = sheet.answer.result, (sheet.view.mask, language(), current_look(), choice)
    known = kept.get(file)
    if known is None or known[0] is not result or known[1] != made_for:
        known = kept[file] = (result, made_for, make().to_dict())
    return known[2]


def draw_fold(title: str, key: str, draw: Callable[[], None]) -> None:
    """A fold whose contents are made when it is opened."""
    fold = st.expander(title, key=key, on_change="rerun")
    if fold.open:
        with fold:
            draw()


def offer_svg(name: str, write: Callable[[], bytes]) -> None:
    """A button that saves the picture of the results folder; it is drawn when the button is pressed."""
    file = f"{name}.svg"
    st.download_button(t("plan.save_svg"), write, file, "image/svg+xml", key=file, on_click="ignore", type="tertiary")
