"""What ``planner batch`` prints for people: how every scenario ended, and where the summary is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rich.console import Console
from rich.text import Text

from planner.commands.batch_progress import show_time
from planner.report.console import print_table
from planner.report.table import Column, Table, listed
from planner.vocabulary import Exit

MOST_ROWS = 40
COLUMNS = (
    Column("file", "Scenario"), Column("status", "Ending"), Column("objective", "Best plan", "money"),
    Column("gap", "Gap", "share"), Column("seconds", "Time", "money", "s"), Column("reason", "Reason"),
)  # fmt: skip


def print_rows(document: dict[str, Any], console: Console) -> None:
    """The rows that need a look first, cut after ``MOST_ROWS``; then how many ended how."""
    rows = sorted(document["rows"], key=lambda row: row["exit_code"] == Exit.SOLVED)
    first = COLUMNS[0] if len({row["name"] for row in rows}) < len(rows) else replace(COLUMNS[0], key="name")
    columns = (first, *COLUMNS[1:])
    cells = tuple(tuple(_first_line(row[column.key]) for column in columns) for row in rows)
    if cells:
        print_table(Table("Batch", "How did every scenario end?", columns, cells), console, MOST_ROWS)
    endings = listed([f"{count} {status}" for status, count in document["counts"].items()])
    speed = f"{document['solved']} solved now in {show_time(document['seconds'])}, {document['kept']} solved before"
    console.print(Text(f"{len(rows)} scenarios: {endings}. {speed}."))
    console.print(Text(f"Summary in {document['out']}: {listed(document['files'])}"))
    if document["note"]:
        console.print(Text(f"{document['note']}."))


def _first_line(value: Any) -> Any:
    return value.splitlines()[0] if isinstance(value, str) and value else value
