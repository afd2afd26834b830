"""The results folder: every file of one answer, each written whole, the record last."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from planner.report.agreements import every_order, orders_table, sign_table
from planner.report.answer import Answer
from planner.report.calendar import calendar_tables, draw_calendar
from planner.report.capacity import ramp_table
from planner.report.csv_file import write_csv
from planner.report.exposure import exposure_table
from planner.report.files import write_atomic
from planner.report.futures import futures_table, if_nothing
from planner.report.gantt import draw_gantt
from planner.report.gaps import gaps_table
from planner.report.payments import cash_table, currency_table, every_payment, payments_table
from planner.report.playbook import playbook_table, trigger_table
from planner.report.ramp import draw_ramp
from planner.report.record import build_record, read_record
from planner.report.register import register_table
from planner.report.slot_use import slots_table
from planner.report.stamp import find_stamp
from planner.report.summary import answer_table, measures_table
from planner.report.table import Table
from planner.report.tree import draw_tree
from planner.report.workbook import write_workbook

FILES = {
    "plan.json": "the answer, as `planner solve --json` prints it",
    "orders.csv": "every purchase order with its days and prices, in all futures",
    "cash.csv": "every payment, in all futures",
    "results.xlsx": "one sheet per question, for people",
    "gantt.svg": "timeline of qualifications, signatures and orders, if nothing happens",
    "ramp.svg": "wanted and reached capacity, if nothing happens",
    "calendar.ics": "contract calendar: what is due when, and the last days of what can still wait",
    "run.json": "the record: everything needed to repeat the solve, with hashes of the files above",
}
"""What a results folder holds; without a plan only plan.json, results.xlsx and run.json."""
FILES_OF_FUTURES = {"tree.svg": "all futures: when news comes, how likely each is and what it costs; only where news may come"}
"""What it holds besides where there is more than one future."""


def write_results(answer: Answer, out: Path, source: Path) -> Path:
    """Write the folder ``out/<name>-<fingerprint8>`` and return it. Raises OSError; AuditError if the record is torn."""
    folder = out / f"{answer.result.name}-{answer.result.fingerprint[:8]}"
    folder.mkdir(parents=True, exist_ok=True)
    files = build_files(answer)
    for name in (FILES | FILES_OF_FUTURES).keys() - files.keys():
        # A record of an earlier answer must not stand beside files of this one, nor the other way round.
        (folder / name).unlink(missing_ok=True)
    for name, content in files.items():
        write_atomic(folder / name, content)
    write_atomic(folder / "run.json", to_json(build_record(answer, source, files)))
    read_record(folder / "run.json")
    return folder


def build_files(answer: Answer) -> dict[str, bytes]:
    """Every file but the record, by name."""
    stamp, view = find_stamp(answer), answer.view
    title = answer.mask.text(answer.scenario.title)
    files = {"plan.json": to_json(answer.data)}
    if view is not None:
        files["orders.csv"] = write_csv(every_order(view), stamp)
        files["cash.csv"] = write_csv(every_payment(view), stamp)
        quiet = f"{title}, if nothing happens" if view.branches else title
        files["gantt.svg"] = draw_gantt(view, quiet)
        files["ramp.svg"] = draw_ramp(view, quiet)
        files["calendar.ics"] = draw_calendar(answer.calendar, title, answer.result.fingerprint, answer.scenario.calendar.start)
        if view.branches:
            files["tree.svg"] = draw_tree(view, title)
    files["results.xlsx"] = write_workbook(build_sheets(answer), stamp, title)
    return files


def build_sheets(answer: Answer) -> list[tuple[str, list[Table]]]:
    """The workbook's sheets: one per question."""
    view = answer.view
    sheets = [("Answer", [answer_table(answer), *([measures_table(answer)] if view else [])])]
    if view is not None:
        quiet = [
            [sign_table(view)],
            [orders_table(view)],
            [ramp_table(view), *([gaps_table(view)] if view.gaps else [])],
            [cash_table(view), currency_table(view)],
            [payments_table(view)],
            [exposure_table(view)],
            [slots_table(view)],
        ]
        sheets += [(tables[0].name, [if_nothing(view, table) for table in tables]) for tables in quiet]
        if view.branches:
            sheets += [("Futures", [futures_table(view)]), ("Playbook", [trigger_table(view), playbook_table(view)])]
        sheets.append(("Calendar", calendar_tables(answer.calendar)))
    return [*sheets, ("Assumptions", [register_table(answer.scenario, answer.mask)])]


def to_json(data: dict[str, Any]) -> bytes:
    """Readable JSON, UTF-8; refuses what JSON cannot say."""
    return (json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()
