"""Ask for a solve, watch it, stop it: the panel of one scenario."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from planner.app.jobs import find_runs
from planner.app.live import draw_run
from planner.app.plain import draw_text
from planner.app.run import Asked
from planner.app.state import look_at_run, open_run, run_id
from planner.app.words.words import t
from planner.errors import PlannerError
from planner.options import Options
from planner.scenario.document import Document
from planner.scenario.findings import Finding
from planner.scenario.read import build_scenario

GAP, SECONDS = "gap_percent", "limit_seconds"
"""Keys of the two settings."""
LONGEST = 86_400
REFUSED = "solve_refused"


def draw_solve(document: Document | None, findings: Sequence[Finding] = (), source: Path | None = None) -> None:
    """Settings, the button, and how the session's run is doing.

    ``document`` is the scenario to solve, as edited; None when it cannot be read. ``findings`` are those of its check:
    errors block the button. ``source`` is its file.
    """
    options = draw_settings()
    errors = sum(finding.severity == "error" for finding in findings)
    run = open_run()
    busy = run is not None and not run.ended
    if not busy:
        find_runs().prepare()
    st.button(
        t("solve.solve"), key="solve", type="primary", disabled=document is None or errors > 0 or busy,
        on_click=begin, args=(document, options, tuple(findings), source),
    )  # fmt: skip
    if errors:
        st.caption(t("solve.blocked", count=errors))
    elif document is None:
        st.caption(t("solve.nothing_to_solve"))
    if refused := st.session_state.pop(REFUSED, ""):
        st.error(t("frame.refused"))
        draw_text(refused)
    if run is not None:
        if document is not None and document.data != run.asked.document.data:
            st.caption(t("solve.other_scenario"))
        draw_run(run)
    elif run_id():
        st.caption(t("solve.unknown_run"))


def draw_settings() -> Options:
    """How exactly and for how long to search; both stay as set on the way through other pages."""
    left, right = st.columns(2)
    gap = left.number_input(
        t("solve.gap"), min_value=0.0, max_value=100.0, value=0.5, step=0.1, format="%g", key=GAP, help=t("solve.gap_help"),
        persist_state="session",
    )  # fmt: skip
    limit = right.number_input(
        t("solve.limit"), min_value=1, max_value=LONGEST, value=300, step=60, key=SECONDS, help=t("solve.limit_help"),
        persist_state="session",
    )  # fmt: skip
    return Options(gap=gap / 100, time_limit=float(limit))


def begin(document: Document, options: Options, findings: tuple[Finding, ...], source: Path | None) -> None:
    """Put the scenario into the queue and look at its run from now on; a scenario that cannot be solved is said no to."""
    try:
        scenario, _ = build_scenario(document)
        warnings = tuple(str(finding) for finding in findings if finding.severity == "warning")
        asked = Asked(document, scenario, source or Path(document.file), options, warnings)
        look_at_run(find_runs().start(asked))
    except PlannerError as error:
        st.session_state[REFUSED] = str(error)
