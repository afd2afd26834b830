"""The register of assumptions: every source with its value, every number without one."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.scenario.read import read_scenario
from planner.scenario.register import Entry, Unsourced, build_register, find_unsourced
from planner.scenario.scenario import Scenario
from planner.scenario.starter import starter_text
from tests.scenario.sample import SAMPLE, damaged

SHIPPED = sorted((Path(__file__).parents[2] / "scenarios").rglob("*.yaml"))


def scenario_of(text: str, folder: Path) -> Scenario:
    path = folder / "f.yaml"
    path.write_text(text)
    return read_scenario(path).scenario


def test_an_entry_holds_all_a_source_says(tmp_path: Path) -> None:
    source = (
        "    sources:\n      - {field: [price, lead_time], is: quote, note: letter, url: 'https://example.org', "
        "date: '2026-01', confidence: high, low: 200, high: 300}\n      - {is: assumption}\n"
    )
    found = build_register(scenario_of(damaged(("    tags: [licensed]\n", "    tags: [licensed]\n" + source)), tmp_path))
    told = ("quote", "https://example.org", "2026-01", "high", "letter", 200.0, 300.0)
    assert found == [
        Entry("offers", "alpha-line", "price", "250 CNY million per unit", *told),
        Entry("offers", "alpha-line", "lead_time", "5 months", *told),
        Entry("offers", "alpha-line", "all", "", "assumption", "", "", "", "", None, None),
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [("slots", "2026-Q1: 4 slots per quarter"), ("signing_fee", "2 USD million"), ("rival_claims.share", "0.1 of what is free")],
)
def test_values_carry_their_unit(field: str, value: str, tmp_path: Path) -> None:
    text = damaged(("    signing_fee: 2", f"    signing_fee: 2\n    sources: [{{field: {field}, is: fact}}]"))
    assert [entry.value for entry in build_register(scenario_of(text, tmp_path))] == [value]


def test_every_number_without_a_source_is_found(tmp_path: Path) -> None:
    found = {(one.part, one.id, one.field): one.value for one in find_unsourced(scenario_of(SAMPLE, tmp_path))}
    for part in [
        ("money", "", "discount_rate"),
        ("money", "", "rates.CNY"),
        ("routes", "print", "cell_watts"),
        ("sites", "texas", "capacity_mw"),
        ("sites", "texas", "install_time"),
        ("demand", "ramp", "target_mw"),
        ("demand", "ramp", "shortage_cost"),
        ("suppliers", "alpha", "slots"),
        ("suppliers", "alpha", "rival_claims.share"),
        ("suppliers", "gamma", "vetting.duration"),
        ("offers", "beta-line", "min_order"),
        ("offers", "gamma-line", "price"),
        ("offers", "gamma-line", "price.by_site.york"),
        ("offers", "alpha-line", "covers.wet"),
        ("resources", "hall", "slots"),
        ("commitments", "early", "units"),
        ("duties", "base", "rate"),
        ("policy", "", "max_country_share.CN"),
    ]:
        assert part in found, part
    assert found["offers", "alpha-line", "covers.wet"] == "500 MW per year and unit"
    assert ("suppliers", "beta", "confidential") not in found
    assert ("offers", "beta-line", "lead_time") not in found  # not given: a default is no claim


def test_a_source_supports_the_field_it_names_and_what_is_inside(tmp_path: Path) -> None:
    def left(field: str) -> set[str]:
        text = damaged(("    available_units: 9", f"    available_units: 9\n    sources: [{{field: {field}, is: fact}}]"))
        return {one.field for one in find_unsourced(scenario_of(text, tmp_path)) if one.id == "gamma-line"}

    every = {"covers.wet", "covers.coat", "covers.print", "price", "price.by_site.york", "available_units", "freight"}
    assert left("unit") == every
    assert left("all") == set()
    assert left("price") == every - {"price", "price.by_site.york"}
    assert left("price.by_site") == every - {"price.by_site.york"}
    assert left("[covers, freight]") == every - {"covers.wet", "covers.coat", "covers.print", "freight"}
    assert left("covers.wet") == every - {"covers.wet"}


def test_a_source_elsewhere_supports_nothing(tmp_path: Path) -> None:
    text = damaged(("    signing_fee: 2", "    signing_fee: 2\n    sources: [{is: fact}]"))
    gone = set(find_unsourced(scenario_of(SAMPLE, tmp_path))) - set(find_unsourced(scenario_of(text, tmp_path)))
    assert {one.id for one in gone} == {"alpha"}
    assert Unsourced("suppliers", "alpha", "signing_fee", "2 USD million") in gone


def test_the_starter_names_a_source_for_every_number(tmp_path: Path) -> None:
    assert find_unsourced(scenario_of(starter_text(), tmp_path)) == []
