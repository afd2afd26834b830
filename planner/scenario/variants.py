"""Apply the changes of a variant to the data of its base; every changed value takes the variant's place in the file."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from planner.scenario.change_path import DEEPEST, MONEY_KEYS, REMOVED, Target, find_targets, is_number, is_short, why_lost
from planner.scenario.changes import MOST_CHANGES, Change, NotAChange, TooMuch, read_change
from planner.scenario.document import Mark, Path, field_name
from planner.scenario.findings import Finding, cut
from planner.scenario.parsed import Parsed
from planner.scenario.places import value_at
from planner.scenario.scalars import Refused, checked_number
from planner.scenario.schema_words import shown
from planner.scenario.yaml_events import MOST_VALUES

VARIANT_KEYS = ("format", "title", "description", "extends", "changes")
MOST_VISITED = 500_000
MOST_COMPLAINTS = 50


@dataclass(slots=True)
class Resolved:
    """Data being changed, with its places. ``findings`` grows; ``holes`` says that items were removed from lists."""

    data: Any
    marks: dict[Path, Mark]
    keys: dict[Path, Mark]
    findings: list[Finding] = field(default_factory=list)
    visited: int = 0
    added: int = 0
    holes: bool = False


def apply_variant(base: Resolved, variant: Parsed) -> Resolved:
    """The base with the variant's title, description and changes; complaints are in ``findings``.

    ``base`` is changed in place. Changes are made in their order; one that cannot be made leaves the data alone.
    """
    _check_keys(base, variant)
    for key in ("title", "description"):
        if key in variant.data:
            base.data[key] = variant.data[key]
            base.marks[(key,)] = variant.marks[(key,)]
            base.keys[(key,)] = variant.keys.get((key,), variant.marks[(key,)])
    changes = variant.data.get("changes", [])
    if not isinstance(changes, list):
        _complain(base, variant, ("changes",), "expected a list of changes", "a list", "begin every change with '- '")
        return base
    if len(changes) > MOST_CHANGES:
        _complain(base, variant, ("changes",), f"more than {MOST_CHANGES} changes", f"at most {MOST_CHANGES}", "write a new base")
        return base
    for index, raw in enumerate(changes):
        try:
            _apply(base, read_change(raw, index), variant)
        except NotAChange as error:
            place: Path = ("changes", index, *error.below)
            if place not in variant.refused:
                _complain(base, variant, place, *error.words)
            if isinstance(error, TooMuch) or len(base.findings) > MOST_COMPLAINTS:
                break
    if base.holes:
        _close_holes(base)
    return base


def _check_keys(base: Resolved, variant: Parsed) -> None:
    for key in variant.data:
        if key not in VARIANT_KEYS:
            allowed = ", ".join(VARIANT_KEYS)
            _complain(
                base, variant, (key,), "a variant gives only title, description and changes", allowed, "write it as a change"
            )


def _apply(base: Resolved, change: Change, variant: Parsed) -> None:
    search = find_targets(base.data, change.steps, change.action in ("set", "append"))
    base.visited += search.visited + 4 * len(search.found)
    if base.visited > MOST_VISITED:
        raise TooMuch(("select",), "the changes touch too many values", f"at most {MOST_VISITED:,}", "write a new base")
    if not search.found:
        raise NotAChange(("select",), *why_lost(search))
    _check_size(base, change, search.found)
    if change.action in ("multiply", "add"):
        _calculate(base, change, search.found, variant)
    for target in search.found:
        if change.action == "remove":
            _remove(base, target.path, variant.marks[change.place])
        elif change.action == "set":
            _set(base, target, copy.deepcopy(change.value), change, variant)
        elif change.action == "append":
            _append(base, target, change, variant)


def _check_size(base: Resolved, change: Change, targets: list[Target]) -> None:
    below = list(_paths(change.value)) if change.action in ("set", "append") else []
    base.added += (len(below) + 1) * len(targets)
    if base.added > MOST_VALUES:
        raise TooMuch((change.action,), f"the changes add more than {MOST_VALUES:,} values", "", "write a new base")
    if max(len(t.path) for t in targets) + max((len(p) for p in below), default=0) > DEEPEST - 1:
        raise NotAChange((change.action,), f"nested deeper than {DEEPEST} levels", "", "flatten it")


def _set(base: Resolved, target: Target, value: Any, change: Change, variant: Parsed) -> None:
    mark = variant.marks[change.place]
    path = _make_room(base, target, mark)
    _forget(base, path)
    holder = value_at(base.data, path[:-1])
    holder[path[-1]] = value
    base.keys[path] = base.keys.get(path, mark)
    _place(base, path, value, change.place, variant)


def _append(base: Resolved, target: Target, change: Change, variant: Parsed) -> None:
    if target.missing:
        path = _make_room(base, target, variant.marks[change.place])
        value_at(base.data, path[:-1])[path[-1]] = []
        base.marks[path] = variant.marks[change.place]
    items = value_at(base.data, target.path)
    if not isinstance(items, list):
        name = field_name(base.data, target.path)
        raise NotAChange(("append",), f"{name} is not a list", "a list", "use set")
    value = copy.deepcopy(change.value)
    items.append(value)
    _place(base, (*target.path, len(items) - 1), value, change.place, variant)


def _remove(base: Resolved, path: Path, mark: Mark) -> None:
    """Take a value away; its place stays known, for the case that it was needed."""
    holder = value_at(base.data, path[:-1])
    if isinstance(holder, list):
        holder[int(path[-1])] = REMOVED
        base.holes = True
        return
    _forget(base, path)
    del holder[path[-1]]
    base.marks[path] = mark


def _calculate(base: Resolved, change: Change, targets: list[Target], variant: Parsed) -> None:
    """Multiply or add in decimal numbers, as written; nothing is changed unless every target is a number.

    A number the reader refused is left alone: there is a complaint about it already.
    """
    results = []
    for target in targets:
        old = value_at(base.data, target.path)
        name = field_name(base.data, target.path)
        if isinstance(old, Refused):
            return
        if not is_number(old):
            fix = "add .* to change every number in it" if isinstance(old, dict | list) else "use set"
            raise NotAChange(("select",), f"{name} is {shown(old) or 'a mapping or list'}, not a number", "a number", fix)
        a, b = Decimal(str(old)), Decimal(str(change.value))
        new = checked_number(_digits(a * b if change.action == "multiply" else a + b))
        if isinstance(new, Refused):
            raise NotAChange(
                (change.action,), f"{name} becomes {cut(new.text)}: {new.problem}", new.allowed, "correct the change"
            )
        results.append(new)
    for target, new in zip(targets, results, strict=True):
        value_at(base.data, target.path[:-1])[target.path[-1]] = new
        base.marks[target.path] = variant.marks[change.place]


def _digits(value: Decimal) -> str:
    """The number as the reader accepts it: the nearest that can be kept."""
    text = repr(float(value))
    return text if float(value) != int(float(value)) else repr(int(float(value)))


def _make_room(base: Resolved, target: Target, mark: Mark) -> Path:
    """Write out a short amount, and create the mappings that lead to a key which is not there yet; the key's path."""
    first = len(target.path) - max(target.missing, 1)
    holder_path = target.path[:first]
    short = is_short(value_at(base.data, holder_path), holder_path)
    if target.missing and short and target.path[first] in MONEY_KEYS:
        _lengthen(base, holder_path)
    for end in range(first + 1, len(target.path)):
        path = target.path[:end]
        value_at(base.data, path[:-1])[path[-1]] = {}
        base.marks[path] = base.keys[path] = mark
    return target.path


