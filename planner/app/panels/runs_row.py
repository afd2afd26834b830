"""One scenario of a batch: every result there is for it, and the way to its plan."""

from __future__ import annotations

import streamlit as st

from planner.app.batches.lines import Line, list_lines
from planner.app.jobs import find_runs
from planner.app.page_list import find_page
from planner.app.panels.runs_table import SHORT, WIDTHS, rows_table, say_reason, say_status
from planner.app.panels.tables import choose_row
from planner.app.plain import draw_text, label
from planner.app.state import look_at_run
from planner.app.words.words import t
from planner.batch.folder import Batch
from planner.batch.task import CHANGED


def draw_row(batch: Batch, line: Line) -> None:
    """How it ended and why; its results, the newest first; a button that opens the chosen one on the Plan page."""
    row = line.row
    st.subheader(label(row.file), anchor="row")
    st.markdown(f"**{say_status(row)}**")
    if row.reason:
        draw_text(say_reason(row))
    results = [one for one in batch.history(row.file) if one.status != CHANGED]
    if not results:
        st.caption(t("runs.no_result"))
        return
    lines = list_lines(batch, tuple(results))
    st.markdown(f"**{t('runs.history')}**")
    first = next((place for place, one in enumerate(results) if one.results == row.results), 0)
    table = rows_table(lines, history=True)
    place = choose_row(table, f"history_{batch.out.name}_{row.file}_{len(results)}", WIDTHS, first)
    chosen = results[place]
    if st.button(t("runs.open_plan", fingerprint=chosen.fingerprint[:SHORT]), key="open_plan"):
        run_id = find_runs().open_folder(batch.out / chosen.results)
        if run_id is None:
            st.warning(t("runs.cannot_open"))
        else:
            look_at_run(run_id)
            st.switch_page(find_page("plan"))
