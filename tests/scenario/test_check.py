"""Every complaint of the checks: it comes, it names the line, it says what to do, and a clean file hears nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.scenario.check import check_scenario
from planner.scenario.document import Document
from planner.scenario.read import read_document
from planner.scenario.scenario import Scenario
from tests.scenario.cases import ALL, Case, matching
from tests.scenario.sample import SAMPLE, damaged, findings_of, line_of, with_lines


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_a_damage_is_named_with_its_place(case: Case, tmp_path: Path) -> None:
    text = damaged(*case.edits)
    found = findings_of(text, tmp_path)
    hits = matching(found, case, text)
    assert len(hits) == 1, "\n".join(map(str, found)) or "nothing was found"
    assert (hits[0].file, hits[0].field, hits[0].severity) == ("f.yaml", case.field, case.severity)
    assert hits[0].column > 0
    assert len(set(found)) == len(found)


def test_a_clean_file_hears_nothing(tmp_path: Path) -> None:
    assert findings_of(SAMPLE, tmp_path) == []


def fits(cases: list[Case]) -> bool:
    """Whether all damages can be done at once and every line they name stays the only one of its kind."""
    try:
        text = damaged(*(edit for case in cases for edit in case.edits))
        return all(line_of(text, case.at) and [with_lines(text, part) for part in case.says] for case in cases)
    except AssertionError:
        return False


def test_all_findings_come_at_once_errors_first(tmp_path: Path) -> None:
    """Twenty damages of different kinds: at least nineteen are named in the first run."""
    chosen: list[Case] = []
    schema = "target without number"  # what the schema refuses comes from another place: see test_check_rest.py
    for case in ALL[1:]:  # the first gives an id twice, by which the others are named
        if case.severity == "error" and case.name != schema and len(chosen) < 20 and fits([*chosen, case]):
            chosen.append(case)
    assert len(chosen) == 20
    text = damaged(*(edit for case in chosen for edit in case.edits))
    found = findings_of(text, tmp_path)
    named = [case for case in chosen if matching(found, case, text)]
    assert len(named) >= 19, [case.name for case in chosen if case not in named]
    later = [one.severity != "error" for one in found]
    assert later == sorted(later)


def test_without_marks_the_line_is_0_and_fields_are_named_instead(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_text(damaged(("    freight: 0.5", "    min_order: 10")))
    data = read_document(path).data
    (found,) = check_scenario(Scenario.model_validate(data), Document("by JSON", "", data))
    assert (found.file, found.line, found.column) == ("by JSON", 0, 0)
    assert "available_units, offers.gamma-line.available_units" in found.problem


def test_a_secret_is_not_repeated(tmp_path: Path) -> None:
    text = damaged(("title: Sample", 'title: "api_key = s3cr3t-value-123"'))
    found = findings_of(text, tmp_path)
    assert len(found) == 1
    assert "s3cr3t" not in "".join(map(str, found))


@pytest.mark.parametrize("text", ["a token of thanks", "the secret is a good maker", "password rules are kept elsewhere"])
def test_words_alone_are_no_secret(text: str, tmp_path: Path) -> None:
    assert findings_of(damaged(("title: Sample", f'title: "{text}"')), tmp_path) == []


def test_places_in_a_base_are_named_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(SAMPLE)
    found = findings_of(
        "extends: base.yaml\ntitle: More\nchanges:\n  - {select: 'offers[gamma-line].min_order', set: 10}\n", tmp_path
    )
    assert len(found) == 1
    assert (found[0].file, found[0].line) == ("f.yaml", 4)
    assert f"base.yaml line {line_of(SAMPLE, 'available_units')}" in found[0].problem


def test_linear_targets_may_lead_beyond_the_calendar(tmp_path: Path) -> None:
    text = damaged(("2027-Q4: 4000}", "2029-Q4: 4000, interpolate: linear}"))
    assert findings_of(text, tmp_path) == []


def test_divisible_pools_may_have_parts(tmp_path: Path) -> None:
    text = damaged(
        (
            "slots: {per: quarter, 2026-Q1: 3}\n    min_order: 2",
            "slots: {per: quarter, 2026-Q1: 3.5}\n    divisible: true\n    min_order: 0.5",
        )
    )
    assert findings_of(text, tmp_path) == []


def test_ten_thousand_offers_are_checked_in_seconds(tmp_path: Path) -> None:
    import time

    path = tmp_path / "f.yaml"
    path.write_text(SAMPLE)
    document = read_document(path)
    offer = next(one for one in document.data["offers"] if one["id"] == "beta-line")
    document.data["offers"] += [{**offer, "id": f"o{n}", "price": 30 + n % 7} for n in range(10_000)]
    scenario = Scenario.model_validate(document.data)
    started = time.process_time()
    assert check_scenario(scenario, document) == []
    assert time.process_time() - started < 10
