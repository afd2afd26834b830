"""Above the tables: where the draft stands, undo, redo, reset, and what changed as sentences."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from planner.app.draft.history import History, redo, reset, undo
from planner.app.draft.sheet import Sheet
from planner.app.editors.desk import NOT_KEPT, REFUSED, absorb, history_of, set_history
from planner.app.editors.findings import draw_all_findings
from planner.app.plain import draw_text
from planner.app.words.words import t

MOST_SENTENCES = 200


def draw_tools(name: str, sheet: Sheet) -> None:
    """Status, undo, redo, reset."""
    history = history_of(name)
    counts = {"errors": sheet.count("error"), "warnings": sheet.count("warning")}
    if history.now.changed:
        st.text(t("scenario.status_changed", changes=max(len(sheet.sentences), 1), **counts))
    else:
        st.text(t("scenario.status_clean", **counts))
    with st.container(horizontal=True):
        _step(name, "undo", undo, bool(history.past))
        _step(name, "redo", redo, bool(history.future))
        _step(name, "reset", reset, history.now.changed)
    if st.session_state.get(NOT_KEPT):
        st.warning(t("scenario.not_kept"))
    if refused := st.session_state.get(REFUSED):
        st.error(t("scenario.refused"))
        draw_text(refused)


def draw_changes(sheet: Sheet) -> None:
    """What differs from the file, one sentence per change; beside it everything the check says."""
    changes, findings = st.columns(2)
    with (
        changes,
        st.expander(t("scenario.part_count", part=t("scenario.changes"), count=len(sheet.sentences)), key="changes_panel"),
    ):
        if not sheet.draft.changed:
            st.caption(t("scenario.changes_none"))
        elif not sheet.sentences:
            st.caption(t("scenario.changes_unsaid"))
        else:
            draw_text("\n".join(sheet.sentences[:MOST_SENTENCES]))
    with findings:
        draw_all_findings(sheet)


def _step(name: str, key: str, step: Callable[[History], History], possible: bool) -> None:
    st.button(t(f"scenario.{key}"), key=key, disabled=not possible, on_click=_go, args=(name, step))


def _go(name: str, step: Callable[[History], History]) -> None:
    absorb()
    set_history(name, step(history_of(name)))
