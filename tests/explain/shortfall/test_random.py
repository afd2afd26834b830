"""Random scenarios with every rule somewhere: each gap of a best plan has reasons, none of which the proof contradicts."""

from __future__ import annotations

import pytest

from planner.explain.shortfall.find import find_gaps
from planner.explain.shortfall.world import build_world
from planner.options import Options
from planner.report.gaps import gaps_data
from planner.report.mask import NOTHING_MASKED
from planner.report.view import open_view
from planner.scenario.scenario import Scenario
from planner.solve import solve
from tests.tiny import random_tiny
from tests.tiny_tree import LEFT_OUT, random_tree

SUBJECTS = sorted(LEFT_OUT)
CASES = [("tiny", seed) for seed in (17, 33, 108, 163, *range(20, 30))] + [
    (SUBJECTS[seed % len(SUBJECTS)], seed) for seed in range(8)
]


@pytest.mark.parametrize(("kind", "seed"), CASES)
def test_every_gap_of_a_best_plan_has_reasons(kind: str, seed: int) -> None:
    """Proven best to the last cent: no tool could be bought that is worth it, so something denies every one."""
    scenario = Scenario.model_validate(random_tiny(seed) if kind == "tiny" else random_tree(kind, seed))
    plan = solve(scenario, "random", Options(gap=0.0)).plan
    if plan is None:
        return
    world, view = build_world(scenario, plan), open_view(scenario, plan, NOTHING_MASKED)
    for future in plan.futures:
        gaps = find_gaps(world, future.node)
        short = {(s.demand, s.node) for s in plan.shortage if s.node in view.paths.to(future.node)}
        assert {(gap.demand, gap.node) for gap in gaps} == short
        for gap in gaps:
            assert gap.reasons
            assert "search" not in {reason.cause for reason in gap.reasons}
    for gap in gaps_data(view):
        assert all(reason["text"] and reason["japanese"] for reason in gap["reasons"])
