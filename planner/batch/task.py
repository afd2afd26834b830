"""One scenario of a batch, and the one row that says how it ended: all that travels between the processes of a batch."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path, PurePath
from typing import Any

from planner.options import Options
from planner.scenario.document import Document
from planner.vocabulary import Exit

REFUSED, CHANGED, FAILED, ELSEWHERE, OPEN = "refused", "changed", "failed", "elsewhere", "open"
"""What a row may say besides the status of a solve: bad input; a result edited by hand; nothing could be written; another
process is at it; not solved yet."""


@dataclass(frozen=True, slots=True)
class BatchTask:
    """One scenario to solve: its data as read, with places for messages, and where its results folder goes.

    ``source`` is the file it was read from, ``out`` the folder of the batch. Both are paths the solving process can open;
    only ``out`` must be there. ``masked``: its files leave out confidential suppliers. Picklable.
    """

    document: Document
    fingerprint: str
    options: Options
    source: str
    out: str
    unmask: bool = False
    masked: bool = False

    @property
    def name(self) -> str:
        """The scenario's name: that of its file without the ending."""
        return PurePath(self.document.file).stem

    @property
    def key(self) -> str:
        """What is claimed, and the name of the results folder: ``<name>-<fingerprint8>``."""
        return f"{self.name}-{self.fingerprint[:8]}"

    @property
    def folder(self) -> Path:
        """The results folder."""
        return Path(self.out) / self.key


@dataclass(frozen=True, slots=True)
class Row:
    """How one scenario ended. ``gap`` a fraction; ``seconds`` of the solve; ``objective`` and ``bound`` of ``minimised``.

    ``results`` is the results folder within the folder of the batch, empty without one. ``plan_sha256`` is the hash of the
    answer without its times (``answer_hash``): equal for equal answers. ``kept``: it was solved before. ``masked``: confidential
    suppliers are left out of its files. JSON-able, picklable.
    """

    file: str
    name: str
    status: str
    exit_code: int
    fingerprint: str = ""
    objective: float | None = None
    gap: float | None = None
    seconds: float | None = None
    bound: float | None = None
    minimised: str = ""
    reason: str = ""
    results: str = ""
    plan_sha256: str = ""
    written: str = ""
    kept: bool = False
    masked: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON data."""
        return asdict(self)

    @property
    def elsewhere(self) -> bool:
        """Whether another process is solving it: ask again later."""
        return self.status == ELSEWHERE


def row_of(task: BatchTask, status: str, reason: str, code: int = Exit.LIMIT) -> Row:
    """A row for a task without an answer."""
    return Row(task.document.file, task.name, status, code, task.fingerprint, reason=reason)
