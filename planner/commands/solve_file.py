"""One file of ``planner solve``: its plan printed and written, also when somebody stops the search half-way."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from planner.commands.guard import Failure, attempt, say, worst
from planner.commands.progress import follow
from planner.commands.solve import find_changes
from planner.errors import EngineError
from planner.job import SolveJob, Warm
from planner.options import Options
from planner.report.answer import Answer
from planner.report.console import open_console, print_answer
from planner.report.folder import write_results
from planner.report.mask import build_mask
from planner.result import Result
from planner.scenario.read import read_scenario
from planner.vocabulary import Exit


def solve_file(file: str, options: Options, as_json: bool, out: str, unmask: bool, warm: Warm) -> tuple[int, dict[str, Any]]:
    """Solve one file, write its results folder and, for people, print it: its exit code and its JSON document.

    Raises what ``attempt`` names, KeyboardInterrupt when interrupted before there is a plan.
    """
    read = read_scenario(Path(file))
    for finding in read.findings:
        if finding.severity == "warning":
            say(str(finding))
    result, interrupted = _run(SolveJob(read.document, options, warm), read.scenario.title)
    changes = find_changes(Path(file), read.document)
    for change in changes:
        say(change)
    warnings = (*(str(finding) for finding in read.findings if finding.severity == "warning"), *changes)
    mask = build_mask(read.scenario, unmask)
    answer = Answer(read.document, read.scenario, result, mask, options.as_dict(), warnings)
    if not as_json:
        print_answer(answer, open_console(sys.stdout))
    written = attempt(lambda: write_results(answer, Path(out), Path(file)))
    code = Exit.INTERRUPTED if interrupted else result.exit_code
    if isinstance(written, Failure):
        say(f"the results could not be written: {written.text}")
        code, folder = worst([code, written.code]), ""
    else:
        folder = str(written)
        say(f"Results: {folder}/")
    return code, {**answer.data, "file": file, "results": folder, "warnings": list(warnings), "exit_code": code}


def _run(job: SolveJob, title: str) -> tuple[Result, bool]:
    """The result, and whether somebody interrupted the search: then it is the best plan so far."""
    try:
        follow(job.events(), title)
        return job.result(), False
    except KeyboardInterrupt:
        job.cancel()
        return _keep(job), True
    except BaseException:
        job.cancel()
        raise


def _keep(job: SolveJob) -> Result:
    """What an interrupted job has. Raises KeyboardInterrupt where that is no plan, or when interrupted again."""
    try:
        result = job.result()
    except EngineError as error:
        raise KeyboardInterrupt from error
    if result.plan is None:
        raise KeyboardInterrupt
    say("interrupted; this is the best plan found so far")
    return result
