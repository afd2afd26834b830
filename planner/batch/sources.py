"""Which scenario files a batch is about: those named, and every ``*.yaml`` below the folders named, in one order."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.errors import UsageError
from planner.scenario.files import shown_name


@dataclass(frozen=True, slots=True)
class Source:
    """A scenario file. ``root``: the folder it must lie in and is named from; None: its own, named as given."""

    path: Path
    root: Path | None = None

    @property
    def shown(self) -> str:
        """Its name in messages, also for a file that cannot be read."""
        return shown_name(self.path, self.root)


def find_sources(paths: Sequence[str], out: Path) -> list[Source]:
    """The files, each once, sorted by name below each path.

    Raises UsageError for a folder without any, OSError for one that cannot be read.

    Hidden files and folders are passed over, and what lies in ``out`` unless a path itself does.
    """
    found: dict[str, Source] = {}
    for name in paths:
        path = Path(name)
        sources = list(_list_folder(path, out)) if path.is_dir() else [Source(path)]
        if not sources:
            raise UsageError(f"{name} holds no scenario; allowed: a folder with *.yaml files in it or below it, or such a file")
        for source in sources:
            found.setdefault(os.path.realpath(source.path), source)  # a link that leads to itself has a path too
    return list(found.values())


def _list_folder(folder: Path, out: Path) -> Iterator[Source]:
    own = None if not folder.is_absolute() or folder.resolve().is_relative_to(Path.cwd()) else folder
    inside, away = folder.resolve(), out.resolve()
    skipped = away if not inside.is_relative_to(away) else None
    for path in sorted(_walk(inside, skipped), key=lambda path: path.relative_to(inside).parts):
        yield Source(folder / path.relative_to(inside), own)


def _walk(folder: Path, skipped: Path | None) -> Iterator[Path]:
    for top, folders, files in os.walk(folder, onerror=_refuse):
        here = Path(top)
        folders[:] = [name for name in folders if not name.startswith(".") and here / name != skipped]
        yield from (here / name for name in files if name.endswith(".yaml") and not name.startswith("."))


def _refuse(error: OSError) -> None:
    """A folder that cannot be read must not look as if there were nothing in it."""
    raise error
