"""What holds the ramp back: every capacity gap with its reasons, in the future the reader chooses."""

from __future__ import annotations

import streamlit as st

from planner.app.panels.shown import Sheet
from planner.app.panels.tables import draw_table
from planner.app.panels.why_words import translate
from planner.app.plain import label
from planner.app.words.news import say_told
from planner.app.words.words import language, t
from planner.explain.explanation import Explanation
from planner.report.branches import list_futures
from planner.report.gaps import gaps_table
from planner.report.shortfall import list_gaps
from planner.report.table import show_share
from planner.report.view import View
from planner.report.words.catalogue import find_language


def draw_gaps(sheet: Sheet, known: Explanation | None) -> None:
    """Sentences for the widest gap, the table of all; a choice of futures where some of them miss the ramp."""
    st.subheader(t("why.gaps_title"), anchor="gaps")
    view = _choose(sheet.view) if sheet.view.branches else sheet.view
    if not view.plan.shortage:
        st.caption(t("why.gaps_none"))
        return
    if not view.gaps:
        st.caption(t("why.gaps_large"))
        return
    chosen = find_language(language())
    for lead, reasons in list_gaps(view, chosen, label):
        st.markdown("\n".join([lead, "", *(f"- {reason}" for reason in reasons)]))
    draw_table(translate(gaps_table(view, chosen, known)), sheet.stamp, "gaps")


def _choose(view: View) -> View:
    """The future the reader wants to see, at first the one in which nothing happens."""
    missed = {future.node for future in view.everything.futures if future.shortage}
    futures = [future for future in list_futures(view) if future.leaf in missed or future.leaf == view.leaf]
    if len(futures) < 2:
        return view
    shown = {future.leaf: f"{say_told(future.told, t)} · {show_share(future.chance)}" for future in futures}
    leaf = st.selectbox(t("why.future"), list(shown), key="why_future", format_func=lambda leaf: shown[leaf])
    if leaf is None or leaf == view.leaf:
        return view
    _ = view.world  # found once for all futures
    return view.along(leaf)
