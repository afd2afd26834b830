"""Answers that are not one clash: a plan there is, two clashes apart, several rules at once, one engine alone, no time."""

from __future__ import annotations

import sys

import pytest

from planner.explain.conflict.finding import Search
from planner.explain.conflict.handing import read_conflicts, write_job
from planner.options import Options
from planner.scenario.document import Document
from tests.explain.conflict.test_crafted import find
from tests.explain.conflict.tiny_conflict import Part, hard, maker, offer, scenario, year


def two_troubles() -> Part:
    """The tool comes too late for the first quarter, and is too dear for the year."""
    return scenario(hard({"2026-Q2": 100, "2026-Q3": 200}), offer("o", lead_time="6 months"), policy=year(15))


def test_a_plan_there_is_is_an_answer() -> None:
    found = find(scenario(hard()))
    assert (found.status, found.clashes, found.ways, found.reason) == ("feasible", (), (), "")


def test_two_clashes_that_share_nothing_but_demand() -> None:
    """Less demand in both quarters is the only kind of change that is enough by itself."""
    found = find(two_troubles())
    first, second = found.clashes
    assert {member.rule for member in (*first.members, *second.members)} == {"demand", "lead_time", "budget"}
    assert {way.rule: way.helps for way in found.ways}["demand"] is True
    demand = next(way for way in found.ways if way.rule == "demand")
    assert [change.after for change in demand.changes] == [0, 100, 100]


def test_where_no_kind_of_rule_is_enough_several_are_given_up_together() -> None:
    """Two awards are locked: one of a sanctioned maker, one of a banned offer. Neither can be had, and both rules stay."""
    rules = {"sanctioned": ["m"], "forbid": [{"offer": "b"}], "max_suppliers": 1}
    pins = [{"order": "a", "units": 1}, {"order": "b", "units": 1}]
    data = scenario(hard(), offer("a"), offer("b", "n"), makers=(maker("m"), maker("n")), policy={**rules, "pins": pins})
    found = find(data)
    together = next(way for way in found.ways if way.rule == "together")
    assert {way.rule: way.helps for way in found.ways} == {**{m.rule: False for m in found.clashes[0].members}, "together": True}
    assert len({change.rule for change in together.changes}) > 1
    assert together.audited


def test_without_a_second_engine_the_first_is_asked_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyscipopt", None)  # as if it were not installed
    (clash,) = find(scenario(hard(200), policy=year(15))).clashes
    assert clash.confirmed == ("HiGHS", "HiGHS without presolve")


def test_without_time_it_says_so_and_keeps_what_is_known() -> None:
    document = Document("clash.yaml", "", two_troubles())
    found = Search(document, Options(), 0.0).find()
    assert (found.status, found.reason) == ("unknown", "the time was used up")


def test_the_order_in_the_file_does_not_matter() -> None:
    data = scenario(hard(400), offer("a", "m"), offer("b", "n", available_units=1), makers=(maker("m"), maker("n", "US")),
                    policy={"max_country_share": {"CN": 0.5}})  # fmt: skip
    turned = {**data, "offers": data["offers"][::-1], "suppliers": data["suppliers"][::-1]}
    one, other = find(data), find(turned)
    assert {m.names for m in one.clashes[0].members} == {m.names for m in other.clashes[0].members}
    assert [(way.rule, way.cost) for way in one.ways] == [(way.rule, way.cost) for way in other.ways]


def test_an_answer_reads_back_from_json() -> None:
    found = find(two_troubles())
    assert read_conflicts(found.as_dict()) == found
    assert write_job(Document("a.yaml", "", {}), Options())["file"] == "a.yaml"
