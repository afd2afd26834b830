"""Paths through the tree, and what becomes of orders on them."""

from __future__ import annotations

from datetime import date

import pytest

from planner.instance.lookup import Lookup
from planner.plan.deliveries import Blow, Post, find_blows
from planner.plan.paths import find_paths, restrict_plan
from planner.plan.plan import Plan
from tests.report.cases import build_plan, build_scenario
from tests.report.tree_case import STOP, build_tree_plan, build_tree_scenario

STOPPED = "2026-Q3/export-stop@2026-Q3"


def test_trunk_leaves_and_news() -> None:
    """Three quarters in which the stop may come and one in which the levy may: (1 + 3) x 2 futures."""
    paths = find_paths(build_tree_scenario())
    assert paths.trunk[:3] == ("root", "2026-Q2", "2026-Q3")
    assert len(paths.leaves("root")) == 8
    assert paths.leaves("root")[0] == paths.trunk[-1] == "2027-Q4"
    assert paths.onward(STOPPED) == "2027-Q4/export-stop@2026-Q3"
    assert [strike.source for strike in paths.news(STOPPED)] == [STOP]
    assert paths.news("2026-Q4/export-stop@2026-Q3") == ()
    assert [strike.source for strike in paths.told("2027-Q1/export-stop@2026-Q3+levy@2027-Q1")] == [STOP, "levy"]
    assert paths.parent(STOPPED) == "2026-Q2"


def test_probabilities_of_leaves_below_a_node_add_up() -> None:
    paths = find_paths(build_tree_scenario())
    for moment in paths.moments:
        assert sum(paths.at(leaf).probability for leaf in paths.leaves(moment.name)) == pytest.approx(moment.probability)


def test_a_plan_along_one_path_has_its_decisions_and_costs() -> None:
    scenario = build_tree_scenario()
    paths, plan = find_paths(scenario), build_tree_plan(scenario)
    quiet, stopped = (restrict_plan(plan, paths, leaf) for leaf in (paths.trunk[-1], paths.onward(STOPPED)))
    assert [(o.offer, o.units) for o in quiet.orders] == [
        ("zenith-coater", 6), ("dawn-pecvd", 10), ("dawn-pecvd", 4), ("zenith-coater", 2),
    ]  # fmt: skip
    assert {s.supplier for s in quiet.signings} == {"zenith", "dawn"}
    assert {s.supplier for s in stopped.signings} == {"zenith", "dawn", "tramonto"}
    assert sum(o.units for o in stopped.orders if o.supplier == "tramonto") == 4
    assert (quiet.measures["expected_cost"], stopped.measures["expected_cost"]) == (400.0, 460.0)
    assert {line.node for line in quiet.cash} <= set(paths.trunk)
    assert len(quiet.output) == 4


def test_in_two_stages_every_decision_belongs_to_every_future() -> None:
    scenario = build_tree_scenario(futures={"mode": "two_stage", "branch_at": ["2026-07-01"]})
    paths, plan = find_paths(scenario), build_plan()
    assert paths.staged
    assert restrict_plan(plan, paths, paths.onward(STOPPED)).orders == plan.orders


def test_a_plan_without_branches_stays_the_same() -> None:
    paths, plan = find_paths(build_scenario()[0]), build_plan()
    assert not paths.branches
    assert restrict_plan(plan, paths, paths.trunk[-1]) is plan


def test_a_stop_delays_what_is_due_while_it_holds() -> None:
    """Ten tools due on 1 September wait for the end of the stop, 1 July + 6 months.

    Shipped on 1 January 2027, six weeks at sea, four months until accepted: 12 June instead of 13 February, 119 days.
    """
    scenario = build_tree_scenario()
    paths, plan = find_paths(scenario), build_tree_plan(scenario)
    along = restrict_plan(plan, paths, paths.onward(STOPPED))
    strikes = paths.at(STOPPED).strikes
    blows = find_blows(Post(Lookup(scenario)), along, date(2026, 7, 1), (), strikes)
    assert blows == (Blow("dawn-pecvd", "dawn", 10.0, 119),)
    assert find_blows(Post(Lookup(scenario)), along, date(2026, 7, 1), strikes, strikes) == ()


def test_a_stop_for_good_loses_what_is_due() -> None:
    scenario = build_tree_scenario()
    shock = scenario.shocks[0].model_copy(update={"lasts": None})
    forever = scenario.model_copy(update={"shocks": (shock, scenario.shocks[1])})
    paths, plan = find_paths(forever), build_tree_plan(forever)
    along: Plan = restrict_plan(plan, paths, paths.onward(STOPPED))
    (blow,) = find_blows(Post(Lookup(forever)), along, date(2026, 7, 1), (), paths.at(STOPPED).strikes)
    assert (blow.offer, blow.units, blow.days) == ("dawn-pecvd", 10.0, None)
