"""Asks why in the background: a button with the time it may take, how far it is while it lasts, a button to stop it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from planner.app.jobs import find_studies
from planner.app.run import Run
from planner.app.study_live import draw_study
from planner.app.study_run import StudyRun
from planner.app.why.asks import Why, pick_missing
from planner.app.why.known import find_known
from planner.app.words.words import t
from planner.explain.explanation import Explanation
from planner.report.answer import Answer

MINUTES = (1, 3, 10, 30)
LIMIT = "why_minutes"


def draw_ask(run: Run, answer: Answer, known: Explanation | None) -> None:
    """What can be asked about a plan all at once; nothing more once all of it is known."""
    key, missing = f"why_{answer.result.fingerprint}", pick_missing(known)
    study = find_studies().get(key)
    if not missing and (study is None or study.ended):
        return
    name = t("why.ask_rest" if known is not None and known.parts else "why.ask")
    work = Why(run, answer, find_known(), missing, (), seconds())
    draw_question(run, key, work, t("why.ask_note"), name)


def draw_question(run: Run, key: str, work: Callable[[StudyRun], Any], note: str, name: str) -> None:
    """The button with what it is for and how long it may take, or how far the study is that it started."""
    with st.container(border=True, key="why_question"):
        study = find_studies().get(key)
        if study is None or study.ended:
            st.caption(note if run.ended else t("why.wait_for_plan"))
            st.selectbox(t("why.minutes"), MINUTES, index=1, key=LIMIT, persist_state="session", width=180)
        draw_study(key, lambda: start_study(key, work), name, ready=run.ended)


def start_study(key: str, work: Callable[[StudyRun], Any]) -> None:
    """Put the work into the queue, anew where the same has ended before."""
    find_studies().forget(key)
    find_studies().start(key, work)


def seconds() -> float:
    """The time the reader gives for all questions together."""
    return 60.0 * float(st.session_state.get(LIMIT) or MINUTES[1])
