"""Why not this supplier? Asked by solving again with it, when the reader has chosen one."""

from __future__ import annotations

import streamlit as st

from planner.app.panels.shown import Sheet
from planner.app.panels.tables import draw_table
from planner.app.panels.why_ask import seconds, start_study
from planner.app.panels.why_words import open_naming, translate
from planner.app.run import Run
from planner.app.study_live import draw_study
from planner.app.why.asks import Why
from planner.app.why.known import find_known
from planner.app.words.words import t
from planner.explain.explanation import Explanation
from planner.report.why_tables import why_not_table


def draw_why_not(sheet: Sheet, run: Run, known: Explanation | None) -> None:
    """A list of suppliers nothing is bought from, a button that asks, and all answers so far."""
    st.subheader(t("why.not_title"), anchor="why-not")
    st.caption(t("why.not_note"))
    naming = open_naming(sheet)
    signed = {signing.supplier for signing in sheet.view.plan.signings}
    others = sorted((one.id for one in sheet.view.scenario.suppliers if one.id not in signed), key=naming.supplier)
    if others:
        chosen = st.selectbox(t("why.not_choose"), others, key="why_not", format_func=naming.supplier, width=360) or others[0]
        key = f"why_not_{sheet.answer.result.fingerprint}_{others.index(chosen)}"
        work = Why(run, sheet.answer, find_known(), ("why-not",), (chosen,), seconds())
        draw_study(key, lambda: start_study(key, work), t("why.not_ask"), ready=run.ended)
    else:
        st.caption(t("why.not_nobody"))
    if known is not None and known.why_not:
        draw_table(translate(why_not_table(known, naming)), sheet.stamp, "why_not")
