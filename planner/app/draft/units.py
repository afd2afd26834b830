"""The unit of the numbers of a column, for its heading."""

from __future__ import annotations

import re

from planner.app.draft.over_time import NUMBER
from planner.app.draft.view import View
from planner.scenario.parts import find_parts
from planner.scenario.scenario import Scenario
from planner.scenario.words import unit_of

_MONEY = re.compile(r"[A-Z]{3}(?= |$)")
NOT_SAID = frozenset({"nodes"})
"""Units the screen has no word for."""


def heading_units(view: View, scenario: Scenario | None) -> dict[str, str]:
    """Units by column name; where the rows differ in their currency only, it is left out. Empty without a scenario."""
    parts = {part.path: part for part in find_parts(scenario)} if scenario else {}
    found: dict[str, str] = {}
    for field in view.fields:
        if field.kind != "number" or not scenario or field.name == NUMBER:
            continue
        units = set()
        for row in view.rows:
            end = next((end for end in range(len(row.path), 0, -1) if row.path[:end] in parts), 0)
            dotted = ".".join([*map(str, row.path[end:]), *(field.column.path if field.column else ())])
            if end and dotted:
                units.add(unit_of(scenario, parts[row.path[:end]], dotted))
        found[field.name] = _common(units)
    return {name: unit for name, unit in found.items() if unit and unit not in NOT_SAID}


def row_units(view: View, scenario: Scenario | None) -> list[str]:
    """The unit of the number of each row of a table of numbers over time."""
    parts = {part.path: part for part in find_parts(scenario)} if scenario else {}
    units = []
    for row in view.rows:
        part = next((parts[row.path[:end]] for end in range(len(row.path), 0, -1) if row.path[:end] in parts), None)
        what = str(row.cells[-3])
        units.append(unit_of(scenario, part, what) if scenario and part else "")
    return [unit if unit not in NOT_SAID else "" for unit in units]


def _common(units: set[str]) -> str:
    """One unit for a whole column: theirs when they agree, without the currency when only that differs."""
    if len(units) <= 1:
        return next(iter(units), "")
    rest = {_MONEY.sub("", unit, count=1).strip() for unit in units}
    return next(iter(rest)) if len(rest) == 1 else ""
