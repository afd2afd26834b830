"""All futures: the tree, and how cost and capacity gap spread over it."""

from __future__ import annotations

import streamlit as st

from planner.app.charts.spread import draw_spread
from planner.app.charts.tree import draw_tree
from planner.app.panels.phrases import amount, percent
from planner.app.panels.pictures import current_look, draw_picture, offer_svg
from planner.app.panels.shown import Sheet
from planner.app.plain import label
from planner.app.words.news import say_told
from planner.app.words.words import t
from planner.plan.reactions import mean_costs
from planner.report.branches import Branch, branches_table, find_branches
from planner.report.futures import find_tail
from planner.report.spread import spread_costs, spread_gaps, spread_table
from planner.report.table import grouped, show_share
from planner.report.tree import draw_tree as write_tree
from planner.report.view import View, money_unit


def draw_tree_section(sheet: Sheet) -> None:
    """The picture of all futures, and what lies outside it."""
    view, calendar = sheet.view, sheet.view.scenario.calendar
    branches, left_out = find_branches(view)
    worst = max(branches, key=lambda branch: branch.cost)
    alt = t(
        "futures.tree_alt", count=len(view.everything.futures), chance=show_share(branches[0].chance),
        worst=say_branch(worst),
    )  # fmt: skip
    draw_picture(
        sheet, "tree", lambda: draw_tree(branches, calendar.start, calendar.end, view.scenario.money, t, current_look()), alt,
        lambda: branches_table(view, say_branch),
    )  # fmt: skip
    st.caption(t("futures.tree_note"))
    if left_out:
        st.caption(t("futures.left_out", count=left_out))
    if view.everything.cut_mass > 0:
        st.caption(t("futures.cut_mass", share=label(show_share(view.everything.cut_mass))))
    offer_svg("tree", lambda: write_tree(view, sheet.answer.mask.text(sheet.answer.scenario.title)))


def say_branch(branch: Branch) -> str:
    """All news of a row in the session's language; plain text."""
    return say_told(branch.told, t)


def draw_spread_section(sheet: Sheet) -> None:
    """Cash and capacity gap over the futures by chance, with their averages and those of the worst."""
    view, money = sheet.view, money_unit(sheet.view.scenario.money)
    tail, mean, look = find_tail(view), mean_costs(view.everything.futures), current_look()
    st.markdown(say_tail(view))
    mean_name, worst_name = t("futures.mean"), t("futures.worst", share=percent(tail.share))
    cash = [(mean_name, mean["cash_cost"]), (worst_name, tail.costs["cash_cost"])]
    gap = [(mean_name, mean["shortage"] / 1000), (worst_name, tail.costs["shortage"] / 1000)]
    left, right = st.columns(2)
    with left:
        st.markdown(f"**{t('futures.spread_cash')}**")
        alt = t(
            "futures.spread_cash_alt", mean=grouped(mean["cash_cost"], 1), worst=grouped(tail.costs["cash_cost"], 1), unit=money
        )
        draw_picture(
            sheet, "spread_cash", lambda: draw_spread(spread_costs(view), money, cash, t, look), alt, lambda: spread_table(view)
        )
    with right:
        st.markdown(f"**{t('futures.spread_gap')}**")
        alt = t(
            "futures.spread_gap_alt", mean=grouped(mean["shortage"] / 1000, 2), worst=grouped(tail.costs["shortage"] / 1000, 2)
        )
        unit = t("plan.unit_GW_years")
        draw_picture(
            sheet, "spread_gap", lambda: draw_spread(spread_gaps(view), unit, gap, t, look), alt, lambda: spread_table(view)
        )


def say_tail(view: View) -> str:
    """The averages in words: over all futures, over the worst, and how much the plan weighs them."""
    money, tail, mean = view.scenario.money, find_tail(view), mean_costs(view.everything.futures)
    values = {
        "share": label(percent(tail.share)), "count": len(view.everything.futures),
        "mean_cash": amount(mean["cash_cost"], money), "mean_penalty": amount(mean["shortage_cost"], money),
        "worst_cash": amount(tail.costs["cash_cost"], money), "worst_penalty": amount(tail.costs["shortage_cost"], money),
    }  # fmt: skip
    text = t("futures.tail", **values)
    if tail.understated:
        text += " " + t("futures.understated", share=label(show_share(view.everything.cut_mass)))
    weight = view.scenario.policy.risk_weight
    return f"{text} {t('futures.weight', weight=label(percent(weight))) if weight else t('futures.no_weight')}"
