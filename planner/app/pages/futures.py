"""Futures: what may happen, what to do then, how cost and capacity gap spread, how the plan stands fresh random futures."""

from __future__ import annotations

import streamlit as st

from planner.app.panels.contract_calendar import draw_calendar
from planner.app.panels.page import draw_page
from planner.app.panels.playbook import draw_playbook
from planner.app.panels.shown import Sheet
from planner.app.panels.stress import draw_stress
from planner.app.panels.tiles import draw_averages
from planner.app.panels.tree import draw_spread_section, draw_tree_section
from planner.app.words.words import t


def draw_futures(sheet: Sheet) -> None:
    """The playbook, the tree, the spreads, the stress test, the calendar of one future."""
    if sheet.view.branches:
        draw_averages(sheet.view)
        st.subheader(t("futures.playbook_title"), anchor="playbook")
        draw_playbook(sheet)
        st.subheader(t("futures.tree_title"), anchor="tree")
        draw_tree_section(sheet)
        st.subheader(t("futures.spread_title"), anchor="spread")
        draw_spread_section(sheet)
    else:
        st.info(t("futures.certain"))
    st.subheader(t("futures.stress_title"), anchor="stress")
    if sheet.view.scenario.shocks or sheet.view.scenario.licences:
        draw_stress(sheet)
    else:
        st.caption(t("futures.stress_nothing"))
    st.subheader(t("futures.calendar_title"), anchor="calendar")
    draw_calendar(sheet, choose=True)


draw_page(draw_futures)
