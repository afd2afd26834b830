"""What a plan cannot do in a future it was not made for is dropped or cut short, and counted."""

from __future__ import annotations

from typing import Any

import pytest

from planner.plan.plan import Plan
from planner.scenario.grow import grow
from planner.scenario.scenario import Scenario
from planner.studies.case import build_case
from planner.studies.replay import Replay, replay
from tests.studies.sample import order, plan, sign, story, vet
from tests.studies.test_react import told

STOP = {"hazard_per_year": 0.4, "hits": {"suppliers": ["near"]}, "delay": "1 month"}
"""News that hits nobody the plans below buy from: it only sends futures to other nodes of the tree."""
TREE = {"branch_at": ["2026-04-01", "2026-10-01"]}
HIT = "2026-Q3/news@2026-Q2"
"""Where a stop in the third quarter is taken for one in the second."""


def run(scenario: Scenario, what: Plan, *futures: dict[str, Any]) -> Replay:
    news = told(scenario, *futures)
    return replay(build_case(scenario, what, news.voices, grow(scenario)), news)


def counted(found: Replay) -> dict[str, tuple[list[float], list[float]]]:
    return {reason: (d.decisions.tolist(), d.units.tolist()) for reason, d in found.dropped.items()}


def late(units: float, offer: str = "far-line", ships: str = "2026-Q4") -> Any:
    """An order at the node that a stop in the third quarter leads to, with no stop yet in the second."""
    return order(offer, units, ships, HIT, "2026-Q3")


def test_an_order_without_its_signing_is_dropped() -> None:
    """The tree signs at the stop in April, which this future never passes."""
    scenario = story(shocks=(STOP,), futures=TREE)
    what = plan(sign("far", "2026-Q2/news@2026-Q2", "2026-Q2"), late(2))
    found = run(scenario, what, {"news": 1}, {"news": 2})
    assert counted(found) == {"signing": ([0, 1], [0, 2])}
    assert found.bought.tolist() == [80, 0]


def test_a_signing_on_the_way_counts_wherever_it_was() -> None:
    scenario = story(shocks=(STOP,), futures=TREE)
    found = run(scenario, plan(sign("far"), sign("far", HIT, "2026-Q3"), late(2)), {"news": 2})
    assert not found.dropped
    assert found.bought.tolist() == [80]


def test_a_signing_needs_a_vetting_in_time() -> None:
    maker = {"id": "far", "country": "CN", "vetting": {"duration": "3 months"}}
    scenario = story(shocks=(STOP,), futures=TREE, suppliers=[maker, {"id": "near", "country": "DE"}])
    what = plan(vet("far", "2026-Q2/news@2026-Q2", "2026-Q2"), sign("far", HIT, "2026-Q3"), late(2))
    found = run(scenario, what, {"news": 1}, {"news": 2})
    assert counted(found) == {"vetting": ([0, 1], [0, 0]), "signing": ([0, 1], [0, 2])}


def test_a_vetting_needs_a_free_team() -> None:
    """One team: the trunk begins with near in April, the stop would have begun with far; later it wants far as well."""
    makers = [{"id": name, "country": "CN", "vetting": {"duration": "6 months", "cost": 1}} for name in ("far", "near")]
    scenario = story(shocks=(STOP,), futures=TREE, suppliers=makers, policy={"vetting_teams": 1})
    what = plan(vet("near", "2026-Q2", "2026-Q2"), vet("far", HIT, "2026-Q3"))
    found = run(scenario, what, {"news": 1}, {"news": 2})
    assert counted(found) == {"teams": ([0, 1], [0, 0])}
    assert found.cash.tolist() == [1, 1]


def test_an_order_that_news_has_made_vain_is_dropped() -> None:
    """A second shock stops far for good in the second quarter; the tree knows one at a time and orders all the same."""
    gone = {"hazard_per_year": 0.1, "hits": {"suppliers": ["far"]}, "shipments": "stopped"}
    scenario = story(shocks=(STOP, gone), futures={**TREE, "max_shocks": 1})
    what = plan(sign("far"), late(2))
    found = run(scenario, what, {"news": 2}, {"news": 1, "news-1": 2}, {"news": 2, "news-1": 3})
    assert counted(found) == {"too late": ([0, 1, 0], [0, 2, 0])}
    assert found.lost.tolist() == [0, 0, 80]


def test_orders_are_cut_to_the_slots_left() -> None:
    """Three slots in the autumn; the trunk has taken two in April, the stop would have taken none by then."""
    slots = {"slots": {"per": "quarter", "2026-Q1": 3}}
    scenario = story(shocks=(STOP,), futures=TREE, far=slots)
    what = plan(sign("far"), order("far-line", 2, "2026-Q4", "2026-Q2", "2026-Q2"), late(3))
    found = run(scenario, what, {"news": 1}, {"news": 2})
    assert counted(found) == {"slots": ([0, 1], [0, 2])}
    assert found.bought.tolist() == [120, 120]


