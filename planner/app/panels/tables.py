"""Tables on the screen: in the session's language, numbers as people read them, and the same as a CSV file."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Mapping
from functools import partial
from typing import cast

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from planner.app.panels.phrases import word
from planner.app.words.words import t
from planner.report.csv_file import write_csv
from planner.report.table import Cell, Column, Table, show

CODED = {
    "stage": "stage", "action": "action", "kind": "kind", "confidence": "confidence", "appointment": "due", "paid_for": "kind",
    "of": "of", "note": "note", "unit": "unit", "measure": "measure", "reason": "reason",
}  # fmt: skip
"""Columns whose cells are words of the planner, and the group of those words."""
SHARE, WORST = "capacity of ", "All costs, average of the worst "
"""Beginnings of cells that hold a name or a number besides."""
TALLEST = 420
ROW, HEAD = 35, 38


def draw_table(table: Table, stamp: dict[str, str], file: str) -> None:
    """The table and a button that saves it; ``file`` names the file without ending and must be the only one."""
    if not table.rows:
        st.caption(t("plan.no_rows"))
        return
    used = [i for i, _ in enumerate(table.columns) if any(row[i] not in (None, "") for row in table.rows)]
    shown = frame(table, used)
    config = {heading(table.columns[i]): _config(table.columns[i]) for i in used}
    height = min(TALLEST, HEAD + ROW * len(table.rows))
    st.dataframe(
        shown,
        hide_index=True,
        height=height,
        column_config=config,
        key=f"table_{file}",
        placeholder="",
        alt=t("plan.table_alt", rows=len(table.rows), columns=", ".join(heading(table.columns[i]) for i in used)),
    )
    offer_csv(table, stamp, file)


def choose_row(table: Table, key: str, widths: Mapping[str, int], first: int = 0) -> int:
    """The table; the number of the row the reader has chosen, at first ``first``.

    ``widths`` of its columns by key in pixels; the table has at least one row.
    """
    config = {heading(c): {**_config(c), "width": widths[c.key]} for c in table.columns}
    event = st.dataframe(
        frame(table, list(range(len(table.columns)))), hide_index=True, key=key, placeholder="",
        height=min(TALLEST, HEAD + ROW * len(table.rows)), column_config=cast("dict[str, ColumnConfig]", config),
        on_select="rerun", selection_mode="single-row", selection_default={"selection": {"rows": [first]}},
        alt=t("plan.table_alt", rows=len(table.rows), columns=", ".join(heading(column) for column in table.columns)),
    )  # fmt: skip
    chosen = event["selection"]["rows"]
    return chosen[0] if chosen and chosen[0] < len(table.rows) else first


def frame(table: Table, used: list[int]) -> pd.io.formats.style.Styler:
    """The columns ``used`` of the table; every value is written as the planner writes it and still sorts as a number."""
    columns = [table.columns[i] for i in used]
    data = {heading(column): [_cell(row[i], column) for row in table.rows] for i, column in zip(used, columns, strict=True)}
    found = pd.DataFrame(data)
    return found.style.format({heading(column): _writer(column) for column in columns})


def _cell(cell: Cell, column: Column) -> Cell:
    if not isinstance(cell, str) or column.key not in CODED:
        return cell
    if cell.startswith(SHARE):
        return t("tables.of_capacity", step=cell.removeprefix(SHARE))
    head, worst, tail = cell.partition(WORST)
    if worst:
        return t("tables.measure_worst", tail=tail)
    parts = head.split(", ") if column.key == "paid_for" else [head]
    return t("plan.list_comma").join(word(f"tables.{CODED[column.key]}", part) for part in parts)


def _writer(column: Column) -> Callable[[object], str]:
    return lambda cell: "" if cell is None or cell != cell else show(cast("Cell", cell), column.kind)


def _config(column: Column) -> ColumnConfig:
    """Numbers stand right; words and addresses are never links."""
    if column.kind == "text":
        return st.column_config.TextColumn(alignment="left")
    return st.column_config.Column(alignment="left" if column.kind == "day" else "right")


def heading(column: Column) -> str:
    """Title and unit in the session's language; a title that is a name stays as it is."""
    title = word("tables.col", column.title)
    return f"{title} ({word('tables.unit', column.unit)})" if column.unit else title


def offer_csv(table: Table, stamp: dict[str, str], file: str) -> None:
    """A button that saves the table as CSV, which is made when the button is pressed."""
    st.download_button(
        t("plan.save_csv"), partial(csv_bytes, table, stamp), f"{file}.csv", "text/csv", key=f"csv_{file}", on_click="ignore",
        type="tertiary",
    )  # fmt: skip


def csv_bytes(table: Table, stamp: dict[str, str]) -> bytes:
    """The table as CSV with the mark by which spreadsheet programs know UTF-8; nothing in it is ever computed."""
    return codecs.BOM_UTF8 + write_csv(table, stamp)
