"""What the check says, with the table, row and column it means, as plain text."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from planner.app.draft.located import Located
from planner.app.draft.sheet import Sheet
from planner.app.editors.headings import heading_of, table_heading
from planner.app.plain import draw_text
from planner.app.words.words import t
from planner.scenario.findings import Finding

MOST_SHOWN = 50


def draw_findings(located: Iterable[Located], sheet: Sheet, with_table: bool = False) -> None:
    """One line per finding, at most ``MOST_SHOWN``; ``with_table`` names the table too."""
    for one in list(located)[:MOST_SHOWN]:
        draw_text(finding_line(one, sheet, with_table))


def finding_line(one: Located, sheet: Sheet, with_table: bool = False) -> str:
    """``Error - Row 3 (maxwell-line), Price: must be above 0``."""
    severity, problem = t(f"scenario.finding_{one.finding.severity}"), problem_words(one.finding)
    spot = one.spot
    if spot is None:
        place = one.finding.field or one.finding.file
        return t("scenario.finding_else", severity=severity, place=place, problem=problem)
    view = sheet.tables[spot.table]
    column = heading_of(view, spot.column) if spot.column else ""
    if not column:
        line = t("scenario.finding_whole_row", severity=severity, row=spot.row, label=spot.label, problem=problem)
    elif spot.label and view.growing:
        line = t(
            "scenario.finding_cell", severity=severity, row=spot.row, label=spot.label, column=column, problem=problem
        )  # fmt: skip
    else:
        line = t("scenario.finding_row", severity=severity, row=spot.row, column=column, problem=problem)
    return f"{table_heading(spot.table)} - {line}" if with_table else line


def problem_words(finding: Finding) -> str:
    """The value, what is wrong with it, what may stand there and what to do."""
    value = f"{finding.value}: " if finding.value and finding.value not in finding.problem else ""
    allowed = " " + t("scenario.finding_allowed", allowed=finding.allowed) if finding.allowed else ""
    return f"{value}{finding.problem}{allowed}" + (f" - {finding.fix}" if finding.fix else "")


def draw_all_findings(sheet: Sheet) -> None:
    """Everything the check says about the draft, errors first."""
    heading = t("scenario.part_count", part=t("scenario.findings"), count=len(sheet.located))
    wrong = sheet.count("error") > 0
    # a fold opens by itself only when it is new
    with (
        st.container(key="findings_panel"),
        st.expander(heading, expanded=wrong, key=f"findings_{'wrong' if wrong else 'right'}"),
    ):
        if not sheet.located:
            st.caption(t("scenario.findings_none"))
        draw_findings(sheet.located, sheet, with_table=True)
