"""The contract calendar: what is due when in one future, if nothing happens by default; and the file for calendar programs."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from planner.app.panels.files import offer_file
from planner.app.panels.phrases import naming
from planner.app.panels.shown import Sheet
from planner.app.panels.tables import draw_table
from planner.app.words.news import say_told
from planner.app.words.words import t
from planner.report.appointments import LAST_DAYS
from planner.report.branches import Known, list_futures
from planner.report.calendar import bare_calendar, future_calendar
from planner.report.table import show_share
from planner.report.view import money_unit

FILTERS = ("all", "last", "paid", "moved")
"""Which entries to show: all, last days, payments, deliveries."""
MOVED = ("shipment", "arrival", "acceptance", "never ships")


def draw_calendar(sheet: Sheet, *, choose: bool) -> None:
    """One future's calendar; with ``choose`` the reader picks the future, the first is the one without news."""
    leaf = ""
    if choose and sheet.view.branches:
        futures = list_futures(sheet.view)
        shown = {future.leaf: _name(future) for future in futures}
        chosen = st.selectbox(
            t("futures.choose_future"), list(shown), key="calendar_future",
            format_func=lambda leaf: shown[leaf],
        )  # fmt: skip
        leaf = "" if chosen == futures[0].leaf else str(chosen or "")
    kept = st.segmented_control(
        t("plan.calendar_show"), FILTERS, default="all", required=True, key=f"calendar_show_{choose}",
        format_func=naming("plan.calendar"),
    )  # fmt: skip
    entries = future_calendar(sheet.view, leaf) if leaf else [entry for entry in sheet.answer.calendar if not entry.upon]
    table = bare_calendar([entry for entry in entries if _fits(entry.kind, str(kept))])
    money = money_unit(sheet.view.scenario.money)
    columns = tuple(replace(c, unit=money) if c.key == "amount" else c for c in table.columns)
    draw_table(replace(table, columns=columns), sheet.stamp, f"calendar_{'futures' if choose else 'plan'}")
    st.caption(t("plan.calendar_note"))
    offer_file(sheet.answer, "calendar.ics", f"calendar_{choose}")


def _name(future: Known) -> str:
    return f"{say_told(future.told, t)} · {show_share(future.chance)}"


def _fits(kind: str, kept: str) -> bool:
    if kept == "last":
        return kind in LAST_DAYS
    if kept == "paid":
        return kind == "payment"
    return kind in MOVED if kept == "moved" else True
