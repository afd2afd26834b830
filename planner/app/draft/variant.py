"""Edits of a variant: what was changed in the resolved scenario becomes a change in the variant's own file."""

from __future__ import annotations

import copy
import pathlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from planner.app.draft.pen import Pen
from planner.errors import UsageError
from planner.scenario.change_path import as_text
from planner.scenario.document import Mark, Path
from planner.scenario.files import Located
from planner.scenario.load import load_base
from planner.scenario.parsed import Parsed
from planner.scenario.places import MISSING, value_at
from planner.scenario.splice import APPEND, DELETE, Edit
from planner.scenario.variants import Resolved, apply_variant

CHANGES = "changes"
OWN = ("title", "description")
"""Keys a variant writes itself."""
_KEY = re.compile(r"[^.\[\]*\s](?:[^.\[\]*]*[^.\[\]*\s])?")
_ITEM = re.compile(r"[^\[\]=,*\s](?:[^\[\]=,*]{0,60}[^\[\]=,*\s])?")


@dataclass(frozen=True, slots=True)
class Traced:
    """Resolved data, and for every value a variant has written: where in the variant it stands."""

    data: Any
    sources: dict[Path, Path]
    complaints: int


def write_changes(
    own: Any, edits: Iterable[Edit], name: str, folder: pathlib.Path, resolved_edits: Iterable[Edit]
) -> tuple[Edit, ...]:
    """Edits of the variant's file ``own`` after some more edits of the scenario it resolves to.

    An edit goes into the change that wrote the value, if there is one, else into a new change at the end. Raises
    UsageError for an edit no change can make and BadInput when the base cannot be read.
    """
    file = Pen(own, edits)
    base = load_base(Parsed(name, file.now), Located((folder / name).resolve(), folder.resolve(), name)).data
    traced = trace(base, file.now, name)
    for path, value in resolved_edits:
        aim = Pen(traced.data)
        aim.write(path, value)
        if aim.now == value_at(traced.data, ()):
            continue
        file, traced = _fitting(file, base, name, traced, aim.now, path, value)
    return file.edits()


def trace(base: Any, own: Any, name: str) -> Traced:
    """Apply a variant to the data of its base. ``base`` and ``own`` are left as they are."""
    parsed = Parsed(name, own)
    paths = [(), *_paths(own)]
    parsed.marks = {path: Mark(name, number, 1) for number, path in enumerate(paths, 1)}
    parsed.keys = parsed.marks
    done = apply_variant(Resolved(copy.deepcopy(base), {}, {}), parsed)
    known = {path: paths[mark.line - 1] for path, mark in done.marks.items() if mark.line}
    sources = {path: source for path, source in known.items() if len(source) > 2 and source[2] in ("set", "append")}
    return Traced(done.data, sources, len(done.findings))


def _fitting(file: Pen, base: Any, name: str, before: Traced, aim: Any, path: Path, value: Any) -> tuple[Pen, Traced]:
    """The first way to write one edit that leads to what is aimed at and to nothing else."""
    if path[0] in OWN:
        ways: Iterator[list[Edit]] = iter([[(path, value)]])
    else:
        ways = _ways(file, before, aim, path, value)
    kept = file.edits()
    for way in ways:
        tried = Pen(file.origin, kept)
        try:
            for edit in way:
                tried.write(*edit)
        except UsageError:
            continue
        after = trace(base, tried.now, name)
        if after.data == aim and after.complaints <= before.complaints:
            return tried, after
    raise UsageError("a variant cannot say this change; make it in the scenario it extends")


def _ways(file: Pen, before: Traced, aim: Any, path: Path, value: Any) -> Iterator[list[Edit]]:
    held = path[:-1] if path[-1] == APPEND else path
    for end in range(len(held), 0, -1):
        source = before.sources.get(held[:end])
        if source:
            change = source[:2]
            if source[3:] == () and end == len(held) and (value is DELETE or _is_new(file, change)):
                yield [(change, DELETE)]
            yield [((*source, *path[end:]), value)]
    for new in _new_changes(before.data, aim, path, value):
        yield [((CHANGES, APPEND), new)]


def _is_new(file: Pen, change: Path) -> bool:
    """Whether the file as opened has no change with this selector."""
    opened = value_at(file.origin, (CHANGES,))
    known = [one.get("select") for one in opened if isinstance(one, dict)] if isinstance(opened, list) else []
    return value_at(file.now, (*change, "select")) not in known


def _new_changes(before: Any, aim: Any, path: Path, value: Any) -> Iterator[dict[str, Any]]:
    held = path[:-1] if path[-1] == APPEND else path
    where = selector(before, held)
    if where:
        if value is DELETE:
            yield {"select": where, "remove": True}
        else:
            yield {"select": where, "append" if path[-1] == APPEND else "set": value}
    for end in range(len(held), 0, -1):
        where, whole = selector(before, held[:end]), value_at(aim, held[:end])
        if where and whole is not MISSING:
            yield {"select": where, "set": copy.deepcopy(whole)}


def selector(data: Any, path: Path) -> str:
    """The words a change selects ``path`` by, such as ``offers[acme].price.amount``; empty when none is sure to fit."""
    text = ""
    for depth, part in enumerate(path):
        holder = value_at(data, path[:depth])
        if isinstance(part, int):
            inner = _item(holder, part) if isinstance(holder, list) else ""
            step = f"[{inner}]" if inner else ""
        elif _KEY.fullmatch(part):
            step = f".{part}" if text else part
        else:
            step = f"[{part}]" if text and _ITEM.fullmatch(part) else ""
        if not step:
            return ""
        text += step
    return text


def _item(items: list[Any], index: int) -> str:
    """What picks one item out of a list: its id, its text, or a field that no other item has with that value."""
    item = items[index]
    if not isinstance(item, dict):
        return (
            as_text(item) if [as_text(one) for one in items].count(as_text(item)) == 1 and _ITEM.fullmatch(as_text(item)) else ""
        )
    for key in ("id", *item):
        said = as_text(item.get(key, ""))
        same = [one for one in items if isinstance(one, dict) and key in one and as_text(one[key]) == said]
        if said and len(same) == 1 and _ITEM.fullmatch(said) and _ITEM.fullmatch(key):
            return said if key == "id" else f"{key}={said}"
    return ""


def _paths(value: Any, path: Path = ()) -> Iterator[Path]:
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield (*path, key)
            yield from _paths(item, (*path, key))
