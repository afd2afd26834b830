"""Answers to compare, from where they are: results folders, their files, or scenarios that are solved first."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from planner.errors import AuditError, UsageError
from planner.plan.plan import Plan, read_plan
from planner.report.record import read_record
from planner.scenario.document import Document
from planner.scenario.read import build_scenario, read_scenario
from planner.studies.compare.subject import Subject, read_solved
from planner.studies.solving import Ask, Solver
from planner.vocabulary import Exit, Status

RECORD, PLAN = "run.json", "plan.json"
HIDDEN = "its files hide confidential suppliers: solve with --unmask, or name the scenario file instead"


def find_answers(names: list[str]) -> list[Path]:
    """The results folders and scenario files named; a folder of results folders stands for all of them, in order.

    Raises UsageError for what is none of these.
    """
    found: list[Path] = []
    for name in names:
        path = Path(name)
        if path.is_file() and path.name in (RECORD, PLAN):
            path = path.parent
        if path.is_dir():
            found += _folders(path)
        elif path.suffix in (".yaml", ".yml"):
            found.append(path)
        elif path.exists():
            raise UsageError(
                f"{name} is no result; allowed: a results folder, its plan.json or run.json, or a scenario file (.yaml)"
            )
        else:
            raise UsageError(f"there is no {name}")
    return list(dict.fromkeys(found))


def _folders(path: Path) -> list[Path]:
    if (path / RECORD).is_file():
        return [path]
    inside = sorted(record.parent for record in path.glob(f"*/{RECORD}"))
    if not inside:
        raise UsageError(f"{path} holds no result; a results folder has a {RECORD} and a {PLAN}")
    return inside


def read_answers(paths: list[Path], solver: Solver) -> tuple[Subject, ...]:
    """Every answer in order; scenarios are solved, two at a time. Names that come twice are told apart.

    Raises BadInput, AuditError, UsageError, OSError.
    """
    read = {path: read_scenario(path) for path in paths if not path.is_dir()}
    solved = dict(zip(read, solver.solve_all([Ask(path.stem, one.document.data) for path, one in read.items()]), strict=True))
    subjects = [
        read_solved(solved[path], path.stem, str(path), read[path].document.data, read[path].scenario)
        if path in read
        else read_folder(path)
        for path in paths
    ]
    return _told_apart(subjects, paths)


def _told_apart(subjects: list[Subject], paths: list[Path]) -> tuple[Subject, ...]:
    """The name of a result; where it comes twice that of its folder, and its number where that does too."""
    for names in (
        [path.name if path.is_dir() else path.stem for path in paths],
        [f"{s.name} ({n})" for n, s in enumerate(subjects, 1)],
    ):
        often = Counter(subject.name for subject in subjects)
        subjects = [replace(s, name=other) if often[s.name] > 1 else s for s, other in zip(subjects, names, strict=True)]
    return tuple(subjects)


def read_folder(folder: Path) -> Subject:
    """The answer of a results folder. Raises AuditError where its files were changed after they were written."""
    record = read_record(folder / RECORD)
    content = (folder / PLAN).read_bytes()
    if hashlib.sha256(content).hexdigest() != record["results"].get(PLAN):
        raise AuditError(f"{folder / PLAN} was changed after it was written")
    answer: dict[str, Any] = json.loads(content)
    hidden = HIDDEN if record["masked"] else ""
    scenario = None if hidden else build_scenario(Document(f"{folder / RECORD}", "", record["document"]))[0]
    status, audit = Status(record["status"]), record["audit"]
    return Subject(
        name=record["scenario"], title=record["title"], source=str(folder), data=record["document"], scenario=scenario,
        plan=_plan(folder, answer["plan"]) if scenario and answer["plan"] else None, status=status,
        minimised=answer["minimised"], objective=record["objective"], bound=record["bound"], measures=record["measures"],
        reason=record["reason"], fingerprint=record["fingerprint"], hidden=hidden, verified=bool(audit["ok"]),
        code=Exit.SOLVED if audit["ok"] or not answer["plan"] else Exit.VERIFICATION,
    )  # fmt: skip


def _plan(folder: Path, data: dict[str, Any]) -> Plan:
    try:
        return read_plan(data)
    except (KeyError, TypeError, ValueError) as error:
        text = f"{folder / PLAN} was not written by this version of the planner: {type(error).__name__} {error}; solve it again"
        raise UsageError(text) from None
