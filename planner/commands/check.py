"""``planner check``: everything wrong or doubtful about scenarios, and the numbers they imply."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Literal

from planner.commands.guard import Failure, attempt, say, worst
from planner.commands.layout import lay_out_files
from planner.commands.output import print_json
from planner.instance.build import build_instance
from planner.report.console import open_console, print_table
from planner.report.derived import find_size, offers_table, targets_table
from planner.report.mask import build_mask
from planner.report.register import register_table
from planner.report.table import Table
from planner.scenario.read import ReadScenario, read_scenario
from planner.vocabulary import Exit

ALL_ROWS = 1_000_000


def check_files(files: list[str], as_json: bool, register: bool, layout: Literal["", "write", "look"] = "") -> int:
    """Check each file and print what was found; the worst exit code of all.

    ``layout``: "write" rewrites the files in the common layout first, "look" says which are not in it.
    """
    codes = lay_out_files(files, write=layout == "write") if layout else []
    documents = []
    for file in files:
        found = attempt(lambda file=file: check_file(file, register))  # type: ignore[misc]
        document = {**found.as_dict(file), "ok": False} if isinstance(found, Failure) else found[0]
        if not as_json:
            _print_failure(file, found) if isinstance(found, Failure) else _print_found(file, found[1], found[2], found[3])
        codes.append(found.code if isinstance(found, Failure) else Exit.SOLVED)
        documents.append(document)
    if as_json:
        print_json(documents if len(files) > 1 else documents[0])
    return worst(codes)


def check_file(file: str, register: bool) -> tuple[dict[str, Any], ReadScenario, list[Table], dict[str, int]]:
    """The JSON document of one good file, what was read, its tables and its size. Raises BadInput."""
    read = read_scenario(Path(file))
    mask = build_mask(read.scenario)
    size = find_size(build_instance(read.scenario))
    tables = [offers_table(read.scenario, mask), targets_table(read.scenario)]
    if register:
        tables.append(register_table(read.scenario, mask))
    document = {
        "file": file,
        "ok": True,
        "exit_code": int(Exit.SOLVED),
        "title": mask.text(read.scenario.title),
        "findings": [finding.as_dict() for finding in read.findings],
        "size": size,
        "derived": {table.name.lower(): table_data(table) for table in tables},
    }
    return document, read, tables, size


def table_data(table: Table) -> list[dict[str, Any]]:
    """A table's rows as JSON objects by column key."""
    return [
        {
            column.key: cell if isinstance(cell, str | int | float | None) else cell.isoformat()
            for column, cell in zip(table.columns, row, strict=True)
        }
        for row in table.rows
    ]


def _print_failure(file: str, failure: Failure) -> None:
    if not failure.findings:
        say(f"{file}: {failure.text}")
        return
    print(failure.text)
    errors = sum(finding["severity"] == "error" for finding in failure.findings)
    say(f"{file}: {errors} error{'s' if errors != 1 else ''} to correct")


def _print_found(file: str, read: ReadScenario, tables: list[Table], size: dict[str, int]) -> None:
    for finding in read.findings:
        print(finding)
    console = open_console(sys.stdout)
    for table in tables:
        print_table(table, console, most=ALL_ROWS)
    words = ", ".join(f"{number:,} {name.replace('_', ' ')}" for name, number in size.items())
    print(f"Size of the question: {words}.")
    warnings = sum(finding.severity == "warning" for finding in read.findings)
    print(f"{file}: can be solved; {warnings} warning{'s' if warnings != 1 else ''}.")
