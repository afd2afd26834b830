"""``planner solve``: read, solve in a worker process, write the results, print the answer."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner.commands.guard import Failure, attempt, say, worst
from planner.commands.output import print_json
from planner.commands.progress import follow
from planner.job import SolveJob
from planner.options import Options
from planner.report.answer import Answer
from planner.report.console import open_console, print_answer
from planner.report.folder import write_results
from planner.report.mask import build_mask
from planner.result import Result
from planner.scenario.document import Document
from planner.scenario.read import read_scenario
from planner.vocabulary import Exit


@dataclass(frozen=True, slots=True)
class Ending:
    """How one file ended: its exit code and the JSON document that stands for it."""

    code: int
    document: dict[str, Any]


def solve_files(files: list[str], options: Options, *, as_json: bool, out: str, unmask: bool) -> int:
    """Solve each file once and print every answer; the worst exit code of all."""
    endings: list[Ending] = []
    for file in unique(files):
        ending = _solve_guarded(file, options, as_json, out, unmask)
        endings.append(ending)
        if ending.code == Exit.INTERRUPTED:
            break
    if as_json:
        documents = [ending.document for ending in endings]
        print_json(documents if len(files) > 1 else documents[0])
    return worst([ending.code for ending in endings])


def unique(files: list[str]) -> list[str]:
    """The files in order, each once; a repeated one is said."""
    found: dict[Path, str] = {}
    for file in files:
        first = found.setdefault(Path(file).resolve(), file)
        if first is not file:
            say(f"{file} is given twice; it is solved once")
    return list(found.values())


def _solve_guarded(file: str, options: Options, as_json: bool, out: str, unmask: bool) -> Ending:
    try:
        found = attempt(lambda: solve_file(file, options, as_json, out, unmask))
    except KeyboardInterrupt:
        found = Failure(Exit.INTERRUPTED, "interrupted")
    if isinstance(found, Failure):
        say(found.text if found.findings else f"{file}: {found.text}")
        return Ending(found.code, found.as_dict(file))
    return found


def solve_file(file: str, options: Options, as_json: bool, out: str, unmask: bool) -> Ending:
    """Solve one file, write its results folder and, for people, print it. Raises what ``attempt`` names."""
    read = read_scenario(Path(file))
    for finding in read.findings:
        if finding.severity == "warning":
            say(str(finding))
    result = _run(SolveJob(read.document, options), read.scenario.title)
    changes = find_changes(Path(file), read.document)
    for change in changes:
        say(change)
    warnings = (*(str(finding) for finding in read.findings if finding.severity == "warning"), *changes)
    mask = build_mask(read.scenario, unmask)
    answer = Answer(read.document, read.scenario, result, mask, options.as_dict(), warnings)
    if not as_json:
        print_answer(answer, open_console(sys.stdout))
    written = attempt(lambda: write_results(answer, Path(out), Path(file)))
    code = result.exit_code
    if isinstance(written, Failure):
        say(f"the results could not be written: {written.text}")
        code, folder = worst([code, written.code]), ""
    else:
        folder = str(written)
        say(f"Results: {folder}/")
    return Ending(code, {**answer.data, "file": file, "results": folder, "warnings": list(warnings), "exit_code": code})


def _run(job: SolveJob, title: str) -> Result:
    try:
        follow(job.events(), title)
        return job.result()
    except BaseException:
        job.cancel()
        raise


def find_changes(path: Path, document: Document) -> list[str]:
    """What happened on disk to the scenario's file since it was read."""
    try:
        same = hashlib.sha256(path.read_bytes()).hexdigest() == document.sha256
    except OSError:
        return [f"{path} was removed or made unreadable while it was being solved; the answer is for the text read at the start"]
    return [] if same else [f"{path} changed on disk while it was being solved; the answer is for the text read at the start"]
