"""The answer a page draws: the session's run, confidential suppliers masked unless the reader asks for their names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

import streamlit as st

from planner.app.page_list import find_page
from planner.app.state import is_provisional, open_answer
from planner.app.words.words import t
from planner.report.answer import Answer
from planner.report.mask import NOTHING_MASKED
from planner.report.stamp import find_stamp
from planner.report.view import View

UNMASKED = "unmasked_answer"
"""In the session of a reader who asked for names: the answer, and the same with them, whose view is found only once."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What every section draws from: the answer, its plan, the stamp on every export, the scenario's title (masked)."""

    answer: Answer
    view: View
    stamp: dict[str, str]
    title: str


def open_sheet(answer: Answer) -> Sheet | None:
    """The sheet of an answer that has a plan."""
    if answer.view is None:
        return None
    title = answer.mask.text(answer.scenario.title)
    return Sheet(answer, answer.view, find_stamp(answer), t("plan.title_quiet", title=title) if answer.view.branches else title)


def pick_answer() -> Answer | None:
    """The answer to draw. Without one says what to do and returns None."""
    answer = open_answer()
    if answer is None:
        st.info(t("plan.empty"))
        st.page_link(find_page("scenario"), label=t("plan.go_to_scenario"))
        return None
    if is_provisional():
        st.info(t("plan.provisional"))
    return unmask(answer)


def unmask(answer: Answer) -> Answer:
    """The answer with the names of confidential suppliers where the reader has switched them on."""
    if not answer.mask.suppliers:
        return answer
    count = len(answer.mask.suppliers)
    if st.toggle(t("plan.unmask", count=count), key="unmask", help=t("plan.unmask_help"), persist_state="session"):
        st.warning(t("plan.unmasked"))
        kept = st.session_state.get(UNMASKED)
        if kept is None or kept[0] is not answer:
            kept = st.session_state[UNMASKED] = (answer, replace(answer, mask=NOTHING_MASKED))
        return cast("Answer", kept[1])
    st.session_state.pop(UNMASKED, None)
    return answer
