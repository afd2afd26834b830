"""The titles of the scenarios of a folder, without reading them whole."""

from __future__ import annotations

import pathlib
import re

MOST_BYTES = 4096
LONGEST = 120
_TITLE = re.compile(r"^title:\s*['\"]?(.+?)['\"]?\s*$", re.MULTILINE)


def first_words(path: pathlib.Path) -> str:
    """What a scenario is about: its first comment, else its title, on one line; empty when it says neither."""
    try:
        with path.open("rb") as stream:
            text = stream.read(MOST_BYTES).decode("utf-8-sig", "replace")
    except OSError:
        return ""
    first = text.lstrip().partition("\n")[0].strip()
    found = _TITLE.search(text)
    words = first.lstrip("# ").strip() if first.startswith("#") and "$schema" not in first else found[1] if found else ""
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
