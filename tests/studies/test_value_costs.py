"""Costs of knowing less or more, by hand; futures alone against the same decisions on the tree."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planner.errors import UsageError
from planner.options import Fixed, Options
from planner.plan.plan import Plan
from planner.report.mask import NOTHING_MASKED
from planner.report.value import explain_value, value_tables
from planner.scenario.grow import Growth, grow
from planner.scenario.scenario import Scenario
from planner.solve import solve
from planner.studies.alone import along
from planner.studies.costs import Cost, subtract
from planner.studies.draw import find_leaves
from planner.studies.first import hold
from planner.studies.solving import NO_PLAN, Ask
from planner.studies.value import Value, find_value
from planner.studies.worlds import in_mode
from planner.studies.worth import FutureAlone, weigh
from planner.vocabulary import Exit, Status
from tests.formulation.test_tree_laws import is_named_well
from tests.studies.value_case import CASE, changed, solver
from tests.tiny_tree import random_tree


def value_of(data: dict[str, Any]) -> Value:
    return find_value(solver(), data, ("costs",), (100, 1))


def test_costs_by_hand() -> None:
    """See the case: 105 + 25/4 on the tree, 80 + 140/4 when begun as if nothing happened; 130 dear lines in two stages.

    Known from the first day: two cheap lines without a stop, two dear ones with it: 0.75 x 80 + 0.25 x 130.
    """
    worth = value_of(CASE).worth
    assert worth is not None
    found = [worth.none, worth.begun, worth.followed, worth.two_stage, worth.tree, worth.known]
    assert [cost.value for cost in found] == pytest.approx([80, 115, 115, 130, 111.25, 92.5])
    assert [cost.bound for cost in found] == pytest.approx([80, 115, 115, 130, 111.25, 92.5])
    differences = {name: found.value for name, found in worth.differences.items() if found and found.distinct}
    assert differences == pytest.approx(
        {"stochastic_solution": 3.75, "stochastic_solution_until_news": 3.75, "revising": 18.75, "perfect_information": 18.75}
    )
    assert [(future.name, future.probability) for future in worth.futures] == [
        ("nothing happens", 0.75), ("stop in 2026-Q2", 0.25)
    ]  # fmt: skip


def test_weight_of_the_worst_futures_weighs_the_known_futures_too() -> None:
    """Half the mean, 92.5, and half the average of the worst tenth, which lies in the future of 130."""
    worth = value_of(changed(policy__risk_weight=0.5)).worth
    assert worth is not None
    assert worth.known.value == pytest.approx(0.5 * 92.5 + 0.5 * 130)


def test_a_difference_within_the_gaps_is_not_told() -> None:
    wide = subtract(Cost(100.0, 95.0), Cost(97.0, 96.0))
    assert wide is not None
    assert (wide.value, wide.low, wide.high, wide.distinct) == (3.0, -2.0, 4.0, False)
    narrow = subtract(Cost(100.0, 99.5), Cost(97.0, 96.0))
    assert narrow is not None
    assert narrow.distinct
    assert subtract(Cost(reason=NO_PLAN), Cost(1.0, 1.0)) is None


def test_what_cannot_be_begun_is_said() -> None:
    """Demand that must be met: after a stop the cheap line of today is not there in July, and no other comes in time."""
    hard = changed(demand__0__hard=True)
    del hard["demand"][0]["shortage_cost"]
    value = value_of(hard)
    assert value.code == Exit.SOLVED
    assert value.worth is not None
    assert (value.worth.begun.value, value.worth.begun.reason) == (None, NO_PLAN)
    assert f"Planning for news today: not known ({NO_PLAN})." in explain_value(value)


def test_without_news_there_is_nothing_to_compare() -> None:
    value = value_of(changed(shocks=[]))
    assert (value.futures, value.worth, value.code) == (1, None, Exit.SOLVED)
    assert len(explain_value(value)) == 1
    assert value_tables(value, NOTHING_MASKED) == []


def test_without_a_plan_on_the_tree_there_is_no_value() -> None:
    hard = changed(demand__0__hard=True, offers__1__slots={"per": "quarter", "2026-Q1": 0})
    del hard["demand"][0]["shortage_cost"]
    value = value_of(hard)
    assert value.code == Exit.INFEASIBLE
    assert explain_value(value) == [f"There is no plan on the tree of futures: {NO_PLAN}."]


def test_a_future_that_is_missing_leaves_the_known_ones_unknown() -> None:
    scenario = Scenario.model_validate(CASE)
    futures = [FutureAlone("one", 0.5, Cost(1.0, 1.0)), FutureAlone("two", 0.5, Cost(reason="why"))]
    assert weigh(scenario, futures) == Cost(reason="two: why")


@pytest.mark.parametrize("subject", ["windows", "slow licence", "refused licence", "after", "crews", "booking", "currency"])
def test_a_future_alone_costs_what_the_same_decisions_cost_on_the_tree(subject: str) -> None:
    """The best plan of the tree, held in the world of each of its futures: the cost the tree states for it.

    A unit that is lost is not for sale where that is known, so futures in which the plan loses one have no such plan.
    """
    compared = 0
    for seed in range(8):
        data = random_tree(subject, seed)
        data["policy"] = {"groups": data["policy"]["groups"]}
        if not is_named_well(data):
            continue
        scenario = Scenario.model_validate(in_mode(data, "tree"))
        growth, plan = grow(scenario), solve(scenario, "tree", Options(gap=0.0)).plan
        if plan is None:
            continue
        for leaf, future in zip(find_leaves(growth), plan.futures, strict=True):
            try:
                world = along(data, scenario, growth.moments[leaf].strikes, trunk=leaf == find_leaves(growth)[0])
            except UsageError:
                continue
            held = _along(scenario, plan, growth, leaf)
            found = solve(Scenario.model_validate(world), "alone", Options(gap=0.0, fix=held))
            if found.status is not Status.INFEASIBLE:
                compared += 1
                assert found.objective == pytest.approx(future.cost, rel=1e-6, abs=1e-6), (seed, future.name)
    assert compared > 10


def _along(scenario: Scenario, plan: Plan, growth: Growth, leaf: int) -> Fixed:
    """The plan's decisions on the way to the leaf, at the nodes as they are called where the news is certain."""
    path = []
    while leaf >= 0:
        path.append(growth.moments[leaf].name)
        leaf = growth.moments[leaf].parent
    fix = hold(scenario, plan, path)

    def bare(node: str) -> str:
        return node.split("/")[0]

    return Fixed(
        tuple(bare(node) for node in fix.nodes),
        tuple((bare(node), name) for node, name in fix.vet),
        tuple((bare(node), name) for node, name in fix.sign),
        tuple((bare(row[0]), *row[1:]) for row in fix.order),
    )


def test_a_question_is_asked_once() -> None:
    heard: list[str] = []
    asking = replace(solver(), tell=lambda solved: heard.append(solved.label))
    one, two = asking.solve_all([Ask("a", CASE), Ask("b", changed(shocks__0__probability=0.5))])
    again = asking.solve(Ask("c", CASE))
    assert sorted(heard) == ["a", "b"]
    assert again == one
    assert (one.value, two.value) == (pytest.approx(111.25), pytest.approx(117.5))