def _lengthen(base: Resolved, path: Path) -> None:
    """``price: 245`` -> ``price: {amount: 245}``, so that another key can stand beside the amount."""
    node = value_at(base.data, path)
    if isinstance(node, dict) and not node:
        return
    for places in (base.marks, base.keys):
        for below in _paths(node):
            if (*path, *below) in places:
                places[(*path, "amount", *below)] = places.pop((*path, *below))
    base.marks[(*path, "amount")] = base.marks.get(path, Mark("", 0, 0))
    value_at(base.data, path[:-1])[path[-1]] = {"amount": node}


def _forget(base: Resolved, path: Path) -> None:
    """Drop the places of everything below ``path``."""
    for below in _paths(value_at(base.data, path)):
        base.marks.pop((*path, *below), None)
        base.keys.pop((*path, *below), None)


def _place(base: Resolved, path: Path, value: Any, source: Path, variant: Parsed) -> None:
    """Give a value, and everything below it, the places it has in the variant."""
    base.marks[path] = variant.marks[source]
    for below in _paths(value):
        for places, known in ((base.marks, variant.marks), (base.keys, variant.keys)):
            if (*source, *below) in known:
                places[(*path, *below)] = known[(*source, *below)]


def _paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """Paths of everything below a value, not of the value itself."""
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield (*path, key)
            yield from _paths(item, (*path, key))


def _close_holes(base: Resolved) -> None:
    """Take removed items out of their lists and move the places of the items behind them."""
    marks: dict[Path, Mark] = {}
    keys: dict[Path, Mark] = {}

    def moved(node: Any, old: Path, new: Path) -> Any:
        for places, kept in ((base.marks, marks), (base.keys, keys)):
            if old in places:
                kept[new] = places[old]
        if isinstance(node, dict):
            return {key: moved(item, (*old, key), (*new, key)) for key, item in node.items()}
        if isinstance(node, list):
            left = [(index, item) for index, item in enumerate(node) if item is not REMOVED]
            return [moved(item, (*old, index), (*new, place)) for place, (index, item) in enumerate(left)]
        return node

    base.data = moved(base.data, (), ())
    base.marks, base.keys, base.holes = marks, keys, False


def _complain(base: Resolved, variant: Parsed, path: Path, problem: str, allowed: str = "", fix: str = "") -> None:
    mark = next((variant.marks[path[:end]] for end in range(len(path), 0, -1) if path[:end] in variant.marks), None)
    mark = variant.keys.get(path, mark) if problem.startswith("unknown") or len(path) == 1 else mark
    mark = mark or Mark(variant.file, 1, 1)
    value = cut(shown(value_at(variant.data, path)))
    name = field_name(variant.data, path)
    base.findings.append(Finding(mark.file, mark.line, mark.column, name, value, problem, allowed, fix))
