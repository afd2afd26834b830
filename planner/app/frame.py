"""The frame every page stands in: title, navigation, language, open scenario, footer; and what happens when a page fails."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st

from planner import __version__
from planner.app.plain import draw_text
from planner.app.state import is_unsaved, keep_address, open_name
from planner.app.words.words import LANGUAGE_KEY, LANGUAGES, language, t
from planner.errors import PlannerError

PAGES = ("scenario", "plan", "futures")
"""Pages in the order of the navigation, each a file of ``pages/``; the first is the one a visit begins with."""
ICON = "🗓️"
log = logging.getLogger(__name__)


def draw_app() -> None:
    """The whole screen: the frame, and in it the page that was asked for."""
    st.set_page_config(page_title=t("frame.title"), page_icon=ICON, layout="wide")
    keep_address()
    page = st.navigation([_page(name) for name in PAGES])
    with st.sidebar:
        draw_language_switch()
        draw_chip()
    with guarded():
        page.run()
    with st.sidebar:
        st.caption(t("frame.version", version=__version__))
    set_language_of_document()


def _page(name: str) -> st.Page:
    file = Path(__file__).parent / "pages" / f"{name}.py"
    return st.Page(file, title=t(f"frame.nav_{name}"), url_path=name, default=name == PAGES[0])


def draw_language_switch() -> None:
    """Choose the language; the address carries it on."""
    st.session_state.setdefault(LANGUAGE_KEY, language())
    st.selectbox(
        t("frame.language"), list(LANGUAGES), format_func=LANGUAGES.__getitem__, key=LANGUAGE_KEY, bind="query-params"
    )  # fmt: skip


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


@contextmanager
def guarded() -> Iterator[None]:
    """Whatever goes wrong inside becomes one sentence on the page; the log has the rest, found by its mark."""
    try:
        yield
    except PlannerError as error:
        st.error(t("frame.refused"))
        draw_text(str(error))
    except Exception:
        mark = secrets.token_hex(4)
        log.exception("page failed (%s)", mark)
        st.error(t("frame.failed", mark=mark))
