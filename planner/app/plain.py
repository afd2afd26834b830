"""Text from scenarios and people on the screen: shown as it stands, never as Markdown, a link or a picture."""

from __future__ import annotations

import re

import streamlit as st

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&@=])")
_UNSEEN = "\u2060"
"""A character without width: it keeps an address from becoming a link and a word between colons a picture."""


def draw_text(text: str) -> None:
    """One paragraph, exactly as written."""
    st.text(text)


def label(text: str) -> str:
    """The text for places that read Markdown (labels, captions, headings, tabs): looks the same, does nothing."""
    line = " ".join(text.split())
    line = re.sub(r"(?i)\b(https?|ftp|mailto|www)(?=[:.])", rf"\1{_UNSEEN}", line).replace("@", f"{_UNSEEN}@")
    line = re.sub(r":(?=[\w+\-/]+:)", f":{_UNSEEN}", line)
    return _SPECIAL.sub(r"\\\1", line)
