"""One hash for one meaning: what may differ in the file and what may not."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from planner.errors import BadInput
from planner.scenario.differ import describe_difference
from planner.scenario.fingerprint import EXPLAINS, canonical, fingerprint, scenario_hash
from planner.scenario.places import value_at
from planner.scenario.read import read_document, read_scenario
from planner.scenario.scenario import Scenario
from planner.scenario.spans import find_spans
from planner.scenario.store import edited_text, open_file
from tests.scenario.news_cases import NEWS
from tests.scenario.sample import SAMPLE, damaged
from tests.thorough import cases

SHIPPED = Path(__file__).parents[2] / "scenarios"


def scenario_of(text: str, folder: Path) -> Scenario:
    path = folder / "f.yaml"
    path.write_text(text, encoding="utf-8")
    return Scenario.model_validate(read_document(path).data)


SAME = {
    "comment": ("title: Sample", "title: Sample # the first\n\n# and more"),
    "1.0": ("units: 2,", "units: 2.0,"),
    "1e0": ("units: 2,", "units: 2e0,"),
    "minus zero": ("{2026-Q1: 0, ", "{2026-Q1: -0.0, "),
    "title": ("title: Sample", "title: Another"),
    "description": ("title: Sample", "title: Sample\ndescription: words"),
    "note": ("    signing_fee: 2", "    signing_fee: 2\n    note: words"),
    "sources": ("    signing_fee: 2", "    signing_fee: 2\n    sources: [{is: quote}]"),
    "short form": ("price: 30", "price: {amount: 30}"),
    "default written out": ("    signing_fee: 2", "    signing_fee: 2\n    confidential: false"),
    "name of the same day": ("2026-Q1: 0, 2027-Q1: 2000, 2027-Q4: 4000", "2026-01: 0, 2027-01: 2000, 2027-10: 4000"),
    "order of keys": ("{id: york, country: US}", "{country: US, id: york}"),
    "order of sites": ("[texas, york]", "[york, texas]"),
    "quotes": ("name: Beta Maschinen", 'name: "Beta Maschinen"'),
    "same length": ("lead_time: 5 months", "lead_time: 5 month"),
}
OTHER = {
    "price": ("{amount: 250, ", "{amount: 250.01, "),
    "id": ("{id: early,", "{id: soon,"),
    "name": ("name: Beta Maschinen", "name: Beta Werk"),
    "currency": ("currency: CNY", "currency: USD"),
    "period": ("2027-Q1: 2000", "2027-Q2: 2000"),
    "linear": ("2027-Q4: 4000}", "2027-Q4: 4000, interpolate: linear}"),
    "ready": ("ready: 2026-07-01", "ready: 2026-07-02"),
    "rule": ("{CN: 0.8}", "{CN: 0.81}"),
    "tag": ("rate: 0.25, tags: [licensed]", "rate: 0.25"),
    "step": ("step: quarter, periods: 8", "step: month, periods: 8"),
    "days": ("duration: 8 weeks", "duration: 2 months"),
}


@pytest.mark.parametrize("edit", SAME.values(), ids=SAME)
def test_what_changes_no_answer_changes_no_hash(edit: tuple[str, str], tmp_path: Path) -> None:
    assert scenario_hash(scenario_of(damaged(edit), tmp_path)) == scenario_hash(scenario_of(SAMPLE, tmp_path))


@pytest.mark.parametrize("edit", OTHER.values(), ids=OTHER)
def test_what_may_change_an_answer_changes_the_hash_and_shows_in_the_difference(edit: tuple[str, str], tmp_path: Path) -> None:
    before, after = scenario_of(SAMPLE, tmp_path), scenario_of(damaged(edit), tmp_path)
    assert scenario_hash(after) != scenario_hash(before)
    assert describe_difference(before, after)


@pytest.mark.parametrize("kind", ["sites", "demand", "suppliers", "offers", "resources", "commitments", "duties"])
def test_order_does_not_count(kind: str, tmp_path: Path) -> None:  # BI-291
    more = damaged(
        ("suppliers:\n  - id: alpha", "  - {id: b, sites: [third], target_mw: 1, hard: true}\nsuppliers:\n  - id: alpha"),
        ("{id: york, country: US}", "{id: york, country: US}\n  - {id: third, country: US}"),
        ("commitments:\n", "  - {id: b, slots: {per: year, 2026: 2}}\ncommitments:\n"),
        ("duties:\n", "  - {id: b, offer: beta-line, owner: x, units: 1, ordered: 2026-01-05, ships: 2026-09-01}\nduties:\n"),
        ("policy:\n", "  - {id: b, origin: any, into: US, rate: 0.1}\npolicy:\n"),
    )
    one = scenario_of(more, tmp_path)
    data = read_document(tmp_path / "f.yaml").data
    assert len(data[kind]) > 1
    data[kind].reverse()
    assert scenario_hash(Scenario.model_validate(data)) == scenario_hash(one)


def test_the_form_of_a_letter_does_not_count(tmp_path: Path) -> None:
    composed = scenario_of(damaged(("name: Beta Maschinen", "name: Caf\u00e9")), tmp_path)
    data = read_document(tmp_path / "f.yaml").data
    data["suppliers"][1]["name"] = "Cafe\u0301"
    assert scenario_hash(Scenario.model_validate(data)) == scenario_hash(composed)


def test_canonical_is_json_and_stable(tmp_path: Path) -> None:
    scenario = scenario_of(SAMPLE, tmp_path)
    text = canonical(scenario)
    assert json.loads(text)["calendar"] == {"periods": 8.0, "start": "2026-01-01"}
    assert canonical(scenario) == text
    assert len(scenario_hash(scenario)) == 64


def test_the_fingerprint_depends_on_options_and_versions_too(tmp_path: Path) -> None:
    scenario = scenario_of(SAMPLE, tmp_path)
    first = fingerprint(scenario, {"gap": 0.005, "time_limit": None}, {"planner": "1", "highs": "1.16.0"})
    assert first == fingerprint(scenario, {"time_limit": None, "gap": 5e-3}, {"highs": "1.16.0", "planner": "1"})
    others = [
        fingerprint(scenario, {"gap": 0.01, "time_limit": None}, {"planner": "1", "highs": "1.16.0"}),
        fingerprint(scenario, {"gap": 0.005, "time_limit": 5}, {"planner": "1", "highs": "1.16.0"}),
        fingerprint(scenario, {"gap": 0.005, "time_limit": None}, {"planner": "1", "highs": "1.16.1"}),
        fingerprint(
            scenario_of(damaged(OTHER["price"]), tmp_path),
            {"gap": 0.005, "time_limit": None},
            {"planner": "1", "highs": "1.16.0"},
        ),
    ]
    assert len({first, *others}) == 5


def mutations(value: object) -> list[object]:
    """Values a slip of the hand could leave in the place of ``value``."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int | float):
        return [value + 1, value * 10 + 1, -value - 1]
    return [f"{value}x", "", 7]


