"""Changes as sentences: the right words, the right unit, and nothing when nothing changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from planner.scenario.differ import describe_difference
from planner.scenario.read import read_document
from planner.scenario.scenario import Scenario
from tests.scenario.sample import SAMPLE, damaged


def data_of(text: str, folder: Path) -> dict[str, Any]:
    path = folder / "f.yaml"
    path.write_text(text)
    return read_document(path).data


@pytest.mark.parametrize(
    ("old", "new", "sentences"),
    [
        ("{amount: 250, ", "{amount: 300, ", ["Offer alpha-line: price changes from 250 to 300 (CNY million per unit)"]),
        ("price: 30", "price: 31.5", ["Offer beta-line: price changes from 30 to 31.5 (USD million per unit)"]),
        ("ready: 2026-07-01", "ready: 2027-01-01", ["Site texas: ready moves from 2026-07-01 to 2027-01-01"]),
        ("capacity_mw: 8000, ", "", ["Site texas: capacity_mw is gone (was 8000 MW per year)"]),
        ("{CN: 0.8}", "{CN: 0.7}", ["Rule max_country_share for CN: 0.8 to 0.7"]),
        ("{CN: 0.8}", "{CN: 0.8, JP: 0.5}", ["Rule max_country_share for JP is new: 0.5"]),
        (
            "{CN: 0.8}",
            "{CN: {steps: {wet: 0.5}}}",
            ["Rule max_country_share for CN is gone (was 0.8)", "Rule max_country_share for CN steps wet is new: 0.5"],
        ),
        ("2027: 3000}", "2027: 2500}", ["Rule budget for years 2027: 3000 to 2500 (USD million)"]),
        ("2027-Q1: 2000", "2027-Q1: 1500", ["Demand ramp: target_mw from 2027-Q1 changes from 2000 to 1500 (MW per year)"]),
        (
            "2027-Q1: 2000",
            "2027-Q2: 2000",
            [
                "Demand ramp: target_mw from 2027-Q1 is gone (was 2000 MW per year)",
                "Demand ramp: target_mw from 2027-Q2 is new: 2000 (MW per year)",
            ],
        ),
        (
            "2027-Q4: 4000}",
            "2027-Q4: 4000, interpolate: linear}",
            ["Demand ramp: target_mw now runs straight between its periods"],
        ),
        (
            "amount: 90, per: GW-year",
            "amount: 80, per: GW-year",
            ["Demand ramp: shortage_cost changes from 90 to 80 (USD million per GW-year)"],
        ),
        (
            "slots: {per: quarter, 2026-Q1: 3}",
            "slots: {per: quarter, 2026-Q1: 5}",
            ["Offer beta-line: slots from 2026-Q1 changes from 3 to 5 (slots per quarter)"],
        ),
        (
            "slots: {per: quarter, 2026-Q1: 3}",
            "slots: {per: year, 2026: 12}",
            ["Offer beta-line: slots changes from 2026-Q1: 3 per quarter to 2026: 12 per year"],
        ),
        ("lead_time: 5 months", "lead_time: 20 weeks", ["Offer alpha-line: lead_time changes from 5 months to 140 days"]),
        (
            "tags: [licensed]\n  - id: beta-line",
            "tags: [licensed, heavy]\n  - id: beta-line",
            ["Offer alpha-line: tags changes from licensed to licensed, heavy"],
        ),
        ("CNY: 0.145", "CNY: 0.14", ["Money: rates.CNY changes from 0.145 to 0.14 (USD per CNY)"]),
        ("    min_order: 2\n", "", ["Offer beta-line: min_order changes from 2 to 0 (units)"]),
        (
            "covers: {plate: 600}",
            "covers: {plate: 650}",
            ["Offer gamma-plate: covers.plate changes from 600 to 650 (MW per year and unit)"],
        ),
        ("    freight: 0.5\n", "", ["Offer gamma-line: freight is gone (was 0.5 USD million per unit)"]),
        ("title: Sample", "title: Other", ["Title changes from Sample to Other"]),
        ("periods: 8", "periods: 9", ["Calendar periods changes from 8 to 9"]),
        (
            "  - id: gamma\n    country: JP",
            "  - {id: delta, country: KR}\n  - id: gamma\n    country: JP",
            ["Supplier delta is new"],
        ),
        ("  - {id: base, origin: CN, into: US, rate: 0.25, tags: [licensed]}\n", "", ["Duty base is gone"]),
        ("units: 2, ordered", "units: 3, ordered", ["Signed contract early: units changes from 2 to 3 (units)"]),
        (
            "    signing_fee: 2\n",
            "    signing_fee: 2\n    sources: [{is: quote, field: signing_fee}]\n",
            ["Supplier alpha: source of signing_fee is new or changed (quote)"],
        ),
        (
            "vetting: {duration: 8 weeks, cost: 0.4}",
            "vetting: {duration: 8 weeks, cost: 0.5}",
            ["Supplier gamma: vetting.cost changes from 0.4 to 0.5 (USD million)"],
        ),
    ],
)
def test_sentences(old: str, new: str, sentences: list[str], tmp_path: Path) -> None:
    text = damaged((old, new)).replace("duties:\npolicy", "policy")
    before, after = data_of(SAMPLE, tmp_path), data_of(text, tmp_path)
    assert describe_difference(before, after) == sentences
    assert describe_difference(Scenario.model_validate(before), Scenario.model_validate(after)) == sentences


def test_nothing_changed_says_nothing(tmp_path: Path) -> None:
    other = damaged(
        ("price: 30", "price: {amount: 30.0}"),
        ("{id: york, country: US}", "{country: US, id: york}"),
        ("title: Sample", "title: Sample  # a comment"),
        ("    min_order: 2", "    divisible: false\n    min_order: 2.0"),
        ("2026-Q1: 0, 2027-Q1: 2000, 2027-Q4: 4000", "2026-01: 0, 2027-01: 2000, 2027-10: 4000"),
    )
    assert describe_difference(data_of(SAMPLE, tmp_path), data_of(other, tmp_path)) == []


def test_order_of_parts_is_no_difference(tmp_path: Path) -> None:
    one, other = data_of(SAMPLE, tmp_path), data_of(SAMPLE, tmp_path)
    for kind in ("sites", "suppliers", "offers"):
        other[kind].reverse()
    assert describe_difference(one, other) == []


def test_a_draft_that_is_no_scenario_is_told_field_by_field(tmp_path: Path) -> None:
    before, draft = data_of(SAMPLE, tmp_path), data_of(SAMPLE, tmp_path)
    draft["offers"][0]["price"]["amount"] = "many"
    del draft["sites"][1]
    assert describe_difference(before, draft) == [
        "sites.york.id is gone (was york)",
        "sites.york.country is gone (was US)",
        "offers.alpha-line.price.amount changes from 250 to many",
    ]
    assert describe_difference(Scenario.model_validate(before), draft)
