"""Two results side by side, as the page and the command show them: the example of the object."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from planner.report.compare_markdown import write_comparison
from planner.report.compare_tables import compare_tables
from planner.report.compare_words import explain_comparison
from planner.report.comparison import Comparison, build_comparison
from tests.studies.compare.two_results import changed, read_data, solved

MINIMAL = read_data("minimal")


@pytest.fixture(scope="module")
def dearer() -> Comparison:
    """The minimal scenario, and the same with a dearer cheap maker."""
    return build_comparison((solved(MINIMAL, "minimal"), solved(changed(MINIMAL, offers__0__price=44), "dearer")))


def test_the_sides(dearer: Comparison) -> None:
    """Five lines at 40 and three at 65: 200 and 195; then five at 44."""
    one, two = dearer.sides
    assert [(share.name, share.units, share.spend) for share in one.suppliers] == [("cheap", 5, 200), ("dear", 3, 195)]
    assert [(share.name, share.spend_share) for share in two.countries] == [("CN", 220 / 415), ("DE", 195 / 415)]
    assert (str(one.first_order), one.targets[0].since) == ("2026-01-01", "2027-Q2")


def test_one_input_changed_and_one_part_of_the_bridge(dearer: Comparison) -> None:
    [pair] = dearer.pairs
    assert pair.inputs == ("Offer cheap-line: price changes from 40 to 44 (USD million per unit)",)
    assert pair.bridge is not None
    assert pair.bridge.difference == pytest.approx(pair.difference)
    assert {name for name, amount in pair.bridge.parts.items() if amount} == {"price"}
    assert not pair.moved
    assert pair.equal is False


def test_the_target_is_reached_when_all_of_it_is() -> None:
    """A gap that closes earlier does not count: what is wanted in the end is wanted from 2027-Q2 on."""
    slower, smaller = changed(MINIMAL, offers__0__lead_time="9 months"), changed(MINIMAL, demand__0__target_mw=1000)
    found = build_comparison((solved(MINIMAL), solved(slower), solved(smaller)))
    assert [side.targets[0].since for side in found.sides] == ["2027-Q2", "2027-Q2", "2026-Q3"]
    assert [bool(side.targets[0].open_gw_years) for side in found.sides] == [False, True, True]


def test_many_answers_stand_below_each_other(dearer: Comparison) -> None:
    """Two beside each other; eight in a row each, with a bridge in a row each, and the same figures."""
    one, two = dearer.sides
    [pair] = dearer.pairs
    many = Comparison((one, *[two] * 7), tuple(replace(pair, second=n) for n in range(1, 8)))
    beside, below = (compare_tables(found)[0] for found in (dearer, many))
    assert [column.title for column in beside.columns] == ["What", "minimal", "dearer"]
    assert [row[0] for row in below.rows] == ["minimal", *["dearer"] * 7]
    assert [row[1] for row in beside.rows] == list(below.rows[0][1:])
    [_, bridges] = compare_tables(many)
    assert [column.title for column in bridges.columns] == [
        "From and to",
        "cost of the first",
        "contract prices",
        "cost of the second",
    ]
    assert len(bridges.rows) == 7
    assert len(explain_comparison(many)) == 14
    assert write_comparison(many).startswith("### minimal and 7 more\n\n| Answer | status |")


def test_it_is_json(dearer: Comparison) -> None:
    assert json.loads(json.dumps(dearer.as_dict(), allow_nan=False))["sides"][0]["first_order"] == "2026-01-01"


def test_prices_of_a_confidential_supplier_stay_hidden() -> None:
    """Neither its name nor what its units cost: its row has no units, its input no numbers, its mix no spend."""
    secret = changed(MINIMAL, suppliers__0__confidential=True)
    found = build_comparison((solved(MINIMAL), solved(changed(secret, offers__0__price=44))))
    text = json.dumps(found.as_dict())
    assert "cheap" not in text
    [pair] = found.pairs
    assert "Terms of confidential-1 change" in pair.inputs
    assert "44" not in " ".join(pair.inputs)
    assert [(s.spend, s.spend_share) for s in found.sides[1].suppliers if s.name == "confidential-1"] == [(None, None)]
    assert pair.bridge is not None
    assert [(row.supplier, row.units_after) for row in pair.bridge.rows] == [("dear", 3.0), ("confidential", 0.0)]
    shown = build_comparison((solved(MINIMAL), solved(changed(secret, offers__0__price=44))), unmask=True)
    assert "cheap-line" in json.dumps(shown.as_dict())


def test_a_move_says_which_changed_inputs_name_it() -> None:
    """The dear maker becomes the cheaper one: units move there; the tariff that changed too names neither."""
    other = changed(MINIMAL, offers__1__price=35, duties=[{"id": "tariff", "origin": "JP", "into": "US", "rate": 0.1}])
    [pair] = build_comparison((solved(MINIMAL), solved(other))).pairs
    assert len(pair.inputs) == 2
    named = {move.change.offer: move.inputs for move in pair.moved if move.change.action == "order"}
    assert named == {"cheap-line": (), "dear-line": ("Offer dear-line: price changes from 65 to 35 (USD million per unit)",)}
