"""Two results to compare, solved in this process: tiny scenarios, some changed in one place."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from planner.options import Options
from planner.plan.plan import Plan
from planner.scenario.document import Document
from planner.scenario.read import read_document
from planner.scenario.scenario import Scenario
from planner.solve import solve
from planner.studies.compare.subject import Subject, read_solved
from planner.studies.solving import Solved
from tests.command import ROOT

Data = dict[str, Any]


def read_data(name: str) -> Data:
    """The resolved data of a shipped scenario."""
    document: Document = read_document(ROOT / "scenarios" / f"{name}.yaml")
    return document.data


def changed(data: Data, **values: Any) -> Data:
    """The data with values put at paths such as ``offers__0__price``."""
    found = deepcopy(data)
    for path, value in values.items():
        *way, last = (int(part) if part.isdigit() else part for part in path.split("__"))
        at: Any = found
        for part in way:
            at = at.setdefault(part, {}) if isinstance(at, dict) else at[part]
        at[last] = value
    return found


def solved(data: Data, name: str = "case", gap: float = 0.0) -> Subject:
    """The answer of one solve."""
    scenario = Scenario.model_validate(data)
    result = solve(scenario, name, Options(gap=gap))
    answer = Solved(
        name, result.objective, result.bound, result.plan, result.reason, result.exit_code, 0.0, result.measures, result
    )
    return read_solved(answer, name, f"{name}.yaml", data, scenario)


def planned(subject: Subject) -> tuple[Scenario, Plan]:
    """Scenario and plan of an answer that has one."""
    assert subject.scenario is not None
    assert subject.plan is not None
    return subject.scenario, subject.plan
