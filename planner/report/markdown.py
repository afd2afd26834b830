"""Tables and single lines of Markdown pages."""

from __future__ import annotations

from collections.abc import Sequence


def write_table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A table with its last line break; nothing without rows."""
    if not rows:
        return ""
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines) + "\n"


def write_link(name: str) -> str:
    """A link to the heading of this name on the same page."""
    return f"[{name}](#{name.lower()})"


def flat(text: str) -> str:
    """Words of a docstring on one line."""
    return " ".join(text.split()).replace("``", "`")
