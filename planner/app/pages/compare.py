"""Compare: answers side by side, why their costs differ, what moved, and which plan risks least."""

from __future__ import annotations

import streamlit as st

from planner.app.panels.compare import draw_comparison
from planner.app.panels.compare_ask import ask_subjects
from planner.app.panels.regret import draw_regret_section
from planner.app.words.words import t
from planner.report.comparison import Comparison, build_comparison, join_masks
from planner.studies.compare.subject import Subject

FOUND = "comparison"
"""In the session: the answers, and what was found of them."""


def find_comparison(subjects: tuple[Subject, ...]) -> Comparison:
    """All of them against the first; found once for the same answers."""
    kept = st.session_state.get(FOUND)
    if kept is None or kept[0] is not subjects:
        kept = st.session_state[FOUND] = (subjects, build_comparison(subjects))
    found: Comparison = kept[1]
    return found


st.title(t("frame.nav_compare"), anchor=False)
st.caption(t("compare.intro"))
asked = ask_subjects()
if asked is not None:
    subjects, options = asked
    mask = join_masks([subject.scenario for subject in subjects if subject.scenario])
    draw_comparison(find_comparison(subjects), subjects, mask)
    draw_regret_section(subjects, mask, options)
