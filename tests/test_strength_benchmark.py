"""The longer and weaker ways to write the model have the same whole plans, and relaxations that prove no more."""

from __future__ import annotations

import pytest

from benchmarks.strength import WAYS, Case
from planner.formulation.build import build_model
from planner.instance.build import build_instance
from planner.scenario.scenario import Scenario
from planner.solvers.highs import run
from planner.solvers.matrix import build_matrix
from tests.tiny import random_tiny


@pytest.mark.parametrize("seed", range(6))
def test_every_way_has_the_same_best_plan_and_no_better_bound(seed: int) -> None:
    data = build_instance(Scenario.model_validate(random_tiny(seed)))
    model = build_model(data)
    case = Case(data, model, build_matrix(model.problem))
    exact = {"mip_rel_gap": 0.0, "mip_abs_gap": 0.0}
    best, bound = run(case.matrix, exact), run(case.matrix, {}, whole=False).bound
    for way, write in WAYS.items():
        matrix = write(case)
        again = run(matrix, exact)
        assert again.reason == best.reason, way
        if best.objective is None or bound is None:
            continue
        assert again.objective == pytest.approx(best.objective, rel=1e-6, abs=1e-6), way
        weaker = run(matrix, {}, whole=False).bound
        assert weaker is not None
        assert weaker <= bound + 1e-6 * max(1.0, abs(bound)), way
