"""The short answer on a terminal: sentences first, then the few tables a buyer copies from."""

from __future__ import annotations

from dataclasses import replace
from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from planner.report.agreements import orders_table
from planner.report.answer import Answer
from planner.report.capacity import ramp_table
from planner.report.futures import futures_table, if_nothing
from planner.report.gaps import gaps_table
from planner.report.headline import find_headline
from planner.report.payments import cash_table
from planner.report.playbook import trigger_table
from planner.report.table import Table, show

MOST_ROWS = 25
MOST_FUTURES = 10
WIDE = 180


def open_console(stream: TextIO) -> Console:
    """A console that interprets nothing in the words it prints, wide where there is no terminal to fit into."""
    console = Console(file=stream, markup=False, highlight=False, emoji=False, soft_wrap=False)
    if not console.is_terminal:
        console.width = WIDE
    return console


def print_answer(answer: Answer, console: Console) -> None:
    """Headline, orders, ramp and cash of one solved scenario."""
    console.print(Text(answer.mask.text(answer.scenario.title), style="bold"))
    for sentence in find_headline(answer):
        console.print(Text(sentence))
    if answer.view is None:
        return
    ramp = ramp_table(answer.view)
    wanted = replace(ramp, rows=tuple(row for row in ramp.rows if row[2]))
    quiet = (orders_table(answer.view), wanted, gaps_table(answer.view), cash_table(answer.view))
    tables = [if_nothing(answer.view, table) for table in quiet]
    if answer.view.branches:
        tables += [futures_table(answer.view, MOST_FUTURES), trigger_table(answer.view, watch=False)]
    for table in tables:
        if table.rows:
            print_table(table, console)
    if answer.mask.suppliers:
        console.print(Text(f"{len(answer.mask.suppliers)} confidential supplier(s) masked; --unmask shows them."))


def print_table(table: Table, console: Console, most: int = MOST_ROWS) -> None:
    """One table; columns without any value are left out, long ones cut with a word about the rest."""
    used = [i for i, _ in enumerate(table.columns) if any(row[i] not in (None, "") for row in table.rows)]
    drawn = RichTable(title=table.title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    for i in used:
        column = table.columns[i]
        drawn.add_column(column.heading, justify="left" if column.kind in ("text", "day") else "right")
    rows = table.rows if len(table.rows) <= most else table.rows[: most - 1]
    for row in rows:
        drawn.add_row(*(Text(show(row[i], table.columns[i].kind)) for i in used))
    console.print(drawn)
    if len(rows) < len(table.rows):
        console.print(Text(f"... and {len(table.rows) - len(rows)} more rows in the results folder."))
    if table.note:
        console.print(Text(table.note, style="dim"))
