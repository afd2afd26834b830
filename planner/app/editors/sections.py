"""The sections of the page: one at a time, so that every run stays short."""

from __future__ import annotations

import streamlit as st

from planner.app.draft.sheet import Sheet
from planner.app.draft.specs import SECTIONS
from planner.app.words.words import t

SECTION = "scenario_section"
"""Key of the choice; it stays on the way through other pages."""


def draw_sections(sheet: Sheet) -> str:
    """The choice of a section, each with the number of errors in it; the name of the chosen one."""
    names = list(SECTIONS)
    labels = {name: _label(name, sheet) for name in names}
    chosen = st.segmented_control(
        t("scenario.part"), names, default=names[0], required=True, key=SECTION, persist_state="session",
        format_func=labels.__getitem__, label_visibility="collapsed",
    )  # fmt: skip
    return chosen if chosen in SECTIONS else names[0]


def _label(name: str, sheet: Sheet) -> str:
    errors = [one for one in sheet.located if one.spot and one.spot.table in SECTIONS[name] and one.finding.severity == "error"]
    words = t(f"scenario.part_{name}")
    return t("scenario.part_count", part=words, count=len(errors)) if errors else words
