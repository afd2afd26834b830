"""Lists to choose from and the words a spreadsheet shows beside a cell. They help while typing; reading judges anew."""

from __future__ import annotations

from typing import Any

from planner.exchange.book import column_letter
from planner.exchange.columns import Column

TITLE, MESSAGE = 32, 255
HINTS = {
    "length": "A whole number and a unit, such as 5 months, 6 weeks or 45 days.",
    "day": "A date, such as 2027-02-01.",
    "share": "A fraction from 0 to 1, such as 0.3, or a percentage.",
    "flag": "yes or no.",
    "code": "Letters, digits, . _ -",
    "whole": "A whole number.",
}
FARTHEST = 5_000


def add_validation(sheet: Any, column: Column, number: int, last: int) -> None:
    """Give the cells of a column their list and the words that say what may stand there."""
    rule: dict[str, Any] = {"validate": "any"}
    if column.choices or column.kind == "flag":
        rule = {"validate": "list", "source": list(column.choices or ("yes", "no"))}
        rule |= {"error_title": "Not one of the list", "error_message": "Choose from the list, or leave the cell empty."}
    elif column.refers and column.kind == "code":
        rule = {"validate": "list", "source": f"='{column.refers}'!$A$2:$A${FARTHEST}", "error_type": "warning"}
    message = " ".join(filter(None, (_unit(column), column.note or HINTS.get(column.kind, ""))))
    if column.key:
        message = f"{message} Do not rename rows that are there; add new ones below.".strip()
    if message:
        rule |= {"input_title": column.name[:TITLE], "input_message": message[:MESSAGE]}
    if rule != {"validate": "any"}:
        letter = column_letter(number + 1)
        sheet.data_validation(f"{letter}2:{letter}{last + 1}", rule)


def _unit(column: Column) -> str:
    return "" if not column.unit or "{" in column.unit else f"{column.unit[0].upper()}{column.unit[1:]}."
