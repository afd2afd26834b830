"""The study that solves one scenario to be compared, and writes its results folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from planner.app.jobs import find_studies
from planner.app.sides.entries import Entry
from planner.app.study_run import StudyRun
from planner.options import Options
from planner.report.answer import Answer
from planner.report.folder import write_results
from planner.report.mask import build_mask
from planner.studies.compare.subject import Subject, read_solved
from planner.studies.solving import Ask


def solve_entry(entry: Entry, out: Path, options: Options) -> Callable[[StudyRun], Subject]:
    """What solves the scenario of an entry; a search that was cut off is shown, and not written."""
    read, source = entry.read, entry.source
    assert read is not None
    assert source is not None

    def work(study: StudyRun) -> Subject:
        study.expect(1)
        solved = study.solver(source.stem, options).solve(Ask(source.stem, read.document.data))
        if solved.result is not None and not study.stop.asked:
            result = replace(solved.result, name=source.stem)
            mask, warnings = build_mask(read.scenario), tuple(str(one) for one in read.findings if one.severity == "warning")
            write_results(Answer(read.document, read.scenario, result, mask, options.as_dict(), warnings), out, source)
        return read_solved(solved, source.stem, entry.name, read.document.data, read.scenario)

    return work


def find_solved(entry: Entry) -> Subject | None:
    """What the study of an entry has found, in this life of the server."""
    study = find_studies().get(entry.key) if entry.mark else None
    return study.found if study is not None and isinstance(study.found, Subject) else None
