"""Which batch to look at or to start: its folder, the scenarios, how many at a time, how exactly."""

from __future__ import annotations

import os

import streamlit as st

from planner.app.address import tell_address
from planner.app.batches.starting import A_NAME, Batching, list_batches
from planner.app.jobs import results_folder
from planner.app.solve_panel import GAP, SECONDS, draw_settings
from planner.app.state import scenario_names, scenarios_folder
from planner.app.words.words import t
from planner.options import Options

NAME, ONLY, JOBS = "batch", "batch_only", "batch_jobs"
USUAL = "batch-1"
SCENARIOS = (".yaml",)


def ask_batch() -> Batching | None:
    """The batch the reader has put together; None while its name is none, which the page then says."""
    out = results_folder()
    known = list_batches(out)
    refused = _seed_name(known)
    left, right = st.columns([3, 1])
    chosen = left.selectbox(
        t("runs.folder"), sorted({*known, st.session_state[NAME]} - {None}), key=NAME, accept_new_options=True,
        help=t("runs.folder_help"), persist_state="session",
    )  # fmt: skip
    most = max(2, os.cpu_count() or 1)
    jobs = right.number_input(t("runs.jobs"), 1, most, min(2, most), key=JOBS, help=t("runs.jobs_help"), persist_state="session")
    if refused or not chosen:
        st.error(t("runs.bad_name"))
        return None
    tell_address({NAME: chosen})
    every = [name for name in scenario_names() if name.endswith(SCENARIOS)]
    with st.expander(t("runs.what"), key="runs_settings"):
        only = st.multiselect(
            t("runs.only"), every, key=ONLY, placeholder=t("runs.only_all", count=len(every)), persist_state="session"
        )  # fmt: skip
        draw_settings()
    options = Options(gap=st.session_state[GAP] / 100, time_limit=float(st.session_state[SECONDS]))
    return Batching(scenarios_folder(), only or every, out / chosen, int(jobs), options)


def _seed_name(known: list[str]) -> bool:
    """Let the name be what was chosen or typed, else what the address says; whether something was typed that is no name."""
    held = st.session_state.get(NAME)
    if isinstance(held, str) and A_NAME.fullmatch(held):
        return False
    said = st.query_params.get(NAME, "")
    st.session_state[NAME] = said if A_NAME.fullmatch(said) else known[0] if known else USUAL
    return bool(held)
