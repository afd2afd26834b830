"""The words on the screen: one JSON file per language and page, ``<language>/<page>.json``, flat: key to text."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import streamlit as st

LANGUAGES = {"en": "English", "ja": "日本語"}
"""Languages of the screen, each in its own words; the first stands in where a text is missing."""
ENGLISH = "en"
LANGUAGE_KEY = "lang"
"""The key of the language switch, in the session and in the address."""


def t(key: str, **values: object) -> str:
    """The text ``page.key`` in the session's language, its ``{placeholders}`` filled in; English where it is missing.

    The texts may hold Markdown; ``values`` that are not the planner's own words go through ``plain.label`` before.
    """
    return say(language(), key, **values)


def say(chosen: str, key: str, **values: object) -> str:
    """The text ``page.key`` in the language ``chosen``. Raises KeyError for a text that does not exist in English."""
    page, _, name = key.partition(".")
    text = read_page(chosen, page).get(name) or read_page(ENGLISH, page)[name]
    return text.format(**values) if values else text


@cache
def read_page(chosen: str, page: str) -> dict[str, str]:
    """The texts of one page in one language; empty where nobody has translated it yet."""
    file = Path(__file__).parent / chosen / f"{page}.json"
    if not file.is_file():
        return {}
    return {str(key): str(text) for key, text in json.loads(file.read_text(encoding="utf-8")).items()}


def language() -> str:
    """The session's language: the one switched to, else the address's, else the browser's, else English."""
    wanted = st.session_state.get(LANGUAGE_KEY) or st.query_params.get(LANGUAGE_KEY)
    return _known(wanted) or browser_language()


def browser_language() -> str:
    """The language the browser asks for, English where the screen does not speak it."""
    return _known(st.context.locale) or ENGLISH


def _known(wanted: object) -> str:
    """The language of a code such as ``ja-JP``; nothing for one that is not spoken."""
    code = str(wanted or "").split("-")[0].lower()
    return code if code in LANGUAGES else ""
