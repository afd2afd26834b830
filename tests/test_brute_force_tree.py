"""Tiny trees of futures against enumeration of every plan by node: the same best cost, at gap 0, audited."""

from __future__ import annotations

import pytest

from planner.options import Options
from planner.scenario.scenario import Scenario
from planner.solve import solve
from planner.vocabulary import Status
from tests.tiny_tree import SUBJECTS, random_tree

ROUNDS = 6


@pytest.mark.parametrize("number", range(len(SUBJECTS)), ids=SUBJECTS)
def test_solver_agrees_with_every_plan_tried(number: int) -> None:
    for seed in range(number, ROUNDS * len(SUBJECTS), len(SUBJECTS)):
        document, cost, _ = random_tree(seed)
        result = solve(Scenario.model_validate(document), "tiny tree", Options(gap=0.0))
        if cost is None:
            assert result.status is Status.INFEASIBLE, f"seed {seed}: enumeration finds no plan, the solver {result.objective}"
            continue
        assert result.status is Status.OPTIMAL, f"seed {seed}: {result.status} {result.reason}"
        assert result.audit["ok"], f"seed {seed}: {result.audit['findings']}"
        assert result.objective == pytest.approx(cost, rel=1e-6, abs=1e-6), f"seed {seed}"
