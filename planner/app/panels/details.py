"""What a buyer copies from: orders, cash, slots, countries, the contract calendar, where the numbers come from."""

from __future__ import annotations

from functools import partial

import streamlit as st

from planner.app.charts.cash import draw_cash
from planner.app.charts.exposure import draw_exposure
from planner.app.charts.slots import draw_slots
from planner.app.panels.phrases import naming, word
from planner.app.panels.pictures import current_look, draw_fold, draw_picture
from planner.app.panels.shown import Sheet
from planner.app.panels.tables import draw_table
from planner.app.plain import label
from planner.app.words.words import t
from planner.report.agreements import orders_table, sign_table
from planner.report.exposure import exposure_table, find_shares
from planner.report.flows import By, find_flows, flows_table
from planner.report.payments import cash_table, currency_table, payments_table
from planner.report.register import register_table
from planner.report.slot_race import find_slot_windows, race_table
from planner.report.view import money_unit


def draw_orders(sheet: Sheet) -> None:
    """Whom to qualify and sign, then every purchase order."""
    st.markdown(f"**{t('plan.sign_title')}**")
    draw_table(sign_table(sheet.view), sheet.stamp, "agreements")
    st.markdown(f"**{t('plan.orders_title')}**")
    draw_table(orders_table(sheet.view), sheet.stamp, "orders")
    if sheet.view.branches:
        st.caption(t("plan.orders_note"))


def draw_cash_section(sheet: Sheet) -> None:
    """Cash by period, stacked by milestone or currency; by fiscal year; every payment."""
    by = st.segmented_control(
        t("plan.stack_by"), ("milestone", "currency"), default="milestone", required=True, key="cash_by",
        format_func=naming("plan.by"), persist_state="session",
    )  # fmt: skip
    way: By = "currency" if by == "currency" else "milestone"
    flows = find_flows(sheet.view, way)
    if not flows:
        st.caption(t("plan.no_rows"))
        return
    money = money_unit(sheet.view.scenario.money)
    alt = t("plan.cash_alt", total=label(f"{sum(flow.amount for flow in flows):,.1f}"), money=money)
    months, base = sheet.view.scenario.calendar.months, sheet.view.scenario.money
    draw_picture(
        sheet, "cash", lambda: draw_cash(flows, months, base, partial(word, "plan.milestone"), t, current_look()), alt,
        lambda: flows_table(sheet.view, way), way,
    )  # fmt: skip
    st.caption(t("plan.cash_note"))
    st.markdown(f"**{t('plan.fiscal_title')}**")
    draw_table(cash_table(sheet.view), sheet.stamp, "cash_by_year")
    st.markdown(f"**{t('plan.currency_title')}**")
    draw_table(currency_table(sheet.view), sheet.stamp, "cash_by_currency")
    draw_fold(t("plan.payments_title"), "fold_payments", lambda: draw_table(payments_table(sheet.view), sheet.stamp, "payments"))


def draw_slots_section(sheet: Sheet) -> None:
    """Slots the plan takes, those other buyers take meanwhile, those left."""
    windows = find_slot_windows(sheet.view)
    if not windows:
        st.caption(t("plan.no_slots"))
        return
    calendar = sheet.view.scenario.calendar
    alt = t("plan.slots_alt", rows=len({w.name for w in windows}), used=sum(1 for w in windows if w.plan))
    draw_picture(
        sheet, "slots", lambda: draw_slots(windows, calendar.start, calendar.end, t, current_look()), alt,
        lambda: race_table(sheet.view),
    )  # fmt: skip
    st.caption(t("plan.slots_note"))


def draw_countries(sheet: Sheet) -> None:
    """Shares of spend and of every step by country, with the policy's limits."""
    shares = find_shares(sheet.view)
    if not shares:
        st.caption(t("plan.no_rows"))
        return
    top = max(shares, key=lambda share: share.share or 0.0)
    alt = t("plan.exposure_alt", count=len({s.country for s in shares}), country=top.country, of=word("plan.of", top.of))
    draw_picture(
        sheet, "exposure", lambda: draw_exposure(shares, partial(word, "plan.of"), t, current_look()), alt,
        lambda: exposure_table(sheet.view),
    )  # fmt: skip
    st.caption(t("plan.exposure_note"))


def draw_assumptions(sheet: Sheet) -> None:
    """Where every number comes from; addresses are words, not links."""
    st.caption(t("plan.register_note"))
    draw_table(register_table(sheet.answer.scenario, sheet.answer.mask), sheet.stamp, "assumptions")


SECTIONS = {
    "orders": draw_orders,
    "cash": draw_cash_section,
    "slots": draw_slots_section,
    "countries": draw_countries,
    "assumptions": draw_assumptions,
}
"""Sections a reader chooses one of, by their names in ``words``."""
