"""Crafted clashes: exactly the members worked out by hand, each proven to be needed, and the ways out as calculated."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.explain.conflict.finding import Search
from planner.explain.conflict.found import Conflicts, WayOut
from planner.options import Options
from planner.scenario.document import Document
from planner.scenario.read import build_scenario
from tests.explain.conflict.crafted import CRAFTED, Crafted

SECONDS = 600.0


def find(data: dict[str, Any]) -> Conflicts:
    document = Document("clash.yaml", "", data)
    build_scenario(document)  # a scenario a buyer could write
    return Search(document, Options(gap=0.0), SECONDS).find()


@pytest.mark.parametrize("crafted", CRAFTED, ids=lambda crafted: crafted.name)
def test_the_clash_and_the_ways_out_are_those_worked_out_by_hand(crafted: Crafted) -> None:
    found = find(crafted.data)
    assert (found.status, found.reason) == ("infeasible", "")
    (clash,) = found.clashes
    assert {(member.rule, *member.names) for member in clash.members} == crafted.clash
    assert all(member.needed for member in clash.members)
    assert clash.irreducible
    assert clash.smallest
    assert clash.whole == crafted.whole
    assert clash.confirmed == ("HiGHS", "SCIP")
    assert {way.rule for way in found.ways} == {*crafted.ways, *crafted.several}
    for way in found.ways:
        check_way(way, crafted)


def check_way(way: WayOut, crafted: Crafted) -> None:
    changed = [shown(change.after, change.unit) for change in way.changes]
    if way.rule in crafted.several:
        more = sum((change.after or 0) - (change.before or 0) for change in way.changes)
        assert more == crafted.several[way.rule]
    else:
        wanted = crafted.ways[way.rule]
        if wanted == ():
            assert way.helps is False
            return
        assert changed == pytest.approx(wanted if isinstance(wanted, list) else [wanted]) if wanted is not None else [None]
    assert (way.helps, way.audited, way.least) == (True, True, way.rule not in crafted.not_least), way
    assert way.cost is not None


def shown(number: float | None, unit: str) -> float | str | None:
    return date.fromordinal(round(number)).isoformat() if unit == "date" and number is not None else number
