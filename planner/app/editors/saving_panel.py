"""Save the draft: into its file, as a variant, under another name; and what happens when somebody else was faster."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

import streamlit as st

from planner.app.draft.draft import Draft, data
from planner.app.draft.history import History
from planner.app.draft.saving import save_copy, save_draft, save_variant
from planner.app.draft.sheet import Sheet
from planner.app.editors.desk import absorb, history_of, set_history
from planner.app.editors.opening import draw_refusal
from planner.app.plain import label
from planner.app.state import open_scenario
from planner.app.words.words import t
from planner.errors import BadInput, PlannerError
from planner.scenario.findings import Finding
from planner.scenario.store import ChangedOnDisk

SAID, FAILED, CONFLICT = "save_said", "save_failed", "save_conflict"


def draw_saving(name: str, sheet: Sheet) -> None:
    """The save button and the download, and what became of saving."""
    changed = sheet.draft.changed
    errors = sheet.count("error") > 0
    with st.container(horizontal=True, vertical_alignment="center"):
        anyway = st.checkbox(t("scenario.save_errors"), key="save_with_errors") if errors and changed else False
        st.button(t("scenario.save"), key="save", disabled=not changed or (errors and not anyway), on_click=_save, args=(name,))
        st.download_button(
            t("scenario.download"), sheet.draft.text.encode("utf-8"), PurePosixPath(name).name, "application/yaml",
            key="download_yaml", on_click="ignore",
        )  # fmt: skip
    if said := st.session_state.pop(SAID, ""):
        st.success(t("scenario.saved", name=label(said)))
    if failed := st.session_state.pop(FAILED, None):
        draw_refusal(failed)


def draw_variant(name: str, sheet: Sheet) -> None:
    """Save what changed as a new file that names this one as its base."""
    st.caption(t("scenario.save_as_variant_help"))
    new = st.text_input(t("scenario.new_name"), key="variant_name", placeholder="variant.yaml")
    title = st.text_input(t("scenario.new_title"), value=str(data(sheet.draft).get("title", "")), key="variant_title")
    st.button(
        t("scenario.save_as_variant"), key="save_variant", disabled=not sheet.draft.changed or not new.strip(),
        on_click=_save_variant, args=(name, new.strip(), title),
    )  # fmt: skip


def draw_copy(name: str) -> None:
    """Save the whole draft as a new file."""
    other = st.text_input(t("scenario.new_name"), key="copy_name", placeholder="copy.yaml")
    st.button(
        t("scenario.save_copy"), key="save_copy", disabled=not other.strip(), on_click=_save_copy,
        args=(name, other.strip()),
    )  # fmt: skip


def _save(name: str) -> None:
    absorb()
    draft = history_of(name).now
    saved = _attempt(name, lambda: save_draft(draft))
    if saved:
        set_history(name, History(saved))


def _save_variant(name: str, new: str, title: str) -> None:
    absorb()
    _save_elsewhere(name, lambda: save_variant(history_of(name).now, new, title))


def _save_copy(name: str, new: str) -> None:
    absorb()
    _save_elsewhere(name, lambda: save_copy(history_of(name).now, new))


def _save_elsewhere(name: str, write: Callable[[], Draft]) -> None:
    """The changes live in the new file from now on; the old one is as it was opened."""
    saved = _attempt(name, write)
    if saved:
        set_history(name, History(history_of(name).now.start))
        set_history(saved.name, History(saved))
        st.session_state.pop(CONFLICT, None)
        open_scenario(saved.name)


def _attempt(name: str, write: Callable[[], Draft]) -> Draft | None:
    """Save; what cannot be is told on the next run, and the draft stays."""
    try:
        saved = write()
    except ChangedOnDisk as error:
        st.session_state[CONFLICT] = (name, error.theirs)
    except BadInput as error:
        st.session_state[FAILED] = error.findings
    except PlannerError as error:
        st.session_state[FAILED] = [Finding(name, 0, 0, "", "", str(error))]
    except OSError as error:
        st.session_state[FAILED] = [Finding(name, 0, 0, "", "", error.strerror or type(error).__name__)]
    else:
        st.session_state[SAID] = saved.name
        st.session_state.pop(CONFLICT, None)
        return saved
    return None
