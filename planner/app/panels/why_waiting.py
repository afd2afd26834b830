"""What waiting costs, by the period of the first signature: of everybody, or of one supplier."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from planner.app.charts.waiting import draw_delays
from planner.app.panels.pictures import current_look, draw_picture
from planner.app.panels.shown import Sheet
from planner.app.panels.why_words import open_naming, translate
from planner.app.words.words import t
from planner.explain.explanation import Explanation, Waiting
from planner.report.table import digits_for, grouped
from planner.report.view import money_unit
from planner.report.why_tables import waiting_table


def draw_waiting(sheet: Sheet, known: Explanation) -> None:
    """The curve and its table; a choice of suppliers."""
    if not known.waiting:
        return
    naming = open_naming(sheet)
    st.subheader(t("why.waiting_title"), anchor="waiting")
    st.caption(t("why.waiting_note"))
    shown = {wait.supplier: naming.supplier(wait.supplier) if wait.supplier else t("why.everybody") for wait in known.waiting}
    chosen = st.selectbox(t("why.waiting_who"), list(shown), key="why_waiting", format_func=lambda who: shown[who], width=360)
    wait = next(one for one in known.waiting if one.supplier == (chosen or ""))
    money = money_unit(sheet.view.scenario.money)
    draw_picture(
        sheet, "waiting", lambda: draw_delays(wait.delays, money, t, current_look()), _alt(wait, shown[wait.supplier], money),
        lambda: translate(waiting_table(replace(known, waiting=(wait,)), naming)), (wait, known.parts),
    )  # fmt: skip


def _alt(wait: Waiting, who: str, money: str) -> str:
    """What the picture shows, for those who do not see it."""
    points = [
        t("why.waiting_point", period=delay.period, cost=grouped(delay.costs.value, digits_for(delay.costs.value)), money=money)
        for delay in wait.delays
        if delay.costs.value is not None
    ]
    return t("why.waiting_alt", who=who, points=t("plan.list_comma").join(points))
