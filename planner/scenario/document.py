"""A scenario file as plain data, with the place of every value and key in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

Path = tuple[str | int, ...]
"""Where a value stands in the data: ``("offers", 0, "price", "amount")``."""


class Mark(NamedTuple):
    """A place in a file; ``line`` and ``column`` start at 1, 0 means the place is not known."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Document:
    """What a scenario file says, before it means anything.

    ``file`` is the name shown in messages, never an absolute path. ``sha256`` is of the bytes of the file.
    ``data`` holds only dict, list, str, int, float, bool and None; dates stay text; ``extends`` is applied.
    ``marks`` has the place of every value (of the key, when the value is missing or begins on a later line),
    ``keys`` the place of every key. Both may be empty for data that did not come from a file.
    ``files`` are (name, sha256) of this file and of every base, this file first.
    """

    file: str
    sha256: str
    data: dict[str, Any]
    marks: dict[Path, Mark] = field(default_factory=dict)
    files: tuple[tuple[str, str], ...] = ()
    keys: dict[Path, Mark] = field(default_factory=dict)


def mark_of(document: Document, path: Path) -> Mark:
    """The place of the value at ``path``, or of the nearest part above it that stands in the file."""
    for end in range(len(path), 0, -1):
        if path[:end] in document.marks:
            return document.marks[path[:end]]
    return Mark(document.file, 1 if document.marks else 0, 1 if document.marks else 0)


def field_name(data: Any, path: Path) -> str:
    """``offers.maxwell-line.price`` for a path; ``offers[0].price`` where the item has no id."""
    text = ""
    for part in path:
        item = data[part] if isinstance(data, list) and isinstance(part, int) and part < len(data) else None
        if isinstance(part, int):
            name = item.get("id") if isinstance(item, dict) else None
            text += f".{name}" if isinstance(name, str) and name else f"[{part}]"
            data = item
        else:
            text += f".{part}" if text else part
            data = data.get(part) if isinstance(data, dict) else None
    return text
