"""A first question, then the least cost with its answer held: the first plan stays the answer where the second finds none."""

from __future__ import annotations

from typing import Any

import pytest

from planner.formulation.measures import WHOLE_GAP
from planner.options import POLICY, Options
from planner.result import Result
from planner.scenario.scenario import Scenario
from planner.solve import solve
from planner.vocabulary import Exit, Status
from tests.plan.test_brute_tree import story

FIRST = {"policy": {"first": "ramp"}}


class Listener:
    """Asks the search to stop at its first plan, at the first word of its second question, or never."""

    def __init__(self, until: str) -> None:
        self.until = until
        self.plans: list[Result] = []
        self.measures: list[object] = []

    def tell(self, event: dict[str, object]) -> None:
        self.measures.append(event["measure"])

    def stop(self) -> bool:
        return (self.until == "plan" and bool(self.plans)) or (self.until == "second" and len(set(self.measures)) == 2)


def ask(listener: Listener, minimise: str, document: dict[str, Any]) -> Result:
    scenario = Scenario.model_validate(document)
    return solve(scenario, "two", Options(gap=0.0, minimise=minimise), listener.tell, listener.stop, listener.plans.append)


@pytest.mark.parametrize("until", ["plan", "second"])
@pytest.mark.parametrize("minimise", [POLICY, "shortage"])
def test_the_first_plan_is_the_answer_where_the_second_finds_none(minimise: str, until: str) -> None:
    result = ask(Listener(until), minimise, story(**FIRST))
    assert (result.status, result.exit_code) == (Status.FEASIBLE, Exit.LIMIT)
    assert result.audit["ok"], result.audit["findings"]
    assert result.plan is not None
    assert result.plan.shortage == ()
    assert result.objective == pytest.approx(result.measures[result.minimised])
    assert "cheapest" in result.reason
    assert "cancelled" in result.reason


def test_plans_of_the_first_question_are_priced_in_the_goal_and_prove_nothing_about_it() -> None:
    listener = Listener("never")
    result = ask(listener, POLICY, story(**FIRST))
    assert result.status is Status.OPTIMAL
    assert set(listener.measures) == {WHOLE_GAP, "expected_cost"}
    assert "neighbour's plan" in [phase[0] for phase in result.phases], "the second question begins from the first plan"
    assert listener.plans
    for plan in listener.plans:
        assert plan.status is Status.FEASIBLE
        assert plan.audit["ok"]
        assert plan.minimised == "expected_cost"
        assert plan.objective == pytest.approx(plan.measures["expected_cost"])
    assert listener.plans[0].bound is None
    assert listener.plans[0].gap is None


def test_a_bound_above_a_plan_is_not_its_bound() -> None:
    listener = Listener("plan")
    ask(listener, "expected_cost", story())
    early = listener.plans[0]
    assert early.objective is not None
    for bound, kept in ((early.objective + 5.0, early.bound), (early.objective, early.objective)):
        ended = early.ended("time limit", bound, 3.0)
        assert (ended.status, ended.reason, ended.bound) == (Status.FEASIBLE, "time limit", kept)
        assert ended.seconds["total"] == 3.0
    assert early.ended("", early.objective, 1.0).gap == 0.0
    assert early.ended("", early.objective, 1.0).exit_code == Exit.LIMIT
