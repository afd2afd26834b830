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
from planner.scenario.characters import decode_text
from planner.scenario.findings import Finding
from planner.scenario.store import create

CHOICE, UPLOAD, NAME = "scenario_choice", "scenario_upload", "scenario_upload_name"
ADD_FAILED = "scenario_add_failed"


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
    draw_upload()
    if current is None and (lost := lost_draft()):
        return lost
    if current is None:
        st.info(t("scenario.unknown_name" if st.session_state.get("s") else "scenario.no_scenario"))
        return None
    if wrong := findings_of_opening(current):
        draw_refusal(wrong)
        forget_history(current)
        return None
    return current


def draw_upload() -> None:
    """Take a scenario file from the reader's computer into the folder, under a name that stays in it."""
    with st.expander(t("scenario.upload"), key="upload_panel"):
        file = st.file_uploader(t("scenario.upload_file"), type=["yaml", "yml"], key=UPLOAD, max_upload_size=2)
        if file is None:
            return
        name = st.text_input(t("scenario.upload_name"), value=file.name, key=f"{NAME}_{file.file_id}")
        st.button(t("scenario.upload_add"), key="upload_add", on_click=_add, args=(name, file.getvalue()))
        if failed := st.session_state.pop(ADD_FAILED, None):
            draw_refusal(failed)


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


def _add(name: str, raw: bytes) -> None:
    try:
        create(scenarios_folder(), name, decode_text(raw, name))
    except BadInput as error:
        st.session_state[ADD_FAILED] = error.findings
    except (PlannerError, OSError) as error:
        st.session_state[ADD_FAILED] = [Finding(name, 0, 0, "", "", str(error))]
    else:
        open_scenario(name)
