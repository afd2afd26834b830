"""Tiny trees of futures against enumeration of every plan by node: the same best cost, at gap 0, audited."""

from __future__ import annotations

import pytest

from planner.options import Options
from planner.scenario.scenario import Scenario
from planner.solve import solve
from planner.vocabulary import Status
from tests.brute_tree import best_tree_plan
from tests.tiny_tree import LEFT_OUT, SEEDS, random_tree, without


@pytest.mark.parametrize("subject", LEFT_OUT)
def test_solver_agrees_with_every_plan_tried(subject: str) -> None:
    for seed in SEEDS[subject]:
        scenario = Scenario.model_validate(random_tree(subject, seed))
        cost, _ = best_tree_plan(scenario)
        result = solve(scenario, "tiny tree", Options(gap=0.0))
        if cost is None:
            assert result.status is Status.INFEASIBLE, f"seed {seed}: enumeration finds no plan, the solver {result.objective}"
            continue
        assert result.status is Status.OPTIMAL, f"seed {seed}: {result.status} {result.reason}"
        assert result.audit["ok"], f"seed {seed}: {result.audit['findings']}"
        assert result.objective == pytest.approx(cost, rel=1e-6, abs=1e-6), f"seed {seed}"


@pytest.mark.parametrize("subject", [subject for subject, leave in LEFT_OUT.items() if leave])
def test_each_scenario_is_about_its_subject(subject: str) -> None:
    document = random_tree(subject, SEEDS[subject][0])
    other = without(subject, document)
    assert other is not None
    cost, less = (best_tree_plan(Scenario.model_validate(story))[0] for story in (document, other))
    assert cost is None or less is None or abs(cost - less) > 1e-4 * max(1.0, abs(cost))


def test_two_stages_book_by_the_news_of_each_future() -> None:
    """Two tools need no place in installation, but after the news a month of one; pinned together they find only one."""
    document = {
        "format": 1, "title": "booking", "calendar": {"start": "2026-01-01", "step": "quarter", "periods": 3},
        "money": {"currency": "USD"}, "routes": {"r": {"steps": ["coat"]}},
        "sites": [{"id": "s", "country": "US", "install_limit": {"units": 1}}],
        "demand": [{"id": "d", "sites": ["s"], "target_mw": 200, "shortage_cost": {"amount": 1, "per": "MW-year"}}],
        "suppliers": [{"id": "m", "country": "CN"}],
        "offers": [{"id": "tool", "supplier": "m", "covers": {"coat": 100}, "price": 1, "slots": {"per": "year", "2026": 2}}],
        "shocks": [{"id": "news", "date": "2026-04-01", "probability": 0.25, "install_delay": "1 month"}],
        "futures": {"mode": "two_stage"},
        "policy": {"pins": [{"order": "tool", "period": "2026-Q2", "ships": "2026-Q2", "units": 2}]},
    }  # fmt: skip
    scenario = Scenario.model_validate(document)
    assert best_tree_plan(scenario) == (None, None)
    assert solve(scenario, "booking", Options(gap=0.0)).status is Status.INFEASIBLE
