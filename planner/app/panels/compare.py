"""Answers side by side: numbers, makers, the cost bridge, what moved, which inputs changed."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import streamlit as st

from planner import __version__
from planner.app.charts.bridge import draw_bridge, find_spans
from planner.app.charts.mix import draw_mix
from planner.app.panels.compare_table import bridge_table, equipment_table, list_parts, mix_table, money_of, sides_table
from planner.app.panels.compare_words import moved_table, say_difference, say_parts
from planner.app.panels.phrases import naming
from planner.app.panels.pictures import current_look, draw_fold
from planner.app.panels.tables import draw_table
from planner.app.plain import draw_text, label
from planner.app.words.words import t
from planner.report.compare_words import show_amount
from planner.report.comparison import Comparison, Versus
from planner.report.mask import Mask
from planner.report.table import Table
from planner.studies.compare.subject import Subject

MOST_INPUTS = 100


def draw_comparison(found: Comparison, subjects: tuple[Subject, ...], mask: Mask) -> None:
    """The sentences of every pair and the table of all; then everything about the pair the reader looks at."""
    st.markdown("\n".join(f"- {say_difference(found, pair)}" for pair in found.pairs))
    stamp = {"answers": ", ".join(f"{side.name} {side.fingerprint[:8]}" for side in found.sides), "version": __version__}
    st.subheader(t("compare.sides_title"), anchor="sides")
    draw_table(sides_table(found), stamp, "answers")
    if any(side.futures > 1 for side in found.sides):
        st.caption(t("compare.quiet_note"))
    _draw_mix(found, stamp)
    places = list(range(len(found.pairs)))
    place = 0
    if len(places) > 1:
        words = [
            t("compare.pair", first=found.sides[p.first].name, second=found.sides[p.second].name) for p in found.pairs
        ]  # fmt: skip
        chosen = st.selectbox(t("compare.which_pair"), places, format_func=words.__getitem__, key="compare_pair")
        place = chosen or 0
    _draw_pair(found, found.pairs[place], subjects, mask, stamp)


def _draw_mix(found: Comparison, stamp: dict[str, str]) -> None:
    st.subheader(t("compare.mix_title"), anchor="mix")
    by = st.segmented_control(
        t("compare.mix_by"), ("suppliers", "countries"), default="suppliers", required=True, key="mix_by",
        format_func=naming("compare.by"), persist_state="session",
    )  # fmt: skip
    by = by or "suppliers"
    table = mix_table(found, by)
    if not table.rows:
        st.caption(t("plan.no_rows"))
        return
    _draw_picture("mix", draw_mix(found.sides, by, t, current_look()), t("compare.mix_alt", count=len(found.sides)), table, stamp)


def _draw_pair(found: Comparison, pair: Versus, subjects: tuple[Subject, ...], mask: Mask, stamp: dict[str, str]) -> None:
    one, two = found.sides[pair.first], found.sides[pair.second]
    st.subheader(t("compare.bridge_title", first=label(one.name), second=label(two.name)), anchor="bridge")
    if pair.bridge is None:
        st.caption(t("compare.no_bridge"))
        draw_text(pair.no_bridge)
    else:
        st.markdown(say_parts(found, pair))
        parts = list_parts(found, pair)
        spans = find_spans(
            (one.name, pair.bridge.before), parts, (two.name, pair.bridge.after),
            lambda amount, sign: show_amount(amount, two, sign=sign),
        )  # fmt: skip
        alt_words = t("compare.bridge_alt", before=spans[0].text, after=spans[-1].text, count=len(parts))
        table = bridge_table(found, pair)
        _draw_picture("bridge", draw_bridge(spans, money_of(two), t, current_look()), alt_words, table, stamp)
        st.caption(t("compare.bridge_note"))
        draw_fold(
            t("compare.by_equipment"), "fold_equipment", lambda: draw_table(equipment_table(found, pair), stamp, "equipment")
        )
    st.subheader(t("compare.moved_title"), anchor="moved")
    if pair.moved:
        draw_table(moved_table(pair, shown_names(subjects, mask), shown_units(subjects, mask)), stamp, "moved")
    else:
        st.caption(t("compare.nothing_moved"))
    st.subheader(t("compare.inputs_title"), anchor="inputs")
    if pair.inputs:
        st.caption(t("compare.inputs_count", count=len(pair.inputs)))
        draw_text("\n".join(pair.inputs[:MOST_INPUTS]))
    else:
        st.caption(t("compare.no_inputs"))


def _draw_picture(file: str, chart: alt.LayerChart, words: str, table: Table, stamp: dict[str, str]) -> None:
    with st.container(key=f"picture_{file}"):
        st.vega_lite_chart(chart.to_dict(), alt=words, key=f"chart_{file}")
    draw_fold(t("plan.as_table"), f"fold_{file}", lambda: draw_table(table, stamp, file))


def shown_names(subjects: tuple[Subject, ...], mask: Mask) -> Mapping[str, str]:
    """Names of all suppliers that are not confidential, by id."""
    scenarios = [subject.scenario for subject in subjects if subject.scenario is not None]
    return {one.id: one.name or one.id for scenario in scenarios for one in scenario.suppliers if not mask.hides(one.id)}


def shown_units(subjects: tuple[Subject, ...], mask: Mask) -> Mapping[str, str]:
    """Units of all offers by the id that may be shown."""
    return {mask.offer(offer.id): offer.unit for s in subjects if s.scenario is not None for offer in s.scenario.offers}
