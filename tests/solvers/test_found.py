"""What a search hands over on the way: whole plans of the full problem, each better than the one before."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from planner.formulation.build import build_model
from planner.instance.build import build_instance
from planner.scenario.read import read_scenario
from planner.solve import find_layout
from planner.solvers.blocks import Parts
from planner.solvers.dive import cost_of
from planner.solvers.matrix import Floats, Matrix, build_matrix
from planner.solvers.search import search

SCENARIOS = Path(__file__).parents[2] / "scenarios"


def breaks(matrix: Matrix, values: Floats) -> float:
    """How far a point breaks rows, bounds or wholeness."""
    rows = Parts(matrix).activity(values)
    off = np.abs(values - np.round(values))[matrix.whole]
    apart = [matrix.row_lower - rows, rows - matrix.row_upper, matrix.lower - values, values - matrix.upper, off]
    return max(float(part.max(initial=0.0)) for part in apart)


@pytest.mark.parametrize(
    ("name", "most"), [("two-futures", 9), ("minimal", 9), ("us-2026-10gw", 1), ("exclusion-lapse", 1)]
)  # fmt: skip
def test_every_plan_handed_over_keeps_the_rules_and_is_better(name: str, most: int) -> None:
    data = build_instance(read_scenario(SCENARIOS / f"{name}.yaml").scenario)
    model = build_model(data)
    matrix, plans = build_matrix(model.problem), list[Floats]()
    outcome = search(matrix, find_layout(data, model), 0.0, None, lambda _: None, lambda: len(plans) >= most, plans.append)
    assert plans
    costs = [cost_of(matrix, values) for values in plans]
    assert costs == sorted(costs, reverse=True)
    assert len(set(costs)) == len(costs)
    assert max(breaks(matrix, values) for values in plans) <= 1e-5
    assert outcome.objective is not None
    assert outcome.objective <= costs[-1] + 1e-6
