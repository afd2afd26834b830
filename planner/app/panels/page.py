"""A page about an answer: its title, then what the page draws of a plan, or why there is none."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from planner.app.panels.no_plan import draw_no_plan
from planner.app.panels.shown import Sheet, open_sheet, pick_answer
from planner.app.plain import label
from planner.report.answer import Answer


def draw_page(draw_plan: Callable[[Sheet], None], draw_none: Callable[[Answer], None] = draw_no_plan) -> None:
    """The session's answer through ``draw_plan``; one without a plan through ``draw_none``, without an answer what to do."""
    answer = pick_answer()
    if answer is None:
        return
    st.title(label(answer.mask.text(answer.scenario.title)), anchor=False)
    sheet = open_sheet(answer)
    if sheet is None:
        draw_none(answer)
    else:
        draw_plan(sheet)
