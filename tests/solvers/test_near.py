"""A search that begins from a neighbour's plan gives the answer it would give without."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from planner.options import Options, Start
from planner.plan.start import start_from
from planner.result import Result
from planner.scenario.read import read_scenario
from planner.scenario.scenario import Scenario
from planner.solve import solve
from planner.vocabulary import Status
from tests.tiny import random_tiny
from tests.tiny_tree import EFFECTS, random_tree

TEN = read_scenario(Path(__file__).parents[2] / "scenarios" / "us-2026-10gw.yaml").document.data
STOP = read_scenario(Path(__file__).parents[2] / "scenarios" / "exclusion-lapse.yaml").document.data


def ask(data: dict[str, Any], gap: float, start: Start | None = None) -> Result:
    return solve(Scenario.model_validate(data), "near", Options(gap=gap, start=start))


def with_news(seed: int) -> dict[str, Any]:
    return random_tree(EFFECTS[seed % len(EFFECTS)], seed)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("make", [random_tiny, with_news])
def test_whatever_it_begins_from_the_answer_is_the_best_plan(make: Any, seed: int) -> None:
    here = make(seed)
    best = ask(here, 0.0)
    for other in (here, make(seed + 100)):
        plan = ask(other, 0.0).plan
        again = ask(here, 0.0, start_from(plan))
        assert again.status == best.status
        assert again.objective == (None if best.objective is None else pytest.approx(best.objective, rel=1e-6, abs=1e-6))
        assert again.audit["ok"]


def test_a_plan_that_still_holds_with_a_bound_that_still_holds_is_the_answer_at_once() -> None:
    first = ask(TEN, 0.005)
    again = ask(TEN, 0.005, start_from(first.plan, first.bound))
    assert [phase[0] for phase in again.phases] == ["neighbour's plan"]
    assert (again.status, again.objective, again.bound) == (Status.OPTIMAL, first.objective, first.bound)
    assert again.plan is not None
    assert first.plan is not None
    assert again.plan.orders == first.plan.orders


@pytest.mark.parametrize("world", [TEN, STOP], ids=["certain", "with news"])
def test_a_plan_that_breaks_a_rule_here_is_mended_and_the_gap_proven_anew(world: dict[str, Any]) -> None:
    first = ask(world, 0.05)
    assert first.plan is not None
    maker = max(first.plan.orders, key=lambda order: order.units * order.price).supplier
    changed = deepcopy(world)
    policy = changed.setdefault("policy", {})
    policy["forbid"] = [*policy.get("forbid", []), {"supplier": maker, "period": first.plan.orders[0].order_period}]
    fresh, near = ask(changed, 0.05), ask(changed, 0.05, start_from(first.plan))
    assert near.audit["ok"]
    assert near.status is Status.OPTIMAL
    assert near.gap is not None
    assert near.gap <= 0.05
    assert near.objective == pytest.approx(fresh.objective, rel=0.06)


def test_a_start_crosses_to_another_process_as_it_is_and_is_no_part_of_the_question() -> None:
    start = start_from(ask(TEN, 0.01).plan, 1.5)
    options = Options(start=start)
    assert Options(**json.loads(json.dumps(options.as_dict()))).start == start
    assert start.order
    assert options.answer_dict() == Options().answer_dict()
    assert "start" not in Options().as_dict()
