"""A draft: a scenario file as it was opened, and the edits made since. Nothing here is written to any file."""

from __future__ import annotations

import pathlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from planner.app.draft.pen import Pen
from planner.app.draft.reading import Reading, read_text
from planner.app.draft.variant import write_changes
from planner.errors import BadInput
from planner.scenario.differ import describe_difference
from planner.scenario.document import Document, Path
from planner.scenario.findings import Finding
from planner.scenario.splice import Edit
from planner.scenario.store import Opened, edited_text, open_file


@dataclass(frozen=True)
class Draft:
    """``edits`` mean the file as ``opened`` (of a variant: its own keys); ``name`` is its name below ``folder``."""

    name: str
    folder: pathlib.Path
    opened: Opened
    edits: tuple[Edit, ...] = ()
    first: Draft | None = field(default=None, repr=False, compare=False)

    @cached_property
    def text(self) -> str:
        """The file as it would be saved now."""
        return edited_text(self.opened, self.edits, self.name) if self.edits else self.opened.text

    @cached_property
    def reading(self) -> Reading:
        """The text through the strict reader."""
        return read_text(self.text, self.name, self.folder)

    @cached_property
    def start(self) -> Draft:
        """The draft before its first edit, shared by all drafts made of it."""
        return self.first or (Draft(self.name, self.folder, self.opened) if self.edits else self)

    @property
    def changed(self) -> bool:
        """Whether anything differs from the file as opened."""
        return bool(self.edits)

    @property
    def is_variant(self) -> bool:
        """Whether the file extends another one; then edits are kept as changes to it."""
        return "extends" in self.opened.data


def open_draft(name: str, folder: pathlib.Path) -> Draft:
    """The file ``name`` of ``folder``, nothing edited; raises BadInput when it cannot be edited."""
    return Draft(name, folder, open_file(folder / name, folder))


def data(draft: Draft) -> dict[str, Any]:
    """The scenario's data, bases and changes applied; empty when it cannot be read."""
    read = draft.reading.document
    return read.data if read else {}


def document(draft: Draft) -> Document:
    """The draft as a document to solve; raises BadInput with every error while it cannot be used."""
    reading = draft.reading
    if reading.document is None or reading.scenario is None:
        raise BadInput(list(reading.findings))
    return reading.document


def findings(draft: Draft) -> tuple[Finding, ...]:
    """Every complaint about the draft, errors first, in a buyer's words."""
    return draft.reading.findings


def sentences(draft: Draft) -> list[str]:
    """What differs from the file as opened, one sentence per change, as ``planner diff`` says it."""
    if not draft.changed:
        return []
    before, after = draft.start.reading, draft.reading
    if before.scenario and after.scenario:
        return describe_difference(before.scenario, after.scenario)
    return describe_difference(data(draft.start), data(draft)) if before.document and after.document else []


def write(draft: Draft, edits: Iterable[Edit]) -> Draft:
    """The draft after some edits, one after the other; their paths mean the data at that moment, bases applied.

    Raises UsageError for an edit that cannot be made and PlannerError when the file cannot hold it.
    """
    edits = tuple(edits)
    if not edits:
        return draft
    if not draft.is_variant:
        pen = Pen(draft.opened.data, draft.edits)
        for path, value in edits:
            pen.write(path, value)
        new = pen.edits()
    else:
        new = write_changes(draft.opened.data, draft.edits, draft.name, draft.folder, edits)
    return Draft(draft.name, draft.folder, draft.opened, new, draft.start)


def apply_cell(draft: Draft, path: Path, value: Any) -> Draft:
    """The draft after one edit; raises as ``write``."""
    return write(draft, [(path, value)])
