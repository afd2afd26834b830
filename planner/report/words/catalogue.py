"""Reads the texts of sentences, in English and Japanese."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Literal, get_args

Language = Literal["en", "ja"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
"""The first stands in for a language nobody has written."""


def find_language(name: str) -> Language:
    """The language of a code such as ``ja`` or ``ja-JP``; English for one that is not spoken here."""
    return next((known for known in LANGUAGES if name.lower().split("-")[0] == known), LANGUAGES[0])


def read_text(key: str, language: Language) -> str:
    """The text of a sentence. Raises KeyError where there is none."""
    return read_texts(language)[key]


@cache
def read_texts(language: Language) -> dict[str, str]:
    """Every text of a language, all files together."""
    files = sorted((Path(__file__).parent / language).glob("*.json"))
    return {key: text for file in files for key, text in json.loads(file.read_text(encoding="utf-8")).items()}
