"""The one registry of runs of this server, shared by all sessions: who knows a run's id may look at it, nobody else."""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st

from planner.app.runs import Runs
from planner.app.study_runs import Studies

RESULTS_VARIABLE = "PLANNER_RESULTS"
"""Environment variable with the folder for results, set by ``planner app``."""


def results_folder() -> Path:
    """Where results folders go."""
    return Path(os.environ.get(RESULTS_VARIABLE) or "results")


@st.cache_resource(show_spinner=False, on_release=Runs.close)
def find_runs() -> Runs:
    """The registry: one core is left to the pages."""
    return Runs(at_once=max(1, (os.cpu_count() or 2) - 1), out=results_folder())


@st.cache_resource(show_spinner=False, on_release=Studies.close)
def find_studies() -> Studies:
    """The registry of long studies."""
    return Studies()
