"""Rows that are items of a list, entries of a map, or either of them inside the items of a list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from planner.exchange.columns import Data, Key, NoPlace
from planner.scenario.document import Path
from planner.scenario.places import MISSING, did_you_mean, listed, value_at


class Gone:
    """Stands in a list where a row was removed, until the edits are made."""


GONE = Gone()


def item_id(section: str, item: Any) -> str:
    """The id of an item, also where the file leaves it out: duties and contracts get theirs from their fields."""
    if not isinstance(item, dict):
        return ""
    if isinstance(item.get("id"), str):
        return str(item["id"])
    if section == "duties":
        return "-".join(str(part) for part in (item.get("origin", ""), item.get("into", ""), item.get("starts", "always")))
    if section == "commitments" and isinstance(item.get("offer"), str):
        owner = "".join(c if c.isalnum() else "-" for c in str(item.get("owner") or "ours"))
        return f"{owner}-{item['offer']}-{item.get('ships', '')}"[:64]
    return ""


def find_items(data: Data, section: str) -> Iterator[tuple[str, Path, dict[str, Any]]]:
    """(id, place, item) of the items of a list that are maps; of a map the entries."""
    held = data.get(section)
    if isinstance(held, dict):
        yield from ((str(name), (section, name), item) for name, item in held.items() if isinstance(item, dict))
    elif isinstance(held, list):
        for index, item in enumerate(held):
            if isinstance(item, dict):
                yield item_id(section, item), (section, index), item


def find_owner(data: Data, section: str, name: str, what: str, column: int = 0) -> Path:
    """The place of the item with this id; raises NoPlace with the ids there are."""
    known = {key: path for key, path, _ in find_items(data, section)}
    if name not in known:
        fix = did_you_mean(name, known, f"add it to its own sheet first, or remove this row's {what}")
        raise NoPlace(column, f"there is no {what} {name}", listed(known), fix)
    return known[name]


def room(data: Data, path: Path, empty: Any) -> Any:
    """The container at ``path``, made from ``empty`` when it is missing."""
    holder = value_at(data, path[:-1])
    if value_at(data, path) is MISSING or holder[path[-1]] is None:
        holder[path[-1]] = empty
    return holder[path[-1]]


@dataclass(frozen=True, slots=True)
class Items:
    """The items of a list of the scenario, by id."""

    section: str

    def find(self, data: Data) -> Iterator[tuple[Key, Path]]:
        """One row for each item."""
        yield from (((name,), path) for name, path, _ in find_items(data, self.section))

    def make(self, data: Data, key: Key) -> Path:
        """A new item at the end."""
        held = room(data, (self.section,), [])
        held.append({"id": key[0]})
        return (self.section, len(held) - 1)


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of a map, by key."""

    path: Path

    def find(self, data: Data) -> Iterator[tuple[Key, Path]]:
        """One row for each entry."""
        held = value_at(data, self.path)
        yield from (((str(name),), (*self.path, name)) for name in (held if isinstance(held, dict) else ()))

    def make(self, data: Data, key: Key) -> Path:
        """A new entry at the end, empty."""
        for end in range(1, len(self.path) + 1):
            room(data, self.path[:end], {})
        value_at(data, self.path)[key[0]] = {}
        return (*self.path, key[0])


@dataclass(frozen=True, slots=True)
class InnerEntries:
    """The entries of a map in every item of a list: what an offer covers, by offer and step."""

    section: str
    name: str
    what: str

    def find(self, data: Data) -> Iterator[tuple[Key, Path]]:
        """One row for each entry of each item."""
        for owner, path, item in find_items(data, self.section):
            held = item.get(self.name)
            yield from (((owner, str(key)), (*path, self.name, key)) for key in (held if isinstance(held, dict) else ()))

    def make(self, data: Data, key: Key) -> Path:
        """A new entry, empty; raises NoPlace when there is no such item."""
        path = (*find_owner(data, self.section, key[0], self.what), self.name)
        room(data, path, {})[key[1]] = {}
        return (*path, key[1])


@dataclass(frozen=True, slots=True)
class InnerItems:
    """The items of a list in every item of a list: which resources an offer takes."""

    section: str
    name: str
    what: str
    field: str

    def find(self, data: Data) -> Iterator[tuple[Key, Path]]:
        """One row for each inner item."""
        for owner, path, item in find_items(data, self.section):
            held = item.get(self.name)
            for index, inner in enumerate(held if isinstance(held, list) else ()):
                if isinstance(inner, dict):
                    yield (owner, str(inner.get(self.field, ""))), (*path, self.name, index)

    def make(self, data: Data, key: Key) -> Path:
        """A new inner item at the end; raises NoPlace when there is no such item."""
        path = (*find_owner(data, self.section, key[0], self.what), self.name)
        held = room(data, path, [])
        held.append({self.field: key[1]})
        return (*path, len(held) - 1)


@dataclass(frozen=True, slots=True)
class Whole:
    """The scenario itself: a single row without a key."""

    def find(self, _: Data) -> Iterator[tuple[Key, Path]]:
        """The one row."""
        yield (), ()

    def make(self, _: Data, __: Key) -> Path:
        """There is never a second row."""
        raise NoPlace(0, "this sheet has one row", "one row", "remove this row")


@dataclass(frozen=True, slots=True)
class SourceRows:
    """Where numbers come from: the sources of every part, by part, id and number in the list."""

    sections: tuple[str, ...]

    def find(self, data: Data) -> Iterator[tuple[Key, Path]]:
        """One row for each source."""
        for section in self.sections:
            for owner, path in self._owners(data, section):
                for index, item in enumerate(value_at(data, (*path, "sources"))):
                    if isinstance(item, dict):
                        yield (section, owner, str(index + 1)), (*path, "sources", index)

    def _owners(self, data: Data, section: str) -> Iterator[tuple[str, Path]]:
        if section in ("money", "futures", "policy"):
            if isinstance(value_at(data, (section, "sources")), list):
                yield "", (section,)
            return
        for name, path, item in find_items(data, section):
            if isinstance(item.get("sources"), list):
                yield name, path

    def make(self, data: Data, key: Key) -> Path:
        """A new source at the end of its part; raises NoPlace when there is no such part."""
        section, name, number = key
        if section not in self.sections:
            raise NoPlace(0, "is not a part that has sources", ", ".join(self.sections), "correct the part")
        if section in ("money", "futures", "policy"):
            path: Path = (section,)
            if not isinstance(data.get(section), dict):
                raise NoPlace(0, f"the scenario has no {section}", "", "choose another part")
        else:
            path = find_owner(data, section, name, "item of this part", 1)
        held = room(data, (*path, "sources"), [])
        if number != str(len(held) + 1):
            raise NoPlace(2, "is not the next number", str(len(held) + 1), f"write {len(held) + 1}")
        held.append({})
        return (*path, "sources", len(held) - 1)
