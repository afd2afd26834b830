"""The Scenario page: open, edit in tables, see findings and changes, undo, save, solve."""

from __future__ import annotations

from functools import partial

import streamlit as st

from planner.app.editors.conflict import draw_conflict, reopen_if_changed
from planner.app.editors.desk import TOO_LONG, absorb, history_of, mount, note_mounted, reading_now, sheet_of
from planner.app.editors.files_panel import draw_files
from planner.app.editors.grid import draw_table
from planner.app.editors.headings import table_heading
from planner.app.editors.keeping import draw_kept, guard_unsaved
from planner.app.editors.opening import draw_opening
from planner.app.editors.part_text import draw_part_text
from planner.app.editors.risk_panel import draw_risk
from planner.app.editors.saving_panel import draw_saving
from planner.app.editors.sections import draw_sections
from planner.app.editors.tools import draw_changes, draw_tools
from planner.app.solve_panel import draw_solve
from planner.app.state import mark_unsaved, scenarios_folder
from planner.app.words.words import t

typed = absorb()
name = draw_opening()
if name:
    reopen_if_changed(name)
    draft = history_of(name).now
    mark_unsaved(draft.changed)
    sheet = sheet_of(draft)
    draw_kept(name)
    draw_tools(name, sheet)
    draw_conflict(name)
    draw_saving(name, sheet)
    draw_files(name, sheet)
    draw_changes(sheet)
    section = draw_sections(sheet)
    mounted = mount(name, section)
    empty = [view for view in mounted.views if not view.rows]
    for view in mounted.views:
        if view not in empty:
            draw_table(mounted, view, sheet, typed.pending)
    if empty:
        with st.expander(t("scenario.more_tables"), expanded=len(empty) == len(mounted.views), key="empty_tables"):
            for view in empty:
                draw_table(mounted, view, sheet, typed.pending)
    for table in st.session_state.pop(TOO_LONG, ()):
        st.error(t("scenario.too_long", table=table_heading(table)))
    note_mounted()
    draw_part_text(name, sheet, mounted.number)
    st.subheader(t("scenario.solve"))
    draw_risk(name, sheet)
    draw_solve(partial(reading_now, name), scenarios_folder() / name)
    guard_unsaved(draft.changed)
