"""Drafts that were never saved are offered again; leaving the page with one asks first."""

from __future__ import annotations

import streamlit as st

from planner.app.draft.draft import Draft
from planner.app.draft.history import push
from planner.app.draft.kept import Kept, find_kept, forget
from planner.app.editors.desk import absorb, history_of, session_id, set_history
from planner.app.plain import draw_text
from planner.app.state import scenarios_folder
from planner.app.words.words import t

OFFERED = "drafts_offered"
GUARD = """
export default function({data}) {
  const ask = (event) => { event.preventDefault(); event.returnValue = '' }
  if (data.unsaved) window.addEventListener('beforeunload', ask)
  return () => window.removeEventListener('beforeunload', ask)
}
"""


def draw_kept(name: str) -> None:
    """Kept drafts of this scenario from other sessions, each to go on with or to discard."""
    for number, kept in enumerate(_offered(name)):
        with st.container(horizontal=True, vertical_alignment="center", key=f"kept_{number}"):
            draw_text(t("scenario.kept", when=f"{kept.when:%Y-%m-%d %H:%M} UTC", count=len(kept.draft.edits)))
            st.button(t("scenario.kept_restore"), key=f"kept_restore_{number}", on_click=_restore, args=(name, kept))
            st.button(t("scenario.kept_discard"), key=f"kept_discard_{number}", on_click=_discard, args=(name, kept))


def guard_unsaved(unsaved: bool) -> None:
    """Let the browser ask before it leaves a page with changes that are not saved."""
    st.components.v2.component("unsaved_guard", js=GUARD)(data={"unsaved": unsaved}, key="unsaved_guard")


def _offered(name: str) -> list[Kept]:
    """Looked up once per scenario and session."""
    offered: dict[str, list[Kept]] = st.session_state.setdefault(OFFERED, {})
    if name not in offered:
        offered[name] = [kept for kept in find_kept(scenarios_folder(), name) if kept.session != session_id()]
    return offered[name]


def _restore(name: str, kept: Kept) -> None:
    absorb()
    draft = Draft(name, scenarios_folder(), kept.draft.opened, kept.draft.edits)
    set_history(name, push(history_of(name), draft))
    _discard(name, kept)


def _discard(name: str, kept: Kept) -> None:
    try:
        forget(scenarios_folder(), name, kept.session)
    finally:
        st.session_state.get(OFFERED, {}).pop(name, None)
