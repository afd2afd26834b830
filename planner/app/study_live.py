"""A long study as it goes on: drawn anew on its own while it lasts, without disturbing the page around it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from planner.app.guard import guarded
from planner.app.jobs import find_studies
from planner.app.plain import draw_text, label
from planner.app.study_run import Steps, StudyRun
from planner.app.words.numbers import duration
from planner.app.words.words import t

POLL = 0.5
"""Seconds between two looks at a study."""


def draw_study(
    key: str,
    start: Callable[[], None],
    name: str,
    *,
    known: bool = False,
    ready: bool = True,
    tell: Callable[[Steps], str] | None = None,
) -> StudyRun | None:
    """The button that starts a study, or how the one of this ``key`` is doing, with a button to stop it; returns that one.

    ``start`` puts it into ``find_studies()``, ``name`` is what the button says, ``known`` whether its answer is there already:
    then the button asks again. While the study goes on it is drawn anew, ``tell`` saying how far it is; at its end the page is.
    """
    study = find_studies().get(key)
    if study is not None and not study.ended:
        _live(key, tell or say_steps)
        return study
    st.button(
        t("study.again") if known else name, key=f"study_{key}", on_click=start, disabled=not ready,
        type="tertiary" if known else "primary",
    )  # fmt: skip
    if study is not None:
        _draw_end(study)
    return study


def _draw_end(study: StudyRun) -> None:
    if study.state == "cancelled":
        st.warning(t("study.cancelled" if study.found is not None else "study.cancelled_empty"))
    elif study.state == "failed":
        st.error(t("study.failed"))
        draw_text(study.error)


@st.fragment(run_every=POLL)
def _live(key: str, tell: Callable[[Steps], str]) -> None:
    with guarded():
        study = find_studies().get(key)
        if study is None or study.ended:
            st.rerun()
        steps = study.progress()
        st.info(_say(steps, find_studies().ahead(study), tell))
        share = min(1.0, steps.done / steps.total) if steps.total else 0.0
        st.progress(share, label(t("study.last", what=steps.doing)) if steps.doing else None if steps.done else t("study.begun"))
        st.button(
            t("study.leave" if steps.state == "queued" else "study.stop"), key=f"stop_{key}",
            disabled=steps.state == "cancelling", on_click=find_studies().cancel, args=(key,),
        )  # fmt: skip


def _say(steps: Steps, ahead: int, tell: Callable[[Steps], str]) -> str:
    if steps.state == "queued":
        return t("study.queued", ahead=ahead) if ahead else t("study.next")
    return t("study.stopping") if steps.state == "cancelling" else tell(steps)


def say_steps(steps: Steps) -> str:
    """Such as: solve 4 of about 15, 12 s, about 30 s left."""
    time = duration(steps.seconds)
    if not steps.total:
        return t("study.steps", done=steps.done, time=time)
    text = t("study.steps_of", done=min(steps.done + 1, steps.total), total=steps.total, time=time)
    return text if steps.left is None else f"{text} {t('study.left', time=duration(steps.left))}"
