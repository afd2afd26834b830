"""On the plan's page: what to do when the news that weighs most comes."""

from __future__ import annotations

import streamlit as st

from planner.app.page_list import find_page
from planner.app.panels.play_words import say_short
from planner.app.panels.shown import Sheet
from planner.app.words.words import t
from planner.report.futures import MOST_SENTENCES, weigh_play
from planner.report.plays import find_plays


def draw_news(sheet: Sheet) -> None:
    """The heaviest plays, one sentence each, and the way to the rest; nothing where nothing may come."""
    if not sheet.view.branches:
        return
    plays = sorted((play for play in find_plays(sheet.view) if play.first), key=weigh_play)
    st.subheader(t("futures.if_news"), anchor="news")
    st.markdown("\n".join(f"- {say_short(sheet.view, play)}" for play in plays[:MOST_SENTENCES]))
    st.page_link(find_page("futures"), label=t("futures.to_futures", count=len(sheet.view.everything.futures)))
