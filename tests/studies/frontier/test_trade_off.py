"""Frontiers by hand, and against every plan there is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from planner.options import Options
from planner.plan.audit import audit
from planner.report.frontier import explain_frontier
from planner.report.mask import NOTHING_MASKED
from planner.result import Result
from planner.scenario.document import Document
from planner.scenario.scenario import Scenario
from planner.studies.frontier.axes import Axis, read_axes
from planner.studies.frontier.points import Frontier
from planner.studies.frontier.search import find_frontier
from planner.studies.solving import Solver
from planner.vocabulary import Exit
from tests.brute import allows, build_space, every_contracting, every_order, price_orders
from tests.studies.value_case import CASE, Here, changed, solver
from tests.tiny import random_tiny

COST = Axis("measure", "expected_cost")
SEEDS = (3, 8, 11, 20, 26, 31)


def trade(data: dict[str, Any], against: Axis, count: int = 9, of: Axis = COST) -> Frontier:
    """The exact frontier of some data."""
    return find_frontier(solver(), data, Scenario.model_validate(data), of, against, count)


def shown(found: Frontier) -> list[float]:
    """What the points come to: second measure, first measure, second of the next point and so on."""
    return [value for point in found.points for value in (point.against, point.of)]


def test_suppliers_by_hand() -> None:
    """Nothing at all: a line is missing for a quarter, two for one, and two for the five years after: 50 + 100 + 2000.

    One maker: two dear lines; both makers: 105 + 25/4, see the case.
    """
    found = trade(CASE, Axis("suppliers"))
    assert shown(found) == pytest.approx([0, 2150, 1, 130, 2, 111.25])
    assert [point.signed for point in found.points] == [(), ("dear",), ("cheap", "dear")]
    assert [point.end for point in found.points] == ["least against", "", "least of"]
    steps = [point.step.value for point in found.points if point.step]
    assert steps == pytest.approx([2020, 18.75])
    assert found.knee == 1
    assert (found.least, found.code, found.asked) == (0, Exit.SOLVED, 3)


def test_share_of_a_country_by_hand() -> None:
    """None from China: two dear lines. Else the cheap line of the first future is 40 of 105 spent, and no plan lies between."""
    found = trade(CASE, Axis("country-share", "CN"))
    assert shown(found) == pytest.approx([0, 130, 40 / 105, 111.25])
    assert found.spared > 0


def test_a_share_that_contracts_keep_up_is_found_at_its_least() -> None:
    """A contract for one Chinese line of 40 is signed; the most that can be bought elsewhere are two dear ones of 65."""
    days = {"ordered": "2025-12-01", "ships": "2026-06-01"}
    contract = {"offer": "cheap-line", "site": "plant", "units": 1, "counts": ["exposure"], **days}
    data = changed(commitments=[contract], shocks=[], offers__1__slots={"per": "half-year", "2026-07": 2})
    found = trade(data, Axis("country-share", "CN"))
    least = 40 / (40 + 2 * 65)
    assert found.points[0].against == pytest.approx(least)
    assert found.least is not None
    assert least - 0.001 <= found.least <= least


def test_one_plan_that_is_best_in_both_leaves_nothing_to_trade() -> None:
    """Whoever buys meets the ramp: no capacity gap, at the least cost."""
    found = trade(CASE, Axis("measure", "shortage"))
    assert shown(found) == pytest.approx([0, 111.25])
    assert explain_frontier(found, NOTHING_MASKED)[0].startswith(
        "There is nothing to trade: the plan of the least cost, USD 111.2 m"
    )
    open_ = replace(found, least=None)
    assert explain_frontier(open_, NOTHING_MASKED)[0].startswith("One plan is better in both than all others found")
    assert (found.knee, found.asked) == (None, 2)


@pytest.mark.parametrize("worst", ["worst_cost", "cvar_cost"])
def test_average_against_worst_futures_by_hand(worst: str) -> None:
    """With a stop of one in ten, cheap first is the least on average, 94, and 220 at worst; dear first is 107.5 and 130.

    The worst tenth of all futures is the stop.
    """
    found = trade(changed(shocks__0__probability=0.1), Axis("measure", worst))
    assert found.least == pytest.approx(130)
    assert shown(found) == pytest.approx([130, 107.5, 220, 94])


def test_no_plan_is_an_answer() -> None:
    """Demand that must be met from January on, when nothing can be there."""
    hard = changed(demand__0__hard=True, demand__0__target_mw=500)
    del hard["demand"][0]["shortage_cost"]
    found = trade(hard, Axis("suppliers"))
    assert (found.points, found.code, found.reason) == ((), Exit.INFEASIBLE, "no plan keeps every rule")


def every_plan(scenario: Scenario, second: Callable[[Any, Any, Any], Any]) -> np.ndarray[Any, Any]:
    """(cost, second measure) of every plan that keeps every rule."""
    space = build_space(scenario)
    rows, ways = every_order(space), every_contracting(space)
    orders = price_orders(space, rows)
    found = []
    for way in ways:
        mask = allows(space, way, orders)
        found.append(np.column_stack([orders.cost[mask] + way.cost, np.broadcast_to(second(orders, way, mask), mask.sum())]))
    return np.concatenate(found)


def spend_of(orders: Any, way: Any, mask: Any) -> Any:
    return orders.spend.sum(axis=1)[mask]


def makers_of(orders: Any, way: Any, mask: Any) -> Any:
    return len(way.signings)


@pytest.mark.parametrize("seed", SEEDS)
def test_spend_agrees_with_every_plan_tried(seed: int) -> None:
    """Within each limit the frontier has the least cost of any plan; its ends are the least of each, then of the other."""
    scenario = Scenario.model_validate(random_tiny(seed))
    plans = every_plan(scenario, spend_of)
    found = trade(random_tiny(seed), Axis("measure", "spend"), 6)
    if not len(plans):
        assert (found.points, found.code) == ((), Exit.INFEASIBLE)
        return
    first, last = found.points[0], found.points[-1]
    assert first.against == pytest.approx(plans[:, 1].min(), abs=1e-6)
    assert last.of == pytest.approx(plans[:, 0].min(), rel=1e-6, abs=1e-6)
    cheapest = plans[plans[:, 0] <= plans[:, 0].min() + 1e-6]
    assert last.against == pytest.approx(cheapest[:, 1].min(), rel=1e-6, abs=1e-6)
    for most in np.linspace(first.against, last.against, 6):
        least = plans[plans[:, 1] <= most + 1e-6][:, 0].min()
        kept = min(point.of for point in found.points if point.against <= most + 1e-5)
        assert kept == pytest.approx(least, rel=1e-5, abs=1e-5), f"at most {most}"


@pytest.mark.parametrize("seed", SEEDS)
def test_number_of_suppliers_agrees_with_every_plan_tried(seed: int) -> None:
    """The points are the plans no other beats, all of them."""
    scenario = Scenario.model_validate(random_tiny(seed))
    plans = every_plan(scenario, makers_of)
    best: dict[float, float] = {}
    for count in sorted(set(plans[:, 1])):
        cost = plans[plans[:, 1] <= count][:, 0].min()
        if not best or cost < min(best.values()) - 1e-6:
            best[count] = cost
    found = trade(random_tiny(seed), Axis("suppliers"))
    assert shown(found) == pytest.approx([value for pair in best.items() for value in pair], rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("against", [Axis("measure", "spend"), Axis("measure", "cash_cost"), Axis("supplier-share", "cheap")])
def test_every_point_is_a_plan_that_passes_its_own_check(against: Axis) -> None:
    found = trade(CASE, against, 7)
    assert len(found.points) > 1
    for before, after in zip(found.points, found.points[1:], strict=False):
        assert before.against < after.against
        assert before.of > after.of
    for point in found.points:
        assert point.bound is not None
        assert point.bound <= point.of + 1e-6
        scenario = Scenario.model_validate(point.ask.data)
        assert audit(scenario, point.plan, None, None).ok


class Stopped(Here):
    """A solve that somebody interrupts once others have been answered."""

    left = 3

    def wait(self) -> Result:
        Stopped.left -= 1
        if Stopped.left < 0:
            raise KeyboardInterrupt
        return super().wait()


def test_an_interrupt_keeps_the_points_found_by_then() -> None:
    Stopped.left = 3
    asked = Solver("case", Options(gap=0.0), begin=Stopped)
    found = find_frontier(asked, CASE, Scenario.model_validate(CASE), COST, Axis("country-share", "CN"), 9)
    assert found.code == Exit.INTERRUPTED
    assert [point.of for point in found.points] == pytest.approx([130, 111.25])
    assert "interrupted" in found.notes[0]
    Stopped.left = 0
    again = Solver("case", Options(gap=0.0), begin=Stopped)
    with pytest.raises(KeyboardInterrupt):
        find_frontier(again, CASE, Scenario.model_validate(CASE), COST, Axis("country-share", "CN"), 9)


def test_least_of_the_worst_futures_is_what_its_plan_comes_to() -> None:
    """The cheapest of the plans that are best in the worst futures: its own measure, not what the search still allowed it."""
    document = Document("case", "", CASE)
    result = Here(document, Options(gap=0.005, minimise="cvar_cost")).wait()
    assert result.audit["ok"], result.audit["findings"]
    assert result.objective == pytest.approx(130)
    assert result.measures["expected_cost"] == pytest.approx(111.25)
    anyone = Here(document, Options(gap=0.0, minimise="cvar_cost", cheapest=False)).wait()
    assert anyone.objective == pytest.approx(130)
    assert anyone.fingerprint != result.fingerprint


def test_cost_means_what_the_policy_makes_least_but_not_against_the_worst_futures() -> None:
    weighed = Scenario.model_validate(changed(policy__risk_weight=0.5))
    assert read_axes(weighed, "cost", "shortage")[0].about == "weighted_cost"
    assert read_axes(weighed, "cost", "cvar_cost")[0].about == "expected_cost"
    assert read_axes(Scenario.model_validate(CASE), "cost", "suppliers")[0].about == "expected_cost"


def test_large_trees_are_searched_by_weights() -> None:
    """The same points as by limits: between 107.5 and 130, and 94 and 220, both cost the same at a weight of 13.5 / 103.5."""
    data = changed(shocks__0__probability=0.1)
    hasty = Solver("case", Options(gap=0.0, time_limit=60.0), begin=Here)
    scenario = Scenario.model_validate(data)
    found = find_frontier(hasty, data, scenario, COST, Axis("measure", "cvar_cost"), 9, loose=True)
    assert shown(found) == pytest.approx([130, 107.5, 220, 94])
    assert [point.bound for point in found.points] == pytest.approx([107.5, 94], rel=1e-6)
    weights = [point.ask.data["policy"]["risk_weight"] for point in found.points if "policy" in point.ask.data]
    assert weights
    assert all(point.solved.measures["weighted_cost"] == pytest.approx(point.of) for point in found.points)
    assert found.asked <= 6
