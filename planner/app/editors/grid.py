"""One table of the page: an editor with typed columns, and under it what the check says about its cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from planner.app.draft.sheet import Sheet
from planner.app.draft.typed import Pending
from planner.app.draft.units import heading_units, row_units
from planner.app.draft.view import Field, View
from planner.app.editors.desk import Mounted, editor_key, take_over
from planner.app.editors.findings import draw_findings
from planner.app.editors.headings import column_heading, heading_of, table_heading
from planner.app.plain import draw_text
from planner.app.words.words import t

UNIT = "unit_of_number"
"""Column that says in what unit the number of a row is; nobody edits it."""


def draw_table(mounted: Mounted, view: View, sheet: Sheet, pending: Sequence[Pending]) -> None:
    """Heading, editor, rows that wait for more, findings. The check's words are those of the draft as it is now."""
    name = table_heading(view.name)
    st.markdown(f"**{name}**")
    st.data_editor(
        build_frame(view, mounted), key=editor_key(view, mounted.number), column_config=build_columns(view, mounted),
        num_rows="dynamic" if view.growing else "fixed", hide_index=True, width="stretch", on_change=take_over, alt=name,
        placeholder="",
    )  # fmt: skip
    draw_pending(view, [row for row in pending if row.table == view.name])
    draw_findings(sheet.in_table(view.name), sheet)


def draw_pending(view: View, pending: Sequence[Pending]) -> None:
    """Rows that are not in the draft yet, and what they wait for."""
    for row in pending:
        column = heading_of(view, row.missing)
        draw_text(t("scenario.pending", row=row.row, column=column) if row.missing else t("scenario.pending_row", row=row.row))
    if pending:
        st.caption(t("scenario.pending_leave"))


def build_frame(view: View, mounted: Mounted) -> pd.DataFrame:
    """The rows as the editor takes them: one column per field, missing cells empty, every column of one type."""
    columns = {field.name: _series(field, [row.cells[number] for row in view.rows]) for number, field in enumerate(view.fields)}
    if view.spec.shape == "over_time":
        columns[UNIT] = pd.Series(row_units(view, _scenario(mounted)), dtype="string")
    return pd.DataFrame(columns, index=pd.RangeIndex(len(view.rows)))


def build_columns(view: View, mounted: Mounted) -> dict[str, Any]:
    """How each column is shown and edited. No bounds and no step: a wrong number is complained about, never changed."""
    units = heading_units(view, _scenario(mounted))
    config = {
        field.name: _column(field, column_heading(field, units.get(field.name, "")), number == 0)
        for number, field in enumerate(view.fields)
    }
    if view.spec.shape == "over_time":
        config[UNIT] = st.column_config.TextColumn(t("fields.unit"), disabled=True)
    return config


def _scenario(mounted: Mounted) -> Any:
    return mounted.draft.reading.scenario or mounted.draft.start.reading.scenario


def _series(field: Field, cells: list[Any]) -> pd.Series[Any]:
    if field.kind == "number":
        return pd.Series(cells, dtype="float64")
    if field.kind == "flag":
        return pd.Series(cells, dtype="boolean")
    if field.kind == "day":
        return pd.to_datetime(pd.Series(cells, dtype="string"), format="%Y-%m-%d", errors="coerce")
    return pd.Series(cells, dtype="string")


def _column(field: Field, label: str, pinned: bool) -> Any:
    config = st.column_config
    if field.kind == "number":
        return config.NumberColumn(label, format="plain", pinned=pinned)
    if field.kind == "flag":
        return config.CheckboxColumn(label, pinned=pinned)
    if field.kind == "day":
        return config.DateColumn(label, format="YYYY-MM-DD", pinned=pinned)
    if field.kind == "choice":
        return config.SelectboxColumn(label, options=list(field.options), pinned=pinned)
    return config.TextColumn(label, pinned=pinned)
