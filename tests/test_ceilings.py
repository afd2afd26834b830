"""A measure may be given a ceiling: then the answer is the cheapest plan that keeps it."""

from pathlib import Path

import pytest

from planner.options import Options
from planner.scenario.read import read_scenario
from planner.solve import solve
from planner.vocabulary import Status

MINIMAL = read_scenario(Path(__file__).parent.parent / "scenarios" / "minimal.yaml").scenario


def test_no_cash_at_all_buys_nothing_and_less_than_the_best_plan_needs_costs_more() -> None:
    free = solve(MINIMAL, "m", Options(gap=0.0))
    bare = solve(MINIMAL, "m", Options(gap=0.0, ceilings=(("cash_cost", 0.0),)))
    half = solve(MINIMAL, "m", Options(gap=0.0, ceilings=(("cash_cost", free.measures["cash_cost"] / 2),)))
    assert bare.plan is not None
    assert not bare.plan.orders
    assert bare.measures["shortage_cost"] == pytest.approx(bare.objective)
    assert half.measures["cash_cost"] <= free.measures["cash_cost"] / 2 + 1e-6
    assert free.objective is not None
    assert half.objective is not None
    assert bare.objective is not None
    assert free.objective < half.objective < bare.objective
    assert all(found.audit["ok"] for found in (free, bare, half))


def test_a_ceiling_no_plan_keeps_is_infeasible_and_part_of_the_fingerprint() -> None:
    none = solve(MINIMAL, "m", Options(ceilings=(("expected_cost", 1.0),)))
    assert none.status is Status.INFEASIBLE
    assert none.fingerprint != solve(MINIMAL, "m", Options()).fingerprint
