"""No false alarms: plans stated from random decisions are accepted when they obey the rules; and the audit is fast."""

from __future__ import annotations

import time
from random import Random
from typing import Any

import pytest

from planner.plan.audit import Decisions, Purchase, audit
from planner.scenario.scenario import Scenario
from tests.brute import best_plan
from tests.plan.stating import plan_of
from tests.thorough import cases
from tests.tiny import random_tiny


def test_best_plans_of_tiny_scenarios_are_accepted() -> None:
    accepted = 0
    seeds = cases(20, 60, first=200)
    for seed in seeds:
        scenario = Scenario.model_validate(random_tiny(seed))
        cost, decisions = best_plan(scenario)
        if decisions is not None:
            verdict = audit(scenario, plan_of(scenario, decisions), cost, cost)
            assert verdict.findings == (), (seed, [str(finding) for finding in verdict.findings])
            accepted += 1
    assert accepted > 0.75 * len(seeds)


def large(routes: int = 2) -> tuple[Scenario, Decisions]:
    """30 offers of 10 makers, 3 sites, 16 quarters, 100 orders, shares from a day on, budgets, pools, limits."""
    r, steps = Random(7), ["wet", "pecvd", "tco", "print", "test"]
    document: dict[str, Any] = {
        "format": 1, "title": "large", "calendar": {"start": "2026-01-01", "step": "quarter", "periods": 16},
        "money": {"currency": "USD", "in": "millions", "discount_rate": 0.08, "rates": {"CNY": 0.14}},
        "routes": {f"r{i}": {"steps": [*steps, f"own{i}"]} for i in range(routes)},
        "sites": [{"id": f"s{i}", "country": "US", "install_time": "3 months", "install_limit": {"units": 900}}
                  for i in range(3)],
        "demand": [{"id": f"d{i}", "sites": [f"s{i}"], "target_mw": 9000, "shortage_cost": {"amount": 90, "per": "GW-year"},
                    "surplus_cost": {"amount": 1, "per": "GW-year"}} for i in range(3)],
        "suppliers": [{"id": f"m{j}", "country": r.choice(["CN", "JP"]), "signing_fee": 2,
                       "slots": {"per": "quarter", "2026": 40},
                       "rival_claims": {"share": 0.01, "per": "quarter"}, "install_limit": {"units": 900}} for j in range(10)],
        "offers": [{"id": f"o{i}", "supplier": f"m{i % 10}", "covers": dict.fromkeys([*steps, "own0", "own1"], 100),
                    "price": {"amount": 200, "currency": "CNY", "escalation": 0.03}, "freight": 1, "transit_time": "6 weeks",
                    "ramp": {"months": [3, 6], "share": [0.3, 0.7]}, "order_ahead": "24 months",
                    "payment": {"order": 0.3, "shipment": 0.3, "acceptance": 0.3, "retention": {"share": 0.1, "after": "1 year"}}}
                   for i in range(30)],
        "duties": [{"id": f"t{i}", "origin": "CN", "into": "US", "rate": 0.1, "starts": f"{2026 + i}-05-01"} for i in range(3)],
        "policy": {"budget": {"per": "fiscal-year", **{str(y): 1e6 for y in range(2026, 2031)}},
                   "max_country_share": {"CN": {"total": 1, "steps": dict.fromkeys(steps, 1.0), "from": "2026-02-01"}},
                   "max_supplier_share": {f"m{j}": {"total": 0.9, "from": "2027-01-01"} for j in range(10)}},
    }  # fmt: skip
    keys = r.sample([(i, s, p, p + d) for i in range(30) for s in range(3) for p in range(8) for d in range(4)], 100)
    orders = tuple(Purchase(f"o{i}", f"s{s}", p, tau, float(r.randint(1, 3))) for i, s, p, tau in keys)
    return Scenario.model_validate(document), Decisions((), tuple((f"m{j}", 0) for j in range(10)), orders)


@pytest.mark.parametrize("routes", [1, 2])
def test_a_large_plan_is_audited_within_50_ms(routes: int) -> None:
    scenario, decisions = large(routes)
    plan = plan_of(scenario, decisions)
    cost, best = plan.measures["expected_cost"], float("inf")
    for _ in range(5):
        began = time.process_time()
        verdict = audit(scenario, plan, cost, cost)
        best = min(best, time.process_time() - began)
    assert [str(finding) for finding in verdict.findings] == []
    assert best < 0.05
