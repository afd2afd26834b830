"""Prices: what every rule costs, what slots, weeks and sites are worth, at which price each offer turns; near-ties."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from planner.app.panels.pictures import draw_fold
from planner.app.panels.shown import Sheet
from planner.app.panels.tables import draw_table
from planner.app.panels.why_words import ScreenNaming, open_naming, say_rule, translate
from planner.app.words.words import language, t
from planner.explain.explanation import Explanation
from planner.report.saying import show_value
from planner.report.table import Table
from planner.report.why_tables import (
    offers_table,
    rules_table,
    sites_table,
    slots_table,
    suppliers_table,
    ties_table,
    weeks_table,
)
from planner.report.words.catalogue import find_language

Make = Callable[[Explanation, ScreenNaming], Table]


def draw_prices(sheet: Sheet, known: Explanation) -> None:
    """A section for each part that has been asked about."""
    asked = {part.part for part in known.parts}
    naming = open_naming(sheet)
    if "rules" in asked:
        st.subheader(t("why.rules_title"), anchor="rules")
        st.caption(t("why.rules_note"))
        draw_table(_rules(known, naming), sheet.stamp, "rules")
    if "slots" in asked:
        st.subheader(t("why.slots_title"), anchor="slots")
        st.caption(t("why.slots_note"))
        draw_table(_slots(known, naming), sheet.stamp, "slots_worth")
        _fold(sheet, "weeks", translate(weeks_table(known, naming)))
        _fold(sheet, "sites", translate(sites_table(known, naming)))
    if "offers" in asked:
        st.subheader(t("why.offers_title"), anchor="offers")
        st.caption(t("why.offers_note"))
        draw_table(translate(offers_table(known, naming)), sheet.stamp, "offers")
        _fold(sheet, "suppliers", translate(suppliers_table(known, naming)))


def draw_ties(sheet: Sheet, known: Explanation) -> None:
    """Plans about as good with other suppliers."""
    if known.ties is None:
        return
    naming = open_naming(sheet)
    st.subheader(t("why.ties_title"), anchor="ties")
    within = f"{100 * known.ties.within:g} %"
    st.caption(t("why.ties_complete" if known.ties.complete else "why.ties_note", within=within))
    draw_table(translate(ties_table(known, naming)), sheet.stamp, "ties")


def _rules(known: Explanation, naming: ScreenNaming) -> Table:
    """The table with the rules in words, which hold what is written, instead of fields."""
    table = translate(rules_table(known, naming))
    rows = tuple((say_rule(price, naming.view), None, *row[2:]) for price, row in zip(known.rules, table.rows, strict=True))
    return replace(table, rows=rows)


def _slots(known: Explanation, naming: ScreenNaming) -> Table:
    """The table with the names of those who own the slots."""
    table, chosen = translate(slots_table(known, naming)), find_language(language())
    names = [show_value("pool", slot.pool, naming.view, chosen) for slot in known.slots]
    return replace(table, rows=tuple((name, *row[1:]) for name, row in zip(names, table.rows, strict=True)))


def _fold(sheet: Sheet, name: str, table: Table) -> None:
    if table.rows:
        draw_fold(t(f"why.{name}_title"), f"fold_{name}", lambda: draw_table(table, sheet.stamp, name))
