"""Which plan risks least: every plan begun in every scenario, when the reader asks for it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from planner import __version__
from planner.app.charts.regret import draw_regret
from planner.app.jobs import find_studies, results_folder
from planner.app.panels.pictures import current_look, draw_fold, offer_svg
from planner.app.panels.regret_words import refusals_table, regret_table, say_regret, show_cell
from planner.app.panels.tables import draw_table
from planner.app.plain import label
from planner.app.sides.replaying import Replay, find_hurdle
from planner.app.study_live import draw_study
from planner.app.words.words import t
from planner.options import Options
from planner.report.mask import Mask
from planner.report.regret_picture import draw_regret as write_picture
from planner.report.view import money_unit
from planner.studies.compare.subject import Subject
from planner.studies.regret.matrix import RegretMatrix

KEPT = "regret_kept"
"""In the session: (folder, what was read back from it)."""


def draw_regret_section(subjects: tuple[Subject, ...], mask: Mask, options: Options) -> None:
    """The button, and below it what was found."""
    st.subheader(t("regret.title"), anchor="regret")
    st.caption(t("regret.note"))
    if hurdle := find_hurdle(subjects):
        st.caption(t(f"regret.hurdle_{hurdle}"))
        return
    replay = Replay(subjects, mask, options)
    found = _find(replay)
    study = draw_study(replay.folder, partial(_start, replay), t("regret.run"), known=found is not None)
    if found is not None and (study is None or study.ended):
        _draw(found, mask)


def _find(replay: Replay) -> RegretMatrix | None:
    study = find_studies().get(replay.folder)
    if study is not None and isinstance(study.found, RegretMatrix):
        return study.found
    kept = st.session_state.get(KEPT)
    if kept is None or kept[0] != replay.folder:
        try:
            kept = st.session_state[KEPT] = (replay.folder, replay.read_back(results_folder()))
        except (OSError, ValueError, KeyError, TypeError):
            st.warning(t("trade.unreadable"))
            return None
    found: RegretMatrix | None = kept[1]
    return found


def _start(replay: Replay) -> None:
    st.session_state.pop(KEPT, None)
    find_studies().forget(replay.folder)
    find_studies().start(replay.folder, replay.work(results_folder()))


def _draw(found: RegretMatrix, mask: Mask) -> None:
    st.markdown("\n".join(f"- {text}" for text in say_regret(found, mask)))
    chart = draw_regret(found, mask, show_cell, t, current_look())
    with st.container(key="picture_regret"):
        st.vega_lite_chart(
            chart.to_dict(), alt=t("regret.chart_alt", plans=len(found.plans), worlds=len(found.worlds)), key="chart_regret"
        )
    st.caption(t("regret.chart_note", money=label(money_unit(found.scenario.money))))
    stamp = {"gap": f"{found.gap:g}", "version": __version__}
    draw_table(regret_table(found, mask), stamp, "regret")
    title = ", ".join(mask.text(plan.name) for plan in found.plans)
    offer_svg("regret", lambda: write_picture(found, title, mask))
    if (refusals := refusals_table(found, mask)).rows:
        draw_fold(t("regret.refusals"), "fold_refusals", lambda: draw_table(refusals, stamp, "refusals"))
