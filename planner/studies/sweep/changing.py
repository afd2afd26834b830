"""A scenario's data with other numbers: the same changes a variant makes, without a file."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from planner.errors import BadInput
from planner.scenario.change_path import find_targets, parse_selector
from planner.scenario.document import Document, Mark, Path
from planner.scenario.parsed import Parsed
from planner.scenario.places import value_at
from planner.scenario.read import build_scenario
from planner.scenario.scenario import Scenario
from planner.scenario.variants import Resolved, apply_variant
from planner.studies.worlds import Data

Change = dict[str, Any]
"""One change as a file says it: select, and one of set, multiply, add."""


def change_data(data: Data, changes: Sequence[Change], name: str) -> tuple[Data, Scenario]:
    """The data with the changes made, and its scenario. Raises BadInput; findings name ``name`` as their file."""
    marks: dict[Path, Mark] = {("changes",): Mark(name, 0, 0)}
    for index, change in enumerate(changes):
        marks[("changes", index)] = Mark(name, 0, 0)
        marks |= {("changes", index, key): Mark(name, 0, 0) for key in change}
    found = apply_variant(Resolved(copy.deepcopy(data), {}, {}), Parsed(name, {"changes": list(changes)}, marks, dict(marks)))
    if found.findings:
        raise BadInput(found.findings)
    scenario, _ = build_scenario(Document(name, "", found.data))
    return found.data, scenario


def find_numbers(data: Data, select: str) -> list[Any]:
    """What stands at the places a selector means; empty where it means nothing."""
    search = find_targets(data, parse_selector(select), create=False)
    return [value_at(data, target.path) for target in search.found]
