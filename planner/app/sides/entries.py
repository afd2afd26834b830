"""What a reader may choose to compare, and the answer behind a choice, if it is there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from planner.app.state import open_run
from planner.batch.kept import RECORD, find_row, is_kept
from planner.commands.compared import read_folder
from planner.errors import PlannerError
from planner.options import Options
from planner.report.answer import Answer
from planner.result import find_versions
from planner.scenario.fingerprint import fingerprint
from planner.scenario.read import ReadScenario, read_scenario
from planner.studies.compare.subject import Subject

MOST_FOLDERS = 300


@dataclass(frozen=True)
class Entry:
    """One choice by its ``name``: a results folder below the results, or a scenario file (then ``read`` and its ``mark``).

    ``folder`` is where its answer is, or will be. ``mark`` is the fingerprint asked for, empty for a folder.
    """

    name: str
    folder: Path
    read: ReadScenario | None = None
    source: Path | None = None
    mark: str = ""

    @property
    def key(self) -> str:
        """The key of the study that solves it."""
        return f"answer-{self.mark}"

    @property
    def state(self) -> tuple[str, str, int]:
        """Changes whenever its answer may have."""
        try:
            return self.name, self.mark, (self.folder / RECORD).stat().st_mtime_ns
        except OSError:
            return self.name, self.mark, 0


def list_folders(out: Path) -> list[str]:
    """Results folders below the results and one level deeper, as relative names with ``/``, the one written last first."""
    found: dict[str, float] = {}
    for pattern in (f"*/{RECORD}", f"*/*/{RECORD}"):
        for path in out.glob(pattern):
            name = path.parent.relative_to(out)
            if not any(part.startswith(".") for part in name.parts):
                found[name.as_posix()] = path.stat().st_mtime
    return sorted(found, key=lambda name: -found[name])[:MOST_FOLDERS]


def find_entry(name: str, root: Path, out: Path, options: Options) -> Entry:
    """The choice of this name; a scenario of the folder ``root`` is looked for as solved with these options. Raises BadInput."""
    path = root / name
    if path.suffix not in (".yaml", ".yml"):
        return Entry(name, out / name)
    read = read_scenario(path, root)
    mark = fingerprint(read.scenario, options.answer_dict(), find_versions())
    return Entry(name, out / f"{path.stem}-{mark[:8]}", read, path, mark)


def find_subject(entry: Entry, solved: Subject | None) -> Subject | None:
    """The answer, the most complete there is; None where a scenario is not solved. ``solved``: by this life of the server.

    Raises AuditError or UsageError for a folder that was changed or cannot be read.
    """
    if solved is not None:
        return solved
    if entry.read is None:
        return read_folder(entry.folder)
    run = open_run()
    if run is not None and run.ended and run.answer is not None and run.answer.result.fingerprint == entry.mark:
        return subject_of(run.answer, entry.name)
    if is_kept(find_row(entry.folder), entry.mark, masked=False):
        try:
            found = read_folder(entry.folder)
        except PlannerError:
            return None
        return found if not found.hidden else None
    return None


def subject_of(answer: Answer, source: str) -> Subject:
    """An answer that is held whole, confidential names and all; what is shown of it is masked."""
    result = answer.result
    return Subject(
        name=result.name, title=answer.scenario.title, source=source, data=answer.document.data, scenario=answer.scenario,
        plan=result.plan, status=result.status, minimised=result.minimised, objective=result.objective, bound=result.bound,
        measures=dict(result.measures), reason=result.reason, fingerprint=result.fingerprint,
        verified=answer.verified if result.plan else True, code=result.exit_code,
    )  # fmt: skip


def told_apart(subjects: list[Subject], names: list[str]) -> tuple[Subject, ...]:
    """The answers under the names of their scenarios; under the reader's choice where two have the same."""
    often = [subject.name for subject in subjects]
    shown = [name if often.count(subject.name) > 1 else subject.name for subject, name in zip(subjects, names, strict=True)]
    return tuple(replace(subject, name=name) for subject, name in zip(subjects, shown, strict=True))