LARGE = (SHIPPED / "us-2026-10gw.yaml").read_text(encoding="utf-8")


MUTATED = [(SAMPLE, 150), (LARGE, len(cases(10, 30))), (NEWS, 0)]
"""How many values of each file to change; 0: all those about news."""


@pytest.mark.parametrize(("text", "count"), MUTATED, ids=["sample", "shipped", "news"])
def test_no_value_is_changed_in_silence(text: str, count: int, tmp_path: Path) -> None:
    """Every single edit is refused, or it changes the hash and shows as a sentence; texts that only explain still show."""
    path = tmp_path / "f.yaml"
    path.write_text(text, encoding="utf-8")
    opened = open_file(path)
    before = read_scenario(path).scenario
    scalars = [where for where, span in find_spans(text).items() if span.kind == "scalar"]
    news = [where for where in scalars if where[0] in ("shocks", "licences", "futures")]
    refused = accepted = 0
    for where in random.Random(5).sample(scalars, min(count, len(scalars))) or news:
        for value in mutations(value_at(opened.data, where)):
            path.write_text(edited_text(opened, [(where, value)]), encoding="utf-8")
            try:
                after = read_scenario(path).scenario
            except BadInput:
                refused += 1
                continue
            told = describe_difference(before, after)
            explains = bool(EXPLAINS & set(map(str, where)))
            accepted += 1
            assert told, (where, value)
            assert (scenario_hash(after) == scenario_hash(before)) == explains, (where, value)
    assert min(refused, accepted) > (count or len(news)) // 3
