"""Values as YAML text that every loader reads alike: what one of them would misread is quoted."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import yaml

from planner.errors import UsageError
from planner.scenario.dates import Duration
from planner.scenario.scalars import key_problem, read_plain

DIGITS = 15
"""Significant digits kept of a number: 0.1 + 0.2 is written 0.3."""
TEXT = "tag:yaml.org,2002:str"
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
PLAIN = re.compile(r"\w(?:[\w ./()+%-]*[\w.)%])?")
SHORT_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"})


def plain(value: Any) -> Any:
    """The value as dict, list, str, int, float, bool or None; raises UsageError for anything a scenario cannot hold.

    Numbers of numpy and pandas become plain ones, whole numbers become int, dates and durations become text.
    """
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, str):
        return str(value)
    if isinstance(value, datetime) and value.time() == time() and value.tzinfo is None:
        return value.date().isoformat()
    if (isinstance(value, date) and not isinstance(value, datetime)) or isinstance(value, Duration):
        return str(value)
    if hasattr(value, "tolist") and type(value).__module__.split(".")[0] == "numpy":
        return plain(value.tolist())
    return _number(value)


def _number(value: Any) -> int | float | bool | None:
    if value is None or isinstance(value, bool):
        return value
    if not isinstance(value, int | float) or not math.isfinite(value):
        raise UsageError(
            f"{type(value).__name__} {str(value)[:40]} cannot stand in a scenario: write a number, text, list or map"
        )
    if isinstance(value, int) or value == int(value):
        return int(value)
    return float(f"{value:.{DIGITS}g}")


def render(value: Any, style: str = "") -> str:
    """One line of YAML for a plain value. ``style`` is the quote the old text had; it is kept for text."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{render_key(str(key))}: {render(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(render(item) for item in value) + "]"
    if isinstance(value, str):
        return _text(value, style)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return f"{Decimal(repr(value)):f}"


def render_key(key: str) -> str:
    """A key, quoted unless it is a word or a period that every loader leaves as text."""
    if key_problem(key) or not re.fullmatch(r"[\w.-]+", key):
        return json.dumps(key, ensure_ascii=False)
    return key if key[0].isdigit() or _is_safe(key) else json.dumps(key, ensure_ascii=False)


def render_lines(value: Any) -> list[str]:
    """A map or a list of maps over several lines, without indentation; its parts each on one line."""
    if isinstance(value, Mapping) and value:
        return [f"{render_key(str(key))}: {render(item)}" for key, item in value.items()]
    if isinstance(value, list) and value:
        return [f"- {render(item)}" for item in value]
    return [render(value)]


def _text(value: str, style: str) -> str:
    if style == "'" and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    if style != '"' and _is_safe(value):
        return value
    return json.dumps(value, ensure_ascii=False)


def _is_safe(value: str) -> bool:
    """Whether unquoted text is the same text to every loader, in a list or map of one line too."""
    if not PLAIN.fullmatch(value) or value.casefold() in SHORT_WORDS or read_plain(value) != value:
        return False
    if DATE.fullmatch(value):
        return True
    tag = yaml.resolver.Resolver().resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]
    return bool(tag == TEXT)
