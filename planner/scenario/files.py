"""Open scenario files safely: ordinary files below the scenario folder, and no larger than people write them."""

from __future__ import annotations

import os
import pathlib
import stat
from dataclasses import dataclass

from planner.errors import BadInput
from planner.scenario.findings import Finding, cut

LARGEST_FILE = 2 * 1024 * 1024
# Links are resolved before; a pipe or device must not make the reader wait.
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Located:
    """A scenario file that may be read: where it is, its folder as root, and the name messages show."""

    path: pathlib.Path
    root: pathlib.Path
    name: str


def locate(path: pathlib.Path, root: pathlib.Path | None = None) -> Located:
    """Where the file really is; raises BadInput for a link that leads out of ``root`` (default: the file's folder)."""
    name = shown_name(path, root)
    try:
        base = (root or path.parent).resolve(strict=True)
        real = path.resolve(strict=True)
    except (OSError, RuntimeError, ValueError) as error:
        raise BadInput([unreadable(name, error)]) from None
    if not real.is_relative_to(base):
        problem = "is a link that leads outside the scenario folder" if path.is_symlink() else "is outside the scenario folder"
        raise BadInput([Finding(name, 0, 0, "", "", problem, "a file in the folder", "put a copy of the file there")])
    return Located(real, base, name)


def read_bytes(place: Located) -> bytes:
    """The bytes of the file; raises BadInput when it is no ordinary file, is too large or cannot be read."""
    try:
        handle = os.open(place.path, _FLAGS)
    except OSError as error:
        raise BadInput([unreadable(place.name, error)]) from None
    try:
        return _read_open(handle, place.name)
    except OSError as error:
        raise BadInput([unreadable(place.name, error)]) from None
    finally:
        os.close(handle)


def _read_open(handle: int, name: str) -> bytes:
    about = os.fstat(handle)
    if not stat.S_ISREG(about.st_mode):
        raise BadInput([_odd(name, about.st_mode)])
    raw = b""
    if about.st_size <= LARGEST_FILE:
        with os.fdopen(handle, "rb", closefd=False) as stream:
            # One byte more than allowed is read, in case the file grows meanwhile.
            raw = stream.read(LARGEST_FILE + 1)
    if max(about.st_size, len(raw)) > LARGEST_FILE:
        problem = f"the file has {max(about.st_size, len(raw)):,} bytes"
        raise BadInput([Finding(name, 0, 0, "", "", problem, "at most 2 MB", "split the story into variants")])
    return raw


def shown_name(path: pathlib.Path, root: pathlib.Path | None) -> str:
    """The name of a file in messages: as given when relative, else from the root or the working folder; never absolute."""
    for folder in (root, pathlib.Path.cwd() if path.is_absolute() else None):
        if folder is not None and (path.is_relative_to(folder) or path.absolute().is_relative_to(folder.absolute())):
            path = path.absolute().relative_to(folder.absolute())
            break
    name = path.name if path.is_absolute() else path.as_posix()
    return "".join(c if c.isprintable() else "?" for c in name)


def unreadable(name: str, error: Exception) -> Finding:
    """The complaint for a file the system does not give, without its absolute path."""
    fixes: dict[type[Exception], tuple[str, str]] = {
        FileNotFoundError: ("there is no such file", "check the name, or whether the file was deleted or moved"),
        NotADirectoryError: ("there is no such file", "check the name"),
        PermissionError: ("the file may not be read", "ask for the right to read it"),
        IsADirectoryError: ("is a folder, not a scenario file", "name a file in it"),
        RuntimeError: ("is a link that leads to itself", "replace it by a file"),
    }
    problem, fix = fixes.get(type(error), ("the file cannot be read", "check the file"))
    return Finding(cut(name), 0, 0, "", "", problem, "", fix)


def _odd(name: str, mode: int) -> Finding:
    if stat.S_ISDIR(mode):
        return unreadable(name, IsADirectoryError())
    return Finding(name, 0, 0, "", "", "is not an ordinary file", "a file", "name a scenario file")
