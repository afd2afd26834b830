"""The plan: the answer in sentences and numbers, over time, and everything a buyer copies from."""

from __future__ import annotations

import streamlit as st

from planner.app.panels.contract_calendar import draw_calendar
from planner.app.panels.details import SECTIONS
from planner.app.panels.files import draw_files
from planner.app.panels.headline import draw_headline
from planner.app.panels.news import draw_news
from planner.app.panels.page import draw_page
from planner.app.panels.phrases import naming
from planner.app.panels.progress import draw_ramp_section, draw_timeline_section
from planner.app.panels.shown import Sheet
from planner.app.panels.tiles import draw_tiles
from planner.app.state import is_provisional
from planner.app.words.words import t

CHOICES = (*SECTIONS, "calendar", "files")


def draw_plan(sheet: Sheet) -> None:
    """All of it, most important first."""
    draw_headline(sheet.answer, sheet.view, goes_on=is_provisional())
    draw_tiles(sheet.answer, sheet.view)
    draw_news(sheet)
    draw_timeline_section(sheet)
    draw_ramp_section(sheet)
    st.subheader(t("plan.details_title"), anchor="details")
    chosen = st.segmented_control(
        t("plan.details"), CHOICES, default=CHOICES[0], required=True, key="section",
        format_func=naming("plan.section"), persist_state="session", label_visibility="collapsed",
    )  # fmt: skip
    if chosen == "calendar":
        draw_calendar(sheet, choose=False)
    elif chosen == "files":
        draw_files(sheet)
    else:
        SECTIONS[chosen or CHOICES[0]](sheet)


draw_page(draw_plan)
