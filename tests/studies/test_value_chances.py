"""How far chances can be off, by hand: the plan of the case changes at a probability of 5/23."""

from __future__ import annotations

from typing import Any

import pytest

from planner.report.mask import NOTHING_MASKED
from planner.report.value import explain_value, value_tables
from planner.scenario.scenario import Scenario
from planner.scenario.shocks import Shock
from planner.studies.corners import name_corners
from planner.studies.first import Step, find_steps, hold, is_same
from planner.studies.hazards import TOLERANCE
from planner.studies.ranges import Range, find_range, find_ranges
from planner.studies.value import Value, find_value
from tests.studies.value_case import CASE, changed, solver

CHANGE = 25 / 115
"""105 + 25 p = 80 + 140 p."""


def value_of(data: dict[str, Any]) -> Value:
    return find_value(solver(), data, ("hazards",), (100, 1))


def test_the_chance_at_which_the_first_maker_changes() -> None:
    value = value_of(CASE)
    [found] = value.hazards
    assert (found.above.stays, found.above.changes) == (0.4, None)
    assert found.below.changes is not None
    assert found.below.changes < CHANGE < found.below.stays
    assert found.below.stays - found.below.changes <= TOLERANCE * found.below.stays
    assert {step.name: step.after for step in found.below.steps if step.kind == "order"} == {"cheap-line": 1, "dear-line": 0}
    assert len(found.points) < 9


def test_the_chance_is_found_from_below_too() -> None:
    [found] = value_of(changed(shocks__0__probability=0.15)).hazards
    assert (found.below.stays, found.below.changes) == (0.1, None)
    assert found.above.changes is not None
    assert found.above.stays < CHANGE < found.above.changes


def test_plans_that_cost_the_same_are_no_change() -> None:
    """Nobody pays for signing the dear maker today or later, nor for the first line's maker at equal prices without a stop."""
    alike = changed(offers__1__price=40, shocks__0__hits={"offers": ["nothing"]})
    [found] = value_of(alike).hazards
    assert (found.below.changes, found.above.changes) == (None, None)


def test_corners_by_hand() -> None:
    """This plan: 105 + 25 p. The best: 80 + 140 p below the change."""
    corners = {corner.name: corner for corner in value_of(CASE).corners}
    assert corners.keys() == {"stop low", "stop high"}
    assert corners["stop low"].kept == pytest.approx(107.5)
    assert corners["stop low"].best.value == pytest.approx(94.0)
    assert corners["stop high"].kept == corners["stop high"].best.value == pytest.approx(115.0)


def test_a_plan_is_weighed_with_chances_of_nothing_and_certainty() -> None:
    """At 0 the future with a stop is gone from the tree, at 1 the other one, and the stop is expected."""
    data = changed()
    data["shocks"][0]["sources"][0] |= {"low": 0.0, "high": 1.0}
    corners = {corner.name: corner.kept for corner in value_of(data).corners}
    assert corners == pytest.approx({"stop low": 105.0, "stop high": 130.0})


def test_a_plan_that_does_not_know_a_future_is_not_weighed() -> None:
    """At a tenth the branch of the stop is cut, so the plan has one future; at four tenths it is not."""
    second = {"id": "talks", "date": "2026-07-01", "probability": 0.5, "price_factor": 1.0}
    data = changed(futures__min_probability=0.2, shocks__0__probability=0.15)
    data["shocks"].append(second)
    corners = {corner.name: corner.kept for corner in value_of(data).corners}
    assert corners["stop high"] is None
    assert corners["stop low"] is not None


def test_ranges_come_from_the_field_s_own_sources() -> None:
    def shock(sources: list[dict[str, Any]], **chance: Any) -> Range:
        said = [{"is": "assumption", **source} for source in sources]
        return find_range(Shock.model_validate({"id": "s", "sources": said, **chance}))

    two = [{"field": "hazard_per_year", "low": 0.1}, {"field": ["lasts", "hazard_per_year"], "low": 0.05, "high": 0.6}]
    assert shock(two, hazard_per_year=0.2) == Range("s", "hazard_per_year", 0.2, 0.05, 0.6, stated=True)
    other = [{"field": "lasts", "low": 3, "high": 36}, {"low": 1, "high": 2}]
    assert shock(other, hazard_per_year=0.2) == Range("s", "hazard_per_year", 0.2, 0.0, 0.8, stated=False)
    assert shock([], date="2026-01-01", probability=0.5) == Range("s", "probability", 0.5, 0.0, 1.0, stated=False)
    assert find_ranges(Scenario.model_validate(changed(shocks__0__probability=0.0, shocks__0__sources=[]))) == ()


def test_corners_move_one_shock_at_a_time_and_all_together() -> None:
    one, two = Range("a", "probability", 0.5, 0.1, 0.5, True), Range("b", "hazard_per_year", 0.2, 0.1, 0.6, True)
    assert name_corners([one, two]) == {
        "a low": {"a": 0.1},
        "b low": {"b": 0.1},
        "b high": {"b": 0.6},
        "all low": {"a": 0.1, "b": 0.1},
        "all high": {"a": 0.5, "b": 0.6},
    }
    assert list(name_corners([one])) == ["a low"]


def test_first_decisions_are_read_and_compared() -> None:
    scenario = Scenario.model_validate(CASE)
    tree = solver()
    one, two = (
        find_value(tree, data, ("hazards",), (2, 1)) for data in (CASE, changed(shocks__0__probability=0.15))
    )  # fmt: skip
    plans = [solved.plan for solved in tree.known.values() if solved.label == "tree" and solved.plan]
    assert one.tree.value is not None
    assert two.tree.value is not None
    dear, cheap = (hold(scenario, plan) for plan in plans)
    assert is_same(dear, dear)
    assert not is_same(dear, cheap)
    orders = tuple(step for step in find_steps(dear, cheap) if step.kind == "order")
    assert orders == (Step("order", "cheap-line", 0.0, 1.0), Step("order", "dear-line", 1.0, 0.0))


def test_people_read_the_chance_and_what_to_do() -> None:
    value = value_of(CASE)
    [said] = [sentence for sentence in explain_value(value) if sentence.startswith("Stop, assumed at 25 %")]
    assert "up to 40 %, the end of its range, today's decisions stay" in said
    assert "order 1 unit more of cheap-line" in said
    tables = {table.name: table for table in value_tables(value, NOTHING_MASKED)}
    assert [row[:4] for row in tables["Chances"].rows] == [("stop", "25 %", "10 %", "40 %")] * 2
    assert [row[0] for row in tables["Corners"].rows] == ["as assumed", "stop at 10 %", "stop at 40 %"]
