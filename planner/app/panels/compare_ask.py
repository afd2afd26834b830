"""Which answers to compare: results folders, or scenarios, which are solved where they are not yet."""

from __future__ import annotations

from functools import partial

import streamlit as st

from planner.app.address import take_one, take_several, tell_address
from planner.app.editors.opening import draw_refusal
from planner.app.jobs import find_studies, results_folder
from planner.app.plain import draw_text, label
from planner.app.sides.entries import Entry, find_entry, find_subject, list_folders, told_apart
from planner.app.sides.solving import find_solved, solve_entry
from planner.app.solve_panel import GAP, SECONDS, draw_settings
from planner.app.state import open_name, open_run, scenario_names, scenarios_folder
from planner.app.study_live import draw_study
from planner.app.words.words import t
from planner.errors import BadInput, PlannerError
from planner.options import Options
from planner.studies.compare.subject import Subject

FIRST, OTHERS = "a", "b"
"""The choices, in the address too."""
MOST = 5
KEPT = "compare_subjects"
"""In the session: the state of the choices, and their answers."""


def ask_subjects() -> tuple[tuple[Subject, ...], Options] | None:
    """The answers chosen, the first one first; None while there are not two, which the page then says."""
    names = [*scenario_names(), *list_folders(results_folder())]
    take_one(FIRST, names, _usual(names))
    take_several(OTHERS, names)
    st.selectbox(t("compare.first"), names, index=None, key=FIRST, placeholder=t("compare.placeholder"), persist_state="session")
    st.multiselect(
        t("compare.others"), [name for name in names if name != st.session_state[FIRST]], key=OTHERS, max_selections=MOST,
        placeholder=t("compare.placeholder"), help=t("compare.others_help"), persist_state="session",
    )  # fmt: skip
    with st.expander(t("compare.settings"), key="compare_settings"):
        draw_settings()
    options = Options(gap=st.session_state[GAP] / 100, time_limit=float(st.session_state[SECONDS]))
    chosen = [st.session_state[FIRST], *(name for name in st.session_state[OTHERS] if name != st.session_state[FIRST])]
    tell_address({FIRST: chosen[0] or "", OTHERS: chosen[1:]})
    if len(chosen) < 2 or not chosen[0]:
        st.info(t("compare.two"))
        return None
    subjects = _find(chosen, options)
    return None if subjects is None else (subjects, options)


def _usual(names: list[str]) -> str | None:
    """The scenario that is open, else nothing."""
    name = open_name()
    return name if name in names else None


def _find(chosen: list[str], options: Options) -> tuple[Subject, ...] | None:
    """The answers, those missing solved when the reader asks for it; None while some are missing."""
    try:
        entries = [find_entry(name, scenarios_folder(), results_folder(), options) for name in chosen]
    except BadInput as error:
        draw_refusal(error.findings)
        return None
    run = open_run()
    state = (tuple(entry.state for entry in entries), tuple(find_solved(e) is not None for e in entries), run and run.run_id)
    kept = st.session_state.get(KEPT)
    if kept is not None and kept[0] == state:
        before: tuple[Subject, ...] = kept[1]
        return before
    found = [_read(entry) for entry in entries]
    missing = [entry for entry, subject in zip(entries, found, strict=True) if subject is None and entry.read is not None]
    for entry in missing:
        draw_study(entry.key, partial(_start, entry, options), t("compare.solve", name=label(entry.name)))
    known = [subject for subject in found if subject is not None]
    if len(known) < len(chosen):
        if missing:
            st.caption(t("compare.missing"))
        return None
    subjects = told_apart(known, chosen)
    st.session_state[KEPT] = (state, subjects)
    return subjects


def _read(entry: Entry) -> Subject | None:
    try:
        return find_subject(entry, find_solved(entry))
    except (PlannerError, OSError, KeyError, TypeError, ValueError) as error:
        st.error(t("compare.unreadable", name=label(entry.name)))
        draw_text(str(error) if isinstance(error, PlannerError) else type(error).__name__)
        return None


def _start(entry: Entry, options: Options) -> None:
    find_studies().start(entry.key, solve_entry(entry, results_folder(), options))
