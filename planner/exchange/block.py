"""A block of cells copied from a spreadsheet and pasted as text: read by the same rules as the cells of a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from planner.exchange.cells import read_cell
from planner.exchange.columns import Column
from planner.exchange.found import from_text
from planner.exchange.package import MOST_COLUMNS, MOST_ROWS
from planner.scenario.findings import Finding, cut
from planner.scenario.places import MISSING
from planner.scenario.scalars import Refused

LARGEST_BLOCK = 1_000_000


@dataclass(frozen=True, slots=True)
class Block:
    """Pasted cells. ``columns`` are the names in the order of the block; ``rows`` hold plain values by column name.

    Empty cells and those with a finding are left out of ``rows``; ``written`` is the text of every cell, for showing.
    """

    columns: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]
    written: tuple[tuple[str, ...], ...]
    findings: tuple[Finding, ...]


def read_block(text: str, columns: Sequence[Column]) -> Block:
    """Cells separated by tabs, rows by line ends, as spreadsheets copy them.

    A first row of headings (names of columns, with or without units) says which columns follow; without one the cells
    belong to ``columns`` from the first on. What a cell shows is all there is: 1.234,5 or 01/02/2027 are refused with
    the way to write them. Findings name row and column; blank rows are skipped.
    """
    if len(text) > LARGEST_BLOCK:
        return _refused(f"the block has {len(text):,} characters", f"at most {LARGEST_BLOCK:,}", "paste it in parts")
    try:
        lines = [tuple(row) for row in csv.reader(io.StringIO(text.replace("\0", " "), newline=""), delimiter="\t")]
    except csv.Error as error:
        return _refused(f"the block cannot be read: {error}", "cells separated by tabs", "copy the cells again")
    lines = [line for line in lines if any(cell.strip() for cell in line)]
    if len(lines) > MOST_ROWS or any(len(line) > MOST_COLUMNS for line in lines):
        limit = f"{MOST_ROWS:,} rows and {MOST_COLUMNS} columns"
        return _refused("the block is larger than a sheet may be", limit, "paste it in parts")
    chosen, findings = _headings(lines[0], columns) if lines else (None, [])
    if chosen is None:
        chosen = list(columns)
    else:
        lines = lines[1:]
    rows = []
    for number, line in enumerate(lines, 1):
        row: dict[str, Any] = {}
        for at, cell in enumerate(line):
            if at >= len(chosen):
                if cell.strip():
                    findings.append(_too_wide(number, at, cell, len(chosen)))
                continue
            _read(cell, chosen[at], number, row, findings)
        rows.append(row)
    names = tuple(column.name if column else "" for column in chosen)
    return Block(names, tuple(rows), tuple(lines), tuple(findings))


def _read(cell: str, column: Column | None, number: int, row: dict[str, Any], findings: list[Finding]) -> None:
    if column is None:
        return
    value = read_cell(from_text(cell), column)
    if isinstance(value, Refused):
        place = f"row {number}, column {column.name}"
        findings.append(Finding(place, 0, 0, column.name, cut(value.text), value.problem, value.allowed, value.fix))
    elif value is not MISSING:
        row[column.name] = value


def _headings(line: tuple[str, ...], columns: Sequence[Column]) -> tuple[list[Column | None] | None, list[Finding]]:
    """The columns a first row names; None when it holds no heading but values. A name nobody knows is complained about."""
    known = {column.name: column for column in columns}
    names = [cell.partition("[")[0].strip() for cell in line]
    if not any(name in known for name in names):
        return None, []
    findings = []
    for at, name in enumerate(names):
        place = f"heading {at + 1}"
        if name and name not in known:
            fix = "leave the column out, or correct its heading"
            findings.append(Finding(place, 0, 0, "", cut(name), "is no column of this table", ", ".join(known), fix))
        elif name and names.index(name) != at:
            findings.append(Finding(place, 0, 0, "", name, f"column {name} appears twice", "", "keep one of them"))
    return [known.get(name) for name in names], findings


def _too_wide(number: int, at: int, cell: str, width: int) -> Finding:
    fix = "select fewer columns, or put the headings into the first row"
    return Finding(f"row {number}, cell {at + 1}", 0, 0, "", cut(cell), "has no column", f"{width} columns", fix)


def _refused(problem: str, allowed: str, fix: str) -> Block:
    return Block((), (), (), (Finding("", 0, 0, "", "", problem, allowed, fix),))
