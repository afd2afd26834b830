"""The answer in words: two numbers for money always, "optimal" only where it is proven."""

from __future__ import annotations

import io

import pytest

from planner.report.console import open_console, print_answer
from planner.report.headline import find_headline
from planner.vocabulary import Status
from tests.report.cases import build_answer, build_plan, build_scenario


def printed(**changes: object) -> str:
    stream = io.StringIO()
    print_answer(build_answer(**changes), open_console(stream))  # type: ignore[arg-type]
    return stream.getvalue()


def test_a_met_ramp_comes_first() -> None:
    assert find_headline(build_answer())[0] == "The ramp is met in full: 6.0 GW a year from 2027-Q4."


def test_a_missed_ramp_says_what_is_reached_and_the_gap() -> None:
    first = find_headline(build_answer(open_mw=1500.0))[0]
    assert first.startswith(
        "The plan reaches 4.5 GW of the 6.0 GW a year wanted by 2027-Q4; the gap is widest in 2027-Q4 with 1.5 GW"
    )
    assert first.endswith("0.38 GW-years.")


def test_a_gap_that_closes_says_from_when_the_ramp_is_met() -> None:
    plan = build_plan()
    late = tuple(o for o in plan.output if o.period != "2027-Q1")
    first = find_headline(build_answer(plan=type(plan)(**{f: getattr(plan, f) for f in plan.__slots__} | {"output": late})))[0]
    assert first.startswith("The ramp is met from 2027-Q2, 6.0 GW a year at the end; before that the gap is widest in 2027-Q1")


def test_cash_and_penalty_are_always_two_numbers() -> None:
    assert "Cash USD 370.0 m; capacity-gap penalty USD 30.0 m (discounted to 2026-01-01)." in find_headline(build_answer())


def test_agreements_are_said_by_period() -> None:
    lines = find_headline(build_answer(unmask=True))
    assert "Now: sign Zenith Coating AG, qualify Dawn Machines." in lines
    assert "Then: 2026-Q2 sign Dawn Machines." in lines
    assert "Order this quarter: 6 tools of zenith-coater shipping 2026-Q3. 1 more purchase order by 2026-Q2." in lines


def test_without_a_plan_the_reachable_ramp_comes_first() -> None:
    reasons = (
        {"rule": "slots", "says": "All orders fit into the slots.", "cost": 500.0},
        {
            "rule": "demand",
            "says": "Demand is met.",
            "short": [{"demand": "ramp", "period": "2027-Q4", "mw": 2000.0, "target": 6000.0}],
        },
    )
    lines = find_headline(
        build_answer(plan=None, status=Status.INFEASIBLE, objective=None, bound=None, gap=None, reasons=reasons)
    )
    assert lines == [
        "At best 4.0 GW of the 6.0 GW a year that ramp must have in 2027-Q4 can be reached.",
        "No plan meets every rule.",
        'It would take giving up one rule: "All orders fit into the slots"; a plan without it costs USD 500.0 m.',
    ]


@pytest.mark.parametrize("status", list(Status))
def test_optimal_is_said_of_optimal_plans_only(status: Status) -> None:
    """Titles aside, the word appears exactly when the plan is proven."""
    plan = build_plan() if status in (Status.OPTIMAL, Status.FEASIBLE) else None
    text = printed(status=status, plan=plan, reason="time limit")
    assert ("optimal" in text.casefold()) == (status is Status.OPTIMAL)


def test_an_unverified_plan_is_refused_before_anything_else() -> None:
    first = find_headline(build_answer(audit={"ok": False, "findings": [{"rule": "slots"}]}))[0]
    assert first == "NOT VERIFIED: the independent check found 1 disagreement; do not use this plan."


def test_optimal_but_not_verified_does_not_say_optimal() -> None:
    text = printed(audit={"ok": False, "findings": [{"rule": "slots"}]})
    assert "optimal" not in text.casefold()


def test_nothing_on_screen_speaks_of_nodes() -> None:
    text = printed(open_mw=1500.0).casefold()
    assert "node" not in text
    assert "vetting" not in text
    assert "shortage" not in text


def test_markup_in_a_title_is_shown_as_text() -> None:
    _, data = build_scenario()
    data["title"] = "[bold red]x[/] <img src=x>"
    scenario = type(build_scenario()[0]).model_validate(data)
    assert "[bold red]x[/] <img src=x>" in printed(scenario=scenario)
