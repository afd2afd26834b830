"""The one fold for files: the workbook, saving under another name, a scenario from the reader's computer."""

from __future__ import annotations

import streamlit as st

from planner.app.draft.sheet import Sheet
from planner.app.editors.opening import draw_upload
from planner.app.editors.saving_panel import draw_copy, draw_variant
from planner.app.editors.workbook_panel import draw_workbook
from planner.app.words.words import t


def draw_files(name: str, sheet: Sheet) -> None:
    """A tab for each."""
    with st.expander(t("scenario.files"), key="files_panel"):
        words = [t(f"scenario.{key}") for key in ("workbook", "save_as_variant", "save_copy", "upload")]
        workbook, variant, copy, other = st.tabs(words, key="files_tabs")
        with workbook:
            draw_workbook(name, sheet)
        with variant:
            draw_variant(name, sheet)
        with copy:
            draw_copy(name)
        with other:
            draw_upload()
