"""Ways to buy on the same random futures, by hand."""

from __future__ import annotations

from typing import Any

import pytest

from planner.report.mask import NOTHING_MASKED
from planner.report.value import explain_value, value_tables
from planner.scenario.scenario import Scenario
from planner.studies.baselines import Tried, find_full_line
from planner.studies.value import Value, find_value
from planner.studies.worlds import from_one_supplier, with_country_limit
from tests.studies.value_case import CASE, changed, solver

FUTURES = 400


@pytest.fixture(scope="module")
def value() -> Value:
    return find_value(solver(), CASE, ("baselines",), (FUTURES, 1))


def way(value: Value, name: str) -> Tried:
    return next(tried for tried in value.tried if tried.way.name == name)


def mean(value: Value, name: str) -> float:
    stress = way(value, name).stress
    assert stress is not None
    return stress.expected_cost.mean


def test_every_way_costs_what_its_futures_cost(value: Value) -> None:
    """With the share p of futures with a stop among those drawn: 105 + 25 p on the tree, 80 + 140 p planned anew.

    In two stages 130 in every future. What is never changed pays for two cheap lines, after a stop only for that of January:
    the one of April is not for sale any more.
    """
    p = (mean(value, "tree") - 105) / 25
    assert 0.15 < p < 0.35
    assert mean(value, "followed") == pytest.approx(80 + 140 * p)
    assert mean(value, "two_stage") == pytest.approx(130)
    two_stage = way(value, "two_stage").against
    assert two_stage is not None
    assert two_stage.cost.mean == pytest.approx(25 * (1 - p))
    assert two_stage.distinct
    assert two_stage.cheaper.mean == 0
    none = way(value, "none").stress
    assert none is not None
    assert none.cash_cost.mean == pytest.approx(80 * (1 - p) + 40 * p)


def test_the_single_source_is_the_cheapest_full_line(value: Value) -> None:
    """Without news the cheap maker alone is the plan without news."""
    single = way(value, "single_source")
    assert single.way.about == "cheap"
    assert mean(value, "single_source") == pytest.approx(mean(value, "none"))


def test_the_split_buys_half_elsewhere(value: Value) -> None:
    """At most half of all spend from CN: one line of each, 105 without a stop."""
    split = way(value, "split")
    assert split.way.about == "CN"
    assert split.way.plan is not None
    assert sorted((order.offer, order.units) for order in split.way.plan.orders) == [("cheap-line", 1), ("dear-line", 1)]


def test_the_tree_comes_first_and_is_not_compared_with_itself(value: Value) -> None:
    assert value.tried[0].way.name == "tree"
    assert [tried.way.name for tried in value.tried if tried.against is None] == ["tree"]


def test_people_read_how_the_ways_do(value: Value) -> None:
    [said] = [sentence for sentence in explain_value(value) if "fresh random futures" in sentence]
    assert "5 of 5 other ways to buy surely cost more; the nearest, no news expected, planned anew when it comes" in said
    [table] = value_tables(value, NOTHING_MASKED)
    assert [row[0] for row in table.rows] == [
        "One full-line maker alone (cheap)",
        "At most 50 % from one country (CN)",
        "No news expected, never changed",
        "No news expected, planned anew when it comes",
        "Decisions on fixed dates",
        "Planned for every piece of news",
    ]


def test_the_document_says_the_same(value: Value) -> None:
    document = value.as_dict()
    assert document["baselines"][0]["name"] == "tree"
    found = next(entry for entry in document["baselines"] if entry["name"] == "two_stage")
    assert found["against_tree"]["cost"]["low"] > 0
    assert "plan" not in found


def test_a_line_needs_every_step_of_a_route() -> None:
    data = changed(routes={"cell": {"steps": ["line", "test"]}})
    assert find_full_line(Scenario.model_validate(data)) == []
    data["offers"].append({**data["offers"][0], "id": "tester", "covers": {"test": 500}})
    assert find_full_line(Scenario.model_validate(data)) == ["cheap"]
    data["policy"] = {"sanctioned": ["cheap"]}
    assert find_full_line(Scenario.model_validate(data)) == []


def test_without_a_full_line_there_is_no_single_source() -> None:
    """The dear maker has a second offer for half of the route; nobody has both halves."""
    data = changed(routes={"cell": {"steps": ["line", "test"]}})
    data["suppliers"].append({"id": "lab", "country": "US"})
    data["offers"].append({"id": "tester", "supplier": "lab", "covers": {"test": 1000}, "price": 1, "lead_time": "1 month"})
    found = find_value(solver(), data, ("baselines",), (20, 1))
    single = way(found, "single_source")
    assert (single.stress, single.way.reason) == (None, "no supplier covers every step of a route")


def test_one_supplier_has_only_rules_it_can_keep() -> None:
    policy: dict[str, Any] = {
        "budget": {"per": "fiscal-year", "2026": 100}, "max_country_share": {"CN": 0.5}, "min_supplier_share": {"dear": 0.2},
        "min_suppliers": 2, "max_suppliers": 3, "min_share": 0.1,
        "resilience": [{"country": "CN", "from": "2026-07-01", "share": 1}],
        "pins": [{"sign": "cheap"}, {"sign": "dear"}, {"order": "cheap-line", "units": 1}, {"order": "dear-line", "units": 1}],
        "forbid": [{"country": "RU"}],
    }  # fmt: skip
    data = changed(policy=policy)
    found = from_one_supplier(data, Scenario.model_validate(data), "cheap")["policy"]
    assert found == {
        "budget": policy["budget"],
        "pins": [{"sign": "cheap"}, {"order": "cheap-line", "units": 1}],
        "forbid": [{"country": "RU"}, {"supplier": "dear"}],
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({}, {"CN": {"total": 0.5}}),
        ({"CN": 0.85, "DE": 0.9}, {"CN": {"total": 0.5}, "DE": 0.9}),
        ({"CN": 0.3}, {"CN": {"total": 0.3}}),
        ({"CN": {"steps": {"line": 0.7}}}, {"CN": {"steps": {"line": 0.7}, "total": 0.5}}),
    ],
)
def test_a_stricter_limit_stays(old: dict[str, Any], new: dict[str, Any]) -> None:
    assert with_country_limit(changed(policy={"max_country_share": old}), "CN", 0.5)["policy"]["max_country_share"] == new
