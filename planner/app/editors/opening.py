"""Open a scenario of the folder, or add one to it from a file."""

from __future__ import annotations

import streamlit as st

from planner.app.draft.listing import first_words
from planner.app.editors.desk import absorb, findings_of_opening, forget_history, lost_draft
from planner.app.editors.findings import problem_words
from planner.app.plain import draw_text
from planner.app.state import open_name, open_scenario, scenario_names, scenarios_folder
from planner.app.words.words import t
from planner.errors import BadInput, PlannerError
from planner.exchange.fresh import build_from_workbook
from planner.scenario.characters import decode_text
from planner.scenario.files import LARGEST_FILE
from planner.scenario.findings import Finding
from planner.scenario.store import create

CHOICE, UPLOAD, NAME = "scenario_choice", "scenario_upload", "scenario_upload_name"
ADD_FAILED, ADD_NOTES = "scenario_add_failed", "scenario_add_notes"
WORKBOOK = ".xlsx"
LARGEST_MB = 5
"""Megabytes of a workbook; a scenario file may have less."""


def draw_opening() -> str | None:
    """The choice of the scenario; the name of the one that is open and can be edited."""
    names, current = scenario_names(), open_name()
    if st.session_state.get(CHOICE) != current:
        st.session_state[CHOICE] = current
    labels = {name: _label(name) for name in names}
    st.selectbox(
        t("scenario.open"), names, index=None, key=CHOICE, placeholder=t("scenario.open_placeholder"),
        format_func=lambda name: labels.get(name, name),
        on_change=_choose,
    )  # fmt: skip
    if current is None and (lost := lost_draft()):
        return lost
    if current is None:
        st.info(t("scenario.unknown_name" if st.session_state.get("s") else "scenario.no_scenario"))
        _draw_upload_fold()
        return None
    if wrong := findings_of_opening(current):
        draw_refusal(wrong)
        forget_history(current)
        _draw_upload_fold()
        return None
    if notes := st.session_state.pop(ADD_NOTES, None):
        draw_notes(notes)
    return current


def draw_upload() -> None:
    """Take a scenario file, or a workbook alone, from the reader's computer into the folder, under a name that stays in it."""
    file = st.file_uploader(t("scenario.upload_file"), type=["yaml", "yml", "xlsx"], key=UPLOAD, max_upload_size=LARGEST_MB)
    if file is None:
        return
    stem = file.name.removesuffix(WORKBOOK)
    name = st.text_input(
        t("scenario.upload_name"), value=file.name if stem == file.name else f"{stem}.yaml", key=f"{NAME}_{file.file_id}"
    )
    st.button(t("scenario.upload_add"), key="upload_add", on_click=_add, args=(name, file.name, file.getvalue()))
    if failed := st.session_state.pop(ADD_FAILED, None):
        draw_refusal(failed)


def draw_notes(findings: tuple[Finding, ...]) -> None:
    """What to know about a scenario made from a workbook alone."""
    for finding in findings:
        draw_text(f"{finding.file}: {problem_words(finding)}")


def _draw_upload_fold() -> None:
    with st.expander(t("scenario.upload"), key="upload_panel"):
        draw_upload()


def draw_refusal(findings: list[Finding]) -> None:
    """Why a file cannot be opened, with lines."""
    st.error(t("scenario.unreadable"))
    for finding in findings:
        place = f"{finding.file}:{finding.line}" if finding.line else finding.file
        field = f" {finding.field}" if finding.field else ""
        draw_text(f"{place}{field}: {problem_words(finding)}")


def _label(name: str) -> str:
    words = first_words(scenarios_folder() / name)
    return f"{name} - {words}" if words else name


def _choose() -> None:
    absorb()
    if st.session_state[CHOICE]:
        open_scenario(st.session_state[CHOICE])


def _add(name: str, file: str, raw: bytes) -> None:
    notes: tuple[Finding, ...] = ()
    try:
        if file.endswith(WORKBOOK):
            text, notes = build_from_workbook(raw, file)
        else:
            text = _read_scenario(raw, name)
        create(scenarios_folder(), name, text)
    except BadInput as error:
        st.session_state[ADD_FAILED] = error.findings
    except (PlannerError, OSError) as error:
        st.session_state[ADD_FAILED] = [Finding(name, 0, 0, "", "", str(error))]
    else:
        st.session_state[ADD_NOTES] = notes
        open_scenario(name)


def _read_scenario(raw: bytes, name: str) -> str:
    if len(raw) > LARGEST_FILE:
        raise BadInput([Finding(name, 0, 0, "", "", f"has {len(raw):,} bytes", f"at most {LARGEST_FILE:,}")])
    return decode_text(raw, name)
