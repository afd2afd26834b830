"""What the reader has understood of one file so far, and what it complains about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from planner.scenario.characters import visible
from planner.scenario.document import Mark, Path, field_name
from planner.scenario.findings import Finding, cut
from planner.scenario.scalars import Refused

MOST_COMPLAINTS = 200


class StopReading(Exception):
    """The rest of the file cannot or must not be read."""


@dataclass(slots=True)
class Parsed:
    """What a file says: data (with ``Refused`` where a value is not read), places, and complaints by path."""

    file: str
    data: Any = None
    marks: dict[Path, Mark] = field(default_factory=dict)
    keys: dict[Path, Mark] = field(default_factory=dict)
    refused: dict[Path, Mark] = field(default_factory=dict)
    complaints: list[tuple[Path, Mark, Refused]] = field(default_factory=list)

    def complain(self, path: Path, mark: Mark, what: Refused) -> None:
        """Keep a complaint about the value at ``path``; the reading goes on, unless there are too many."""
        self.complaints.append((path, mark, what))
        if len(self.complaints) == MOST_COMPLAINTS:
            self.complaints.append(
                ((), mark, Refused("", "the reading ends here, after so many complaints", "", "correct these first"))
            )
            raise StopReading

    def findings(self) -> list[Finding]:
        """The complaints with field names, now that the ids of the items are known."""
        found = []
        for path, mark, what in self.complaints:
            name, value = visible(field_name(self.data, path)), cut(visible(what.text))
            found.append(Finding(mark.file, mark.line, mark.column, name, value, what.problem, what.allowed, what.fix))
        return found


def find_refused(data: Any, path: Path = ()) -> Iterator[Path]:
    """Paths of values that were not read, wherever changes have moved them."""
    if isinstance(data, Refused):
        yield path
    elif isinstance(data, dict | list):
        for key, item in data.items() if isinstance(data, dict) else enumerate(data):
            yield from find_refused(item, (*path, key))
