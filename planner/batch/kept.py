"""Results that are there already: read back, every hash checked, as the rows of a summary."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from planner.batch.task import CHANGED, Row
from planner.errors import AuditError
from planner.report.record import read_record
from planner.vocabulary import Exit, Status

RECORD = "run.json"
CUT_OFF = "the search was cut off; the next run of the batch makes it again"
"""Stands among the warnings of a record whose search did not come to its own end."""


@dataclass(frozen=True, slots=True)
class Seal:
    """What a results folder was when it was last read whole: hash of its record, hashes of its files, and its row."""

    record: str
    files: tuple[tuple[str, str], ...]
    row: Row

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON data."""
        return {"record": self.record, "files": dict(self.files), "row": self.row.as_dict()}

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Seal:
        """What ``as_dict`` wrote."""
        return cls(data["record"], tuple(data["files"].items()), Row(**data["row"]))


def find_row(folder: Path, file: str = "") -> Row | None:
    """The row of a results folder; None where there is none, or only a part of one. ``file``: the name to show.

    A result that is not as it was written gives a row that says so, with exit code 6.
    """
    found = look(folder, file)
    return found.row if found else None


def look(folder: Path, file: str = "", known: Seal | None = None, trust: bool = False) -> Seal | None:
    """As ``find_row``, with the hashes it was found by, compared with what is ``known`` of an earlier look.

    ``trust``: a record that is as then stands for its files; they are not read.
    """
    raw = _read_record(folder)
    if raw is None:
        return None
    sha = hashlib.sha256(raw).hexdigest()
    try:
        if known is not None and known.record == sha:
            _check_files(folder, () if trust else known.files)
            return replace(known, row=replace(known.row, file=file or known.row.file, results=folder.name))
        record = read_record(folder / RECORD)
        files = tuple(sorted(record["results"].items()))
        _check_files(folder, files)
        return Seal(sha, files, _read_row(folder, record, file))
    except (AuditError, FileNotFoundError) as error:
        if _read_record(folder) != raw:  # it is being replaced: its record goes first and comes back last
            return None
        return _changed(folder, file, str(error))


def _changed(folder: Path, file: str, reason: str) -> Seal:
    name, _, short = folder.name.rpartition("-")
    advice = f"{reason}; remove the folder to have it solved again"
    row = Row(file or name, name, CHANGED, Exit.VERIFICATION, short, reason=advice, results=folder.name, kept=True)
    return Seal("", (), row)


def _read_record(folder: Path) -> bytes | None:
    try:
        return (folder / RECORD).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def is_kept(row: Row | None, fingerprint: str, masked: bool) -> bool:
    """Whether the row is an answer that need not be found again, in files that hide as much as is asked for.

    A result edited by hand is never written over.
    """
    if row is None or not row.kept:
        return False
    return row.status == CHANGED or (row.fingerprint, row.masked) == (fingerprint, masked)


def _check_files(folder: Path, files: Iterable[tuple[str, str]]) -> None:
    for name, sha in files:
        if hashlib.sha256(_read(folder / name)).hexdigest() != sha:
            raise AuditError(f"{folder.name}/{name} was changed after it was written")


def _read_row(folder: Path, record: dict[str, Any], file: str) -> Row:
    answer = json.loads(_read(folder / "plan.json"))
    return Row(
        file=file or record["files"][0]["name"],
        name=record["scenario"],
        status=record["status"],
        exit_code=_code(record),
        fingerprint=record["fingerprint"],
        objective=record["objective"],
        gap=record["gap"],
        seconds=record["seconds"]["total"],
        bound=record["bound"],
        minimised=answer["minimised"],
        reason=record["reason"],
        results=folder.name,
        plan_sha256=answer_hash(answer),
        written=record["written"],
        kept=CUT_OFF not in record["warnings"],
        masked=record["masked"],
    )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise AuditError(f"{path.parent.name}/{path.name} is missing") from None


def _code(record: dict[str, Any]) -> int:
    if record["status"] == Status.INFEASIBLE:
        return Exit.INFEASIBLE
    if record["objective"] is not None and not record["audit"]["ok"]:
        return Exit.VERIFICATION
    return Exit.SOLVED if record["status"] == Status.OPTIMAL else Exit.LIMIT


def answer_hash(answer: dict[str, Any]) -> str:
    """SHA-256 of a plan.json without its times: what two solves of the same question must have in common."""
    timeless = {key: value for key, value in answer.items() if key not in ("seconds", "phases")}
    timeless["phases"] = [[name, objective, bound] for name, _, objective, bound in answer["phases"]]
    return hashlib.sha256(json.dumps(timeless, sort_keys=True, allow_nan=False).encode()).hexdigest()
