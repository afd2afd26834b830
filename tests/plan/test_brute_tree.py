"""The enumeration of trees: optima by hand, laws between them, and its sums against ``evaluate_tree``."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from random import Random
from typing import Any

import numpy as np
import pytest

from planner.plan.audit import TreeDecisions, evaluate_tree
from planner.scenario.scenario import Scenario
from tests.brute_tree import (
    Forest,
    Way,
    allows,
    best_tree_plan,
    build_forest,
    decisions_of,
    every_order,
    every_way,
    fits,
    price_futures,
    worst,
)
from tests.tiny_tree import LEFT_OUT, SEEDS, random_tree

Part = dict[str, Any]


def story(**changes: Any) -> Part:
    """Three quarters; 100 MW wanted in the last two; a quarter without costs 25.

    Maker m in China: a tool of 100 MW for 10, three months from order to service. Maker n: the same for 20, at once. On
    2026-04-01 shipments from China may be stopped for good, with a chance of 1/2; nothing is refunded.
    """
    terms = {"covers": {"coat": 100}, "order_ahead": "0 days", "slots": {"per": "year", "2026": 1}}
    found: Part = {
        "format": 1, "title": "story", "calendar": {"start": "2026-01-01", "step": "quarter", "periods": 3},
        "money": {"currency": "USD"}, "routes": {"r": {"steps": ["coat"]}}, "sites": [{"id": "s", "country": "US"}],
        "demand": [{"id": "d", "sites": ["s"], "target_mw": {"2026-Q2": 100}, "continues": "0 years",
                    "shortage_cost": {"amount": 1, "per": "MW-year"}}],
        "suppliers": [{"id": "m", "country": "CN"}, {"id": "n", "country": "JP"}],
        "offers": [{"id": "cheap", "supplier": "m", "price": 10, "lead_time": "3 months", **terms},
                   {"id": "dear", "supplier": "n", "price": 20, **terms}],
        "shocks": [{"id": "stop", "date": "2026-04-01", "probability": 0.5, "shipments": "stopped",
                    "hits": {"countries": ["CN"]}}],
    }  # fmt: skip
    return {**found, **changes}


def best(document: Part) -> tuple[float | None, TreeDecisions | None]:
    return best_tree_plan(Scenario.model_validate(document))


def bought(plan: TreeDecisions | None) -> dict[str, str]:
    assert plan is not None
    return {node: order.offer for node, order in plan.orders}


def test_buy_cheap_and_repair() -> None:
    """Cheap at once; if it is stopped, dear on 04-01, in service that day: 10 + 20 / 2 = 20, as much as dear at once.

    With dear at 22 the repair costs 21 and is the best; a two-stage plan cannot wait for the news: 22.
    """
    document = story()
    document["offers"][1]["price"] = 22
    cost, plan = best(document)
    assert cost == pytest.approx(21)
    assert bought(plan) == {"root": "cheap", "2026-Q2/stop@2026-Q2": "dear"}
    assert best({**document, "futures": {"mode": "two_stage"}})[0] == pytest.approx(22)
    assert best({**document, "futures": {"mode": "none"}})[0] == pytest.approx(10)


def test_a_dear_certainty_against_the_worst_future() -> None:
    """Repair: 10 or 32, dear at once: 22 for sure. Worst half: 32 against 22; half weight on it: 26.5 against 22."""
    document = story(policy={"risk_weight": 0.5, "tail": 0.5})
    document["offers"][1]["price"] = 22
    cost, plan = best(document)
    assert cost == pytest.approx(22)
    assert plan is not None
    assert {order.offer for _, order in plan.orders} == {"dear"}
    document["policy"]["risk_weight"] = 0.05  # 0.95 x 21 + 0.05 x 32 = 21.55
    assert best(document)[0] == pytest.approx(21.55)
    document["policy"] = {"tail": 0.5, "max_cvar_cost": 31}
    assert best(document)[0] == pytest.approx(22)


def test_void_in_one_future_of_two_stages() -> None:
    """Only the cheap tool, sold from 04-01 on: after the stop the order is void. 10 / 2 + 25 + 25 / 2."""
    document = story(futures={"mode": "two_stage"})
    document["offers"] = [{**document["offers"][0], "valid": {"from": "2026-04-01"}}]
    cost, plan = best(document)
    assert cost == pytest.approx(5 + 25 + 12.5)
    assert bought(plan) == {"2026-Q2": "cheap"}


def test_the_mean_of_the_worst() -> None:
    costs = np.array([[10.0, 30.0, 20.0], [1.0, 1.0, 1.0]])
    chances = np.array([0.5, 0.2, 0.3])
    assert worst(costs, chances, 0.8) == pytest.approx([30, 1])
    assert worst(costs, chances, 0.6) == pytest.approx([(0.2 * 30 + 0.2 * 20) / 0.4, 1])
    assert worst(costs, chances, 0.0) == pytest.approx([17, 1])


@pytest.mark.parametrize("subject", ["target", "price", "slots", "refused licence", "delay", "stop for good"])
def test_waiting_is_worth_something(subject: str) -> None:
    """No news at all, all news at once, a plan for the tree, a plan by period: a decision that can wait costs no more."""
    for seed in SEEDS[subject]:
        document = deepcopy(random_tree(subject, seed))
        document["policy"].pop("risk_weight", None)
        document["futures"]["mode"] = "tree"
        tree, _ = best(document)
        document["futures"]["mode"] = "two_stage"
        staged, _ = best(document)
        assert tree is not None
        assert staged is None or tree <= staged + 1e-9 * max(1.0, staged)


# --- sums against evaluation -----------------------------------------------------------------------------------------


def random_choice(r: Random, forest: Forest, rows: Any, ways: list[Way]) -> tuple[TreeDecisions, Way, Any]:
    """Any row of orders, sometimes with a unit more, with any way to sign, mostly all makers at once."""
    row = rows[r.randrange(len(rows))].copy()
    if r.random() < 0.3 and len(row):
        row[r.randrange(len(row))] += 1
    at_once = [way for way in ways if not way.since.any()]
    way = r.choice(at_once if at_once and r.random() < 0.7 else ways)
    return decisions_of(forest, way, row), way, row[None, :]


def test_the_sums_agree_with_evaluation() -> None:
    seen: Counter[bool] = Counter()
    for subject in LEFT_OUT:
        scenario, r = Scenario.model_validate(random_tree(subject, SEEDS[subject][0])), Random(subject)
        forest = build_forest(scenario)
        rows, ways = every_order(forest), every_way(forest)
        policy = scenario.policy
        for _ in range(8):
            decisions, way, row = random_choice(r, forest, rows, ways)
            priced, allowed = price_futures(forest, row)
            costs = np.stack([orders.cost for orders in priced], axis=1) + way.cost
            fine = bool(allowed[0]) and all(allows(forest, way, f, orders)[0] for f, orders in enumerate(priced))
            fine = fine and all(fits(row @ weights, free)[0] for weights, free in forest.slot_rows)
            tail = float(worst(costs, forest.chances, policy.tail)[0])
            fine = fine and (policy.max_cvar_cost is None or tail <= policy.max_cvar_cost * (1 + 1e-6))
            found = evaluate_tree(scenario, decisions)
            assert fine == (not found.violations), (subject, decisions, [str(v) for v in found.violations])
            seen[fine] += 1
            if fine:
                assert float((costs @ forest.chances)[0]) == pytest.approx(found.measures["expected_cost"], rel=1e-9, abs=1e-9)
                assert tail == pytest.approx(found.measures["cvar_cost"], rel=1e-9, abs=1e-9)
    assert min(seen.values()) > 60, seen
