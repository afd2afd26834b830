"""The frame every page stands in: title, navigation, language, open scenario, footer."""

from __future__ import annotations

import streamlit as st

from planner import __version__
from planner.app.guard import guarded
from planner.app.live import draw_strip, note_drawn
from planner.app.offline import stay_offline
from planner.app.page_list import PAGES, find_page, find_signpost
from planner.app.plain import draw_text
from planner.app.state import is_unsaved, keep_address, open_name
from planner.app.words.words import LANGUAGE_KEY, LANGUAGES, language, t

ICON = "🗓️"
"""A sign the browser draws itself; the libraries' own icons would be fetched from outside."""


def draw_app() -> None:
    """The whole screen: the frame, and in it the page that was asked for."""
    stay_offline()
    st.set_page_config(page_title=t("frame.title"), page_icon=ICON, layout="wide")
    page = st.navigation([*(find_page(name) for name in PAGES), find_signpost()])
    keep_address()  # after the navigation: what is said to the address before it would undo the change of page there
    with st.sidebar:
        draw_language_switch()
        draw_chip()
    note_drawn()
    with guarded():
        page.run()
    with st.sidebar:
        draw_strip()
        st.caption(t("frame.version", version=__version__))
    set_language_of_document()


def draw_language_switch() -> None:
    """Choose the language; the address carries it on."""
    st.session_state.setdefault(LANGUAGE_KEY, language())
    st.selectbox(t("frame.language"), list(LANGUAGES), format_func=LANGUAGES.__getitem__, key=LANGUAGE_KEY)


def draw_chip() -> None:
    """Which scenario is open, and whether it has changes that are not saved."""
    name = open_name()
    if name is None:
        st.caption(t("frame.no_scenario"))
        return
    draw_text(t("frame.open_scenario", name=name))
    if is_unsaved():
        st.caption(f"● {t('frame.unsaved')}")


def set_language_of_document() -> None:
    """Tell the browser the language of the page: it chooses the shapes of Chinese characters and the voice that reads."""
    script = "export default function({data}) { document.documentElement.lang = data.lang }"
    st.components.v2.component("document_language", js=script)(data={"lang": language()}, key="document_language")
