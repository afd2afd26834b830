"""``planner compare --revisions``: two batches of the same scenario files, before and after a change."""

from __future__ import annotations

import sys
from pathlib import Path

from planner.batch.folder import read_batch
from planner.batch.task import Row
from planner.commands.compare import MOST_ROWS, Shape
from planner.commands.compared import read_folder
from planner.commands.guard import worst
from planner.errors import UsageError
from planner.report.console import open_console, print_table
from planner.report.revisions import Revision, revisions_table, show_revision, write_revisions
from planner.studies.compare.subject import Subject
from planner.vocabulary import Exit

NEW, GONE = "new", "no longer there"


def compare_batches(folders: list[str], shape: Shape) -> int:
    """Print one row for each scenario whose question changed; the worst exit code of the answers after the change.

    Raises UsageError, AuditError, OSError.
    """
    if len(folders) != 2 or not all(Path(folder).is_dir() for folder in folders):
        raise UsageError("--revisions takes two folders that planner batch wrote: BEFORE AFTER")
    if shape.as_json or shape.out is not None or shape.first or shape.second:
        raise UsageError("--revisions prints a table, or with --markdown a page; leave out --json, --out, --from and --to")
    before, after = (_rows(Path(folder)) for folder in folders)
    if not before and not after:
        raise UsageError(f"neither {folders[0]} nor {folders[1]} holds a scenario; name folders that planner batch wrote")
    changed = [file for file in sorted(before.keys() | after.keys()) if not _is_same(before.get(file), after.get(file))]
    revisions = [_revision(file, before.get(file), after.get(file), folders) for file in changed]
    revised = [show_revision(revision, shape.unmask) for revision in revisions]
    if shape.as_markdown:
        print(write_revisions(revised, len(before.keys() | after.keys()) - len(changed)), end="")
    else:
        print_table(revisions_table(revised), open_console(sys.stdout), MOST_ROWS)
    return worst([row.exit_code for row in after.values()])


def _rows(folder: Path) -> dict[str, Row]:
    return {row.file: row for row in read_batch(folder).rows}


def _is_same(before: Row | None, after: Row | None) -> bool:
    """Whether both ask the same question; what could not be read is never the same."""
    return before is not None and after is not None and before.fingerprint == after.fingerprint != ""


def _revision(file: str, before: Row | None, after: Row | None, folders: list[str]) -> Revision:
    subjects = [_subject(row, Path(folder)) for row, folder in zip((before, after), folders, strict=True)]
    return Revision(file, subjects[0], subjects[1], _why(before, NEW), _why(after, GONE))


def _subject(row: Row | None, folder: Path) -> Subject | None:
    """The answer; None for one that is not there, or that was changed after it was written."""
    return read_folder(folder / row.results) if row and row.results and row.exit_code != Exit.VERIFICATION else None


def _why(row: Row | None, absent: str) -> str:
    if row is None:
        return absent
    reason = row.reason.partition("\n")[0]
    return f"{row.status}: {reason}" if reason else row.status
