"""The summary of a batch, made anew from its results: CSV, workbook and, where the library for it is installed, Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from planner import __version__
from planner.batch.folder import Batch
from planner.batch.task import Row
from planner.report.csv_file import plain
from planner.report.files import write_atomic
from planner.report.table import Column, Table
from planner.report.workbook import write_workbook

COLUMNS = (
    "file", "fingerprint", "status", "exit_code", "objective", "gap", "seconds",
    "name", "bound", "minimised", "reason", "results", "plan_sha256", "written", "current",
)  # fmt: skip
"""Of summary.csv, in this order. ``current``: yes for what the file asks now, no for results of earlier texts or options."""
SHEET = (
    Column("file", "Scenario"), Column("status", "Ending"), Column("exit_code", "Exit code", "units"),
    Column("objective", "Best plan", "money", "of what is made least"), Column("bound", "Bound", "money", "the same"),
    Column("gap", "Gap", "share"), Column("seconds", "Time", "money", "seconds"), Column("minimised", "Made least"),
    Column("reason", "Reason"), Column("results", "Results folder"), Column("fingerprint", "Fingerprint"),
)  # fmt: skip
NO_PARQUET = "summary.parquet is not written: it needs pyarrow, which is not installed"


def write_summary(batch: Batch) -> tuple[tuple[str, ...], str]:
    """Write the summaries into the batch's folder: their names, and a sentence about one left out. Raises OSError."""
    contents = {"summary.csv": write_rows(batch), "summary.xlsx": write_sheets(batch)}
    said = "" if find_spec("pyarrow") else NO_PARQUET
    if not said:
        contents["summary.parquet"] = write_parquet(batch)
    else:
        (batch.out / "summary.parquet").unlink(missing_ok=True)  # an old one would contradict the others
    for name, content in contents.items():
        write_atomic(batch.out / name, content)
    return tuple(contents), said


def list_rows(batch: Batch) -> list[dict[str, Any]]:
    """The rows of the summary by column name: what files ask now, then earlier results."""
    marked = [*((row, "yes") for row in batch.rows), *((row, "no") for row in batch.earlier)]
    return [{**{key: value for key, value in asdict(row).items() if key in COLUMNS}, "current": now} for row, now in marked]


def write_rows(batch: Batch) -> bytes:
    """summary.csv: UTF-8, numbers in full, no text that a spreadsheet program would compute."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in list_rows(batch):
        writer.writerow([_cell(row[column]) for column in COLUMNS])
    return out.getvalue().encode("utf-8")


def _cell(value: Any) -> str:
    return str(value) if isinstance(value, int) else plain(value)


def write_sheets(batch: Batch) -> bytes:
    """summary.xlsx: the rows, and what there was before."""
    counts = ", ".join(f"{count} {status}" for status, count in batch.counts.items())
    sheets = [("Scenarios", [_table("Scenarios", "How did every scenario end?", batch.rows)])]
    if batch.earlier:
        sheets.append(("Earlier", [_table("Earlier", "Results of earlier texts or options", batch.earlier)]))
    return write_workbook(sheets, {"scenarios": f"{len(batch.rows)}", "endings": counts, "version": __version__}, "Batch")


def _table(name: str, question: str, rows: Sequence[Row]) -> Table:
    return Table(name, question, SHEET, tuple(tuple(getattr(row, column.key) for column in SHEET) for row in rows))


def write_parquet(batch: Batch) -> bytes:
    """summary.parquet: the columns of summary.csv, numbers as numbers."""
    arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    numbers = {"objective": arrow.float64(), "gap": arrow.float64(), "seconds": arrow.float64(), "bound": arrow.float64()}
    kinds = {**dict.fromkeys(COLUMNS, arrow.string()), "exit_code": arrow.int64(), **numbers}
    schema = arrow.schema([(column, kinds[column]) for column in COLUMNS])
    out = io.BytesIO()
    parquet.write_table(arrow.Table.from_pylist(list_rows(batch), schema=schema), out)
    return out.getvalue()
