"""Write into data one change after the other, and say the sum of it as edits of the file as it was opened."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

from planner.errors import UsageError
from planner.scenario.document import Path
from planner.scenario.places import MISSING, value_at
from planner.scenario.render import plain
from planner.scenario.splice import APPEND, DELETE, Edit, apply_edits

Place = tuple[Any, Path]
"""A container that is not in the file as opened, and the way to a value inside it; () is the container itself."""


class Pen:
    """Data being changed. Paths of ``write`` mean ``now``, paths of ``edits`` mean ``origin``, which never changes.

    Items of a list keep their order: some go, new ones stand at the end.
    """

    def __init__(self, origin: Any, edits: Iterable[Edit] = ()) -> None:
        """Begin with data as opened and the edits made so far. Raises UsageError for edits that cannot be made."""
        edits = tuple(edits)
        self.origin = origin
        self.now: Any = apply_edits(origin, edits)
        self._sets: dict[Path, Any] = {p: v for p, v in edits if v is not DELETE and p[-1] != APPEND}
        self._gone: set[Path] = {p for p, v in edits if v is DELETE}
        self._added: dict[Path, list[Any]] = {}
        for path, value in edits:
            if path[-1] == APPEND and value is not DELETE:
                self._added.setdefault(path[:-1], []).append(value)
        self._sets = copy.deepcopy(self._sets)
        self._added = copy.deepcopy(self._added)

    def edits(self) -> tuple[Edit, ...]:
        """Everything written so far, for ``store.save``; empty when the data is as opened."""
        removed: list[Edit] = [(path, DELETE) for path in sorted(self._gone, key=str)]
        new: list[Edit] = [((*path, APPEND), value) for path, values in self._added.items() for value in values]
        return (*self._sets.items(), *removed, *new)

    def take(self, other: Pen) -> None:
        """Go on from where another pen on the same data stopped."""
        self.now, self._sets, self._gone, self._added = other.now, other._sets, other._gone, other._added

    def write(self, path: Path, value: Any) -> None:
        """Set, remove (DELETE) or, for a path that ends with APPEND, add a value; what is not there is removed already.

        A map that becomes empty by removing goes too, unless it is an item of a list. Raises UsageError for a value or
        a place that cannot be.
        """
        if value is DELETE:
            if value_at(self.now, path) is not MISSING:
                self._remove(path)
            return
        value = plain(value)
        if path[-1] == APPEND:
            self._append(path[:-1], value)
            return
        old = value_at(self.now, path)
        if type(old) is type(value) and old == value:
            return
        own, inside = self._find(path)
        _put(self.now, path, copy.deepcopy(value))
        if inside is not None and inside[1]:
            _put(inside[0], inside[1], copy.deepcopy(value))
            return
        self._clear(own)
        old = value_at(self.origin, own)
        if type(old) is not type(value) or old != value:
            self._sets[own] = copy.deepcopy(value)

    def _append(self, path: Path, value: Any) -> None:
        held = value_at(self.now, path)
        if not isinstance(held, list):
            self.write(path, [value])
            return
        held.append(copy.deepcopy(value))
        own, inside = self._find(path)
        if inside is None:
            self._added.setdefault(own, []).append(copy.deepcopy(value))
        else:
            _at(*inside).append(copy.deepcopy(value))

    def _remove(self, path: Path) -> None:
        own, inside = self._find(path)
        del _at(self.now, path[:-1])[path[-1]]
        if inside is not None and inside[1]:
            holder = _at(inside[0], inside[1][:-1])
            del holder[inside[1][-1]]
        else:
            self._clear(own)
            if value_at(self.origin, own) is not MISSING:
                self._gone.add(own)
        above = path[:-1]
        if above and isinstance(above[-1], str) and value_at(self.now, above) == {}:
            self._remove(above)

    def _clear(self, own: Path) -> None:
        """Forget what was written at or below a place of the file."""
        size = len(own)
        for kept in (self._sets, self._added):
            for path in [p for p in kept if p[:size] == own]:
                del kept[path]
        self._gone = {p for p in self._gone if p[:size] != own}

    def _find(self, path: Path) -> tuple[Path, Place | None]:
        """Where a place of ``now`` is in the file as opened, or in which new value and where inside it."""
        own: Path = ()
        for depth, part in enumerate(path):
            if own in self._sets:
                return own, (self._sets[own], path[depth:])
            if isinstance(part, int):
                items = value_at(self.origin, own)
                left = [i for i in range(len(items)) if (*own, i) not in self._gone] if isinstance(items, list) else []
                if part >= len(left):
                    return own, (self._added[own], (part - len(left), *path[depth + 1 :]))
                own = (*own, left[part])
            else:
                own = (*own, part)
        return own, (self._sets[own], ()) if own in self._sets else None


def _at(container: Any, path: Path) -> Any:
    for part in path:
        container = container[part]
    return container


def _put(container: Any, path: Path, value: Any) -> None:
    """Set a value inside data; maps on the way are made. Raises UsageError where there is no such place."""
    for part in path[:-1]:
        if isinstance(container, dict) and isinstance(part, str) and container.get(part) is None:
            container[part] = {}
        container = value_at(container, (part,))
    last = path[-1]
    fits = isinstance(last, str) if isinstance(container, dict) else isinstance(container, list) and isinstance(last, int)
    if not fits or (isinstance(container, list) and not 0 <= int(last) < len(container)):
        raise UsageError(f"there is no {'.'.join(map(str, path))} to set")
    container[last] = value
