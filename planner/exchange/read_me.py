"""The first sheet: what may be edited, how, and what is not here."""

from __future__ import annotations

from planner.exchange.columns import Table

HOW = (
    "Change values, add rows below a table, or delete whole rows; then give the workbook back to the planner.",
    "What differs from the workbook as it was written is taken over into the scenario file; everything else there stays.",
    "Do not change headings, names of sheets, or the darker columns of rows that exist: they say which row is which.",
    "An empty cell means: not given. Where a cell says 'by period' or 'in the file', its value stands elsewhere: leave it.",
    "Units stand in the headings. Numbers are plain; percentages may be written as such where a share is asked.",
    "Dates are dates, such as 2027-02-01; periods and durations are text, such as 2026-Q1 and 5 months.",
    "Formulas are allowed; their last stored results are read. No merged cells, no links to other workbooks, no totals.",
)


def read_me(title: str, tables: list[Table], left_out: str) -> list[str]:
    """Lines of the first sheet."""
    lines = [title or "Scenario", "", *HOW, ""]
    if left_out:
        lines += [f"Left out of this workbook: {left_out}. It stays in the scenario file.", ""]
    lines += [f"{table.sheet}: {table.about}" for table in tables]
    return [*lines, "", "Rules of the policy, futures and comments are not in workbooks; they stay in the scenario file."]
