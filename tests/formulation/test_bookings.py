"""Places in installation are booked for the days, and with the crews, known where an order is carried out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.instance.build import build_instance
from planner.instance.instance import Instance
from planner.options import Options
from planner.result import Result
from planner.scenario.scenario import Scenario
from planner.solve import solve
from tests.plan.test_brute_tree import story

Part = dict[str, Any]
MODES = ("tree", "two_stage", "none")
NEWS = "2026-Q2/late@2026-Q2"


def delayed(mode: str, **shock: Any) -> Part:
    """One place in installation, for a month each; both tools are sold from 04-01 on and wanted on 07-01.

    The cheap one (10) is ready at once, the dear one (20) a month later; a tool missing for the quarter costs 25. News of
    04-01 may delay the cheap one by a month: then both would be in installation in May.
    """
    document = story(futures={"mode": mode})
    document["sites"][0] |= {"install_time": "1 month", "install_limit": {"units": 1}}
    document["demand"][0]["target_mw"] = {"2026-Q3": 200}
    for offer, lead in zip(document["offers"], ("0 days", "1 month"), strict=True):
        offer |= {"lead_time": lead, "valid": {"from": "2026-04-01"}}
    document["shocks"] = [{"id": "late", "date": "2026-04-01", "probability": 0.5, "delay": "1 month",
                           "hits": {"countries": ["CN"]}, **shock}]  # fmt: skip
    return document


def fewer_crews(mode: str) -> Part:
    """Two tools at 20 on sale from 04-01 on, two places for a month; the news may take half of the crews away."""
    document = delayed(mode, crews_factor=0.5, delay="0 days", hits={"sites": ["s"]})
    document["sites"][0]["install_limit"] = {"units": 2}
    document["offers"] = [{**document["offers"][1], "slots": {"per": "year", "2026": 2}}]
    return document


def answer(document: Part) -> Result:
    found = solve(Scenario.model_validate(document), "booking", Options(gap=0.0))
    assert found.audit["ok"], found.audit["findings"]
    return found


def bought(result: Result) -> set[tuple[str, str, float]]:
    assert result.plan is not None
    return {(order.node, order.offer, order.units) for order in result.plan.orders}


def booked(data: Instance, day: date) -> dict[str, dict[str, float]]:
    """Places of a unit by node and offer in the rows of the day; the rows say how many there are."""
    rows = [row for row in data.installs if row.day == day]
    return {data.tree.nodes[row.node].name: {data.orders[i].offer: use for i, use in row.terms} for row in rows}


@pytest.mark.parametrize(
    ("mode", "cost", "plan"),
    [
        # both where nothing happens, the cheap one alone after the news: (10 + 20) / 2 + (10 + 25) / 2
        ("tree", 32.5, {("2026-Q2", "cheap", 1.0), ("2026-Q2", "dear", 1.0), (NEWS, "cheap", 1.0)}),
        # both would be too many after the news, so one in both futures
        ("two_stage", 35.0, {("2026-Q2", "cheap", 1.0)}),
        # no news: both
        ("none", 30.0, {("2026-Q2", "cheap", 1.0), ("2026-Q2", "dear", 1.0)}),
    ],
)
def test_days_known_with_the_order_count(mode: str, cost: float, plan: set[tuple[str, str, float]]) -> None:
    result = answer(delayed(mode))
    assert result.objective == pytest.approx(cost)
    assert bought(result) == plan


@pytest.mark.parametrize(
    ("mode", "cost", "units"),
    [
        # two tools or one and a quarter without the other: 40 / 2 + (20 + 25) / 2
        ("tree", 42.5, {("2026-Q2", "dear", 2.0), (NEWS, "dear", 1.0)}),
        ("two_stage", 45.0, {("2026-Q2", "dear", 1.0)}),
        ("none", 40.0, {("2026-Q2", "dear", 2.0)}),
    ],
)
def test_crews_known_with_the_order_count(mode: str, cost: float, units: set[tuple[str, str, float]]) -> None:
    result = answer(fewer_crews(mode))
    assert result.objective == pytest.approx(cost)
    assert bought(result) == units


def test_in_two_stages_an_order_books_other_days_in_each_future() -> None:
    """May holds the dear tool everywhere, the cheap one after the news alone: only there they can get in each other's way."""
    data = build_instance(Scenario.model_validate(delayed("two_stage")))
    cheap = next(order for order in data.orders if order.offer == "cheap" and data.tree.nodes[order.node].name == "2026-Q2")
    days = {data.tree.nodes[place.node].name: place.arrival.install_from for place in cheap.placements}
    assert days == {"2026-Q2": date(2026, 4, 1), NEWS: date(2026, 5, 1)}
    assert cheap.arrival.install_from == date(2026, 4, 1), "the plan shows the days of the calm future"
    assert booked(data, date(2026, 5, 1)) == {NEWS: {"cheap": 1.0, "dear": 1.0}}
    assert booked(data, date(2026, 4, 1)) == {}, "one tool alone fits"


def test_crews_that_are_gone_make_places_dear_where_that_is_known() -> None:
    """Two units of one place each fit into two; after the news each takes 1 / 0.5."""
    for mode in ("tree", "two_stage"):
        data = build_instance(Scenario.model_validate(fewer_crews(mode)))
        assert booked(data, date(2026, 5, 1)) == {NEWS: {"dear": 2.0}}


@pytest.mark.parametrize("mode", ["tree", "two_stage"])
def test_what_comes_later_neither_moves_nor_voids_a_booking(mode: str) -> None:
    """Ordered on 01-01 for shipment on 04-01 and 05-01, before the news: booked for April and May, whatever comes.

    The delay brings the cheap tool into May, beside the dear one, and still both are in service by 07-01: 10 + 20.
    """
    document = delayed(mode)
    for offer, lead in zip(document["offers"], ("3 months", "4 months"), strict=True):
        offer |= {"lead_time": lead, "valid": {"until": "2026-01-31"}}
    result = answer(document)
    assert result.objective == pytest.approx(30)
    assert bought(result) == {("root", "cheap", 1.0), ("root", "dear", 1.0)}
    data = build_instance(Scenario.model_validate(document))
    assert booked(data, date(2026, 5, 1)) == {}
