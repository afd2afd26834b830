"""A variant shows the whole scenario in its workbook; what is changed there becomes changes of the variant."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from planner.errors import UsageError
from planner.exchange.incoming import read_incoming, read_workbook
from planner.scenario.read import read_document
from planner.scenario.store import open_file, save
from tests.exchange.books import BOOK, SCENARIOS, cell_of, changed, written

VARIANT = SCENARIOS / "us-2026-30gw.yaml"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("us-2026-10gw.yaml", "us-2026-30gw.yaml"):
        shutil.copy(SCENARIOS / name, tmp_path)
    return tmp_path / VARIANT.name


def take_over(copy: Path, raw: bytes) -> tuple[str, dict[str, Any]]:
    """The text of the variant after the workbook is taken over, and what it resolves to; both agree."""
    file, document = open_file(copy), read_document(copy)
    found = read_incoming(raw, file, document, BOOK)
    assert found.errors == []
    save(copy, file, found.edits)
    data = read_document(copy).data
    assert data == found.data
    return copy.read_text(encoding="utf-8"), data


def test_one_cell_becomes_one_change(copy: Path) -> None:
    cell = cell_of(VARIANT, "Offers", "maxwell-line", "price")
    text, data = take_over(copy, changed(written(VARIANT), ("Offers", cell, 300)))
    assert text.startswith(VARIANT.read_text(encoding="utf-8").rstrip("\n"))
    assert text.rstrip("\n").endswith('- select: "offers[maxwell-line].price.amount"\n    set: 300')
    assert data["offers"][0]["price"]["amount"] == 300


def test_a_change_the_variant_makes_already_is_changed_where_it_stands(copy: Path) -> None:
    cell = cell_of(VARIANT, "Suppliers", "maxwell", "installed at one time")
    text, _ = take_over(copy, changed(written(VARIANT), ("Suppliers", cell, 14)))
    old = VARIANT.read_text(encoding="utf-8")
    assert [(a, b) for a, b in zip(old.splitlines(), text.splitlines(), strict=True) if a != b] == [
        ("    set: 12", "    set: 14")
    ]


def test_the_title_is_the_variants_own(copy: Path) -> None:
    text, _ = take_over(copy, changed(written(VARIANT), ("Scenario", "A2", "Thirty")))
    assert text.splitlines()[2] == "title: Thirty"


def test_rows_and_sources_added_and_removed(copy: Path) -> None:
    def change(book: Any) -> None:
        book["Duties"].delete_rows(2)
        sources = book["Sources"]
        for row in range(sources.max_row, 1, -1):
            if sources.cell(row, 2).value == "section-122":
                sources.delete_rows(row)
        sources.append(["offers", "yac-wet", 13, "price", "quote", "letter of 3 May"])
        sources["I20"] = "high"
        book["Suppliers"].append(["third", "Third maker", "JP"])

    text, data = take_over(copy, changed(written(VARIANT), by=change))
    assert [duty["id"] for duty in data["duties"]] == ["section-301"]
    assert 'select: "duties[section-122]"' in text
    assert data["suppliers"][-1]["id"] == "third"
    assert next(offer for offer in data["offers"] if offer["id"] == "yac-wet")["sources"][-1]["is"] == "quote"


def test_the_resolved_scenario_is_needed() -> None:
    with pytest.raises(UsageError, match="extends another"):
        read_workbook(written(VARIANT), open_file(VARIANT))
