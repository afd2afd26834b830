"""Small scenarios against enumeration of every plan: the same best cost, at gap 0, audited."""

from __future__ import annotations

import pytest

from planner.options import Options
from planner.scenario.scenario import Scenario
from planner.solve import solve
from planner.vocabulary import Status
from tests.brute import best_plan
from tests.thorough import cases
from tests.tiny import random_tiny

BLOCK = 10


@pytest.mark.parametrize("block", cases(4, 30))
def test_solver_agrees_with_every_plan_tried(block: int) -> None:
    for seed in range(block * BLOCK, (block + 1) * BLOCK):
        scenario = Scenario.model_validate(random_tiny(seed))
        cost, _ = best_plan(scenario)
        result = solve(scenario, "tiny", Options(gap=0.0))
        if cost is None:
            assert result.status is Status.INFEASIBLE, f"seed {seed}: enumeration finds no plan, the solver {result.objective}"
            continue
        assert result.status is Status.OPTIMAL, f"seed {seed}: {result.status} {result.reason}"
        assert result.audit["ok"], f"seed {seed}: {result.audit['findings']}"
        assert result.objective == pytest.approx(cost, rel=1e-6, abs=1e-6), f"seed {seed}"
