"""The sums in the comments of scenarios/two-futures.yaml, each found again by a solve."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.options import Options
from planner.result import Result
from planner.scenario.futures import Futures
from planner.scenario.policy import Forbid, Pin, Policy
from planner.scenario.read import read_scenario
from planner.scenario.scenario import Scenario
from planner.solve import solve

FILE = Path(__file__).parents[2] / "scenarios" / "two-futures.yaml"


def solved(policy: Policy | None = None, futures: Futures | None = None) -> Result:
    scenario: Scenario = read_scenario(FILE).scenario
    changed = {"policy": policy or scenario.policy, "futures": futures or scenario.futures}
    result = solve(scenario.model_copy(update=changed), "two-futures", Options(gap=0.0))
    assert result.audit["ok"], result.audit["findings"]
    return result


def test_with_hedging_one_dear_line_now_and_the_second_after_the_news() -> None:
    result = solved()
    assert result.objective == pytest.approx(65 + 0.75 * 40 + 0.25 * 65)
    assert result.plan is not None
    orders = sorted((order.node, order.offer, order.units) for order in result.plan.orders)
    assert orders == [("2026-Q2", "cheap-line", 1.0), ("2026-Q2/stop@2026-Q2", "dear-line", 1.0), ("root", "dear-line", 1.0)]


def test_cheap_first_costs_a_lost_line_and_a_quarter_without() -> None:
    one_cheap = Pin(order="cheap-line", period="2026-Q1", units=1.0)
    result = solved(Policy(pins=(one_cheap, Pin(order="dear-line", period="2026-Q1", units=0.0))))
    assert result.objective == pytest.approx(40 + 0.75 * 40 + 0.25 * (2 * 65 + 50))
    assert result.measures["shortage_cost"] == pytest.approx(0.25 * 50)


def test_dear_only() -> None:
    result = solved(Policy(forbid=(Forbid(supplier="cheap"),)))
    assert result.objective == pytest.approx(130)


def test_without_hedging_two_cheap_lines() -> None:
    result = solved(futures=Futures(mode="none"))
    assert result.objective == pytest.approx(80)
    assert result.plan is not None
    assert {order.offer for order in result.plan.orders} == {"cheap-line"}


def test_both_cheap_lines_at_once_are_lost_together() -> None:
    at_once = Pin(order="cheap-line", period="2026-Q1", units=2.0)
    result = solved(Policy(pins=(at_once, Pin(order="dear-line", period="2026-Q1", units=0.0))))
    assert result.objective == pytest.approx(0.75 * 80 + 0.25 * (2 * 40 + 2 * 65 + 50))
