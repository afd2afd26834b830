"""The pages of the screen, in the order of the navigation."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from planner.app.words.words import t

PAGES = ("scenario", "plan", "futures", "why", "compare", "tradeoff", "runs")
"""Each is a file of ``pages/`` and the last part of its address; the first is the one a visit begins with."""
FRONT = "start"
"""What the navigation calls the first page inside: its address is that of the application."""


def find_page(name: str) -> st.Page:
    """The page of this name, for the navigation and for links to it, titled in the session's language."""
    file = Path(__file__).parent / "pages" / f"{name}.py"
    return st.Page(file, title=t(f"frame.nav_{name}"), url_path=FRONT if name == PAGES[0] else name, default=name == PAGES[0])


def find_signpost() -> st.Page:
    """The page at the first page's own name, for addresses written by hand: it leads to the first page, in no navigation."""
    return st.Page(_go_to_first, title=t(f"frame.nav_{PAGES[0]}"), url_path=PAGES[0], visibility="hidden")


def _go_to_first() -> None:
    st.switch_page(find_page(PAGES[0]), query_params=st.query_params.to_dict())
