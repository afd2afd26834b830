"""The scenario as a workbook: save it, fill it in, bring it back; see what it changes before it goes into the draft."""

from __future__ import annotations

from functools import partial
from pathlib import PurePosixPath
from typing import Any

import streamlit as st

from planner.app.draft.draft import Draft, data, write
from planner.app.draft.history import push
from planner.app.draft.sheet import Sheet
from planner.app.editors.desk import absorb, history_of, set_history
from planner.app.editors.findings import MOST_SHOWN, problem_words
from planner.app.editors.tools import MOST_SENTENCES
from planner.app.plain import draw_text, label
from planner.app.words.words import t
from planner.errors import PlannerError
from planner.exchange.incoming import Incoming, read_incoming
from planner.exchange.outgoing import write_workbook
from planner.exchange.package import LARGEST_FILE
from planner.scenario.differ import describe_difference
from planner.scenario.document import Document
from planner.scenario.findings import Finding
from planner.scenario.splice import ordered

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LARGEST_MB = LARGEST_FILE // 1024**2
UPLOAD, NUMBER, READ, SAID, FAILED = "workbook_upload", "workbook_number", "workbook_read", "workbook_said", "workbook_failed"
"""Names in the session. A workbook that was taken over leaves its place: the next one gets a new number."""


def draw_workbook(name: str, sheet: Sheet) -> None:
    """The workbook to save, and the place for one that comes back, with everything it says."""
    document = sheet.draft.reading.document
    if said := st.session_state.pop(SAID, 0):
        st.success(t("scenario.workbook_taken", count=said))
    if document is None:
        st.caption(t("scenario.workbook_unreadable"))
        return
    st.caption(t("scenario.workbook_help"))
    st.download_button(
        t("scenario.workbook_download"), partial(_write, document), f"{PurePosixPath(name).stem}.xlsx", MIME,
        key="download_workbook", on_click="ignore",
    )  # fmt: skip
    key = f"{UPLOAD}_{st.session_state.setdefault(NUMBER, 0)}"
    file = st.file_uploader(t("scenario.workbook_upload"), type=["xlsx"], key=key, max_upload_size=LARGEST_MB)
    if file is None:
        return
    incoming = read_once(file, sheet.draft)
    draw_incoming(incoming, document)
    st.button(
        t("scenario.workbook_take"), key="workbook_take", on_click=_take, args=(name, key),
        disabled=bool(incoming.errors) or not incoming.resolved_edits,
    )  # fmt: skip
    if failed := st.session_state.pop(FAILED, ""):
        st.error(t("scenario.refused"))
        draw_text(failed)


def draw_incoming(incoming: Incoming, document: Document) -> None:
    """What is wrong with a workbook, by sheet and cell, and what it changes, one sentence per change."""
    if incoming.errors:
        st.error(t("scenario.workbook_errors", count=len(incoming.errors)))
    draw_cells(incoming.findings)
    if incoming.errors:
        return
    sentences = describe_difference(document.data, incoming.data) if incoming.resolved_edits else []
    if not incoming.resolved_edits:
        st.info(t("scenario.workbook_same"))
        return
    st.text(t("scenario.workbook_changes", count=max(1, len(sentences))))
    draw_text("\n".join(sentences[:MOST_SENTENCES]) or t("scenario.changes_unsaid"))


def draw_cells(findings: tuple[Finding, ...]) -> None:
    """One line per finding, the place first: file, sheet and cell."""
    for finding in findings[:MOST_SHOWN]:
        severity = t(f"scenario.finding_{finding.severity}")
        place = f"{finding.file}:{finding.line}" if finding.line else finding.file or finding.field
        draw_text(t("scenario.finding_else", severity=severity, place=place, problem=problem_words(finding)))
    if len(findings) > MOST_SHOWN:
        st.caption(label(t("scenario.workbook_more", count=len(findings) - MOST_SHOWN)))


def read_once(file: Any, draft: Draft) -> Incoming:
    """The workbook against the draft as it is; read anew only when one of the two is another."""
    known = st.session_state.get(READ)
    if known is None or known[0] != file.file_id or known[1] is not draft:
        known = st.session_state[READ] = (file.file_id, draft, read_workbook(file, draft))
    incoming: Incoming = known[2]
    return incoming


def read_workbook(file: Any, draft: Draft) -> Incoming:
    """What a workbook changes in the draft, whatever is wrong with it."""
    return read_incoming(file.getvalue(), draft.opened, draft.reading.document, label_free(file.name))


def label_free(name: str) -> str:
    """A file's name without what would break a line."""
    return " ".join(name.split())


def _write(document: Document) -> bytes:
    """The bytes of the workbook, without the makers marked confidential; made when the button is pressed."""
    return write_workbook(document, unmask=False)


def _take(name: str, key: str) -> None:
    """Put the changes into the draft as one step; against the draft of this moment, which is no older than the page."""
    absorb()
    history, file = history_of(name), st.session_state.get(key)
    if file is None:
        return
    incoming = read_once(file, history.now)
    if incoming.errors or not incoming.resolved_edits:
        return
    before = data(history.now)
    try:
        draft = write(history.now, ordered(incoming.resolved_edits))
        if draft.text:
            set_history(name, push(history, draft))
    except PlannerError as error:
        st.session_state[FAILED] = str(error)
        return
    st.session_state[SAID] = max(1, len(describe_difference(before, data(draft))))
    st.session_state[NUMBER] += 1
    st.session_state.pop(READ, None)
