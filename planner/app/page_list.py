"""The pages of the screen, in the order of the navigation."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from planner.app.words.words import t

PAGES = ("scenario", "plan", "futures")
"""Each is a file of ``pages/`` and the last part of its address; the first is the one a visit begins with."""


def find_page(name: str) -> st.Page:
    """The page of this name, for the navigation and for links to it, titled in the session's language."""
    file = Path(__file__).parent / "pages" / f"{name}.py"
    return st.Page(file, title=t(f"frame.nav_{name}"), url_path=name, default=name == PAGES[0])
