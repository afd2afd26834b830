"""Headings of tables and columns in the reader's language, with units."""

from __future__ import annotations

from planner.app.draft.fields import SHORTS
from planner.app.draft.view import Field, View
from planner.app.words.words import t

_SHORT = frozenset(SHORTS.values()) | {"units", "over_time"}


def table_heading(name: str) -> str:
    """``Offers: price, by site`` for ``offers.price.by_site``."""
    first, *rest = name.split(".")
    words = ", ".join(word(part) for part in rest)
    return f"{word(first)}: {words}" if words else word(first)


def column_heading(field: Field, unit: str = "") -> str:
    """``Price: currency`` or ``Lead time``; the unit in brackets."""
    parts = list(field.column.path) if field.column else [field.name]
    if len(parts) > 1 and parts[-1] in _SHORT:
        parts.pop()
    text = ": ".join(word(part) for part in parts) or word(field.name)
    return f"{text} ({unit})" if unit else text


def heading_of(view: View, name: str) -> str:
    """The heading of a column by its name, without its unit."""
    return next((column_heading(field) for field in view.fields if field.name == name), word(name))


def word(part: str) -> str:
    """What people call a field; the name in the file where there is no word for it."""
    try:
        return t(f"fields.{part}")
    except KeyError:
        return part
