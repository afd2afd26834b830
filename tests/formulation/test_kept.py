"""Orders kept but for some units: what few changes cost, by hand and as a law."""

from __future__ import annotations

from typing import Any

import pytest

from planner.options import Fixed, Options
from planner.plan.plan import Plan
from planner.result import Result
from planner.scenario.scenario import Scenario
from planner.solve import solve
from planner.studies.first import hold
from planner.vocabulary import Status
from tests.studies.value_case import changed


def near(data: dict[str, Any], plan: Plan, missing: float) -> Result:
    """The best plan that leaves at most so many units of the plan's orders out; nothing else is held."""
    scenario = Scenario.model_validate(data)
    nodes = [node.node for node in plan.nodes]
    fix = Fixed((), near=hold(scenario, plan, nodes).order, missing=missing)
    return solve(scenario, "near", Options(gap=0, fix=fix))


def best(data: dict[str, Any]) -> Plan:
    """The best plan."""
    found = solve(Scenario.model_validate(data), "best", Options(gap=0)).plan
    assert found is not None
    return found


ONE_EACH = changed(offers__1__slots={"per": "quarter", "2026-Q1": 1})
"""The case with one slot a quarter also at the dear maker: one line is ordered in January, one in April."""


def test_mean_over_the_futures_by_hand() -> None:
    """Two dear lines, 130, are kept. Without the stop (0.75) the second may be cheap, 25 less, for 0.75 units missing."""
    dear = best({**ONE_EACH, "policy": {"forbid": [{"supplier": "cheap"}]}})
    costs = {missing: near(ONE_EACH, dear, missing).objective for missing in (0.0, 0.7, 0.75, 2.0)}
    assert costs == pytest.approx({0.0: 130, 0.7: 130, 0.75: 111.25, 2.0: 111.25})


def test_in_two_stages_a_decision_counts_in_every_future() -> None:
    """On fixed dates nothing less than a whole unit can be missing."""
    staged = {**ONE_EACH, "futures": {"mode": "two_stage"}}
    dear = best(staged)
    assert near(staged, dear, 0.0).objective == pytest.approx(130)
    alone = {**staged, "offers": [staged["offers"][0]]}
    assert near(alone, dear, 1.9).status is Status.INFEASIBLE
    assert near(alone, dear, 2.0).status is Status.OPTIMAL
