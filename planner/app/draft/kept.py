"""Drafts kept on the disk, so that a reload or a crash loses none: hidden files beside the scenarios, not under version control.

Each browser session keeps its own. What a kept draft holds is enough to go on even when the scenario was changed since.
"""

from __future__ import annotations

import hashlib
import json
import os
import pathlib
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from planner.app.draft.draft import Draft
from planner.errors import BadInput
from planner.scenario.splice import DELETE, Edit
from planner.scenario.store import Opened
from planner.scenario.yaml_events import parse_yaml

FOLDER = ".drafts"
LARGEST = 8 * 1024 * 1024
MOST_OFFERED = 20
_SESSION = re.compile(r"[A-Za-z0-9_-]{1,40}")


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft somebody did not save: whose session, when it was kept, and the draft."""

    session: str
    when: datetime
    draft: Draft


def keep(draft: Draft, session: str) -> None:
    """Keep the draft, or forget what was kept when it has no edits. Raises OSError."""
    place = _place(draft.folder, draft.name, session)
    if not draft.edits:
        place.unlink(missing_ok=True)
        return
    place.parent.mkdir(exist_ok=True)
    ignored = place.parent / ".gitignore"
    if not ignored.exists():
        ignored.write_text("*\n", encoding="utf-8")
    opened = draft.opened
    said = {
        "name": draft.name, "text": opened.text, "sha256": opened.sha256, "newline": opened.newline, "bom": opened.bom,
        "edits": [[list(path), value is not DELETE, None if value is DELETE else value] for path, value in draft.edits],
    }  # fmt: skip
    temporary = place.with_name(f".{place.name}.{os.getpid()}-{secrets.token_hex(4)}.tmp")
    try:
        temporary.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8", newline="")
        temporary.replace(place)
    finally:
        temporary.unlink(missing_ok=True)


def forget(folder: pathlib.Path, name: str, session: str) -> None:
    """Throw a kept draft away. Raises OSError."""
    _place(folder, name, session).unlink(missing_ok=True)


def find_kept(folder: pathlib.Path, name: str) -> list[Kept]:
    """Drafts kept of one scenario, the latest first, at most ``MOST_OFFERED``; what cannot be read is left out."""
    begin = f"{_digest(name)}."
    place = folder / FOLDER
    found: list[Kept] = []
    for file in place.iterdir() if place.is_dir() else ():
        session = file.name.removeprefix(begin).removesuffix(".json")
        if file.name == f"{begin}{session}.json" and _SESSION.fullmatch(session) and (kept := _read(file, folder, name, session)):
            found.append(kept)
    return sorted(found, key=lambda kept: kept.when, reverse=True)[:MOST_OFFERED]


def _read(file: pathlib.Path, folder: pathlib.Path, name: str, session: str) -> Kept | None:
    try:
        about = file.stat()
        if about.st_size > LARGEST:
            return None
        said: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        if said["name"] != name:
            return None
        parsed = parse_yaml(said["text"], name)
        opened = Opened(said["text"], said["sha256"], said["newline"], said["bom"], parsed.data)
        edits: tuple[Edit, ...] = tuple((tuple(path), value if given else DELETE) for path, given, value in said["edits"])
        draft = Draft(name, folder, opened, edits)
        if parsed.complaints or not draft.text:
            return None
    except (OSError, ValueError, KeyError, TypeError, BadInput):
        return None
    return Kept(session, datetime.fromtimestamp(about.st_mtime, UTC), draft)


def _place(folder: pathlib.Path, name: str, session: str) -> pathlib.Path:
    if not _SESSION.fullmatch(session):
        raise ValueError("not the name of a session")
    return folder / FOLDER / f"{_digest(name)}.{session}.json"


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8")).hexdigest()[:16]
