"""Selectors of changes: ``offers[maxwell-line].price.amount`` -> the places in the data it means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from planner.scenario.document import Path
from planner.scenario.places import listed, nearest

DEEPEST = 20
LONGEST = 500
MONEY_FIELDS = frozenset({"price", "freight", "signing_fee", "order_fee", "cost"})
MONEY_KEYS = frozenset({"amount", "currency", "by_site", "escalation", "as_of"})
REMOVED = object()
"""Stands in a list where a change took an item away, until all changes of the file are made."""
_STEP = re.compile(r"(?P<dot>\.?)(?P<name>\*|[^.\[\]*]+)|\[(?P<inner>[^\[\]]+)\]")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a selector: a key; every number or item (``*``); an item by id; or items by what their fields say."""

    key: str = ""
    every: bool = False
    item: str = ""
    where: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return "*" if self.every else self.key or self.item or ",".join(f"{k}={v}" for k, v in self.where)


@dataclass(frozen=True, slots=True)
class Target:
    """A place a change acts on. ``missing`` is how many last parts of ``path`` are not there yet."""

    path: Path
    missing: int = 0


@dataclass(slots=True)
class Search:
    """One walk through the data; ``visited`` counts values looked at, ``lost`` is where the first try ended."""

    steps: tuple[Step, ...]
    create: bool
    visited: int = 0
    lost: tuple[Path, Any, int] | None = None
    found: list[Target] = field(default_factory=list)


def parse_selector(text: str) -> tuple[Step, ...]:
    """The steps of a selector; raises ValueError with words for what is wrong."""
    if len(text) > LONGEST:
        raise ValueError(f"is longer than {LONGEST} characters")
    steps: list[Step] = []
    at = 0
    while at < len(text):
        found = _STEP.match(text, at)
        if not found or (found["name"] and bool(found["dot"]) != bool(steps)):
            raise ValueError(f"cannot be read from '{text[at : at + 20]}' on")
        steps.append(_step(found["name"], found["inner"]))
        at = found.end()
    if not steps or len(steps) > DEEPEST:
        raise ValueError("names nothing" if not steps else f"is deeper than {DEEPEST} levels")
    return tuple(steps)


def _step(name: str | None, inner: str | None) -> Step:
    if "*" in (name, inner):
        return Step(every=True)
    if name:
        return Step(key=name.strip())
    if "=" not in (inner or "") and (inner or "").strip():
        return Step(item=(inner or "").strip())
    pairs = [part.partition("=") for part in (inner or "").split(",")]
    if any(not key.strip() or not sign for key, sign, _ in pairs):
        raise ValueError("a choice in brackets is written [field=value]")
    return Step(where=tuple((key.strip(), value.strip()) for key, _, value in pairs))


def find_targets(data: Any, steps: tuple[Step, ...], create: bool) -> Search:
    """Every place the selector means. With ``create`` plain keys at its end need not be there yet."""
    search = Search(steps, create)
    _walk(data, (), 0, search)
    return search


def _walk(node: Any, path: Path, at: int, search: Search) -> None:
    search.visited += 1
    if at == len(search.steps):
        search.found.append(Target(path))
        return
    step = search.steps[at]
    if step.key == "amount" and is_short(node, path):
        _walk(node, path, at + 1, search)
        return
    search.visited += len(node) if isinstance(node, list) else 0
    hit = False
    for part, below in _choose(node, step, at == len(search.steps) - 1):
        hit = True
        _walk(below, path if part is None else (*path, part), at + 1, search)
    if not hit:
        _miss(node, path, at, search)


def _miss(node: Any, path: Path, at: int, search: Search) -> None:
    """The step means nothing here: create what is missing, or remember how far the search came."""
    rest = search.steps[at:]
    holder = isinstance(node, dict) or (rest[0].key in MONEY_KEYS and is_short(node, path))
    if search.create and holder and all(step.key for step in rest):
        search.found.append(Target((*path, *(step.key for step in rest)), len(rest)))
    elif search.lost is None or at > search.lost[2]:
        search.lost = (path, node, at)


def _choose(node: Any, step: Step, last: bool) -> Iterator[tuple[str | int | None, Any]]:
    """Parts of ``node`` that a step means; part None is the node itself."""
    if step.every:
        yield from _every(node, last)
    elif isinstance(node, dict):
        name = step.key or step.item
        if name in node:
            yield name, node[name]
    elif isinstance(node, list) and not step.key:
        yield from ((index, item) for index, item in enumerate(node) if _matches(item, step))


def _every(node: Any, last: bool) -> Iterator[tuple[str | int | None, Any]]:
    if isinstance(node, list):
        yield from ((index, item) for index, item in enumerate(node) if item is not REMOVED)
    elif isinstance(node, dict):
        yield from ((key, item) for key, item in node.items() if not last or is_number(item))
    elif last and is_number(node):
        yield None, node


def _matches(item: Any, step: Step) -> bool:
    if not isinstance(item, dict):
        return not step.where and as_text(item) == step.item
    if step.where:
        return all(key in item and as_text(item[key]) == value for key, value in step.where)
    return bool(item.get("id") == step.item)


def is_number(value: Any) -> bool:
    """Whether a value is a number; true and false are not."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_short(node: Any, path: Path) -> bool:
    """Whether an amount of money is written without the key ``amount``."""
    if not path or path[-1] not in MONEY_FIELDS:
        return False
    return is_number(node) or isinstance(node, list) or (isinstance(node, dict) and not MONEY_KEYS & set(node))


def as_text(value: Any) -> str:
    """A plain value as a selector would write it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else ""


def why_lost(search: Search) -> tuple[str, str, str]:
    """Problem, allowed and fix for a selector that means nothing in the data."""
    path, node, at = search.lost or ((), None, 0)
    step = search.steps[at]
    where = ".".join(str(part) for part in path) or "the scenario"
    known = _known(node, step)
    near = nearest(dict(step.where).get(step.where[0][0], "") if step.where else str(step), known)
    fix = f"did you mean {near}?" if near else "correct the selector"
    return f"selects nothing: {where} has no {step}", listed(known) if known else "", fix


def _known(node: Any, step: Step) -> list[str]:
    if isinstance(node, dict):
        return list(node)
    items = [item for item in node if item is not REMOVED] if isinstance(node, list) else []
    name = step.where[0][0] if step.where else "id"
    return [text for item in items if (text := as_text(item.get(name) if isinstance(item, dict) else item))]
