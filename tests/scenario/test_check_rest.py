"""A file with errors of the schema: what the checks can still say about the rest of it, and what they must not say."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from planner.scenario.check_rest import check_rest
from planner.scenario.findings import Finding
from planner.scenario.load import load
from planner.scenario.scenario import Scenario
from tests.scenario.sample import damaged, line_of


def rest_of(text: str, folder: Path) -> list[Finding]:
    path = folder / "f.yaml"
    path.write_text(text)
    loaded = load(path)
    with pytest.raises(ValidationError) as caught:
        Scenario.model_validate(loaded.document.data)
    return check_rest(loaded.document, caught.value.errors(), loaded.refused)


@pytest.mark.parametrize(
    "refused",
    [
        ("ready: 2026-07-01", "ready: soon"),
        ("  - id: alpha\n", "  - id: alpha\n    prise: 3\n"),
        ("    price: 12", "    price: 12 USD"),
        ("    price: 12\n", ""),
        ("2027-Q1: 2000", "2027-Q1: null"),
        ("2027-Q1: 2000", "2027-Q9: 2000"),
        ("{id: york, country: US}", "{id: york}"),
        ("policy:", "polity: {a: 1}\npolicy:"),
    ],
    ids=lambda pair: pair[1].strip(),
)
def test_errors_elsewhere_are_named_in_the_first_run(refused: tuple[str, str], tmp_path: Path) -> None:
    text = damaged(
        refused, ("currency: CNY", "currency: KRW"), ("2026-Q1: 5}", "2026-Q1: 5.5}"), ("supplier: beta", "supplier: bata")
    )
    found = rest_of(text, tmp_path)
    lines = {line_of(text, part) for part in ("currency: KRW", "2026-Q1: 5.5}", "supplier: bata")}
    assert {one.line for one in found} == lines
    assert {one.severity for one in found} == {"error"}


def test_lines_are_right_behind_a_part_that_was_left_out(tmp_path: Path) -> None:
    text = damaged(
        ("covers: {wet: 500, coat: 500, print: 500}", "cover: {}"), ("{wet: 600, coat: 600,", "{wet: 600, coats: 600,")
    )
    (found,) = rest_of(text, tmp_path)
    assert (found.field, found.line) == ("offers.gamma-line.covers.coats", line_of(text, "coats"))


def test_names_of_what_was_left_out_are_not_unknown(tmp_path: Path) -> None:
    # The offer is refused; the commitment that names it and its supplier without an offer are no errors of their own.
    assert (
        rest_of(damaged(("    price: {amount: 250, currency: CNY}", "    price: {amount: many, currency: CNY}")), tmp_path) == []
    )
    assert (
        rest_of(
            damaged(("{steps: [wet, coat, plate], cell_watts: 11.4,", "{steps: [wet, coat, plate], cell_watts: -1,")), tmp_path
        )
        == []
    )
    assert rest_of(damaged(("    country: DE", "    country: germany")), tmp_path) == []


def test_nothing_is_said_when_nothing_is_left(tmp_path: Path) -> None:
    assert (
        rest_of(
            damaged(("calendar: {start: 2026-01-01,", "calendar: {start: 2026-01-02,"), ("supplier: beta", "supplier: bata")),
            tmp_path,
        )
        == []
    )
