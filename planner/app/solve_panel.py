"""Ask for a solve, watch it, stop it: the panel of one scenario."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from planner.app.draft.reading import Reading
from planner.app.guard import guarded
from planner.app.jobs import find_runs
from planner.app.live import draw_run
from planner.app.plain import draw_text, label
from planner.app.run import Asked
from planner.app.state import look_at_run, open_run, run_id
from planner.app.words.words import t
from planner.errors import BadInput, PlannerError
from planner.options import Options

GAP, SECONDS = "gap_percent", "limit_seconds"
"""Keys of the two settings."""
LONGEST = 86_400
REFUSED, PRESSED = "solve_refused", "solve_pressed"
SETTLING = 0.3
"""Seconds between the first drawing after the click and the start: a table tells what was typed into it 0.15 s later."""
STALE = 30.0
"""Seconds after which a click that led to no start counts no more: the page was left at once."""


def draw_solve(look: Callable[[], Reading], source: Path) -> None:
    """Settings, the button, and how the session's run is doing.

    ``look`` gives the scenario to solve as it is edited at that moment: it is asked again when the button is pressed, for
    what was typed last may not have been drawn. Errors of its check block the button. ``source`` is its file.
    """
    reading = look()
    draw_settings()
    errors = sum(finding.severity == "error" for finding in reading.findings)
    run, pressed = open_run(), PRESSED in st.session_state
    busy = pressed or (run is not None and not run.ended)
    if not busy:
        find_runs().prepare()
    st.button(
        t("solve.solve"), key="solve", type="primary", disabled=reading.document is None or errors > 0 or busy,
        on_click=_press,
    )  # fmt: skip
    if run is not None and not run.ended:  # why the button is grey; the server takes no presses of a grey one
        st.caption(t("solve.goes_on", name=label(run.asked.source.name), run=label(run.run_id)))
    if pressed:
        # counted from the first drawing after the click: by then the page may have been busy for long
        st.session_state[PRESSED] = st.session_state[PRESSED] or time.monotonic()
        _begin_soon(look, source)
    if errors:
        st.caption(t("solve.blocked", count=errors))
    elif reading.document is None:
        st.caption(t("solve.nothing_to_solve"))
    if refused := st.session_state.pop(REFUSED, ""):
        st.error(t("frame.refused"))
        draw_text(refused)
    if run is not None:
        if reading.document is not None and reading.document.data != run.asked.document.data:
            st.caption(t("solve.other_scenario"))
        draw_run(run)
    elif run_id():
        st.caption(t("solve.unknown_run"))


def draw_settings() -> None:
    """How exactly and for how long to search; both stay as set on the way through other pages."""
    left, right = st.columns(2)
    left.number_input(
        t("solve.gap"), min_value=0.0, max_value=100.0, value=0.5, step=0.1, format="%g", key=GAP, help=t("solve.gap_help"),
        persist_state="session",
    )  # fmt: skip
    right.number_input(
        t("solve.limit"), min_value=1, max_value=LONGEST, value=300, step=60, key=SECONDS, help=t("solve.limit_help"),
        persist_state="session",
    )  # fmt: skip


def _press() -> None:
    st.session_state[PRESSED] = 0.0


@st.fragment(run_every=SETTLING)
def _begin_soon(look: Callable[[], Reading], source: Path) -> None:
    with guarded():
        since = st.session_state.get(PRESSED)
        waited = time.monotonic() - since if since else 0.0
        if waited >= SETTLING:
            del st.session_state[PRESSED]
            if waited < STALE:
                begin(look, source)
            st.rerun()


def begin(look: Callable[[], Reading], source: Path) -> None:
    """Put the scenario into the queue and look at its run from now on; a scenario that cannot be solved is said no to.

    Scenario and settings are those of the moment.
    """
    reading = look()
    if reading.document is None or reading.scenario is None:
        st.session_state[REFUSED] = str(BadInput(list(reading.findings)))
        return
    options = Options(gap=st.session_state[GAP] / 100, time_limit=float(st.session_state[SECONDS]))
    warnings = tuple(str(finding) for finding in reading.findings if finding.severity == "warning")
    try:
        look_at_run(find_runs().start(Asked(reading.document, reading.scenario, source, options, warnings)))
    except PlannerError as error:
        st.session_state[REFUSED] = str(error)
