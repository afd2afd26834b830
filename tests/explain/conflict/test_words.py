"""A clash in words: every kind of rule can be said in both languages, with places and units, and no confidential name."""

from __future__ import annotations

import json

import pytest

from planner.explain.conflict.found import Conflicts
from planner.report.conflict import RULES, Words, explain_conflicts
from planner.report.conflict_tables import conflict_tables
from planner.report.documents.conflict import ConflictsJson
from planner.report.mask import NOTHING_MASKED, build_mask
from planner.report.words.catalogue import LANGUAGES, Language, read_texts
from planner.scenario.scenario import Scenario
from tests.explain.conflict.crafted import CRAFTED
from tests.explain.conflict.test_crafted import find
from tests.explain.conflict.tiny_conflict import Part, hard, maker, offer, scenario, year
from tests.json_shape import find_differences, seen

LATE = scenario(hard(), offer("o", lead_time="6 months"), makers=({**maker("m", confidential=True), "name": "Secret Tools"},))


def say(data: Part, found: Conflicts, language: Language = "en", *, unmask: bool = True) -> list[str]:
    told = Scenario.model_validate(data)
    return explain_conflicts(found, told, build_mask(told, unmask), language)


def test_the_answer_reads_as_sentences() -> None:
    assert say(LATE, find(LATE)) == [
        "No plan keeps every rule. These 2 cannot hold together:",
        "- d must reach 100 MW a year in 2026-Q2 (demand.d.target_mw.2026-Q2)",
        "- o takes 6 months from order to shipment (offers.o.lead_time)",
        "Each of them is needed: with any one given up the others can be kept. What any other rule says makes no difference.",
        "No fewer rules clash, proven.",
        "Confirmed by HiGHS and SCIP.",
        "Ways out, each by itself:",
        "- With 100 MW a year less for d in 2026-Q2 a plan costs USD 10.0.",
        "- With o shipped within 90 days of the order a plan costs USD 10.0.",
    ]


def test_confidential_offers_are_named_nowhere() -> None:
    found, told = find(LATE), Scenario.model_validate(LATE)
    mask = build_mask(told)
    said = [*say(LATE, found, unmask=False), *(str(table) for table in conflict_tables(found, told, mask))]
    assert any("confidential-1.1" in text for text in said)
    assert not any(word in text for text in said for word in ("offers.o.", "'o'", " o takes"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_rule_can_be_said(language: Language) -> None:
    texts = read_texts(language)
    assert not [rule for rule in RULES for kind in ("rule_kind", "clash", "change") if f"{kind}_{rule}" not in texts]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_whole_and_what_does_not_help_is_said(language: Language) -> None:
    data = scenario(hard(250), offer("o", lead_time="2 months", available_units=2), site={"ready": "2026-02-01"}, policy=year(25))
    sentences = say(data, find(data), language)
    assert len(sentences) > 5
    assert not [sentence for sentence in sentences if "{" in sentence]


def test_limits_found_are_kinds_that_can_be_said() -> None:
    kinds = {key[0] for crafted in CRAFTED for key in crafted.clash}
    assert kinds <= set(RULES)
    assert len(kinds) > 25


def test_tables_and_json_hold_what_the_sentences_say() -> None:
    data = scenario(hard(200), policy=year(15))
    found, told = find(data), Scenario.model_validate(data)
    members, ways = conflict_tables(found, told, NOTHING_MASKED)
    assert [row[2] for row in members.rows] == ["200", "15"]
    budget = next(row for row in ways.rows if row[0] == "the budget")
    assert budget[1:5] == ("USD 5.00 more budget in 2026", "USD 15.0", "USD 20.0", 20.0)
    document = json.loads(json.dumps(found.as_dict()))
    assert not list(find_differences(document, ConflictsJson))
    assert {"clashes[].members[].places[].line", "ways[].changes[].after"} <= set(seen(document, ConflictsJson))
    assert Words(told, NOTHING_MASKED).amount(0.667, "share") == "66.7 %"
