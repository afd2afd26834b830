"""Which column of a sheet is which: by its exact heading, unit and all; what is nearly right is named, never taken."""

from __future__ import annotations

from dataclasses import dataclass, field

from planner.exchange.book import Sheet, column_letter
from planner.exchange.columns import Table
from planner.scenario.findings import Finding, cut
from planner.scenario.places import nearest


@dataclass(frozen=True, slots=True)
class Headings:
    """Numbers of the columns by name, and what is wrong or left aside."""

    columns: dict[str, int]
    findings: list[Finding] = field(default_factory=list)


def match_headings(sheet: Sheet, table: Table, file: str, multiple: str) -> Headings:
    """The columns of ``table`` in the first row of ``sheet``; ``multiple`` is ``money.in``, part of the units."""
    wanted = {column.heading(multiple): column.name for column in table.columns}
    found: dict[str, list[int]] = {}
    result = Headings({})
    strange: list[tuple[int, str]] = []
    for number in range(1, sheet.last_column + 1):
        text = str(sheet.at(1, number).value) if sheet.at(1, number).kind != "empty" else ""
        if text in wanted:
            found.setdefault(wanted[text], []).append(number)
        elif text or any(column == number for _, column in sheet.cells):
            strange.append((number, text))
    for name, numbers in found.items():
        if len(numbers) > 1:
            letters = ", ".join(column_letter(number) for number in numbers)
            _complain(
                result, sheet, file, numbers[1], f"column {name} appears {_times(len(numbers))}: {letters}", "keep one of them"
            )
        else:
            result.columns[name] = numbers[0]
    missing = {text: name for text, name in wanted.items() if name not in found}
    for number, text in strange:
        _explain(result, sheet, file, number, text, missing, wanted)
    keys = {column.name for column in table.keys}
    for text, name in missing.items():
        if name in keys:
            _complain(result, sheet, file, 1, f"column {name} is missing", f"add a column with the heading: {text}")
        elif not any(name in finding.problem or text in finding.fix for finding in result.findings):
            _note(result, sheet, file, f"column {name} is missing: its values stay as they are")
    return result


def _explain(
    result: Headings, sheet: Sheet, file: str, number: int, text: str, missing: dict[str, str], wanted: dict[str, str]
) -> None:
    """Say what a heading nobody asked for may be meant as."""
    name, _, unit = text.partition(" [")
    by_name = {heading.partition(" [")[0]: heading for heading in wanted}
    folded = {_fold(heading): heading for heading in missing} | {_fold(by): heading for by, heading in by_name.items()}
    if not text.strip():
        fix = "write a heading, or clear the column"
        _complain(result, sheet, file, number, "the column has values but no heading", fix)
    elif name in by_name and unit and by_name[name] in missing:
        _complain(
            result, sheet, file, number, f"the unit is [{unit}", f"convert the numbers and write the heading: {by_name[name]}"
        )
    elif (heading := folded.get(_fold(text))) and heading in missing:
        _complain(result, sheet, file, number, f"heading '{cut(text)}' is not written as agreed", f"write exactly: {heading}")
    elif near := nearest(text, missing, 0.75) or nearest(name, [by for by in by_name if by_name[by] in missing], 0.75):
        _complain(result, sheet, file, number, f"unknown column '{cut(text)}'; did you mean {near}?", f"write exactly: {near}")
    else:
        _note(result, sheet, file, f"column '{cut(text)}' ({column_letter(number)}) is no column of this sheet and is not read")


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()


def _times(count: int) -> str:
    return "twice" if count == 2 else f"{count} times"


def _complain(result: Headings, sheet: Sheet, file: str, number: int, problem: str, fix: str) -> None:
    place = f"{file + ', ' if file else ''}sheet {sheet.name}, cell {column_letter(number)}1"
    result.findings.append(Finding(place, 0, 0, "", "", problem, "", fix))


def _note(result: Headings, sheet: Sheet, file: str, problem: str) -> None:
    place = f"{file + ', ' if file else ''}sheet {sheet.name}"
    result.findings.append(Finding(place, 0, 0, "", "", problem, "", "", "note"))
