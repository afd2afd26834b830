"""What is made least: the policy's own goal unless another is asked for, and what happens to fees nothing is bought with."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from planner.formulation.build import build_model
from planner.formulation.decisions import drop_idle_calls
from planner.instance.build import build_instance
from planner.options import POLICY, Options
from planner.result import Result, find_goal
from planner.scenario.scenario import Scenario
from planner.solve import find_layout, solve
from planner.solvers.blocks import Parts
from planner.solvers.matrix import build_matrix
from planner.solvers.search import search
from planner.solvers.settle import settle
from tests.formulation.test_rules import case
from tests.plan.test_brute_tree import story

Part = dict[str, Any]


def repair(**policy: Any) -> Part:
    """Cheap at once and dear after a stop costs 10 or 32, 21 on average; dear at once costs 22 whatever comes."""
    document = story(policy=policy)
    document["offers"][1]["price"] = 22
    return document


def answer(document: Part, minimise: str = POLICY) -> Result:
    found = solve(Scenario.model_validate(document), "goal", Options(gap=0.0, minimise=minimise))
    assert found.audit["ok"], found.audit["findings"]
    return found


def test_unless_asked_otherwise_the_policy_says_what_is_made_least() -> None:
    assert Options().minimise == POLICY
    for policy, goal in (({}, "expected_cost"), ({"tail": 0.5}, "expected_cost"), ({"risk_weight": 0.3}, "weighted_cost")):
        assert find_goal(Scenario.model_validate(story(policy=policy)), Options()) == goal


@pytest.mark.parametrize(
    ("asked", "least", "minimised"),
    [
        # weight one half on the worst half of the futures: 0.5 x 21 + 0.5 x 32 = 26.5 for the repair, so dear at once
        (POLICY, 22, "weighted_cost"),
        ("weighted_cost", 22, "weighted_cost"),
        ("expected_cost", 21, "expected_cost"),
        ("cvar_cost", 22, "cvar_cost"),
        ("worst_cost", 22, "worst_cost"),
        # nothing is missing with either plan
        ("shortage", 0, "shortage"),
        # buying nothing
        ("spend", 0, "spend"),
        ("cash_cost", 0, "cash_cost"),
        ("shortage_cost", 0, "shortage_cost"),
    ],
)
def test_what_is_asked_for_goes_before_the_policy(asked: str, least: float, minimised: str) -> None:
    found = answer(repair(risk_weight=0.5, tail=0.5), asked)
    assert found.objective == pytest.approx(least, abs=1e-5)
    assert found.minimised == minimised
    assert found.measures[minimised] == pytest.approx(least, abs=1e-5)


def test_weighing_nothing_is_the_average() -> None:
    """Without weight the columns of single futures are not needed, and the answer says what it is."""
    for asked in (POLICY, "weighted_cost"):
        found = answer(repair(tail=0.5), asked)
        assert (found.objective, found.minimised) == (pytest.approx(21), "expected_cost")


def test_of_plans_alike_in_what_was_asked_for_the_cheapest_is_taken() -> None:
    """No shortage with either plan, and both cost 22 at worst: then the repair is cheaper, or it is not allowed."""
    assert answer(repair(), "shortage").measures["expected_cost"] == pytest.approx(21)
    assert answer(repair(), "worst_cost").measures["expected_cost"] == pytest.approx(22)


def test_the_ramp_comes_first_only_where_the_policy_decides() -> None:
    """A tool for 60 against 2 quarters without for 50: the ramp first buys it, whoever asks for cost does not."""
    document = story(policy={"first": "ramp"}, futures={"mode": "none"})
    document["offers"] = [{**document["offers"][0], "price": 60}]
    ramp, cost = answer(document), answer(document, "weighted_cost")
    assert (ramp.objective, ramp.measures["shortage"]) == (pytest.approx(60), pytest.approx(0))
    assert (cost.objective, cost.measures["shortage"]) == (pytest.approx(50), pytest.approx(50))


def test_another_goal_is_another_answer() -> None:
    """Even where both mean the same: the record says what was asked."""
    one, two = answer(repair()), answer(repair(), "expected_cost")
    assert one.objective == pytest.approx(two.objective)
    assert one.fingerprint != two.fingerprint


# --- purchase orders nothing is ordered with ------------------------------------------------------------------------


def test_purchase_orders_nothing_is_ordered_with_are_dropped() -> None:
    """A fee for an order of the maker at the node stays if anything is ordered there, a minimum only if of that offer."""
    more = {"id": "f", "supplier": "cheap", "covers": {"a": 100}, "price": 11, "lead_time": "3 months", "min_order": 2,
            "slots": {"per": "quarter", "2026-Q1": 9}}  # fmt: skip
    document = case(suppliers__0__order_fee=5, suppliers__1__order_fee=5, offers__0__min_order=2)
    document["offers"].append(more)
    data = build_instance(Scenario.model_validate(document))
    x = build_model(data).decisions
    values = np.zeros(1 + max(*x.order, *x.call.values(), *x.batch.values(), *x.short.values()))
    values[[*x.call.values(), *x.batch.values(), *x.short.values()]] = 1.0
    bought = next(i for i, order in enumerate(data.orders) if (order.offer, order.node) == ("c", 0))
    noise = next(i for i, order in enumerate(data.orders) if (order.offer, order.node) == ("e", 0))
    values[x.order[bought]], values[x.order[noise]] = 3.0, 1e-8
    before = values.copy()
    found = drop_idle_calls(data, x, values)
    assert {key for key, column in x.call.items() if found[column]} == {("cheap", 0)}
    assert {key for key, column in x.batch.items() if found[column]} == {("c", 0)}
    assert len(x.call) > 2
    assert len(x.batch) > 2
    assert (values == before).all(), "the values given are left alone"
    calls = [*x.call.values(), *x.batch.values()]
    assert (np.delete(found, calls) == np.delete(values, calls)).all(), "nothing else changes"


def test_a_plan_that_paid_for_empty_purchase_orders_gets_its_money_back() -> None:
    """Three cheap units for 30 and a fee of 17; fees for empty orders at every other node are allowed, and lost."""
    data = build_instance(Scenario.model_validate(case(suppliers__0__order_fee=17)))
    model = build_model(data)
    matrix, x = build_matrix(model.problem), model.decisions
    best = search(matrix, find_layout(data, model), 0.0, None, lambda _: None, lambda: False)
    assert best.objective == pytest.approx(47)
    assert best.values is not None
    paid = best.values.copy()
    paid[list(x.call.values())] = 1.0
    rows = Parts(matrix).activity(paid)
    assert (rows <= matrix.row_upper + 1e-9).all()
    assert (rows >= matrix.row_lower - 1e-9).all()
    assert settle(matrix, replace(best, values=paid), 0.0).objective == pytest.approx(30 + 17 * len(x.call))
    assert settle(matrix, replace(best, values=drop_idle_calls(data, x, paid)), 0.0).objective == pytest.approx(47)
