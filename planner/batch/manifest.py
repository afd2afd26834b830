"""batch.json: which file asked which question when it was last looked at, so that what has not changed need not be read again.

A memory, never the truth: without it everything is read again. Answers are in the results folders.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from planner.batch.kept import Seal
from planner.batch.task import Row
from planner.options import Options
from planner.report.files import write_atomic
from planner.result import find_versions
from planner.scenario.document import Document

FILE = "batch.json"
SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one scenario file.

    ``read``: (path from its folder, SHA-256) of every file it was read from; ``question``: hash of all else that was asked;
    ``key``: its results folder; ``masked``: it leaves out confidential suppliers. ``row`` instead of a result: why there is none.
    """

    file: str
    read: tuple[tuple[str, str], ...] = ()
    question: str = ""
    fingerprint: str = ""
    key: str = ""
    masked: bool = False
    row: Row | None = None

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON data."""
        plain = {"file": self.file, "read": [list(pair) for pair in self.read], "question": self.question}
        row = self.row.as_dict() if self.row else None
        return {**plain, "fingerprint": self.fingerprint, "key": self.key, "masked": self.masked, "row": row}


@dataclass
class Manifest:
    """``entries`` by path of the scenario file from the folder of the batch, ``seals`` by results folder."""

    out: Path
    entries: dict[str, Entry] = field(default_factory=dict)
    seals: dict[str, Seal] = field(default_factory=dict)

    def place(self, path: Path) -> str:
        """The key of a scenario file."""
        return PurePosixPath(os.path.relpath(path.absolute(), self.out.absolute())).as_posix()

    def find(self, path: Path, question: str) -> Entry | None:
        """What is known of the file when it and its bases hold the same bytes, and the same is asked."""
        entry = self.entries.get(self.place(path))
        if entry is None or entry.question != question or not entry.read:
            return None
        try:
            same = all(_hash(path.parent / name) == sha for name, sha in entry.read)
        except OSError:
            return None
        return entry if same else None

    def save(self) -> None:
        """Write it, with what another run wrote meanwhile about other files. Raises OSError."""
        there = read_manifest(self.out)
        self.entries = {**there.entries, **self.entries}
        self.seals = {**there.seals, **self.seals}
        entries = {place: self.entries[place].as_dict() for place in sorted(self.entries)}
        seals = {key: self.seals[key].as_dict() for key in sorted(self.seals)}
        data = {"schema": SCHEMA, "entries": entries, "seals": seals}
        write_atomic(self.out / FILE, json.dumps(data, allow_nan=False).encode())


def read_manifest(out: Path) -> Manifest:
    """The manifest of a folder; an empty one where there is none that can be read."""
    try:
        data = json.loads((out / FILE).read_bytes())
        if data["schema"] != SCHEMA:
            return Manifest(out)
        entries = {place: _read_entry(entry) for place, entry in data["entries"].items()}
        return Manifest(out, entries, {key: Seal.read(seal) for key, seal in data["seals"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Manifest(out)


def _read_entry(data: Mapping[str, Any]) -> Entry:
    row = Row(**data["row"]) if data["row"] else None
    return Entry(**{**data, "read": tuple((name, sha) for name, sha in data["read"]), "row": row})


def find_question(options: Options, unmask: bool) -> str:
    """Hash of all a results folder depends on besides the scenario."""
    text = json.dumps([options.answer_dict(), find_versions(), unmask], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def files_read(document: Document) -> Iterator[tuple[str, str]]:
    """(path from the scenario's folder, SHA-256) of the scenario file and its bases."""
    folder = PurePosixPath(document.files[0][0]).parent
    for name, sha in document.files:
        yield PurePosixPath(name).relative_to(folder).as_posix(), sha


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
