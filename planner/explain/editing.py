"""A scenario's data with one thing changed. The data given is never touched; what does not change is shared."""

from __future__ import annotations

from typing import Any

from planner.scenario.document import Path
from planner.studies.worlds import Data


def put(data: Any, path: Path, value: Any) -> Any:
    """The same with ``value`` at ``path``; maps that are missing on the way are made."""
    if not path:
        return value
    first, rest = path[0], path[1:]
    if isinstance(data, list):
        assert isinstance(first, int)
        return [put(item, rest, value) if i == first else item for i, item in enumerate(data)]
    return {**(data or {}), first: put((data or {}).get(first), rest, value)}


def drop(data: Any, path: Path) -> Any:
    """The same without what stands at ``path``, which must be there; maps and lists left empty by that stay, empty."""
    first, rest = path[0], path[1:]
    if isinstance(data, list):
        assert isinstance(first, int)
        if not rest:
            return [item for i, item in enumerate(data) if i != first]
        return [drop(item, rest) if i == first else item for i, item in enumerate(data)]
    if not rest:
        return {key: item for key, item in data.items() if key != first}
    return {**data, first: drop(data[first], rest)}


def add_items(data: Data, path: Path, items: list[Any]) -> Data:
    """The same with ``items`` at the end of the list at ``path``."""
    found: Any = data
    for part in path:
        found = (found or {}).get(part)
    changed: Data = put(data, path, [*(found or []), *items])
    return changed
