"""``planner compare``: answers side by side, what their difference in cost is made of, and what moved."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.text import Text

from planner.commands.compared import find_answers, read_answers
from planner.commands.guard import Failure, attempt, say, worst
from planner.commands.output import print_json
from planner.errors import UsageError
from planner.options import Options
from planner.report.compare_markdown import write_comparison
from planner.report.compare_tables import compare_tables
from planner.report.compare_words import explain_comparison
from planner.report.comparison import Comparison, build_comparison
from planner.report.console import open_console, print_table
from planner.report.files import write_atomic
from planner.report.folder import to_json
from planner.studies.compare.subject import Subject
from planner.studies.solving import Solved, Solver

DOCUMENT, PAGE = "compare.json", "compare.md"
MOST_ROWS = 1000


@dataclass(frozen=True, slots=True)
class Shape:
    """What is printed and written: ``out`` is a folder, or None; ``first`` and ``second`` name one pair, or are empty."""

    as_json: bool = False
    as_markdown: bool = False
    out: str | None = None
    first: str = ""
    second: str = ""
    unmask: bool = False


def compare_results(names: list[str], options: Options, shape: Shape) -> int:
    """Compare the answers and print what was found; returns the exit code. Raises UsageError."""
    if shape.as_json and shape.as_markdown:
        raise UsageError("--json and --markdown exclude each other; give one of them")
    paths = find_answers(names)
    if len(paths) < 2:
        raise UsageError(f"nothing to compare {', '.join(names)} with; name at least two different results or scenarios")
    found = attempt(lambda: _compare(paths, options, shape))
    if isinstance(found, Failure):
        say(found.text)
        if shape.as_json:
            print_json(found.as_dict(", ".join(names)))
        return found.code
    comparison, code = found
    document = {**comparison.as_dict(), "exit_code": code}
    if shape.out is not None:
        code = worst([code, _write(Path(shape.out), document, comparison)])
    if shape.as_json:
        print_json({**document, "exit_code": code})
    elif shape.as_markdown:
        print(write_comparison(comparison), end="")
    else:
        _print(comparison)
    return code


def _compare(paths: list[Path], options: Options, shape: Shape) -> tuple[Comparison, int]:
    subjects = read_answers(paths, Solver("compared", options, lambda solved: say(_progress(solved))))
    for subject in subjects:
        if not subject.verified:
            say(f"{subject.name}: the independent check does not accept this plan")
    pairs = None
    if shape.first or shape.second:
        first = find_side(subjects, paths, shape.first, "--from") if shape.first else 0
        others = [find_side(subjects, paths, shape.second, "--to")] if shape.second else range(len(subjects))
        pairs = tuple((first, other) for other in others if other != first)
    return build_comparison(subjects, pairs, shape.unmask), worst([subject.code for subject in subjects])


def find_side(subjects: tuple[Subject, ...], paths: list[Path], name: str, option: str) -> int:
    """The number of the answer that is called so, or stands at this path. Raises UsageError for what is none of them."""
    for number, (subject, path) in enumerate(zip(subjects, paths, strict=True)):
        if name in (subject.name, str(path), f"{path}/", path.name):
            return number
    raise UsageError(f"{option} is {name}; allowed: {', '.join(subject.name for subject in subjects)}")


def _progress(solved: Solved) -> str:
    ending = solved.reason if solved.value is None else "solved"
    return f"{solved.label}: {ending} ({solved.seconds:.0f} s)"


def _write(folder: Path, document: dict[str, Any], comparison: Comparison) -> int:
    def write() -> int:
        folder.mkdir(parents=True, exist_ok=True)
        write_atomic(folder / DOCUMENT, to_json(document))
        write_atomic(folder / PAGE, write_comparison(comparison).encode())
        return 0

    written = attempt(write)
    if isinstance(written, Failure):
        say(f"the comparison could not be written: {written.text}")
        return written.code
    say(f"Comparison: {folder}/")
    return written


def _print(comparison: Comparison) -> None:
    console = open_console(sys.stdout)
    for sentence in explain_comparison(comparison):
        console.print(Text(sentence))
    for table in compare_tables(comparison):
        if table.rows:
            print_table(table, console, MOST_ROWS)
