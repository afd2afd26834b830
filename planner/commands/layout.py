"""``planner check --format``: scenario files in the common layout, before they are checked."""

from __future__ import annotations

import difflib
from pathlib import Path

from planner.commands.guard import Failure, attempt, say
from planner.scenario.layout import canonical_text
from planner.scenario.store import Opened, open_file, relay
from planner.vocabulary import Exit


def lay_out_files(files: list[str], write: bool) -> list[int]:
    """Rewrite each file in the common layout, or with ``write`` false show what would change; the exit code of each.

    A file that cannot be read is left to the check, which says why.
    """
    return [_code(file, attempt(lambda file=file: lay_out(Path(file), write)), write) for file in files]  # type: ignore[misc]


def lay_out(path: Path, write: bool) -> str:
    """The difference the common layout makes, as lines; '' when the file has it. Raises what opening and saving raise."""
    opened = open_file(path)
    text = canonical_text(opened.text)
    difference = _difference(opened, text, str(path))
    if difference and write:
        relay(path, opened, text)
    return difference


def _difference(opened: Opened, text: str, name: str) -> str:
    if text == opened.text:
        return f"{name}: the byte-order mark goes\n" if opened.bom else ""
    lines = difflib.unified_diff(opened.text.splitlines(), text.splitlines(), name, name, lineterm="")
    return "".join(f"{line}\n" for line in lines) or f"{name}: line ends change\n"


def _code(file: str, found: str | Failure, write: bool) -> int:
    if isinstance(found, Failure):
        if not found.findings:
            say(f"{file}: {found.text}")
        return found.code
    if not found:
        return Exit.SOLVED
    if write:
        say(f"{file}: rewritten in the common layout")
        return Exit.SOLVED
    say(found + f"{file}: not in the common layout; planner check --format rewrites it")
    return Exit.BAD_INPUT
