"""Everything to take away: the results workbook, the calendar file, the answer as data, the pictures."""

from __future__ import annotations

from functools import partial

import streamlit as st

from planner.app.panels.shown import Sheet
from planner.app.words.words import t
from planner.report.answer import Answer
from planner.report.folder import build_files

MIME = {
    "results.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "calendar.ics": "text/calendar",
    "plan.json": "application/json",
    "orders.csv": "text/csv",
    "cash.csv": "text/csv",
    "gantt.svg": "image/svg+xml",
    "ramp.svg": "image/svg+xml",
    "tree.svg": "image/svg+xml",
}


def draw_files(sheet: Sheet) -> None:
    """One button for each file of the results folder, made when it is pressed."""
    st.caption(t("plan.files_note"))
    offered = [name for name in MIME if name != "tree.svg" or sheet.view.branches]
    with st.container(horizontal=True):
        for name in offered:
            offer_file(sheet.answer, name, "files")


def offer_file(answer: Answer, name: str, where: str) -> None:
    """A button for one file of the results folder; ``where`` tells it from another button for the same file."""
    key = f"{where}_{name}"
    stem = f"{answer.result.name}-{name}"
    st.download_button(
        t(f"plan.file_{name.replace('.', '_')}"),
        partial(_write, answer, name),
        stem,
        MIME[name],
        key=key,
        on_click="ignore",
    )


def _write(answer: Answer, name: str) -> bytes:
    return build_files(answer)[name]
