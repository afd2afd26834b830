"""Two versions of one file that came from the same one: where they differ, and one file made of both."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from planner.app.draft.pen import Pen
from planner.scenario.changes import ACTIONS
from planner.scenario.document import Path
from planner.scenario.places import MISSING, value_at
from planner.scenario.splice import APPEND, DELETE, Edit, ordered


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list by its name, wherever it stands in the list."""

    name: str


Address = tuple[str | Item, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where ``mine`` and ``theirs`` differ; MISSING where one has nothing. ``before`` is what both came from."""

    address: Address
    before: Any
    mine: Any
    theirs: Any

    @property
    def name(self) -> str:
        """``offers.maxwell-line.price.amount``."""
        return ".".join(part.name if isinstance(part, Item) else part for part in self.address)

    @property
    def clash(self) -> bool:
        """Whether both changed it."""
        return not _same(self.before, self.mine) and not _same(self.before, self.theirs)


def find_differences(before: Any, mine: Any, theirs: Any, address: Address = ()) -> Iterator[Difference]:
    """Every place where two versions differ, as deep as their maps and named items go."""
    if _same(mine, theirs):
        return
    if isinstance(mine, dict) and isinstance(theirs, dict):
        old = before if isinstance(before, dict) else {}
        for key in {**theirs, **mine}:
            yield from find_differences(
                old.get(key, MISSING), mine.get(key, MISSING), theirs.get(key, MISSING), (*address, key)
            )  # fmt: skip
        return
    ours, others, olds = _named(mine), _named(theirs), _named(before)
    if ours is None or others is None:
        yield Difference(address, before, mine, theirs)
        return
    for name in {**others, **ours}:
        old = (olds or {}).get(name, MISSING)
        yield from find_differences(old, ours.get(name, MISSING), others.get(name, MISSING), (*address, Item(name)))


def take_mine(theirs: Any, differences: Collection[Difference]) -> tuple[Edit, ...]:
    """Edits that put my side of some differences into their version. Raises UsageError where that cannot be."""
    pen = Pen(theirs)
    gone: list[Path] = []
    for difference in differences:
        path = find_place(theirs, difference.address)
        if path is None:
            continue
        if difference.mine is MISSING:
            gone.append(path)
        else:
            pen.write(path, difference.mine)
    for path in sorted(gone, key=lambda path: [(isinstance(part, str), part) for part in path], reverse=True):
        pen.write(path, DELETE)
    return tuple(ordered(pen.edits()))


def edits_between(before: Any, after: Any) -> tuple[Edit, ...]:
    """Edits that turn one scenario into another."""
    return take_mine(before, list(find_differences(before, after, before)))


def find_place(data: Any, address: Address) -> Path | None:
    """Where an address is in some data; an item that is not there goes to the end of its list."""
    path: Path = ()
    for depth, part in enumerate(address):
        if isinstance(part, str):
            path = (*path, part)
            continue
        held = value_at(data, path)
        names = [_name(item) for item in held] if isinstance(held, list) else []
        if part.name in names:
            path = (*path, names.index(part.name))
        else:
            return (*path, APPEND) if depth == len(address) - 1 else None
    return path


def _named(items: Any) -> dict[str, Any] | None:
    """Items of a list by their names; None when it is no list or some have none, or the same."""
    if items is MISSING:
        return {}
    if not isinstance(items, list):
        return None
    found = {name: item for item in items if (name := _name(item))}
    return found if len(found) == len(items) else None


def _name(item: Any) -> str:
    """The id of an item, or what a change of a variant selects and does."""
    if not isinstance(item, dict):
        return ""
    if isinstance(item.get("select"), str):
        return f"{item['select']} {next((action for action in ACTIONS if action in item), '')}".strip()
    return item["id"] if isinstance(item.get("id"), str) else ""


def _same(a: Any, b: Any) -> bool:
    return type(a) is type(b) and bool(a == b)
