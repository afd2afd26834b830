"""The numbers at a glance."""

from __future__ import annotations

import streamlit as st

from planner.app.panels.phrases import percent
from planner.app.words.numbers import show_money, show_mw
from planner.app.words.words import t
from planner.plan.reactions import mean_costs
from planner.report.answer import Answer
from planner.report.brief import find_ramp_facts
from planner.report.futures import find_tail
from planner.report.table import grouped
from planner.report.view import View


def draw_tiles(answer: Answer, view: View) -> None:
    """Cash and penalty apart, what is reached, what stays open; with news the averages below."""
    money, measures = answer.scenario.money, view.plan.measures
    facts = find_ramp_facts(view)
    reached, wanted = sum(fact.reached_mw for fact in facts), sum(fact.wanted_mw for fact in facts)
    with st.container(horizontal=True, key="tiles"):
        _tile("cash", show_money(measures.get("cash_cost", 0.0), money))
        _tile("penalty", show_money(measures.get("shortage_cost", 0.0), money))
        _tile("reached", t("plan.of", part=_same_unit(reached, wanted), whole=show_mw(wanted)))
        _tile("open", t("plan.gw_years", amount=grouped(sum(fact.open_gw_years for fact in facts), 2)))
    if view.branches:
        draw_averages(view)


def _same_unit(mw: float, other: float) -> str:
    """Capacity without its unit where the other is written in the same."""
    return show_mw(mw).partition(" ")[0] if (mw >= 1000) == (other >= 1000) else show_mw(mw)


def draw_averages(view: View) -> None:
    """Cash and penalty on average over all futures, and over the worst of them."""
    money, tail, mean = view.scenario.money, find_tail(view), mean_costs(view.everything.futures)
    share = percent(tail.share)
    with st.container(horizontal=True, key="averages"):
        for key, costs in (("mean", mean), ("worst", tail.costs)):
            _tile(f"{key}_cash", show_money(costs["cash_cost"], money), share=share)
            _tile(f"{key}_penalty", show_money(costs["shortage_cost"], money), share=share)


def _tile(key: str, value: str, **words: str) -> None:
    st.metric(t(f"plan.tile_{key}", **words), value, border=True, help=t(f"plan.tile_{key}_help", **words))
