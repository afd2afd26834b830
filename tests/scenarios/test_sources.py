"""What the shipped scenarios say about their numbers: facts can be looked up, assumptions are explained, ranges hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.scenario.parts import find_parts, numbers_of
from planner.scenario.read import read_scenario
from planner.scenario.register import build_register, find_unsourced

FOLDER = Path(__file__).parents[2] / "scenarios"
FILES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.yaml"))
SHORT = ("minimal.yaml",)
"""Its whole parts are invented for the example and say so once."""
BOUNDED = ("covers.wet", "covers.pecvd", "cell_efficiency", "price", "freight", "slot_use", "install_use", "signing_fee",
           "order_fee", "capacity_mw", "rival_claims.share", "available_units", "min_order")  # fmt: skip
"""Fields whose ranges are in the unit of the number itself; times carry theirs in words."""


@pytest.mark.parametrize("name", FILES)
def test_no_number_is_without_a_source(name: str) -> None:
    missing = find_unsourced(read_scenario(FOLDER / name).scenario)
    if name in SHORT:
        missing = [m for m in missing if m.part not in ("sites", "suppliers", "routes")]
    assert missing == []


@pytest.mark.parametrize("name", [name for name in FILES if name not in SHORT])
def test_facts_can_be_looked_up_and_the_rest_is_explained(name: str) -> None:
    for entry in build_register(read_scenario(FOLDER / name).scenario):
        place = f"{name}: {entry.part} {entry.id} {entry.field}"
        assert entry.note, f"{place} has no note"
        assert not entry.url or entry.url.startswith(("https://", "http://")), place
        if entry.kind == "fact" and not name.startswith("textbook"):
            assert entry.url, f"{place} is a fact without an address"
            assert entry.date, f"{place} is a fact without a date"
            assert entry.confidence, f"{place} is a fact without a confidence"
        assert not entry.url or entry.date, f"{place} has an address without a date"


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("us-2026")])
def test_numbers_lie_within_their_ranges(name: str) -> None:
    checked = 0
    for part in find_parts(read_scenario(FOLDER / name).scenario):
        for source in part.item.sources:
            if source.low is None or source.high is None:
                continue
            assert source.low <= source.high, f"{part.kind} {part.id} {source.field}"
            for field in BOUNDED:
                if field.split(".")[0] not in source.field:
                    continue
                for number in numbers_of(part.item, field):
                    assert source.low <= number <= source.high, f"{part.kind} {part.id} {field} is {number:g}"
                    checked += 1
    assert checked > 60


def test_no_assumption_about_a_named_maker_goes_without_its_class() -> None:
    for supplier in read_scenario(FOLDER / "us-2026-10gw.yaml").scenario.suppliers:
        assert supplier.class_default, supplier.id
