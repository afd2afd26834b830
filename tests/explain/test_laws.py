"""Laws of explanations on small random scenarios with every rule somewhere, each against solves of edited scenarios."""

from __future__ import annotations

from typing import Any

import pytest

from planner.explain.explain import Wanted, costs_only, find_explanation
from planner.explain.explanation import Explanation
from planner.explain.forcing import without_offer, without_supplier
from planner.explain.repricing import Repriced, with_price
from planner.explain.rules import find_rules, without
from planner.plan.plan import Plan
from planner.scenario.scenario import Scenario
from planner.solve import solve
from tests.explain.plan_case import EXACT, ask_about, changed
from tests.tiny import random_tiny
from tests.tiny_tree import EFFECTS, random_tree

SEEDS = (3, 7, 11, 18)
NEAR = 1e-3


def cost_of(data: dict[str, Any]) -> float:
    """Of the best plan; infinite without one."""
    found = solve(Scenario.model_validate(data), "", EXACT).objective
    return float("inf") if found is None else found


def plan_of(data: dict[str, Any]) -> Plan:
    found = solve(Scenario.model_validate(data), "", EXACT).plan
    assert found is not None
    return found


def explained(data: dict[str, Any], *parts: str) -> Explanation:
    return find_explanation(ask_about(data), Wanted(parts, within=0.1), "f")


@pytest.mark.parametrize("seed", SEEDS)
def test_an_offer_is_worth_buying_below_its_price_and_not_above(seed: int) -> None:
    data = costs_only(random_tiny(seed))
    for price in explained(data, "offers").offers:
        if price.low is None or not price.price:
            continue
        number = next(i for i, offer in enumerate(data["offers"]) if offer["id"] == price.offer)
        alone, times = cost_of(without_offer(data, price.offer)), price.low / price.price
        slack = 1e-6 * max(1.0, abs(alone))
        assert cost_of(with_price(data, number, times * (1 - NEAR))) <= alone + slack
        if price.high is not None:
            assert cost_of(with_price(data, number, price.high / price.price * (1 + NEAR))) >= alone - slack


@pytest.mark.parametrize("seed", SEEDS)
def test_every_rule_costs_what_the_scenario_without_it_saves(seed: int) -> None:
    data = costs_only(random_tiny(seed))
    prices = {price.rule: price.saves for price in explained(data, "rules").rules}
    for rule in find_rules(data):
        saves, saved = prices[rule.rule], cost_of(data) - cost_of(without(data, [rule]))
        assert (saves.low or 0.0) - 1e-6 <= saved <= (saves.high or 0.0) + 1e-6, rule.rule


@pytest.mark.parametrize("seed", [2, 5])
def test_suppliers_in_a_tree_of_futures(seed: int) -> None:
    data = costs_only(random_tree(EFFECTS[seed % len(EFFECTS)], seed))
    for worth in explained(data, "offers").suppliers:
        if worth.signed and worth.costs.value is not None:
            more = cost_of(without_supplier(data, worth.supplier)) - cost_of(data)
            assert worth.costs.value == pytest.approx(more, abs=1e-6 * abs(cost_of(data)) + 1e-9)


def test_a_plan_costs_at_another_price_what_the_scenario_with_that_price_says() -> None:
    """A price in another currency that escalates, by site and by period, with duty on it."""
    price = {"amount": {"2026-Q1": 60, "2026-Q2": 50}, "currency": "EUR", "escalation": 0.1, "by_site": {"plant": 62}}
    data = changed(offers__1__price=price, money__rates={"EUR": 1.1}, money__discount_rate=0.08)
    data["duties"] = [{"id": "d", "origin": "any", "into": "US", "rate": 0.25}]
    line = Repriced(data, 1, plan_of(data))
    for times in (0.99, 1.0, 1.02):
        assert line.cost(times) == pytest.approx(cost_of(with_price(data, 1, times)))
        assert line.keeps_rules(times)
    assert line.cost(line.crossing(line.cost(1.3))) == pytest.approx(line.cost(1.3))
