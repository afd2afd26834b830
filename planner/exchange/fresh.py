"""A new scenario file from a workbook alone: for a workbook without a YAML file beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from planner.errors import BadInput
from planner.exchange.book import Sheet, open_book
from planner.exchange.columns import Data
from planner.exchange.editing import compact
from planner.exchange.incoming import find_strangers, marked_document, no_sheet
from planner.exchange.merging import merge_sheet, start_merge
from planner.exchange.original import read_original
from planner.exchange.reading import ReadSheet, read_sheet
from planner.exchange.sheets import TABLES, table_of
from planner.scenario.document import Document
from planner.scenario.findings import Finding
from planner.scenario.known_fields import item_models
from planner.scenario.read import build_scenario
from planner.scenario.render import render, render_key
from planner.scenario.scenario import FORMAT

ORDER = (
    "format", "title", "description", "calendar", "money", "routes", "sites", "demand", "suppliers", "resources", "offers",
    "commitments", "duties", "shocks", "licences",
)  # fmt: skip
LAST = ("note", "sources")
HEAD = "# Made from a workbook. Rules of the policy, futures and comments are not in workbooks: add them here."


def build_from_workbook(raw: bytes, file: str = "") -> tuple[str, tuple[Finding, ...]]:
    """(text of a new scenario file, warnings and notes); raises BadInput with every finding, by sheet and cell.

    What a workbook cannot hold (policy, futures, comments, what shocks follow one another) is not in the file.
    """
    book = open_book(raw, file)
    data = _blank()
    merge = start_merge(data)
    merge.findings += find_strangers(book, file)
    if not any(table.sheet in book for table in TABLES):
        raise BadInput([no_sheet(file)])
    origin, _ = read_original(book)
    if origin and origin.left_out:
        problem = f"the workbook leaves out {origin.left_out}, so it is no whole scenario"
        raise BadInput([Finding(file, 0, 0, "", "", problem, "", "convert it into the file it was made from")])
    multiple = _multiple(book)
    elsewhere = origin.elsewhere if origin else ()
    for table in TABLES:
        if table.sheet in book:
            read = _without_parts(read_sheet(book[table.sheet], table, file, multiple, Counter()), elsewhere)
            merge.findings += read.findings
            merge_sheet(merge, read, None)
    errors = [finding for finding in merge.findings if finding.severity == "error"]
    if errors:
        raise BadInput(errors)
    new = compact(merge.new)
    build_scenario(marked_document(merge, Document(file, "", data), file))
    if elsewhere:
        problem = f"{' and '.join(elsewhere)} of {origin.scenario if origin else ''} are in no workbook, so not in the new file"
        merge.findings.append(
            Finding(file, 0, 0, "", "", problem, "", "add them, or convert into the file it was made from", "warning")
        )
    return render_scenario(new), tuple(merge.findings)


def _without_parts(read: ReadSheet, parts: tuple[str, ...]) -> ReadSheet:
    """The sheet without the sources of parts that are not in the workbook."""
    if read.table.sheet != "Sources":
        return read
    return replace(read, rows=tuple(row for row in read.rows if row.key[0] not in parts))


def _blank() -> Data:
    return {"format": FORMAT, "calendar": {}, "money": {}}


def _multiple(book: dict[str, Sheet]) -> str:
    """In what the workbook counts money, read before the headings that name it."""
    table = table_of("Scenario")
    sheet = book.get(table.sheet)
    for column in range(1, (sheet.last_column if sheet else 0) + 1):
        if sheet and sheet.at(1, column).value == "money in":
            return str(sheet.at(2, column).value or "units")
    return "units"


def render_scenario(data: Data) -> str:
    """The text of a scenario file: parts in the usual order, each field on a line of its own."""
    lines = [HEAD]
    for key in (*ORDER, *(key for key in data if key not in ORDER)):
        if key in data:
            lines += _section(key, data[key])
    return "\n".join(lines) + "\n"


def _section(key: str, value: Any) -> Iterator[str]:
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        yield f"{key}:"
        for item in value:
            lines = _fields(_in_order(key, item))
            yield from (("  - " if number == 0 else "    ") + line for number, line in enumerate(lines))
    elif isinstance(value, dict) and key in ("money", "routes"):
        yield f"{key}:"
        if key == "money":
            yield from (f"  {line}" for line in _fields(value))
        else:
            for name, item in value.items():
                yield f"  {render_key(name)}:"
                yield from (f"    {line}" for line in _fields(item))
    else:
        yield f"{key}: {render(value)}"


def _in_order(section: str, item: dict[str, Any]) -> dict[str, Any]:
    """The fields in the order of the format, notes and sources last."""
    model = item_models()[section]
    names = [info.alias or name for name, info in model.model_fields.items() if name not in LAST]
    return {name: item[name] for name in (*names, *LAST) if name in item}


def _fields(item: dict[str, Any]) -> Iterator[str]:
    for key, value in item.items():
        if isinstance(value, list) and any(isinstance(inner, dict) for inner in value) and key == "sources":
            yield f"{key}:"
            yield from (f"  - {render(inner)}" for inner in value)
        else:
            yield f"{render_key(key)}: {render(value)}"
