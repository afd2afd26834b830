"""What the verbs about many solves of one scenario share: reading the file, a line for every solve, the ending, the files."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.text import Text

from planner.commands.guard import Failure, attempt, say, worst
from planner.commands.output import print_json
from planner.commands.stress import Ending
from planner.options import Options
from planner.report.console import open_console, print_table
from planner.report.files import write_atomic
from planner.report.mask import Mask, build_mask
from planner.report.table import digits_for, grouped, show_share
from planner.result import find_gap
from planner.scenario.fingerprint import fingerprint
from planner.scenario.read import ReadScenario, read_scenario
from planner.solve import find_versions
from planner.studies.solving import Solved, Solver

MOST_ROWS = 1000


@dataclass(frozen=True)
class Opened:
    """One scenario file and what solves its questions."""

    file: str
    read: ReadScenario
    mask: Mask
    solver: Solver

    @property
    def name(self) -> str:
        """Name of the file without its ending."""
        return Path(self.file).stem

    @property
    def title(self) -> str:
        """Title of the scenario as it may be shown."""
        return self.mask.text(self.read.scenario.title)

    def head(self, gap: float) -> dict[str, Any]:
        """The first fields of the JSON document."""
        return {"file": self.file, "scenario": self.read.scenario.title, "name": self.name, "gap": gap}

    def folder(self, out: str, verb: str, asked: dict[str, Any]) -> Path:
        """The folder of this study below ``out``, named by everything its answer depends on; made if it is not there."""
        known = fingerprint(self.read.scenario, {**self.solver.options.answer_dict(), **asked}, find_versions())
        folder = Path(out) / f"{self.name}-{verb}-{known[:8]}"
        folder.mkdir(parents=True, exist_ok=True)
        return folder


def open_study(file: str, options: Options) -> Opened:
    """Read the file, say its warnings, and get ready to solve. Raises BadInput, OSError."""
    read = read_scenario(Path(file))
    for finding in read.findings:
        if finding.severity == "warning":
            say(str(finding))
    mask = build_mask(read.scenario)
    return Opened(file, read, mask, Solver(Path(file).stem, options, lambda solved: say(mask.text(describe_solve(solved)))))


def describe_solve(solved: Solved) -> str:
    """One line about a solve that has ended."""
    if solved.value is None:
        return f"{solved.label}: {solved.reason} ({solved.seconds:.0f} s)"
    gap = find_gap(solved.value, solved.bound)
    proven = "" if gap is None else f", gap {show_share(gap)}"
    return f"{solved.label}: {grouped(solved.value, digits_for(solved.value))}{proven} ({solved.seconds:.0f} s)"


def write_files(folder: Path, files: dict[str, bytes]) -> None:
    """Every file, each written whole. Raises OSError."""
    for name, content in files.items():
        write_atomic(folder / name, content)


def finish(file: str, study: Callable[[], Ending], as_json: bool) -> int:
    """Run a study and print its ending, or what went wrong; returns the exit code."""
    found = attempt(study)
    if isinstance(found, Failure):
        say(found.text if found.findings else f"{file}: {found.text}")
        found = Ending(found.code, found.as_dict(file))
    if as_json:
        print_json(found.document)
    else:
        _print(found)
    return found.code


def written(what: str, write: Callable[[], Path], code: int) -> tuple[int, str]:
    """(exit code, folder) of files written, or said not to be."""
    found = attempt(write)
    if isinstance(found, Failure):
        say(f"the {what} could not be written: {found.text}")
        return worst([code, found.code]), ""
    say(f"Results: {found}/")
    return code, str(found)


def _print(ending: Ending) -> None:
    console = open_console(sys.stdout)
    if ending.title:
        console.print(Text(ending.title, style="bold"))
    for sentence in ending.sentences:
        console.print(Text(sentence))
    for table in ending.tables:
        if table.rows:
            print_table(table, console, MOST_ROWS)
