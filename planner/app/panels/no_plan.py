"""Where there is no plan: what could be reached, and which single rule stands in the way."""

from __future__ import annotations

import streamlit as st

from planner.app.panels.phrases import amount, capacity, word
from planner.app.plain import label
from planner.app.words.words import ENGLISH, language, t
from planner.report.answer import Answer
from planner.report.obstacles import find_bests, find_prices
from planner.vocabulary import Status


def draw_no_plan(answer: Answer) -> None:
    """The verdict in words and numbers, and what to do next."""
    if answer.result.status != Status.INFEASIBLE:
        reason = answer.mask.text(answer.result.reason)
        st.markdown(f"#### {t('plan.stopped', reason=label(word('plan.reason', reason)) if reason else t('plan.reason_none'))}")
        st.markdown(t("plan.stopped_do"))
        return
    st.markdown(f"#### {t('plan.infeasible')}")
    for best in find_bests(answer.result.reasons):
        st.markdown(
            t("plan.best_reach", reached=capacity(best.reached_mw), wanted=capacity(best.wanted_mw), demand=label(best.demand),
              period=best.period)
        )  # fmt: skip
    prices = find_prices(answer)
    st.markdown(t("plan.one_rule" if prices else "plan.no_one_rule"))
    for price in prices:
        rule = price.says if language() == ENGLISH else word("plan.rule", price.rule)
        cost = amount(price.cost, answer.scenario.money)
        st.markdown(f"- {t('plan.rule_price', rule=label(rule if rule != price.rule else price.says), cost=cost)}")
    st.markdown(t("plan.infeasible_do"))
