"""Shocks, licences and futures in sentences, in the register, in the hash, in the schema, and what the models refuse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from planner.scenario.differ import describe_difference
from planner.scenario.fingerprint import EXPLAINS, canonical, scenario_hash
from planner.scenario.futures import Futures
from planner.scenario.policy import Resilience
from planner.scenario.read import read_document
from planner.scenario.register import build_register, find_unsourced
from planner.scenario.scenario import Scenario
from planner.scenario.shocks import After, Hits, Licence, LicenceOutcome, Shock
from tests.scenario.news_cases import NEWS
from tests.scenario.sample import SAMPLE, damaged, findings_of, line_of
from tests.scenario.test_schema import SCHEMA, accepts

POLICY = "policy:\n"
RISK = (
    POLICY,
    POLICY
    + "  risk_weight: 0.3\n  tail: 0.95\n  max_cvar_cost: 900\n  resilience: [{country: CN, from: 2027-01-01, share: 0.5}]\n",
)


def data_of(text: str, folder: Path) -> dict[str, Any]:
    path = folder / "f.yaml"
    path.write_text(text)
    return read_document(path).data


def scenario_of(text: str, folder: Path) -> Scenario:
    return Scenario.model_validate(data_of(text, folder))


@pytest.mark.parametrize(
    ("edit", "sentences"),
    [
        (("0.12", "0.2"), ["Shock stop: hazard_per_year changes from 0.12 to 0.2 (chance per year)"]),
        (("    lasts: 9 months\n", ""), ["Shock stop: lasts changes from 9 months to for good"]),
        (("probability: 0.4", "probability: 0.5"), ["Shock tariff: probability changes from 0.4 to 0.5 (chance)"]),
        (("date: 2026-10-01", "date: 2026-10-10"), ["Shock tariff: date moves from 2026-10-01 to 2026-10-10"]),
        (("    after: [{shock: stop, times: 2}]\n", ""), ["Shock tariff: after is gone (was stop (times 2))"]),
        (
            ("{countries: [CN], tags: [licensed]}", "{countries: [CN, DE], tags: [licensed]}"),
            ["Shock stop: hits.countries changes from CN to CN, DE"],
        ),
        (
            ("duty_added: 0.25", "duty_added: 0.3\n    price_factor: 1.1"),
            [
                "Shock tariff: price_factor changes from 1 to 1.1 (times the price)",
                "Shock tariff: duty_added changes from 0.25 to 0.3 (of the price)",
            ],
        ),
        (
            ("{probability: 0.2, delay: 4 months}", "{probability: 0.1, delay: 5 months}"),
            [
                "Licence review review: slow.probability changes from 0.2 to 0.1 (chance)",
                "Licence review review: slow.delay changes from 4 months to 5 months",
            ],
        ),
        (("max_shocks: 4", "max_shocks: 3"), ["Futures: max_shocks changes from 4 to 3 (shocks in one future)"]),
        (
            ("{2026-Q1: 1.2}", "{2026-Q1: 1.3}"),
            ["Futures: tension from 2026-Q1 changes from 1.2 to 1.3 (times the hazard)"],
        ),
        (
            RISK,
            [
                "Rule risk_weight: 0 to 0.3",
                "Rule tail: 0.9 to 0.95",
                "Rule max_cvar_cost is new: 900 (USD million)",
                "Rule resilience is new: country CN, from 2027-01-01, share 0.5",
            ],
        ),
        (("quick: 0.7", "quick: {probability: 0.70}"), []),
        (("lasts: 9 months", "lasts: 9 months\n    slots_factor: 1\n    delay: 0 days"), []),
    ],
    ids=lambda value: str(value)[:40],
)
def test_sentences(edit: tuple[str, str], sentences: list[str], tmp_path: Path) -> None:
    before, after = data_of(NEWS, tmp_path), data_of(damaged(edit, text=NEWS), tmp_path)
    assert describe_difference(before, after) == sentences
    assert describe_difference(Scenario.model_validate(before), Scenario.model_validate(after)) == sentences


def test_a_chance_made_by_two_others_is_told_whole(tmp_path: Path) -> None:
    edit = ("    shipments: stopped\n", "    shipments: stopped\n    after: [{shock: tariff, hazard_per_year: 0.1}]\n")
    text = damaged(edit, text=NEWS)
    (sentence,) = describe_difference(data_of(NEWS, tmp_path), data_of(text, tmp_path))
    assert sentence == "Shock stop: after is new: tariff (plus 0.1 per year)"


def test_the_register_lists_every_number_of_news_with_its_unit(tmp_path: Path) -> None:
    found = {(one.part, one.id, one.field): one.value for one in find_unsourced(scenario_of(damaged(RISK, text=NEWS), tmp_path))}
    expected = {
        ("shocks", "stop", "hazard_per_year"): "0.12 chance per year",
        ("shocks", "stop", "lasts"): "9 months",
        ("shocks", "tariff", "probability"): "0.4 chance",
        ("shocks", "tariff", "after"): "stop (times 2)",
        ("shocks", "tariff", "duty_added"): "0.25 of the price",
        ("licences", "review", "review"): "60 days",
        ("licences", "review", "quick.probability"): "0.7 chance",
        ("licences", "review", "slow.delay"): "4 months",
        ("futures", "", "tension"): "2026-Q1: 1.2 times the hazard",
        ("policy", "", "max_cvar_cost"): "900 USD million",
    }
    assert expected.items() <= found.items()
    assert ("shocks", "tariff", "price_factor") not in found  # not given: a default is no claim


def test_a_sourced_chance_carries_its_range(tmp_path: Path) -> None:
    sourced = "0.12\n    sources: [{field: hazard_per_year, is: assumption, low: 0.05, high: 0.3, note: set your own}]"
    (entry,) = build_register(scenario_of(damaged(("0.12", sourced), text=NEWS), tmp_path))
    assert (entry.part, entry.id, entry.value, entry.low, entry.high) == ("shocks", "stop", "0.12 chance per year", 0.05, 0.3)
    # the lasting of the stop has no source yet; the hazard has one
    left = {one.field for one in find_unsourced(scenario_of(damaged(("0.12", sourced), text=NEWS), tmp_path)) if one.id == "stop"}
    assert left == {"lasts"}


def test_a_scenario_without_news_says_nothing_of_it_in_its_hash(tmp_path: Path) -> None:
    plain = json.loads(canonical(scenario_of(SAMPLE, tmp_path)))
    assert not {"shocks", "licences", "futures"} & set(plain)
    assert set(plain["policy"]) == {"max_country_share", "budget"}


DEFAULTS = (
    "shocks: []\nlicences: []\n"
    "futures: {mode: tree, max_shocks: 2, min_probability: 0, branch_at: [], max_nodes: 3000, tension: 1}\n"
    "policy:\n  risk_weight: 0\n  tail: 0.9\n  resilience: []\n"
)


def test_defaults_written_out_do_not_change_the_hash(tmp_path: Path) -> None:
    assert scenario_hash(scenario_of(damaged((POLICY, DEFAULTS)), tmp_path)) == scenario_hash(scenario_of(SAMPLE, tmp_path))


OTHER: dict[type[BaseModel], dict[str, Any]] = {
    Shock: {
        "id": "other", "name": "another", "hazard_per_year": 0.3, "from": "2026-02-01", "until": "2027-02-01",
        "date": "2026-11-11", "probability": 0.3, "after": [{"shock": "tariff"}], "lasts": "1 month", "hits": {},
        "tags": ["other"], "indicator": "other", "shipments": "stopped", "refund": 0.3, "delay": "1 month", "slots_factor": 0.3,
        "price_factor": 3, "duty_added": 0.3, "target_factor": 0.3, "crews_factor": 0.3, "install_delay": "1 month",
        "output_factor": 0.3, "currency_factor": 0.3,
    },
    Hits: {
        "countries": ["DE"], "suppliers": ["alpha"], "groups": ["east"], "offers": ["alpha-line"], "steps": ["wet"], "tags": [],
        "sites": ["texas"], "currencies": ["CNY"],
    },
    After: {"shock": "tariff", "times": 3, "hazard_per_year": 0.3},
    Licence: {
        "id": "other", "name": "another", "hits": {}, "review": "1 day", "windows": ["2026-05-01"], "quick": 0.3,
        "slow": 0.3, "refused": 0.3, "indicator": "other",
    },
    LicenceOutcome: {"probability": 0.3, "delay": "1 day"},
    Futures: {
        "mode": "two_stage", "max_shocks": 3, "min_probability": 0.3, "branch_at": ["2026-05-01"], "max_nodes": 30,
        "tension": {"2026": 3},
    },
    Resilience: {"country": "DE", "supplier": "alpha", "group": "east", "from": "2027-05-01", "window": "3 months", "share": 0.3},
}  # fmt: skip


def holder(kind: type[BaseModel], data: dict[str, Any], field: str) -> dict[str, Any]:
    """The mapping of ``data`` that the model reads; what would clash with ``field`` is taken out of it."""
    stop, tariff = data["shocks"]
    if kind is Shock:
        return tariff if field in ("date", "probability") else stop
    if kind is After:
        stop["after"] = [{"shock": "early"}]
        return stop["after"][0]
    if kind is Resilience:
        data["policy"]["resilience"] = [{"country": "CN", "from": "2027-01-01", "share": 0.5}]
        return data["policy"]["resilience"][0]
    return {
        Hits: stop["hits"],
        Licence: data["licences"][0],
        LicenceOutcome: data["licences"][0]["slow"],
        Futures: data["futures"],
    }[kind]


@pytest.mark.parametrize(("kind", "field"), [(kind, field) for kind, fields in OTHER.items() for field in fields])
def test_every_field_of_news_changes_the_hash(kind: type[BaseModel], field: str, tmp_path: Path) -> None:
    data = data_of(NEWS, tmp_path)
    part = holder(kind, data, field)
    before = scenario_hash(Scenario.model_validate(data))
    told = Scenario.model_validate(data)
    if kind is Resilience and field in ("supplier", "group"):
        del part["country"]
    part[field] = OTHER[kind][field]
    if (kind, field) == (Shock, "shipments"):
        del part[field]
    after = Scenario.model_validate(data)
    assert scenario_hash(after) != before
    assert describe_difference(told, after)


def test_no_field_of_news_is_forgotten() -> None:
    for kind, fields in OTHER.items():
        names = {info.alias or name for name, info in kind.model_fields.items()}
        assert names - EXPLAINS == set(fields), kind.__name__


def test_notes_and_sources_of_news_change_no_hash(tmp_path: Path) -> None:
    text = damaged(("0.12", "0.12\n    note: words\n    sources: [{is: assumption}]"), text=NEWS)
    assert scenario_hash(scenario_of(text, tmp_path)) == scenario_hash(scenario_of(NEWS, tmp_path))


@pytest.mark.parametrize(
    "edit",
    [
        ("title: Sample", "title: Sample"),
        ("lasts: 9 months", "lasts: for good"),
        ("lasts: 9 months", "lasts: 12 weeks"),
        ("    lasts: 9 months\n", ""),
        ("quick: 0.7", "quick: {probability: 0.7}"),
        ("slow: {probability: 0.2, delay: 4 months}", "slow: 0.2"),
        ("windows: [2026-04-01, 2027-01-01]", "windows: []"),
        ("{2026-Q1: 1.2}", "1.2"),
        ("{2026-Q1: 1.2}", "[1, 1, 1, 1, 1, 1, 1, 1.5]"),
        ("max_shocks: 4", "branch_at: [2026-10-01]\n  mode: two_stage\n  min_probability: 0.001\n  max_nodes: 200"),
        ("0.12", "0.12\n    from: 2026-04-01\n    until: 2027-04-01"),
        RISK,
        (
            POLICY,
            POLICY + "  groups: {east: [alpha]}\n  resilience: [{group: east, from: 2027-01-01, window: 6 months, share: 0.5}]\n",
        ),
    ],
    ids=lambda edit: edit[1].strip()[:40] or "for good",
)
def test_every_form_of_news_fits_the_schema_and_the_models(edit: tuple[str, str], tmp_path: Path) -> None:
    text = damaged(edit, text=NEWS)
    assert not [one for one in findings_of(text, tmp_path) if one.severity == "error"]
    assert accepts(SCHEMA, data_of(text, tmp_path))


REFUSED = [
    (("0.12", "-0.1"), "shocks.stop.hazard_per_year", "-0.1", "must be at least 0"),
    (("0.12", "120"), "shocks.stop.hazard_per_year", "120", "at most 100"),
    (("probability: 0.4", "probability: 1.2"), "shocks.tariff.probability", "probability: 1.2", "must be between 0 and 1"),
    (("probability: 0.4", "probability: 40"), "shocks.tariff.probability", "probability: 40", "did you mean 0.4?"),
    (("quick: 0.7", "quick: 70"), "licences.review.quick", "quick: 70", "did you mean 0.7?"),
    (("quick: 0.7", "quick: often"), "licences.review.quick", "often", "must be a number"),
    (("quick: 0.7", "quick: {probability: 0.7, dealy: 1 month}"), "licences.review.quick.dealy", "dealy", "did you mean delay?"),
    (("    quick: 0.7\n", ""), "licences.review.quick", "id: review", "is missing"),
    (("    hazard_per_year: 0.12\n", ""), "shocks.stop", "id: stop", "its chance twice or not at all"),
    (("    probability: 0.4\n", ""), "shocks.tariff", "id: tariff", "add probability"),
    (("0.12", "0.12\n    date: 2026-10-02\n    probability: 0.1"), "shocks.stop", "id: stop", "its chance twice or not at all"),
    (("date: 2026-10-01", "date: 2026-10-01\n    until: 2027-01-01"), "shocks.tariff", "id: tariff", "a date and a span"),
    (("lasts: 9 months", "lasts: forever"), "shocks.stop.lasts", "forever", "is not a duration"),
    (("lasts: 9 months", "lasts: 9"), "shocks.stop.lasts", "lasts: 9", "9 months"),
    (("{countries: [CN], tags: [licensed]}", "{country: [CN]}"), "shocks.stop.hits.country", "country: [CN]", "countries"),
    (("shipments: stopped", "shipments: stop"), "shocks.stop.shipments", "shipments: stop", "did you mean stopped?"),
    (("shipments: stopped", "slots_factor: 2"), "shocks.stop.slots_factor", "slots_factor", "at most 1"),
    (("max_shocks: 4", "mode: trees"), "futures.mode", "trees", "did you mean tree?"),
    (("max_shocks: 4", "max_nodes: 100000"), "futures.max_nodes", "max_nodes", "at most 20,000"),
    (("times: 2}", "times: -2}"), "shocks.tariff.after[0].times", "times: -2", "at least 0"),
    ((POLICY, POLICY + "  risk_weight: 1\n"), "policy.risk_weight", "risk_weight", "at most 0.99"),
    ((POLICY, POLICY + "  tail: 1\n"), "policy.tail", "tail", "below 1"),
    (
        (POLICY, POLICY + "  resilience: [{from: 2027-01-01, share: 0.5}]\n"),
        "policy.resilience[0]",
        "resilience",
        "name one loss",
    ),
]


@pytest.mark.parametrize(
    ("edit", "field", "at", "says"), REFUSED, ids=[case[0][1].strip()[:40] or case[0][0].strip() for case in REFUSED]
)
def test_what_cannot_be_is_one_error_at_its_place_and_does_not_fit_the_schema(
    edit: tuple[str, str], field: str, at: str, says: str, tmp_path: Path
) -> None:
    text = damaged(edit, text=NEWS)
    (error,) = (one for one in findings_of(text, tmp_path) if one.severity == "error")
    assert (error.field, error.line) == (field, line_of(text, at))
    assert says in str(error)
    assert not accepts(SCHEMA, data_of(text, tmp_path))


def test_errors_of_the_checks_come_with_those_of_the_schema(tmp_path: Path) -> None:
    """A negative hazard elsewhere does not hide a sum of 1.2, a shock before the calendar or an unknown supplier."""
    text = damaged(
        ("0.12", "-0.1"), ("refused: 0.1", "refused: 0.3"), ("date: 2026-10-01", "date: 2025-10-01"),
        ("hits: {countries: [CN]}", "hits: {suppliers: [alfa]}"), text=NEWS,
    )  # fmt: skip
    fields = {one.field for one in findings_of(text, tmp_path) if one.severity == "error"}
    assert fields == {
        "shocks.stop.hazard_per_year", "licences.review.refused", "shocks.tariff.date", "shocks.tariff.hits.suppliers[0]",
    }  # fmt: skip
