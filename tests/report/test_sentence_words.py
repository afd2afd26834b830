"""Texts of sentences: the same keys and places in both languages, all asked for exist, none says a word of the workshop."""

from __future__ import annotations

import re
import string

import pytest

from planner.report.words.catalogue import LANGUAGES, find_language, read_texts
from tests.command import ROOT

NEVER = ("node", "Node", "vetting", "Vetting", "CVaR", "trunk", "commitment")
KEY = re.compile(r'(?:Sentence|read_text)\(\s*"([a-z_]+)"')


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys_and_places() -> None:
    english, japanese = read_texts("en"), read_texts("ja")
    assert set(english) == set(japanese)
    assert not {key for key in english if places(english[key]) != places(japanese[key])}


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_there_and_free_of_the_workshops_words(language: str) -> None:
    texts = read_texts(find_language(language))
    assert all(text.strip() for text in texts.values())
    assert not [key for key, text in texts.items() if any(word in text for word in NEVER)]


def test_no_text_states_a_number_of_its_own() -> None:
    bare = {key: re.sub(r"\{\w+\}", "", text) for language in LANGUAGES for key, text in read_texts(language).items()}
    counters = "もう 1 台"
    assert not {key: text for key, text in bare.items() if re.search(r"\d", text.replace(counters, ""))}


def test_every_text_the_code_asks_for_exists() -> None:
    files = [*(ROOT / "planner" / "explain").rglob("*.py"), *(ROOT / "planner" / "report").rglob("*.py")]
    asked = {key for file in files for key in KEY.findall(file.read_text(encoding="utf-8"))}
    assert len(asked) > 20
    assert not asked - set(read_texts("en"))


def test_an_unknown_language_is_english() -> None:
    assert (find_language("fr"), find_language("ja-JP")) == ("en", "ja")
