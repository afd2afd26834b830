"""A cell as the workbook holds it, before it means anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

FoundKind = Literal["empty", "text", "number", "flag", "date", "time", "error", "uncomputed", "external"]


@dataclass(frozen=True, slots=True)
class Found:
    """One cell. ``uncomputed``: a formula whose value was never stored; ``external``: one that reads another workbook.

    ``number_format`` is the spreadsheet's format code; ``place`` is for messages: ``D7``, or ``row 2`` of pasted text.
    ``computed``: a formula gave the value. ``text_only``: pasted text, of which only what is shown is known.
    """

    kind: FoundKind
    value: str | int | float | bool | datetime | None = None
    number_format: str = ""
    place: str = ""
    computed: bool = False
    text_only: bool = False


EMPTY = Found("empty")


def from_text(text: str, place: str = "") -> Found:
    """A cell of pasted text."""
    return Found("text" if text.strip() else "empty", text, place=place, text_only=True)
