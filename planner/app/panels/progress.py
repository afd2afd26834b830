"""The plan over time: the timeline of every purchase order, and the ramp against the target."""

from __future__ import annotations

import streamlit as st

from planner.app.charts.gantt import draw_gantt
from planner.app.charts.ramp import draw_ramp
from planner.app.panels.phrases import naming
from planner.app.panels.pictures import current_look, draw_fold, draw_picture, offer_svg
from planner.app.panels.shown import Sheet
from planner.app.panels.tables import draw_table
from planner.app.panels.why_words import translate
from planner.app.plain import label
from planner.app.words.words import language, t
from planner.report.gantt import draw_gantt as write_gantt
from planner.report.gaps import gaps_table
from planner.report.makers import BYS, split_ramp, split_table
from planner.report.ramp import draw_ramp as write_ramp
from planner.report.table import show_mw
from planner.report.timeline import find_rows, timeline_table
from planner.report.words.catalogue import find_language


def draw_ramp_section(sheet: Sheet) -> None:
    """Wanted and reached capacity, stacked as the reader likes."""
    st.subheader(t("plan.ramp_title"), anchor="ramp")
    by = st.segmented_control(
        t("plan.stack_by"), BYS, default="supplier", required=True, key="ramp_by", format_func=naming("plan.by"),
        persist_state="session",
    )  # fmt: skip
    periods = split_ramp(sheet.view, by or "supplier")
    last, widest = periods[-1], max(periods, key=lambda period: period.gap_mw)
    alt = t("plan.ramp_alt", wanted=show_mw(last.wanted_mw), reached=show_mw(last.reached_mw), period=last.period)
    if widest.gap_mw:
        alt += " " + t("plan.ramp_alt_gap", gap=show_mw(widest.gap_mw), period=widest.period)
    draw_picture(
        sheet, "ramp", lambda: draw_ramp(periods, t, current_look()), alt, lambda: split_table(sheet.view, by or "supplier"), by
    )
    if by != "site":
        st.caption(t("plan.ramp_note"))
    if sheet.view.gaps:
        reasons = translate(gaps_table(sheet.view, find_language(language())))
        draw_fold(t("why.gaps_title"), "fold_gaps", lambda: draw_table(reasons, sheet.stamp, "gaps"))
    offer_svg("ramp", lambda: write_ramp(sheet.view, sheet.title))


def draw_timeline_section(sheet: Sheet) -> None:
    """From qualification to full output, one row per supplier and batch."""
    st.subheader(t("plan.timeline_title"), anchor="timeline")
    rows, left_out = find_rows(sheet.view)
    if not rows:
        st.caption(t("plan.no_orders"))
        return
    calendar = sheet.view.scenario.calendar
    makers = ", ".join(dict.fromkeys(row.supplier for row in rows if row.offer))
    alt = t("plan.timeline_alt", count=sum(1 for row in rows if row.offer), makers=makers)
    draw_picture(
        sheet, "timeline", lambda: draw_gantt(rows, calendar.start, calendar.end, t, current_look()), alt,
        lambda: timeline_table(sheet.view),
    )  # fmt: skip
    if left_out:
        st.caption(label(t("plan.rows_left_out", count=left_out)))
    offer_svg("gantt", lambda: write_gantt(sheet.view, sheet.title))
