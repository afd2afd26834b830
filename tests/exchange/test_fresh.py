"""A scenario from a workbook alone: the same scenario wherever a workbook can hold it, and said where it cannot."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from planner.errors import BadInput
from planner.exchange.fresh import build_from_workbook
from planner.exchange.outgoing import write_workbook
from planner.scenario.differ import describe_difference
from planner.scenario.yaml_events import parse_yaml
from tests.exchange.books import BOOK, LARGE, MINIMAL, SCENARIOS, changed, opened, small_book, written

WHOLE = [MINIMAL, SCENARIOS / "two-futures.yaml", SCENARIOS / "textbook" / "facility-location.yaml"]


@pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.stem)
def test_the_same_scenario_comes_back(path: Path) -> None:
    text, findings = build_from_workbook(written(path), BOOK)
    assert findings == ()
    assert describe_difference(opened(path)[1].data, parse_yaml(text, "x").data) == []


def test_what_no_sheet_holds_is_said() -> None:
    text, findings = build_from_workbook(written(LARGE), BOOK)
    assert ["policy" in str(finding) for finding in findings] == [True]
    data, meant = parse_yaml(text, "x").data, dict(opened(LARGE)[1].data)
    del meant["policy"]
    assert describe_difference(meant, data) == []
    names = [line for line in text.splitlines() if line and line[0] not in " #"]
    assert [line.split(":")[0] for line in names[:5]] == ["format", "title", "description", "calendar", "money"]


def test_a_workbook_made_by_hand() -> None:
    raw = small_book(
        Scenario=[
            ["title", "start", "step", "periods", "currency", "money in"],
            ["By hand", "2026-01-01", "quarter", 6, "USD", "millions"],
        ],
        Routes=[["route", "steps"], ["cell", "line"]],
        Sites=[["site", "country"], ["plant", "US"]],
        Demand=[
            ["demand", "sites", "gap costs [million per GW-year or MW-year]", "gap per"],
            ["ramp", "plant", 60, "GW-year"],
        ],
        Targets=[["demand", "what", "from", "amount [MW per year; load: MW]"], ["ramp", "target", "2027-Q1", 1000]],
        Suppliers=[["supplier", "country"], ["maker", "CN"]],
        Offers=[
            ["offer", "supplier", "price [million per unit in its currency]", "lead time [order to ready for shipment]"],
            ["tool", "maker", 40, "5 months"],
        ],
        Covers=[["offer", "step", "capacity [MW per year and unit]"], ["tool", "line", 500]],
    )
    text, _ = build_from_workbook(raw, BOOK)
    data = parse_yaml(text, "x").data
    assert data["offers"] == [{"id": "tool", "supplier": "maker", "covers": {"line": 500}, "price": 40, "lead_time": "5 months"}]
    assert data["demand"][0]["target_mw"] == {"2027-Q1": 1000}


def refusal(raw: bytes) -> str:
    with pytest.raises(BadInput) as caught:
        build_from_workbook(raw, BOOK)
    return str(caught.value)


def test_what_is_missing_or_wrong_is_told_by_cell() -> None:
    said = refusal(changed(written(MINIMAL), ("Offers", "B2", "chaep")))
    assert "sheet Offers, cell B2 offers.cheap-line.supplier: unknown supplier chaep" in said
    assert "sheet Scenario, cell C2 calendar.start" in refusal(changed(written(MINIMAL), ("Scenario", "C2", date(2026, 2, 1))))
    assert "holds no sheet of the planner" in refusal(small_book(Prices_2026=[["a"]]))


def test_a_workbook_that_leaves_makers_out_is_no_scenario() -> None:
    _, document = opened(MINIMAL)
    makers = [{**document.data["suppliers"][0], "confidential": True}, document.data["suppliers"][1]]
    raw = write_workbook(replace(document, data={**document.data, "suppliers": makers}), unmask=False)
    assert "leaves out makers marked confidential" in refusal(raw)


def test_numbers_by_period_without_a_sheet_are_not_lost_in_silence() -> None:
    said = refusal(written(SCENARIOS / "textbook" / "wagner-whitin.yaml"))
    assert "sheet Suppliers, cell J2 each order costs is by period; its value stands in the file" in said