def test_slots_left_follow_rivals_and_news() -> None:
    """Of ten slots rivals leave 0.81 after two quarters, whole slots: 9; news halves what is on sale: 4.05, so 5 are kept.

    The news is a second shock, which the tree of one shock does not know: there seven can be ordered, here five.
    """
    fewer = {"hazard_per_year": 0.1, "slots_factor": 0.5, "hits": {"suppliers": ["far"]}}
    far = {"slots": {"per": "quarter", "2026-Q1": 10}, "rival_claims": {"share": 0.1, "per": "quarter"}}
    scenario = story(shocks=(STOP, fewer), futures={**TREE, "max_shocks": 1}, far=far)
    what = plan(sign("far"), late(7))
    found = run(scenario, what, {"news": 2}, {"news": 1, "news-1": 2})
    assert counted(found) == {"slots": ([0, 1], [0, 2])}


def test_what_is_less_than_a_minimum_order_is_not_ordered() -> None:
    """Three wanted, one slot left, two the minimum: nothing; and the slot goes to the offer that shares it."""
    slots = {"id": "far", "country": "CN", "slots": {"per": "quarter", "2026-Q1": 3}}
    offers = [
        {"id": name, "supplier": "far", "covers": {"line": 500}, "lead_time": "3 months", "price": price, "min_order": least}
        for name, price, least in (("far-line", 40, 2), ("far-other", 50, 0))
    ]
    scenario = story(shocks=(STOP,), futures=TREE, suppliers=[slots, {"id": "near", "country": "DE"}], offers=offers)
    what = plan(sign("far"), order("far-line", 2, "2026-Q4", "2026-Q2", "2026-Q2"), late(3), late(1, "far-other"))
    found = run(scenario, what, {"news": 2})
    assert counted(found) == {"slots": ([1], [2]), "minimum": ([1], [1])}
    assert found.bought.tolist() == [80 + 50]


def test_orders_are_cut_to_the_places_left() -> None:
    """Three places for half a year each; two were booked from July on, so one is left for a line of October."""
    site = {"id": "plant", "country": "US", "install_time": "6 months", "install_limit": {"units": 3}}
    scenario = story(shocks=(STOP,), futures=TREE, sites=[site])
    what = plan(sign("far"), order("far-line", 2, "2026-Q3", "2026-Q2", "2026-Q2"), late(2))
    found = run(scenario, what, {"news": 1}, {"news": 2})
    assert counted(found) == {"places": ([0, 1], [0, 1])}
    assert found.bought.tolist() == [80, 120]


def test_places_left_follow_the_crews() -> None:
    """Four places of the maker's crews, two booked at the full number; news halves what is left of them: one more."""
    fewer = {"hazard_per_year": 0.1, "crews_factor": 0.5, "hits": {"suppliers": ["far"]}}
    makers = [{"id": "far", "country": "CN", "install_limit": {"units": 4}}, {"id": "near", "country": "DE"}]
    site = {"id": "plant", "country": "US", "install_time": "6 months"}
    scenario = story(shocks=(STOP, fewer), futures={**TREE, "max_shocks": 1}, suppliers=makers, sites=[site])
    what = plan(sign("far"), order("far-line", 2, "2026-Q3"), late(2))
    found = run(scenario, what, {"news": 1}, {"news": 1, "news-1": 2})
    assert counted(found) == {"places": ([0, 1], [0, 1])}


@pytest.mark.parametrize("mode", ["tree", "two_stage"])
def test_what_stands_at_the_trunk_is_done_whatever_happens(mode: str) -> None:
    """In two stages the order of July is carried out in every future; in a tree a node without orders orders nothing."""
    scenario = story(shocks=(STOP,), futures={**TREE, "mode": mode})
    what = plan(sign("far"), order("far-line", 2, "2026-Q4", "2026-Q3", "2026-Q3"))
    found = run(scenario, what, {}, {"news": 1}, {"news": 2})
    assert found.bought.tolist() == ([80, 80, 80] if mode == "two_stage" else [80, 0, 0])


def test_a_two_stage_order_is_void_where_it_does_not_exist() -> None:
    """The maker is stopped for good in April: the order of July is neither placed nor counted as cut."""
    gone = {"hazard_per_year": 0.4, "hits": {"suppliers": ["far"]}, "shipments": "stopped"}
    scenario = story(shocks=(gone,), futures={**TREE, "mode": "two_stage"})
    found = run(scenario, plan(sign("far"), order("far-line", 2, "2026-Q4", "2026-Q3", "2026-Q3")), {}, {"news": 1})
    assert found.bought.tolist() == [80, 0]
    assert not found.dropped
