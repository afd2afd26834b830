"""Somebody else saved the file meanwhile: both versions side by side, a choice for each difference, nothing lost."""

from __future__ import annotations

import hashlib
from typing import Any

import streamlit as st

from planner.app.draft.compare import Difference
from planner.app.draft.draft import Draft, open_draft
from planner.app.draft.history import History, push
from planner.app.draft.saving import conflict_differences, join
from planner.app.editors.desk import absorb, history_of, set_history
from planner.app.editors.saving_panel import CONFLICT, FAILED
from planner.app.plain import draw_text
from planner.app.state import scenarios_folder
from planner.app.words.words import t
from planner.errors import PlannerError
from planner.scenario.findings import Finding, cut
from planner.scenario.places import MISSING
from planner.scenario.render import plain, render
from planner.scenario.store import Opened

MINE, THEIRS = "mine", "theirs"
MOST_SHOWN = 100
JOINED = "conflict_joined"


def draw_conflict(name: str) -> None:
    """The panel, when saving met a file that is not the one opened; a hint as soon as the file changes on the disk."""
    if st.session_state.pop(JOINED, False):
        st.success(t("scenario.conflict_joined"))
    found: tuple[str, Opened | None] | None = st.session_state.get(CONFLICT)
    draft = history_of(name).now
    if found is None or found[0] != name:
        if draft.changed and _on_disk(name) != draft.opened.sha256:
            st.warning(t("scenario.disk_changed"))
        return
    if found[1] is None:
        st.error(t("scenario.conflict_gone"))
        return
    st.error(t("scenario.conflict"))
    differences = conflict_differences(draft, found[1])
    for number, difference in enumerate(differences[:MOST_SHOWN]):
        _draw_difference(number, difference)
    with st.container(horizontal=True):
        st.button(t("scenario.conflict_join"), key="conflict_join", on_click=_join, args=(name, found[1], differences))
        st.button(t("scenario.conflict_drop"), key="conflict_drop", on_click=_drop, args=(name,))
    with st.expander(t("scenario.conflict_texts"), key="conflict_texts"):
        left, right = st.columns(2)
        left.caption(t("scenario.conflict_mine"))
        left.code(draft.text, language=None)
        right.caption(t("scenario.conflict_theirs"))
        right.code(found[1].text, language=None)


def reopen_if_changed(name: str) -> None:
    """A draft without edits follows its file; one whose base was changed is read anew."""
    draft = history_of(name).now
    if not draft.changed and _on_disk(name) not in (draft.opened.sha256, ""):
        set_history(name, History(open_draft(name, scenarios_folder())))
        return
    read = draft.reading.document
    bases = read.files[1:] if read else ()
    if any(_on_disk(base) not in (sha, "") for base, sha in bases):
        set_history(name, History(Draft(name, draft.folder, draft.opened, draft.edits)))


def _draw_difference(number: int, difference: Difference) -> None:
    where, mine, theirs, choice = st.columns([3, 3, 3, 2])
    with where:
        draw_text(difference.name)
        st.caption(t("scenario.conflict_before"))
        draw_text(_said(difference.before))
        if difference.clash:
            st.caption(t("scenario.conflict_both"))
    with mine:
        st.caption(t("scenario.conflict_mine"))
        draw_text(_said(difference.mine))
    with theirs:
        st.caption(t("scenario.conflict_theirs"))
        draw_text(_said(difference.theirs))
    sides = {MINE: t("scenario.conflict_mine"), THEIRS: t("scenario.conflict_theirs")}
    own = difference.clash or difference.theirs == difference.before
    choice.radio(
        t("scenario.conflict_take"), list(sides), index=0 if own else 1, key=f"take_{number}",
        format_func=sides.__getitem__,
    )  # fmt: skip


def _said(value: Any) -> str:
    return t("scenario.conflict_nothing") if value is MISSING else cut(render(plain(value)))


def _join(name: str, theirs: Opened, differences: list[Difference]) -> None:
    absorb()
    history = history_of(name)
    taken = [one for number, one in enumerate(differences) if st.session_state.get(f"take_{number}", MINE) == MINE]
    try:
        joined = join(history.now, theirs, taken)
        set_history(name, push(history, joined))
    except PlannerError as error:
        st.session_state[FAILED] = [Finding(name, 0, 0, "", "", str(error))]
        return
    st.session_state.pop(CONFLICT, None)
    st.session_state[JOINED] = True


def _drop(name: str) -> None:
    st.session_state.pop(CONFLICT, None)
    history = history_of(name)
    set_history(name, push(history, open_draft(name, scenarios_folder())))


def _on_disk(name: str) -> str:
    """The hash of the file now; empty when it cannot be read."""
    try:
        return hashlib.sha256((scenarios_folder() / name).read_bytes()).hexdigest()
    except OSError:
        return ""
