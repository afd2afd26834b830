"""The words on the screen: the same keys and the same places for values in every language, all of them used rightly."""

from __future__ import annotations

import ast
import json
import string
from datetime import date
from pathlib import Path

import pytest

from planner.app.words import words
from planner.app.words.numbers import day, duration, number
from planner.app.words.words import ENGLISH, LANGUAGES, say
from tests.command import ROOT

FOLDER = Path(words.__file__).parent
PAGES = sorted(file.stem for file in (FOLDER / ENGLISH).glob("*.json"))
OTHERS = [language for language in LANGUAGES if language != ENGLISH]
NEVER_SAID = ("node", "Node")


def read(language: str, page: str) -> dict[str, str]:
    return json.loads((FOLDER / language / f"{page}.json").read_text(encoding="utf-8"))


def places(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def asked_for() -> list[tuple[str, str]]:
    """Every text the code asks for by a plain string, with the file that does."""
    found = []
    for path in sorted((ROOT / "planner" / "app").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "t" and call.args:
                parts = [call.args[0].body, call.args[0].orelse] if isinstance(call.args[0], ast.IfExp) else [call.args[0]]
                found += [(path.name, p.value) for p in parts if isinstance(p, ast.Constant) and isinstance(p.value, str)]
    return found


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", OTHERS)
def test_every_text_stands_in_every_language_with_the_same_values(language: str, page: str) -> None:
    english, other = read(ENGLISH, page), read(language, page)
    assert list(other) == list(english)
    differing = {key: other[key] for key in english if places(other[key]) != places(english[key])}
    assert not differing


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_says_a_word_of_the_workshop(language: str, page: str) -> None:
    texts = read(language, page)
    assert all(isinstance(text, str) and text.strip() for text in texts.values())
    assert not [key for key, text in texts.items() if any(word in text for word in NEVER_SAID)]


def test_no_language_has_a_page_english_lacks() -> None:
    for language in OTHERS:
        assert sorted(file.stem for file in (FOLDER / language).glob("*.json")) == PAGES


def test_every_text_the_code_asks_for_exists() -> None:
    asked = asked_for()
    assert len(asked) > 20
    missing = [(file, key) for file, key in asked if key.partition(".")[2] not in words.read_page(ENGLISH, key.partition(".")[0])]
    assert not missing


def test_a_text_is_filled_in_and_values_are_left_alone() -> None:
    assert say("en", "solve.queued", ahead=2) == "Waiting for a free place: 2 ahead of you."
    assert "{ahead}" in say("ja", "solve.failed", reason="{ahead}")


def test_a_language_without_the_text_falls_back_to_english() -> None:
    assert say("xx", "frame.nav_plan") == say("en", "frame.nav_plan") == "Plan"


def test_a_text_nobody_wrote_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("en", "frame.there-is-no-such-text")


@pytest.mark.parametrize(
    ("shown", "wanted"),
    [(number(1234567, "USD m"), "1,234,567 USD m"), (number(12.345), "12.3"), (number(None, "MW"), "–"), (duration(8.9), "8 s"),
     (duration(185), "3 min 05 s"), (duration(3725), "1 h 02 min"), (day(date(2026, 5, 4)), "2026-05-04"), (day(None), "–")],
)  # fmt: skip
def test_numbers_are_written_one_way(shown: str, wanted: str) -> None:
    assert shown == wanted
