"""A variant holds only changes: what the workbook changed in the resolved scenario becomes changes of the variant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from planner.exchange.editing import compact
from planner.exchange.rows import Gone
from planner.scenario.document import Path
from planner.scenario.places import value_at
from planner.scenario.store import APPEND, DELETE, Edit

_PLAIN = re.compile(r"[^.\[\]*,=\s][^.\[\]*,=]*")
OWN = ("title", "description")


def edits_of_variant(
    variant: dict[str, Any], old: dict[str, Any], new: dict[str, Any], edits: Sequence[Edit]
) -> tuple[Edit, ...]:
    """Edits of the variant's file. ``old`` and ``new`` are resolved; ``edits`` lead from one to the other."""
    made: dict[tuple[str, str], Any] = {}
    own: list[Edit] = []
    for path, value in edits:
        if len(path) == 1 and path[0] in OWN:
            own.append((path, value))
        else:
            selector, action, new_value = _change(old, new, path, value)
            if action == "append":
                made[selector, f"append {len(made)}"] = new_value
            else:
                made[selector, action] = new_value
    # A list that is set as a whole holds what would be added to it already.
    whole = {selector for selector, action in made if action == "set"}
    left = {name: value for name, value in made.items() if name[1] in ("set", "remove") or name[0] not in whole}
    changes = [{"select": selector, action.split()[0]: value} for (selector, action), value in left.items()]
    result = [*own]
    for change in changes:
        place = _existing(variant, change)
        result.append((place, change["set"]) if place else (("changes", APPEND), change))
    return tuple(result)


def _change(old: dict[str, Any], new: dict[str, Any], path: Path, value: Any) -> tuple[str, str, Any]:
    """(selector, action, value) of one edit; a place that no selector names is set from the nearest one above."""
    if path[-1] == APPEND:
        selector = _selector(old, path[:-1])
        if selector:
            return selector, "append", value
        path = path[:-1]
    while not (selector := _selector(old, path)):
        path, value = path[:-1], None
    if value is DELETE:
        return selector, "remove", True
    return selector, "set", compact(value_at(new, path))


def _selector(data: Any, path: Path) -> str:
    """``offers[maxwell-line].price.amount``; empty when the path cannot be said so."""
    text = ""
    for part in path:
        if isinstance(part, int):
            item = data[part] if isinstance(data, list) and part < len(data) else None
            name = item.get("id") if isinstance(item, dict) else None
            if isinstance(item, Gone) or not isinstance(name, str) or sum(_id(other) == name for other in data) != 1:
                return ""
            text, data = f"{text}[{name}]", item
        else:
            if not _PLAIN.fullmatch(part):
                return ""
            text, data = f"{text}.{part}" if text else part, data.get(part) if isinstance(data, dict) else None
    return text


def _id(item: Any) -> Any:
    return item.get("id") if isinstance(item, dict) else None


def _existing(variant: dict[str, Any], change: dict[str, Any]) -> Path | None:
    """The ``set`` of a change the variant has for the same place already, when nothing after it touches that section."""
    changes = variant.get("changes")
    if "set" not in change or not isinstance(changes, list):
        return None
    section = re.split(r"[.\[]", change["select"])[0]
    for index in range(len(changes) - 1, -1, -1):
        select = str(changes[index].get("select", "")) if isinstance(changes[index], dict) else ""
        if select == change["select"] and "set" in changes[index]:
            return ("changes", index, "set")
        if re.split(r"[.\[]", select)[0] == section:
            return None
    return None
