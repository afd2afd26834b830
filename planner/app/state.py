"""What one browser session looks at: the folder, the open scenario, the run. The address keeps it through a reload.

The address (``?s=`` scenario, ``?run=`` run, ``?lang=`` language) is the truth where it says something; the session
remembers it when a change of page has emptied the address.
"""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

import streamlit as st

from planner.app.jobs import find_runs
from planner.app.run import Run
from planner.app.words.words import LANGUAGE_KEY, browser_language, language
from planner.report.answer import Answer
from planner.result import Result

FOLDER_VARIABLE = "PLANNER_SCENARIOS"
"""Environment variable with the folder of the scenarios, set by ``planner app``."""
SCENARIO, RUN = "s", "run"
"""Names in the address, and in the session where they stand for it."""
UNSAVED = "unsaved"
ENDINGS = (".yaml", ".yml")
MOST_FILES, DEEPEST = 500, 3


def scenarios_folder() -> Path:
    """The folder all scenarios lie in; nothing outside it is read or written."""
    return Path(os.environ.get(FOLDER_VARIABLE) or "scenarios")


def scenario_names() -> list[str]:
    """The scenario files of the folder and up to three levels below, as relative names with ``/``, in order; at most 500."""
    folder = scenarios_folder()
    found: list[str] = []
    for place, below, files in os.walk(folder):
        inside = Path(place).relative_to(folder)
        deep = len(inside.parts) >= DEEPEST
        below[:] = [] if deep else sorted(name for name in below if not name.startswith("."))
        found += [(inside / file).as_posix() for file in files if _is_scenario(file)]
        if len(found) >= MOST_FILES:
            break
    return sorted(found)[:MOST_FILES]


def open_name() -> str | None:
    """The open scenario's name as in ``scenario_names``; None when none is open or the address names none of the folder."""
    name = st.session_state.get(SCENARIO)
    return name if isinstance(name, str) and _is_ours(name) else None


def open_path() -> Path | None:
    """The open scenario's file."""
    name = open_name()
    return scenarios_folder() / name if name else None


def open_scenario(name: str) -> None:
    """Make a scenario of the folder the open one; takes effect for everything drawn after it."""
    _keep(SCENARIO, name)


def is_unsaved() -> bool:
    """Whether the open scenario has changes that are not in its file."""
    return bool(st.session_state.get(UNSAVED))


def mark_unsaved(unsaved: bool) -> None:
    """Say whether the open scenario has changes that are not in its file."""
    st.session_state[UNSAVED] = unsaved


def run_id() -> str | None:
    """The id of the run this session looks at."""
    found = st.session_state.get(RUN)
    return found if isinstance(found, str) and found else None


def look_at_run(chosen: str) -> None:
    """Look at this run from now on, on every page."""
    _keep(RUN, chosen)


def open_run() -> Run | None:
    """The run this session looks at; None when there is none or nobody knows it any more."""
    chosen = run_id()
    return find_runs().get(chosen) if chosen else None


def open_answer() -> Answer | None:
    """The answer to draw: the run's final one, while it lasts the best so far; None when there is no answer yet."""
    run = open_run()
    return run.answer if run else None


def open_result() -> Result | None:
    """The result within ``open_answer``."""
    answer = open_answer()
    return answer.result if answer else None


def is_provisional() -> bool:
    """Whether ``open_answer`` is a plan that may still be replaced by a better one."""
    run = open_run()
    return run is not None and not run.ended


def keep_address() -> None:
    """Make session and address agree; called once at the top of every run of a page.

    The language stands in the address only where it is not the one the browser asks for: an address is passed on.
    """
    wanted = {}
    for name in (SCENARIO, RUN):
        if said := st.query_params.get(name):
            st.session_state[name] = said
        elif held := st.session_state.get(name):
            wanted[name] = held
    chosen = language()
    if chosen != browser_language():
        wanted[LANGUAGE_KEY] = chosen
    elif LANGUAGE_KEY in st.query_params:
        del st.query_params[LANGUAGE_KEY]
    if any(st.query_params.get(name) != value for name, value in wanted.items()):
        st.query_params.update(wanted)  # all at once: each change is a step of the browser's way back


def _is_scenario(file: str) -> bool:
    return file.endswith(ENDINGS) and not file.startswith(".")


def _is_ours(name: str) -> bool:
    """Whether this is the plain name of a scenario that lies in the folder, links followed."""
    parts = PurePosixPath(name).parts
    if ".." in parts or not _is_scenario(parts[-1] if parts else ""):
        return False
    try:
        folder, file = scenarios_folder().resolve(strict=True), (scenarios_folder() / name).resolve(strict=True)
    except (OSError, RuntimeError, ValueError):
        return False
    return file.is_file() and file.is_relative_to(folder)


def _keep(name: str, value: str) -> None:
    st.session_state[name] = value
    st.query_params[name] = value
