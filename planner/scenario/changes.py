"""The changes a variant lists: their form, and one plain sentence for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from planner.scenario.change_path import Step, is_number, parse_selector
from planner.scenario.document import Path
from planner.scenario.findings import cut
from planner.scenario.places import nearest
from planner.scenario.scalars import Refused

ACTIONS = ("set", "multiply", "add", "append", "remove")
KEYS = ("select", *ACTIONS, "note")
MOST_CHANGES = 1000
_CHOICE = "one of set, multiply, add, append, remove"


@dataclass(frozen=True, slots=True)
class Change:
    """One change: what it selects, what it does there, and with which value. ``index`` counts from 0 in its file."""

    index: int
    select: str
    steps: tuple[Step, ...]
    action: str
    value: Any

    @property
    def place(self) -> Path:
        """Where the change's value stands in its file."""
        return ("changes", self.index, self.action)


class NotAChange(ValueError):
    """What is wrong with the form of one change; ``below`` is the key it concerns."""

    def __init__(self, below: Path, problem: str, allowed: str = "", fix: str = "") -> None:
        super().__init__(problem)
        self.below, self.words = below, (problem, allowed, fix)


class TooMuch(NotAChange):
    """The changes of a variant together are more work than a person would write down; the rest is not made."""


def read_change(raw: Any, index: int) -> Change:
    """The change in plain data; raises ``NotAChange``."""
    if not isinstance(raw, dict):
        raise NotAChange((), "a change is a mapping", f"select, {_CHOICE}, note", "write key: value lines")
    for key in raw:
        if key not in KEYS:
            near = nearest(key, KEYS)
            hint = f"; did you mean {near}?" if near else ""
            raise NotAChange((key,), f"unknown field{hint}", ", ".join(KEYS), f"write {near}" if near else "remove it")
    given = [key for key in ACTIONS if key in raw]
    if len(given) != 1:
        raise NotAChange(tuple(given[1:2]), "does nothing" if not given else "does two things at once", _CHOICE, "keep one")
    if "select" not in raw or not isinstance(raw["select"], str):
        raise NotAChange(("select",), "says not what it changes", "such as offers[acme].price.amount", "add select")
    action, value = given[0], raw[given[0]]
    _check_value(action, value)
    if "note" in raw and not isinstance(raw["note"], str):
        raise NotAChange(("note",), "must be text", "text", "quote it")
    try:
        return Change(index, raw["select"], parse_selector(raw["select"]), action, value)
    except ValueError as error:
        raise NotAChange(("select",), f"the selector {error}", "such as offers[acme].price.amount", "correct it") from None


def _check_value(action: str, value: Any) -> None:
    if isinstance(value, Refused):
        raise NotAChange((action,), "is not read")
    if value is None:
        raise NotAChange((action,), "value is missing", "a value", "write a value, or remove: true")
    if action in ("multiply", "add") and not is_number(value):
        raise NotAChange((action,), "must be a number", "a plain decimal number", "write only the number")
    if action == "remove" and value is not True:
        raise NotAChange((action,), "must be true", "true", "write remove: true, or leave the change out")


def describe_change(change: Mapping[str, Any]) -> str:
    """One plain sentence for a change as it stands in a file: what it does, where, and why."""
    select, note = change.get("select", "?"), change.get("note", "")
    action = next((key for key in ACTIONS if key in change), "")
    value = change.get(action)
    sentences = {
        "set": f"Sets {select} to {_said(value)}",
        "multiply": f"Multiplies {select} by {_said(value)}",
        "add": f"Adds {_said(value)} to {select}",
        "append": f"Adds the entry {_said(value)} to {select}",
        "remove": f"Removes {select}",
    }
    if action == "add" and is_number(value) and value is not None and value < 0:
        sentences["add"] = f"Takes {_said(-value)} off {select}"
    text = sentences.get(action, f"Does nothing to {select}")
    return f"{text}: {cut(note)}" if note else f"{text}."


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return cut("{" + ", ".join(f"{key}: {_said(item)}" for key, item in value.items()) + "}")
    return cut("[" + ", ".join(_said(item) for item in value) + "]") if isinstance(value, list) else cut(value)
