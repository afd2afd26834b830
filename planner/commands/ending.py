"""How a verb about one scenario ends: its exit code, its JSON document, the same for people, its files."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.text import Text

from planner.commands.guard import Failure, attempt, say, worst
from planner.commands.output import print_json
from planner.report.console import open_console, print_table
from planner.report.table import Table
from planner.scenario.read import ReadScenario, read_scenario

MOST_ROWS = 1000


@dataclass(frozen=True, slots=True)
class Ending:
    """How it ended: the exit code, the JSON document, and the same for people."""

    code: int
    document: dict[str, Any]
    title: str = ""
    sentences: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


def read_aloud(file: str) -> ReadScenario:
    """Read a scenario file and say its warnings. Raises BadInput, OSError."""
    read = read_scenario(Path(file))
    for finding in read.findings:
        if finding.severity == "warning":
            say(str(finding))
    return read


def finish(file: str, verb: Callable[[], Ending], as_json: bool) -> int:
    """Run a verb and print its ending, or what went wrong; returns the exit code."""
    found = attempt(verb)
    if isinstance(found, Failure):
        say(found.text if found.findings else f"{file}: {found.text}")
        found = Ending(found.code, found.as_dict(file))
    if as_json:
        print_json(found.document)
    else:
        print_ending(found)
    return found.code


def print_ending(ending: Ending) -> None:
    """Title, sentences, and the tables that have rows."""
    console = open_console(sys.stdout)
    if ending.title:
        console.print(Text(ending.title, style="bold"))
    for sentence in ending.sentences:
        console.print(Text(sentence))
    for table in ending.tables:
        if table.rows:
            print_table(table, console, MOST_ROWS)


def written(what: str, write: Callable[[], Path], code: int) -> tuple[int, str]:
    """(exit code, folder) of files written, or said not to be."""
    found = attempt(write)
    if isinstance(found, Failure):
        say(f"the {what} could not be written: {found.text}")
        return worst([code, found.code]), ""
    say(f"Results: {found}/")
    return code, str(found)
