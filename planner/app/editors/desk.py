"""The draft a session works on, and the editors on the page: what is typed into them goes into the draft.

A table keeps the rows it was first drawn with as long as its editor lives, and the editor keeps what was typed; the draft
is those rows plus that, worked out anew on every run. When the draft changes in another way (undo, reset, another
section, a change of page) the editors are drawn anew from the draft, under a new number in their keys.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from planner.app.draft.draft import Draft, data, open_draft, write
from planner.app.draft.history import History, push
from planner.app.draft.kept import keep
from planner.app.draft.lookups import build_lookups
from planner.app.draft.reading import Reading
from planner.app.draft.sheet import Sheet
from planner.app.draft.specs import SECTIONS
from planner.app.draft.typed import Typed, read_tables
from planner.app.draft.view import View
from planner.app.state import SCENARIO, mark_unsaved, scenarios_folder
from planner.app.words.words import language
from planner.errors import BadInput, PlannerError
from planner.scenario.findings import Finding

HISTORIES, MOUNTED, NUMBER, ABSORBED, SHEET, SESSION = (
    "draft_histories", "draft_mounted", "draft_number", "draft_absorbed", "draft_sheet", "draft_session",
)  # fmt: skip
"""Names in the session."""
NOT_KEPT = "draft_not_kept"
TOO_LONG = "draft_too_long"
MOST_TYPED = 200
"""New rows an editor may hold; with more, the table is drawn anew with them: editors add rows one by one, slowly."""
REFUSED = "draft_refused"
NOTHING = Typed((), (), ())


@dataclass(frozen=True, slots=True)
class Mounted:
    """The editors on the page: the draft they were drawn from, their tables, and the number in their keys."""

    name: str
    section: str
    language: str
    number: int
    draft: Draft
    views: tuple[View, ...]
    drawn: bool = False

    @property
    def editors(self) -> list[str]:
        """The editors' keys, ``ed_<table>_<number>``."""
        return [editor_key(view, self.number) for view in self.views]


def editor_key(view: View, number: int) -> str:
    """The key of the editor of a table; dots of its name become hyphens."""
    return f"ed_{view.name.replace('.', '-')}_{number}"


def session_id() -> str:
    """A name for this session's kept drafts."""
    if SESSION not in st.session_state:
        st.session_state[SESSION] = secrets.token_hex(8)
    return str(st.session_state[SESSION])


def history_of(name: str) -> History:
    """The drafts of a scenario in this session; opens the file on the first call. Raises BadInput when it cannot be edited."""
    histories: dict[str, History] = st.session_state.setdefault(HISTORIES, {})
    if name not in histories:
        histories[name] = History(open_draft(name, scenarios_folder()))
    return histories[name]


def set_history(name: str, history: History) -> None:
    """Go on from another draft; the editors are drawn anew."""
    _store(name, history)
    st.session_state[MOUNTED] = None


def forget_history(name: str) -> None:
    """Open the file anew on the next run; edits that were not saved are gone."""
    st.session_state.setdefault(HISTORIES, {}).pop(name, None)
    st.session_state[MOUNTED] = None


def lost_draft() -> str | None:
    """The scenario the address names when its file is gone but this session has edits of it."""
    name = st.session_state.get(SCENARIO)
    history = st.session_state.get(HISTORIES, {}).get(name)
    return name if isinstance(name, str) and history and history.now.changed else None


def absorb() -> Typed:
    """Take what was typed into the editors over into the draft. Runs on every change of an editor and on every run."""
    mounted: Mounted | None = st.session_state.get(MOUNTED)
    if mounted is None or any(key not in st.session_state for key in mounted.editors):
        return NOTHING
    states = [_state(key) for key in mounted.editors]
    sign = (mounted.number, json.dumps(states, sort_keys=True, default=str))
    known = st.session_state.get(ABSORBED)
    if known and known[0] == sign:
        typed: Typed = known[1]
        return typed
    found = data(mounted.draft)
    typed = read_tables(found, build_lookups(found).periods, zip(mounted.views, states, strict=True))
    st.session_state.pop(REFUSED, None)
    try:
        draft = write(mounted.draft, typed.edits)
        if draft.text:
            _store(mounted.name, push(history_of(mounted.name), draft))
    except PlannerError as error:
        st.session_state[REFUSED] = str(error)
    st.session_state[ABSORBED] = (sign, typed)
    long = max((len(state.get("added_rows") or ()) for state in states), default=0) > MOST_TYPED
    if typed.too_long or (long and not typed.pending):
        st.session_state[MOUNTED] = None
    if typed.too_long:
        st.session_state[TOO_LONG] = typed.too_long
    return typed


def take_over() -> None:
    """``absorb`` as an editor calls it: even when the same click leads to another page."""
    absorb()


def reading_now(name: str) -> Reading:
    """The draft of a scenario as read and checked, with what was typed last."""
    absorb()
    return history_of(name).now.reading


def mount(name: str, section: str) -> Mounted:
    """The editors of one section for the draft as it is: those on the page if they still fit, else new ones."""
    mounted: Mounted | None = st.session_state.get(MOUNTED)
    fits = mounted and (mounted.name, mounted.section, mounted.language) == (name, section, language())
    if mounted and fits and (not mounted.drawn or all(key in st.session_state for key in mounted.editors)):
        return mounted
    sheet = sheet_of(history_of(name).now)
    number = 0 if NUMBER not in st.session_state else st.session_state[NUMBER] + 1
    st.session_state[NUMBER] = number
    views = tuple(sheet.tables[table] for table in SECTIONS[section])
    st.session_state[MOUNTED] = Mounted(name, section, language(), number, sheet.draft, views)
    new: Mounted = st.session_state[MOUNTED]
    return new


def note_mounted() -> None:
    """Say that all editors have been drawn: from now on one that is missing was dropped with the page."""
    mounted: Mounted | None = st.session_state.get(MOUNTED)
    if mounted:
        st.session_state[MOUNTED] = replace(mounted, drawn=True)


def sheet_of(draft: Draft) -> Sheet:
    """What the page shows of a draft; kept until the draft changes."""
    sheet: Sheet | None = st.session_state.get(SHEET)
    if sheet is None or sheet.draft is not draft:
        sheet = Sheet(draft)
        st.session_state[SHEET] = sheet
    return sheet


def findings_of_opening(name: str) -> list[Finding]:
    """Why a scenario cannot be edited; empty when it can."""
    try:
        history_of(name)
    except BadInput as error:
        return error.findings
    return []


def _state(key: str) -> dict[str, Any]:
    state = st.session_state[key]
    return {name: state.get(name) or None for name in ("edited_rows", "added_rows", "deleted_rows")} if state else {}


def _store(name: str, history: History) -> None:
    """Remember the draft in the session and on the disk."""
    histories: dict[str, History] = st.session_state.setdefault(HISTORIES, {})
    if histories.get(name) is history:
        return
    histories[name] = history
    mark_unsaved(history.now.changed)
    try:
        keep(history.now, session_id())
        st.session_state.pop(NOT_KEPT, None)
    except OSError:
        st.session_state[NOT_KEPT] = True
