"""The numbers at a glance, four in a row."""

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
    tiles = (
        ("cash", show_money(measures.get("cash_cost", 0.0), money)),
        ("penalty", show_money(measures.get("shortage_cost", 0.0), money)),
        ("reached", show_mw(reached)),
        ("open", grouped(sum(fact.open_gw_years for fact in facts), 2)),
    )
    for place, (key, value) in zip(st.columns(4, gap="xsmall"), tiles, strict=True):
        with place:
            _tile(key, value, wanted=show_mw(wanted))
    if view.branches:
        draw_averages(view)


def draw_averages(view: View) -> None:
    """Cash and penalty on average over all futures, and over the worst of them."""
    money, tail, mean = view.scenario.money, find_tail(view), mean_costs(view.everything.futures)
    share = percent(tail.share)
    places = iter(st.columns(4, gap="xsmall"))
    for key, costs in (("mean", mean), ("worst", tail.costs)):
        for what in ("cash", "penalty"):
            with next(places):
                _tile(f"{key}_{what}", show_money(costs["cash_cost" if what == "cash" else "shortage_cost"], money), share=share)


def _tile(key: str, value: str, **words: str) -> None:
    st.metric(t(f"plan.tile_{key}", **words), value, border=True, help=t(f"plan.tile_{key}_help", **words))
