"""A plan begun in each of its own futures: it can be, and whoever knows the rest does no worse than the plan itself."""

from __future__ import annotations

import pytest

from planner.errors import UsageError
from planner.options import Options
from planner.scenario.grow import grow
from planner.scenario.scenario import Scenario
from planner.solve import solve
from planner.studies.alone import along
from planner.studies.draw import find_leaves
from planner.studies.first import hold
from planner.studies.regret.surprise import unforeseen
from planner.studies.worlds import in_mode
from tests.formulation.test_tree_laws import is_named_well
from tests.tiny_tree import random_tree

EXACT = Options(gap=0.0)
SUBJECTS = ("windows", "refused licence", "after", "booking", "stop")


@pytest.mark.parametrize("subject", SUBJECTS)
def test_beginning_as_the_plan_costs_no_more_than_following_it(subject: str) -> None:
    compared = 0
    for seed in range(3):
        data = random_tree(subject, seed)
        data["policy"] = {"groups": data["policy"]["groups"]}
        if not is_named_well(data):
            continue
        scenario = Scenario.model_validate(in_mode(data, "tree"))
        growth, plan = grow(scenario), solve(scenario, "tree", EXACT).plan
        if plan is None:
            continue
        first = hold(scenario, plan)
        for leaf, future in zip(find_leaves(growth), plan.futures, strict=True):
            strikes = growth.moments[leaf].strikes
            try:
                world = along(data, scenario, strikes, trunk=leaf == find_leaves(growth)[0])
            except UsageError:
                continue
            begun = solve(Scenario.model_validate(unforeseen(world, strikes)), "begun", Options(gap=0.0, fix=first))
            assert begun.objective is not None, (seed, future.name)
            assert begun.audit["ok"], begun.audit["findings"]
            assert begun.objective <= future.cost + 1e-4 * max(1.0, abs(future.cost)), (seed, future.name)
            best = solve(Scenario.model_validate(world), "known", EXACT)
            assert best.objective is not None
            assert best.objective <= begun.objective + 1e-4 * max(1.0, abs(begun.objective)), (seed, future.name)
            compared += 1
    assert compared > 3
