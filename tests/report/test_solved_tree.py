"""From solve to playbook: two makers, two futures, numbers by hand."""

from __future__ import annotations

from typing import Any

import pytest

from planner.instance.build import build_instance
from planner.options import Options
from planner.report.agreements import sorted_orders
from planner.report.answer import Answer
from planner.report.deadlines import Deadlines
from planner.report.futures import find_tail
from planner.report.play_words import say_play, say_until
from planner.report.plays import find_plays
from planner.report.view import View
from planner.scenario.document import Document
from planner.scenario.scenario import Scenario
from planner.solve import solve
from tests.report.cases import build_scenario

CASE: dict[str, Any] = {
    "format": 1,
    "title": "Two makers, two futures",
    "calendar": {"start": "2026-01-01", "step": "quarter", "periods": 4},
    "money": {"currency": "USD", "in": "millions", "discount_rate": 0},
    "routes": {"cell": {"steps": ["line"]}},
    "sites": [{"id": "plant", "country": "US"}],
    "demand": [
        {
            "id": "ramp",
            "sites": ["plant"],
            "target_mw": {"2026-Q3": 500, "2026-Q4": 1000},
            "shortage_cost": {"amount": 400, "per": "GW-year"},
        }
    ],
    "suppliers": [{"id": "cheap", "country": "CN"}, {"id": "dear", "country": "DE"}],
    "offers": [
        {"id": "cheap-line", "supplier": "cheap", "covers": {"line": 500}, "price": {"amount": 40}, "lead_time": "6 months"},
        {"id": "dear-line", "supplier": "dear", "covers": {"line": 500}, "price": {"amount": 65}, "lead_time": "6 months"},
    ],
    "shocks": [
        {"id": "stop", "date": "2026-04-01", "probability": 0.25, "hits": {"suppliers": ["cheap"]}, "shipments": "stopped"}
    ],
}


def view_of(**changes: Any) -> View:
    data = {**CASE, **changes}
    scenario = Scenario.model_validate(data)
    result = solve(scenario, "two", Options(gap=0.0))
    view = Answer(Document("two.yaml", "ab" * 32, data), scenario, result).view
    assert view is not None
    return view


def test_hedge_is_the_plan_and_the_dear_line_the_answer_to_the_stop() -> None:
    """One dear line today for July, before the news; then a cheap one, or after the stop a dear one: 65 + 40 or 65 + 65."""
    view = view_of()
    assert [(o.offer, o.units, str(o.ordered)) for o in sorted_orders(view.plan.orders)] == [
        ("dear-line", 1, "2026-01-01"), ("cheap-line", 1, "2026-04-01"),
    ]  # fmt: skip
    assert {f.node: f.cost for f in view.everything.futures} == {
        "2026-Q4": pytest.approx(105), "2026-Q4/stop@2026-Q2": pytest.approx(130),
    }  # fmt: skip
    (play,) = find_plays(view)
    assert play.probability == pytest.approx(0.25)
    assert play.extra["cash_cost"] == pytest.approx(25)
    assert play.extra["shortage"] == 0
    assert say_play(view, play).startswith("switch 500 MW of line from cheap to dear; order 1 unit of dear-line shipping 2026-Q4")
    assert say_until(view, play) == "2026-04-01"


def test_the_tail_is_the_future_with_the_stop() -> None:
    """The stop has a quarter of the probability, so the worst tenth is all of it: 130; the worst half is half 105."""
    assert find_tail(view_of()).costs["expected_cost"] == pytest.approx(130)
    half = find_tail(view_of(policy={"tail": 0.5}))
    assert half.costs["expected_cost"] == pytest.approx((0.25 * 130 + 0.25 * 105) / 0.5)


def test_in_two_stages_the_plan_does_not_follow_the_news() -> None:
    """Two dear lines whatever comes: waiting for the news is not allowed, and a cheap one may be lost."""
    view = view_of(futures={"mode": "two_stage"})
    assert [(o.offer, o.units) for o in view.plan.orders] == [("dear-line", 2)]
    (play,) = find_plays(view)
    assert say_play(view, play) == "keep to the plan"
    assert play.extra["cash_cost"] == 0


def test_last_days_are_days_on_which_the_question_itself_allows_the_order() -> None:
    """Every last day is one of an order the instance knows that ships in time; of the periods after it none is.

    And whoever could take over a step at the last minute is one, too, in service when the planned maker would be.
    """
    scenario, data = build_scenario(policy={})
    other = {"id": "late-pecvd", "supplier": "zenith", "covers": {"pecvd": 600}, "price": {"amount": 60}, "lead_time": "2 months"}
    scenario = Scenario.model_validate({**data, "offers": [*data["offers"], other]})
    result = solve(scenario, "days", Options(gap=0.0))
    assert result.plan is not None
    limits = Deadlines(View(scenario, result.plan))
    columns = build_instance(scenario).orders
    for order in result.plan.orders:
        in_time = {c.ordered for c in columns if (c.offer, c.site) == (order.offer, order.site) and c.arrival.due <= order.ships}
        assert limits.order_by(order) == max(in_time)
    switches = [limits.switch_by("pecvd", order) for order in result.plan.orders if order.offer == "dawn-pecvd"]
    assert switches
    for switch in switches:
        assert switch is not None
        days = {c.ordered for c in columns if c.offer == "late-pecvd" and c.arrival.in_service <= switch.service}
        assert (switch.offer.id, switch.day) == ("late-pecvd", max(days))
