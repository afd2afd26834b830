"""The smallest edits that lead from one set of data to another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planner.exchange.rows import GONE, Gone
from planner.scenario.document import Path
from planner.scenario.store import APPEND, DELETE, Edit


def find_edits(old: Any, new: Any, path: Path = (), moved: bool = False) -> Iterator[Edit]:
    """Edits that make ``old`` into ``new``; in ``new`` removed items of lists are still there, as ``GONE``.

    ``moved``: items before this place are removed. Additions are made after removals, so a list in there that grows
    is set as a whole.
    """
    if isinstance(old, dict) and isinstance(new, dict) and (not path or _keeps_order(old, new)):
        yield from _map_edits(old, new, path, moved)
    elif moved and isinstance(old, list) and isinstance(new, list) and len(new) > len(old):
        yield path, compact(new)
    elif isinstance(old, list) and isinstance(new, list) and any(isinstance(item, dict | Gone) for item in (*old, *new)):
        yield from _list_edits(old, new, path, moved)
    elif not _same(old, new):
        yield path, compact(new)


def _map_edits(old: dict[str, Any], new: dict[str, Any], path: Path, moved: bool) -> Iterator[Edit]:
    for key, value in old.items():
        if key in new:
            yield from find_edits(value, new[key], (*path, key), moved)
        else:
            yield (*path, key), DELETE
    yield from (((*path, key), compact(value)) for key, value in new.items() if key not in old)


def _list_edits(old: list[Any], new: list[Any], path: Path, moved: bool) -> Iterator[Edit]:
    for index, value in enumerate(old):
        if isinstance(new[index], Gone):
            yield (*path, index), DELETE
            moved = True
        else:
            yield from find_edits(value, new[index], (*path, index), moved)
    yield from (((*path, APPEND), compact(value)) for value in new[len(old) :] if not isinstance(value, Gone))


def _keeps_order(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Whether new keys only come behind the old ones: an edit can add a key at the end of a map only."""
    return [key for key in old if key in new] == list(new)[: sum(key in new for key in old)]


def _same(old: Any, new: Any) -> bool:
    return type(old) is type(new) and bool(old == new)


def compact(value: Any) -> Any:
    """The value without removed items."""
    if isinstance(value, dict):
        return {key: compact(item) for key, item in value.items()}
    if isinstance(value, list):
        return [compact(item) for item in value if item is not GONE]
    return value


def compact_paths(value: Any, path: Path = (), left: Path = ()) -> Iterator[tuple[Path, Path]]:
    """(path with removed items, path without them) of everything that stays."""
    yield path, left
    if isinstance(value, dict):
        for key, item in value.items():
            yield from compact_paths(item, (*path, key), (*left, key))
    elif isinstance(value, list):
        index = 0
        for number, item in enumerate(value):
            if item is not GONE:
                yield from compact_paths(item, (*path, number), (*left, index))
                index += 1
