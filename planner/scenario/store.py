"""Open and save scenario files: nobody's edit is lost, no crash leaves half a file, what was not edited stays as it was.

A save goes: edit the text in memory; read it with the strict reader and compare with what was meant; lock; compare
the file with what was opened; write a new file beside it, with the old mode and owner; flush it to the disk; put it in
the old one's place. Until the last step the old file stands untouched, after it the new one does.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pathlib
import re
import secrets
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from filelock import FileLock, Timeout

from planner.errors import BadInput, SaveConflict, UsageError
from planner.scenario.characters import decode_text
from planner.scenario.files import Located, locate, read_bytes
from planner.scenario.findings import Finding
from planner.scenario.names import check_name
from planner.scenario.splice import APPEND, DELETE, Edit, apply_edits, splice
from planner.scenario.yaml_events import parse_yaml

__all__ = [
    "APPEND",
    "DELETE",
    "ChangedOnDisk",
    "Edit",
    "Opened",
    "create",
    "edited_text",
    "open_file",
    "relay",
    "same_data",
    "save",
]

LOCK_SECONDS = 10.0
BOM = b"\xef\xbb\xbf"
NEW_FILE_MODE = 0o666
ENDINGS = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as it was read: its text without byte-order mark, the hash of its bytes, its line ends, its data."""

    text: str
    sha256: str
    newline: str
    bom: bool
    data: Any


class ChangedOnDisk(SaveConflict):
    """The file is not the one that was opened. ``mine`` is the text that was not written, ``theirs`` the file now.

    ``theirs`` is None when the file was deleted or is no longer readable as a scenario.
    """

    def __init__(self, name: str, mine: str, theirs: Opened | None) -> None:
        self.mine, self.theirs = mine, theirs
        what = "was changed by somebody else" if theirs else "was deleted or damaged"
        super().__init__(f"{name} {what} since it was opened; nothing was written - compare both and save again")


def open_file(path: pathlib.Path, root: pathlib.Path | None = None) -> Opened:
    """Read a file for editing; raises BadInput for a link out of ``root``, an unreadable file or bad YAML."""
    place = locate(path, root)
    return _opened(read_bytes(place), place.name)


def save(path: pathlib.Path, opened: Opened, edits: Sequence[Edit], root: pathlib.Path | None = None) -> Opened:
    """Write the edits into the file; returns the file as it is now.

    ``edits`` are (path, value), (path, DELETE) or (path of a list + APPEND, value); all paths mean the file as opened.
    A link is followed when it stays inside ``root`` (default: the file's folder) and stays a link. The folder's name for
    the owner is kept where the system allows it. Raises ChangedOnDisk, UsageError (an edit that cannot be made),
    BadInput (the result cannot be read) or OSError (disk full, no right to write); then nothing was written.
    """
    return _replace(path, opened, edited_text(opened, edits, locate(path, root).name), opened.bom, root)


def relay(path: pathlib.Path, opened: Opened, text: str, root: pathlib.Path | None = None) -> Opened:
    """Write the same data in another layout into the file, without byte-order mark; else as ``save``.

    Raises UsageError when the text says anything else than the file did.
    """
    if not same_data(_data(text, locate(path, root).name), opened.data):
        raise UsageError(f"{path.name}: the new layout would change what the file says; nothing was written")
    return _replace(path, opened, text, bom=False, root=root)


def _replace(path: pathlib.Path, opened: Opened, text: str, bom: bool, root: pathlib.Path | None) -> Opened:
    place = locate(path, root)
    check_name(place.path.relative_to(place.root).as_posix())
    raw = _encode(text, bom)
    new = _opened(raw, place.name)
    with _locked(place):
        _refuse_twin(place.path, place.path.name)
        _refuse_changed(place, opened, new.text)
        if raw != _encode(opened.text, opened.bom):
            _write(place.path, raw, place.path.stat())
    return new


def create(root: pathlib.Path, name: str, text: str) -> Opened:
    """Write a new file below ``root``; raises BadInput for a bad name, a name that exists (in any case) or bad YAML."""
    check_name(name)
    path = root.resolve(strict=True) / name
    if path.suffix not in ENDINGS:
        raise _bad_name(name, "a scenario file ends with .yaml", "add .yaml")
    if not path.parent.resolve().is_relative_to(root.resolve()) or not path.parent.is_dir():
        raise _bad_name(name, "its folder does not exist in the scenario folder", "make the folder or choose another")
    raw = _encode(text, bom=False)
    new = _opened(raw, name)
    with _locked(Located(path, root.resolve(), name)):
        _refuse_twin(path, "")
        _write(path, raw, None)
    return new


