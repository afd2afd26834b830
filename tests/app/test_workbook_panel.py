"""A workbook on the page: what it changes is told before it counts, is one step of the draft, and what is wrong blocks it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from planner.app.draft.draft import data
from planner.app.words.words import say
from planner.exchange.outgoing import write_workbook
from planner.scenario.read import read_document
from tests.app.draft_cases import SCENARIOS, TEN, THIRTY, changed_lines
from tests.app.scenario_visit import Session, read, visit
from tests.exchange.books import cell_of, changed

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OFFER = "maxwell-line"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped scenarios, as ``planner app`` names it to the pages."""
    place = tmp_path / "scenarios"
    shutil.copytree(SCENARIOS, place)
    monkeypatch.setenv("PLANNER_SCENARIOS", str(place))
    monkeypatch.setenv("PLANNER_RESULTS", str(tmp_path / "results"))
    return place


def bids(folder: Path, name: str, price: Any) -> bytes:
    """The workbook of a scenario with another price of one offer."""
    path = folder / name
    raw = write_workbook(read_document(path), unmask=False)
    return changed(raw, ("Offers", cell_of(SCENARIOS / name, "Offers", OFFER, "price"), price))


def upload(session: Session, raw: bytes, name: str = "bids.xlsx", number: int = 0) -> Session:
    session.at.file_uploader(key=f"workbook_upload_{number}").upload(name, raw, MIME)
    return session.run()


def price(session: Session) -> Any:
    return next(offer["price"]["amount"] for offer in data(session.draft)["offers"] if offer["id"] == OFFER)


def test_a_price_in_a_workbook_is_told_taken_over_and_undone(folder: Path) -> None:
    session = upload(visit(TEN), bids(folder, TEN, 250))
    assert price(session) == 310
    assert "310" in session.text
    assert "250" in session.text
    assert OFFER in session.text
    session.press("workbook_take")
    assert price(session) == 250
    assert say("en", "scenario.workbook_taken", count=1) in session.text
    assert [len(lines) for lines in changed_lines(read(folder, TEN), session.draft.text)] == [1, 1]
    assert price(session.press("undo")) == 310
    upload(session, bids(folder, TEN, 310), number=1)
    assert say("en", "scenario.workbook_same") in session.text
    assert session.at.button(key="workbook_take").disabled


def test_what_was_typed_meanwhile_stays(folder: Path) -> None:
    raw = bids(folder, TEN, 250)
    session = upload(visit(TEN).go("offers"), raw)
    session.leave("offers", edited_rows={1: {"price.amount": 150.0}})
    session.press("workbook_take")
    assert price(session) == 250
    assert data(session.draft)["offers"][1]["price"]["amount"] == 150


def test_a_variant_gets_a_change(folder: Path) -> None:
    session = upload(visit(THIRTY), bids(folder, THIRTY, 250)).press("workbook_take")
    assert price(session) == 250
    assert session.draft.text.startswith(read(folder, THIRTY)[:100])
    assert f"offers[{OFFER}]" in session.draft.text


@pytest.mark.parametrize("cell", [-5, "much", "=1/0"])
def test_what_is_wrong_is_told_by_its_cell_and_blocks(folder: Path, cell: Any) -> None:
    session = upload(visit(TEN), bids(folder, TEN, cell))
    assert "Offers" in session.text
    assert cell_of(SCENARIOS / TEN, "Offers", OFFER, "price") in session.text
    assert session.at.button(key="workbook_take").disabled
    assert not session.draft.changed


@pytest.mark.parametrize("raw", [b"", b"a,b\n1,2\n", b"PK\x03\x04 broken", b"%PDF-1.4"])
def test_what_is_no_workbook_is_said_to_be_none(folder: Path, raw: bytes) -> None:
    session = upload(visit(TEN), raw)
    assert "bids.xlsx" in session.text
    assert session.at.button(key="workbook_take").disabled


def test_a_workbook_alone_becomes_a_scenario(folder: Path) -> None:
    small = "two-futures.yaml"
    raw = write_workbook(read_document(folder / small))
    session = visit()
    session.at.file_uploader(key="scenario_upload").upload("new.xlsx", raw, MIME)
    session.run().press("upload_add")
    assert session.draft.name == "new.yaml"
    assert data(session.draft)["offers"] == read_document(folder / "new.yaml").data["offers"]
    assert [offer["id"] for offer in data(session.draft)["offers"]] == [
        offer["id"] for offer in read_document(folder / small).data["offers"]
    ]
    before = sorted(path.name for path in folder.iterdir())
    session.at.file_uploader(key="scenario_upload").upload("other.xlsx", b"PK\x03\x04", MIME)
    session.run().press("upload_add")
    assert "other.xlsx" in session.text
    assert sorted(path.name for path in folder.iterdir()) == before
