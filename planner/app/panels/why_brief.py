"""The brief on the screen, and as a text file."""

from __future__ import annotations

from functools import partial

import streamlit as st

from planner.app.panels.shown import Sheet
from planner.app.plain import label
from planner.app.words.words import language, t
from planner.explain.explanation import Explanation
from planner.report.why_brief.brief import write_brief
from planner.report.words.catalogue import Language, find_language


def draw_brief(sheet: Sheet, known: Explanation | None) -> None:
    """Its paragraphs, and a button that saves them."""
    st.subheader(t("why.brief_title"), anchor="brief")
    chosen = find_language(language())
    with st.container(key="why_brief"):
        for paragraph in write_brief(sheet.answer, known, chosen, label):
            st.markdown(paragraph)
    st.download_button(
        t("why.save_brief"), partial(_text, sheet, known, chosen), "brief.txt", "text/plain", key="brief_txt", on_click="ignore",
        type="tertiary",
    )  # fmt: skip


def _text(sheet: Sheet, known: Explanation | None, chosen: Language) -> bytes:
    stamp = [f"{key}: {value}" for key, value in sheet.stamp.items()]
    return "\n\n".join([sheet.title, *write_brief(sheet.answer, known, chosen), *stamp, ""]).encode()
