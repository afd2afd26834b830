"""Questions that are out of time, interrupted or no scenario: said as such, and nothing else is lost."""

from __future__ import annotations

import pytest

from planner.explain.asking import INTERRUPTED, NOT_A_SCENARIO, OUT_OF_TIME, Asking, Limits, Question, Step
from planner.explain.explain import Wanted, find_explanation
from planner.options import Options
from planner.vocabulary import Exit
from tests.explain.plan_case import CASE, ask_about


def test_what_there_is_no_time_for_stays_open() -> None:
    asking = ask_about(CASE, limits=Limits(whole=0.0))
    found = find_explanation(asking, Wanted(("offers", "ties")), "f")
    assert {worth.costs.reason for worth in found.suppliers} == {OUT_OF_TIME}
    assert {(worth.costs.verdict, worth.costs.value) for worth in found.suppliers} == {("open", None)}
    assert {price.turn for price in found.offers} == {"open"}
    assert [(part.part, part.answered, part.ended) for part in found.parts] == [
        ("offers", 0, "out of time"), ("ties", 0, "out of time"),
    ]  # fmt: skip
    assert found.ties is not None
    assert (found.ties.unknown, found.ties.complete) == (("cheap", "dear", "third"), False)
    assert found.code == Exit.SOLVED


def test_with_more_time_the_same_question_is_asked_again() -> None:
    asking = ask_about(CASE, limits=Limits(whole=0.0))
    find_explanation(asking, Wanted(("ties",)), "f")
    again = Asking(asking.solver, asking.data, asking.scenario, asking.base)
    found = find_explanation(again, Wanted(("ties",)), "f")
    assert found.parts[0].ended == ""
    assert found.ties is not None
    assert found.ties.always == ("cheap", "dear")


@pytest.mark.parametrize("after", [1, 4])
def test_an_interrupt_keeps_the_answers_there_are(after: int) -> None:
    steps: list[Step] = []

    def tell(step: Step) -> None:
        steps.append(step)
        if len(steps) == after:
            raise KeyboardInterrupt

    found = find_explanation(ask_about(CASE, tell=tell), Wanted(("slots", "offers", "waiting")), "f")
    assert found.code == Exit.INTERRUPTED
    assert {part.ended for part in found.parts} == {"interrupted"}
    assert sum(part.answered for part in found.parts) >= after - 1
    assert found.waiting[0].delays[-1].costs.reason == INTERRUPTED


def test_progress_counts_questions_of_the_part() -> None:
    steps: list[Step] = []
    find_explanation(ask_about(CASE, tell=steps.append), Wanted(("offers",)), "f")
    assert {step.part for step in steps} == {"offers"}
    assert [step.answered for step in steps] == sorted(step.answered for step in steps)
    assert all(1 <= step.answered <= step.asked for step in steps)


def test_a_change_that_makes_no_scenario_is_not_asked() -> None:
    asking = ask_about(CASE)
    asking.open_part("offers", 1.0)
    found = asking.ask([Question("nobody sells", {**CASE, "offers": []}), Question("as it is", CASE)])
    assert [(solved.value, solved.reason) for solved in found] == [(None, NOT_A_SCENARIO), (pytest.approx(241), "")]


def test_neighbours_are_asked_less_exactly_than_the_plan_and_no_more_than_it_is_known() -> None:
    assert ask_about(CASE).gap == 0.0
    assert ask_about(CASE, Options(gap=0.01)).gap == pytest.approx(0.025)
