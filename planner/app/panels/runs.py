"""A batch as it is now: how many ended how, one row for each scenario, the summary to take away; drawn anew while it grows."""

from __future__ import annotations

from functools import partial
from importlib.util import find_spec
from pathlib import Path

import streamlit as st

from planner import __version__
from planner.app.batches.lines import list_lines
from planner.app.guard import guarded
from planner.app.panels.runs_row import draw_row
from planner.app.panels.runs_table import WIDTHS, rows_table
from planner.app.panels.tables import choose_row, offer_csv
from planner.app.plain import label
from planner.app.words.words import t
from planner.batch.folder import Batch, read_batch
from planner.batch.summary import write_parquet, write_rows, write_sheets

POLL = 1.5
"""Seconds between two looks at a folder in which somebody solves."""
KNOWN = "batch_known"
"""In the session: the last reading, so that the next one is cheaper."""
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def find_batch(out: Path) -> Batch:
    """The batch of a folder; every file is hashed once in a session, and again where its record has changed."""
    known = st.session_state.get(KNOWN)
    known = known if known is not None and known.out == out else None
    found = st.session_state[KNOWN] = read_batch(out, known, trust=known is not None)
    return found


def draw_batch(out: Path, *, busy: bool) -> None:
    """Everything about the batch of a folder; ``busy``: this server solves in it."""
    batch = find_batch(out)
    if busy or batch.running:
        _live_rows(out)
    else:
        _draw_rows(batch)
    _draw_downloads(out)


@st.fragment(run_every=POLL)
def _live_rows(out: Path) -> None:
    with guarded():
        _draw_rows(find_batch(out))


def _draw_rows(batch: Batch) -> None:
    if not batch.rows:
        st.caption(t("runs.nothing_yet"))
        return
    endings = [t("runs.count", count=count, status=t(f"runs.some_{status}")) for status, count in batch.counts.items()]
    st.markdown(t("runs.summary", total=len(batch.rows), endings=label(t("plan.list_comma").join(endings))))
    if batch.running:
        st.caption(t("runs.running", count=len(batch.running)))
    if batch.runs:
        _draw_last_run(batch)
    lines = list_lines(batch, batch.rows)
    table = rows_table(lines)
    place = choose_row(table, f"batch_rows_{batch.out.name}", WIDTHS)
    st.caption(t("runs.table_note"))
    offer_csv(table, {"batch": batch.out.name, "version": __version__}, f"{batch.out.name}-table")
    draw_row(batch, lines[place])


def _draw_last_run(batch: Batch) -> None:
    last = batch.runs[-1]
    begun = last.begun.replace("T", " ").partition(".")[0]
    st.caption(t("runs.last_run", begun=label(begun), solved=len(last.ends), total=last.total, jobs=last.jobs))


def _draw_downloads(out: Path) -> None:
    st.markdown(f"**{t('runs.downloads')}**")
    with st.container(horizontal=True):
        _offer(out, "summary.csv", "text/csv")
        _offer(out, "summary.xlsx", WORKBOOK)
        if find_spec("pyarrow"):
            _offer(out, "summary.parquet", "application/vnd.apache.parquet")


def _offer(out: Path, name: str, kind: str) -> None:
    st.download_button(
        t("runs.save", name=name), partial(_write, out, name), f"{out.name}-{name}", kind, key=f"save_{name}", on_click="ignore"
    )


def _write(out: Path, name: str) -> bytes:
    batch = read_batch(out)
    return {"summary.csv": write_rows, "summary.xlsx": write_sheets, "summary.parquet": write_parquet}[name](batch)