def edited_text(opened: Opened, edits: Sequence[Edit], name: str = "scenario") -> str:
    """The text after the edits, read again and compared with what was meant; raises UsageError or BadInput."""
    meant = apply_edits(opened.data, edits)
    text = splice(opened.text, opened.data, edits, opened.newline)
    if not same_data(_data(text, name), meant):
        raise UsageError(f"{name}: this change cannot be made without rewriting the file; make it in a text editor")
    return text


def same_data(a: Any, b: Any) -> bool:
    """Equal in value, type and order of keys; true is not 1."""
    if isinstance(a, dict) and isinstance(b, dict):
        return list(a) == list(b) and all(same_data(a[key], b[key]) for key in a)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(same_data, a, b))
    return type(a) is type(b) and bool(a == b)


def _data(text: str, name: str) -> Any:
    parsed = parse_yaml(text, name)
    if parsed.complaints:
        raise BadInput(parsed.findings())
    return parsed.data


def _opened(raw: bytes, name: str) -> Opened:
    text = decode_text(raw, name)
    newline = "\r\n" if "\r\n" in text else "\n" if "\n" in text or "\r" not in text else "\r"
    return Opened(text, hashlib.sha256(raw).hexdigest(), newline, raw.startswith(BOM), _data(text, name))


def _encode(text: str, bom: bool) -> bytes:
    return (BOM if bom else b"") + text.encode("utf-8")


def _refuse_changed(place: Located, opened: Opened, mine: str) -> None:
    try:
        now = read_bytes(place)
    except BadInput:
        raise ChangedOnDisk(place.name, mine, None) from None
    if hashlib.sha256(now).hexdigest() != opened.sha256:
        try:
            theirs = _opened(now, place.name)
        except BadInput:
            theirs = None
        raise ChangedOnDisk(place.name, mine, theirs)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _refuse_twin(path: pathlib.Path, own: str) -> None:
    """Two names that differ only in capital letters are one file on other computers."""
    for other in path.parent.iterdir():
        if other.name != own and _folded(other.name) == _folded(path.name):
            exists = "exists already" if other.name == path.name else "differs from it only in capital letters or accents"
            raise _bad_name(path.name, f"{other.name} {exists}", "choose another name")


def _bad_name(name: str, problem: str, fix: str) -> BadInput:
    return BadInput([Finding(name, 0, 0, "name", name, problem, "", fix)])


@contextlib.contextmanager
def _locked(place: Located) -> Iterator[None]:
    """Only one saver at a time; a lock whose holder died is free."""
    lock = FileLock(place.path.parent / f".{place.path.name[:100]}.lock", timeout=LOCK_SECONDS)
    try:
        lock.acquire()
    except Timeout:
        raise SaveConflict(f"{place.name} is being saved by somebody else; nothing was written - try again") from None
    try:
        yield
    finally:
        lock.release()


def _write(path: pathlib.Path, raw: bytes, old: os.stat_result | None) -> None:
    """Put the bytes in the file's place at once; the lock is held, so left-over temporary files belong to the dead."""
    stem = f".{path.name[:100]}."
    for left in path.parent.iterdir():
        if re.fullmatch(re.escape(stem) + r"\d+-[0-9a-f]{8}\.tmp", left.name):
            left.unlink(missing_ok=True)
    temporary = path.parent / f"{stem}{os.getpid()}-{secrets.token_hex(4)}.tmp"
    try:
        _fill(temporary, raw, old)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _flush_folder(path.parent)


def _fill(temporary: pathlib.Path, raw: bytes, old: os.stat_result | None) -> None:
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), NEW_FILE_MODE)
    with os.fdopen(handle, "wb") as stream:
        stream.write(raw)
        stream.flush()
        if old is not None and hasattr(os, "fchown"):
            _keep_owner(stream.fileno(), old)
            os.fchmod(stream.fileno(), stat.S_IMODE(old.st_mode))
        os.fsync(stream.fileno())


def _keep_owner(handle: int, old: os.stat_result) -> None:
    """Owner and group as before; somebody who may not give files away keeps the group if he can."""
    try:
        os.fchown(handle, old.st_uid, old.st_gid)
    except PermissionError:
        with contextlib.suppress(PermissionError):
            os.fchown(handle, -1, old.st_gid)


def _flush_folder(folder: pathlib.Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
