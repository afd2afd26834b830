"""The folder of a batch as it is now, whoever writes in it: for the summary, and for a screen that watches."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from planner.batch.claims import Holder, list_claims
from planner.batch.journal import read_journal
from planner.batch.kept import RECORD, Seal, look
from planner.batch.manifest import Entry, read_manifest
from planner.batch.task import OPEN, Row
from planner.vocabulary import Exit

RUNNING = "running"


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the batch, as the journal tells it. ``ended`` is empty while it lasts, or where it was killed.

    ``holder`` is the process that leads it, number ``leader`` on ``host``. ``begun`` and ``ended`` are times (UTC). ``total``:
    scenarios to look at; ``ends``: one event per scenario solved by it.
    """

    begun: str
    host: str
    leader: int
    holder: Holder
    total: int
    jobs: int
    options: dict[str, Any]
    ended: str = ""
    exit_code: int | None = None
    ends: tuple[dict[str, Any], ...] = ()

    @property
    def lasts(self) -> bool:
        """Whether it goes on, as far as can be seen: one led from another machine is believed until it says that it ended."""
        return not self.ended and (not self.holder.near or self.holder.runs)


@dataclass(frozen=True, slots=True)
class Batch:
    """``rows``: one per scenario file, as it is now; of files that are gone only those with a result.

    ``earlier``: results of what files said before, or of other options.

    ``running``: the results folders being written now and by whom. ``seals`` make the next reading cheaper.
    """

    out: Path
    rows: tuple[Row, ...]
    earlier: tuple[Row, ...]
    running: dict[str, Holder]
    runs: tuple[Run, ...]
    seals: dict[str, Seal] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows there are of each status, the most frequent first."""
        return dict(Counter(row.status for row in self.rows).most_common())

    def history(self, file: str) -> tuple[Row, ...]:
        """Every result there is for a scenario file, the newest first."""
        rows = [row for row in (*self.rows, *self.earlier) if row.file == file and row.results]
        return tuple(sorted(rows, key=lambda row: row.written, reverse=True))


def read_batch(out: Path, known: Batch | None = None, trust: bool = False) -> Batch:
    """The batch in a folder. Every result is read and its hashes checked; what is gone or edited by hand says so in its row.

    ``known``: an earlier reading, so that unchanged records are not parsed again. ``trust``: nor are their other files hashed.
    """
    manifest = read_manifest(out)
    seals = {**manifest.seals, **(known.seals if known else {})}
    found = {folder.name: seal for folder in _result_folders(out) if (seal := look(folder, "", seals.get(folder.name), trust))}
    running = dict(list_claims(out))
    asked = [(out / place, _row_of(entry, found, running)) for place, entry in sorted(manifest.entries.items())]
    rows = [row for path, row in asked if row.results or row.status == RUNNING or path.exists()]
    files = {row.file for row in rows}
    used = {row.results for row in rows}
    rest = sorted((seal.row for key, seal in found.items() if key not in used), key=lambda row: row.written, reverse=True)
    newest = {row.file: row for row in reversed(rest) if row.file not in files}
    rows += [newest[file] for file in sorted(newest)]
    earlier = tuple(row for row in rest if newest.get(row.file) is not row)
    return Batch(out, tuple(rows), earlier, running, tuple(_find_runs(out)), {key: s for key, s in found.items() if s.record})


def _result_folders(out: Path) -> list[Path]:
    return sorted(path.parent for path in out.glob(f"*/{RECORD}"))


def _row_of(entry: Entry, found: dict[str, Seal], running: dict[str, Holder]) -> Row:
    if entry.row is not None and not entry.key:
        return entry.row
    seal = found.get(entry.key)
    if entry.key in running:
        return _without(entry, RUNNING, f"by process {running[entry.key].pid} on {running[entry.key].host}")
    if seal is not None and seal.row.fingerprint.startswith(entry.fingerprint[:8]):
        return replace(seal.row, file=entry.file, kept=True)
    return entry.row or _without(entry, OPEN, "not solved yet")


def _without(entry: Entry, status: str, reason: str) -> Row:
    name = entry.key.rpartition("-")[0]
    return Row(entry.file, name, status, Exit.INTERRUPTED, entry.fingerprint, reason=reason)


def _find_runs(out: Path) -> list[Run]:
    """The runs in the order they began; events of runs at the same time are told apart by who wrote them."""
    runs: list[Run] = []
    last: dict[tuple[str, int], int] = {}
    ends: dict[int, list[dict[str, Any]]] = {}
    for event in read_journal(out):
        leader = (str(event.get("host", "")), int(event.get("leader", 0)))
        if event["event"] == "begun" and "holder" in event:
            last[leader] = len(runs)
            facts = (event[key] for key in ("total", "jobs", "options"))
            runs.append(Run(event["at"], *leader, Holder(**event["holder"]), *facts))
        elif leader in last and event["event"] == "ended":
            ends.setdefault(last[leader], []).append(event)
        elif leader in last and event["event"] == "finished":
            runs[last[leader]] = replace(runs[last[leader]], ended=event["at"], exit_code=event["exit_code"])
    return [replace(run, ends=tuple(ends.get(index, ()))) for index, run in enumerate(runs)]
