"""``planner replan``: an approved plan and today's scenario; what has happened is held, the rest is planned anew."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from rich.text import Text

from planner.commands.compared import find_answers, read_folder
from planner.commands.ending import MOST_ROWS, read_aloud, written
from planner.commands.guard import Failure, attempt, say
from planner.commands.output import print_json
from planner.errors import UsageError
from planner.options import Options
from planner.report.answer import Answer
from planner.report.console import open_console, print_table
from planner.report.files import write_atomic
from planner.report.folder import to_json, write_results
from planner.report.mask import build_mask
from planner.report.replan_tables import replan_tables
from planner.report.replan_words import explain_replanning
from planner.report.replanning import Replanning, build_replanning
from planner.scenario.dates import parse_period
from planner.scenario.read import ReadScenario
from planner.studies.compare.subject import Subject
from planner.studies.replan.replan import Replan, file_subject, replan
from planner.studies.solving import Solved, Solver

DOCUMENT = "replan.json"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked besides the scenario: the approved result, the day, the charge for each unit moved, how to print."""

    approved: str
    as_of: str
    change_cost: float = 0.0
    as_json: bool = False
    out: str = "results"
    unmask: bool = False


def replan_file(file: str, options: Options, asked: Asked) -> int:
    """Plan anew, write the results folder of the plan to follow and print what was found; returns the exit code.

    Raises UsageError for a wrong option.
    """
    if not 0 <= asked.change_cost < float("inf"):
        raise UsageError(f"--change-cost is {asked.change_cost:g}; allowed: money a unit, 0 or more")
    day = read_day(asked.as_of)
    found = attempt(lambda: _replan(file, options, asked, day))
    if isinstance(found, Failure):
        say(found.text if found.findings else f"{file}: {found.text}")
        if asked.as_json:
            print_json(found.as_dict(file))
        return found.code
    shown, document, code = found
    if asked.as_json:
        print_json({**document, "exit_code": code})
    else:
        _print(shown)
    return code


def read_day(text: str) -> date:
    """A day such as 2026-07-01, or the first day of 2026-Q3. Raises UsageError."""
    try:
        return parse_period(text)[0]
    except ValueError:
        raise UsageError(f"--as-of is {text}; allowed: a day such as 2026-07-01, or a period such as 2026-Q3") from None


def read_approved(name: str) -> Subject:
    """The approved plan of a results folder. Raises UsageError where it cannot be planned on from."""
    paths = [path for path in find_answers([name]) if path.is_dir()]
    if len(paths) != 1:
        raise UsageError(f"--approved is {name}; allowed: one results folder, or its plan.json")
    approved = read_folder(paths[0])
    if approved.hidden:
        raise UsageError(f"{name}: {approved.hidden.partition(':')[0]}; solve it with --unmask to plan on from it")
    if approved.plan is None:
        raise UsageError(f"{name} holds no plan: its solve ended {approved.status}")
    if not approved.verified:
        say(f"{name}: the independent check does not accept the approved plan")
    return replace(approved, name="approved")


def _replan(file: str, options: Options, asked: Asked, day: date) -> tuple[Replanning, dict[str, Any], int]:
    approved, read = read_approved(asked.approved), read_aloud(file)
    name = Path(file).stem
    solver = Solver(name, options, lambda solved: say(_progress(solved)))
    today = file_subject(name, file, read.document.data, read.scenario)
    found = replan(solver, approved, today, day, asked.change_cost)
    shown = build_replanning(found, asked.unmask)
    document = {"file": file, "approved": asked.approved, **shown.as_dict()}
    code, folder = _write(found, read, document, options, asked, file)
    return shown, {**document, "results": folder}, code


def _progress(solved: Solved) -> str:
    ending = solved.reason if solved.value is None else "solved"
    return f"{solved.label}: {ending} ({solved.seconds:.0f} s)"


def _write(
    found: Replan, read: ReadScenario, document: dict[str, Any], options: Options, asked: Asked, file: str
) -> tuple[int, str]:
    """(exit code, folder): the results of the way to follow, which can be approved in turn, and replan.json."""
    way = found.way
    if way is None or way.solved.result is None:
        return found.code, ""
    warnings = tuple(str(finding) for finding in read.findings if finding.severity == "warning") + found.today.notes
    asking = replace(read.document, data=found.today.data, marks={}, keys={})
    used = replace(options, fix=way.fix).as_dict()
    mask = build_mask(found.today.scenario, asked.unmask)
    answer = Answer(asking, found.today.scenario, way.solved.result, mask, used, warnings)

    def write() -> Path:
        folder = write_results(answer, Path(asked.out), Path(file))
        write_atomic(folder / DOCUMENT, to_json(document))
        return folder

    return written("results", write, found.code)


def _print(shown: Replanning) -> None:
    console = open_console(sys.stdout)
    for sentence in explain_replanning(shown):
        console.print(Text(sentence))
    for table in replan_tables(shown):
        if table.rows:
            print_table(table, console, MOST_ROWS)
