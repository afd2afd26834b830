"""The results of a batch as tables in the session's language."""

from __future__ import annotations

from collections.abc import Sequence

from planner.app.batches.lines import Line
from planner.app.panels.phrases import word
from planner.app.words.words import t
from planner.batch.task import Row
from planner.report.brief import PROVEN_BEST
from planner.report.table import Cell, Column, Table
from planner.vocabulary import Status

WIDTHS = {
    "file": 175, "status": 190, "cash": 76, "penalty": 76, "money": 74, "gap": 82, "seconds": 70, "reason": 260,
    "fingerprint": 110, "written": 190,
}  # fmt: skip
"""Pixels of the columns."""
SHORT = 8
"""Figures of a fingerprint that are shown, as in the names of results folders."""


def rows_table(lines: Sequence[Line], *, history: bool = False) -> Table:
    """One row for each result; with ``history`` those of one scenario, so that its name is left out."""
    columns = (
        Column("file", t("runs.col_file")),
        Column("status", t("runs.col_status")),
        Column("cash", t("runs.col_cash"), "money"),
        Column("penalty", t("runs.col_penalty"), "money"),
        Column("money", t("runs.col_money")),
        Column("gap", t("runs.col_gap"), "share"),
        Column("seconds", t("runs.col_seconds"), "money", "s"),
        Column("reason", t("runs.col_reason")),
        Column("fingerprint", t("runs.col_fingerprint")),
        Column("written", t("runs.col_written")),
    )
    rows = [_cells(line) for line in lines]
    first = 1 if history else 0
    return Table("Batch", "How did every scenario end?", columns[first:], tuple(row[first:] for row in rows))


def _cells(line: Line) -> tuple[Cell, ...]:
    row, costs = line.row, line.costs
    reason = say_reason(row).splitlines()[0] if row.reason else ""
    return (
        row.file, say_status(row), costs.cash, costs.penalty, costs.money, row.gap, row.seconds, reason,
        row.fingerprint[:SHORT], row.written.replace("T", " ").partition("+")[0],
    )  # fmt: skip


def say_status(row: Row) -> str:
    """How a scenario ended."""
    return say_ending(row.status, row.gap)


def say_ending(status: str, gap: float | None) -> str:
    """What a status means. Says that a plan is the best only where that is proven."""
    if status == Status.OPTIMAL:
        return t("runs.status_best" if gap is not None and gap < PROVEN_BEST else "runs.status_asked")
    return t(f"runs.status_{status}")


def say_reason(row: Row) -> str:
    """Why, in the planner's own words where it has some; plain text of several lines."""
    return word("plan.reason", row.reason)
