"""A draft holds what was typed and nothing else: saved, it reads back as meant and no other line of the file moves."""

from __future__ import annotations

import difflib
import random
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from planner.app.draft.draft import Draft, apply_cell, data, document, findings, open_draft, sentences
from planner.app.draft.history import History, push, redo, reset, undo
from planner.app.draft.located import build_views
from planner.app.draft.lookups import build_lookups
from planner.app.draft.pen import Pen
from planner.app.draft.saving import save_draft
from planner.app.draft.typed import Typed
from planner.app.draft.view import View
from planner.errors import BadInput
from planner.scenario.document import Path as Place
from planner.scenario.places import value_at
from planner.scenario.read import read_document, read_scenario
from planner.scenario.splice import APPEND, DELETE, apply_edits
from tests.app.draft_cases import SHIPPED, SHOCKS, TEN, THIRTY, after, changed_lines, copied, row_of, whole

PRICE = ("offers", 0, "price", "amount")


@pytest.mark.parametrize("name", SHIPPED)
def test_nothing_edited_is_the_file_byte_for_byte(tmp_path: Path, name: str) -> None:
    draft = copied(tmp_path, name)
    raw = (tmp_path / name).read_bytes()
    assert whole(draft, lambda view: {"edited_rows": {}, "added_rows": [{}], "deleted_rows": []}).edits == ()
    save_draft(draft)
    assert (tmp_path / name).read_bytes() == raw
    assert sentences(draft) == []


@pytest.mark.parametrize("name", SHIPPED)
def test_typing_what_stands_there_changes_nothing(tmp_path: Path, name: str) -> None:
    draft = copied(tmp_path, name)

    def retyped(view: View) -> dict[str, Any]:
        names = [field.name for field in view.fields]
        return {"edited_rows": {n: dict(zip(names, row.cells, strict=True)) for n, row in enumerate(view.rows)}}

    assert whole(draft, retyped) == Typed((), (), ())


def number_cells(draft: Draft) -> list[tuple[View, int, str]]:
    """Every number cell of the draft that has a value: (table, row, column)."""
    views = build_views(data(draft), build_lookups(data(draft))).values()
    return [
        (view, number, field.name)
        for view in views
        for number, row in enumerate(view.rows)
        for field, cell in zip(view.fields, row.cells, strict=True)
        if field.kind == "number" and cell is not None
    ]


@pytest.mark.parametrize("name", SHIPPED)
def test_cells_typed_one_after_the_other_are_saved_as_meant(tmp_path: Path, name: str) -> None:
    rnd = random.Random(name)
    draft = copied(tmp_path, name)
    start = draft.text
    meant: dict[Place, float] = {}
    cells = number_cells(draft)
    for view, row, column in rnd.sample(cells, min(2, len(cells))):
        value = round(rnd.uniform(0, 9), 3)
        edited = after(draft, view.name, edited_rows={row: {column: value}})
        differences = [p for p in leaves(data(edited)) if value_at(data(draft), p) != value_at(data(edited), p)]
        assert len(differences) <= 1
        meant |= dict.fromkeys(differences, value)
        draft = edited
    save_draft(draft)
    again = read_document(tmp_path / name, tmp_path) if not findings(draft) else document_without_check(draft)
    for place, value in meant.items():
        assert value_at(again.data, place) == value
    if not draft.is_variant:
        lines = [line for line in difflib.ndiff(start.splitlines(), draft.text.splitlines()) if line[0] in "+-"]
        assert len(lines) <= 2 * len(meant)


def document_without_check(draft: Draft) -> Any:
    read = open_draft(draft.name, draft.folder).reading.document
    assert read is not None
    return read


def leaves(value: Any, path: Place = ()) -> list[Place]:
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        return [leaf for key, item in items for leaf in leaves(item, (*path, key))]
    return [path]


def test_one_price_is_one_line_with_its_comment(tmp_path: Path) -> None:
    draft = copied(tmp_path)
    row = row_of(draft, "offers", "maxwell-line")
    edited = after(draft, "offers", edited_rows={row: {"price.amount": 311.0}})
    assert changed_lines(draft.text, edited.text) == (
        ["    price: {amount: 310, currency: CNY, escalation: 0.02}"],
        ["    price: {amount: 311, currency: CNY, escalation: 0.02}"],
    )
    assert sentences(edited) == ["Offer maxwell-line: price changes from 310 to 311 (CNY million per unit)"]
    assert save_draft(edited).opened.text == edited.text == (tmp_path / TEN).read_text()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (0.1 + 0.2, 0.3),
        (150.0, 150),
        (np.float64(7.5), 7.5),
        (np.int64(12), 12),
        (np.float64(12), 12),
    ],
)
def test_numbers_become_plain_ones(tmp_path: Path, typed: Any, stored: Any) -> None:
    edited = after(copied(tmp_path), "offers", edited_rows={0: {"price.amount": typed}})
    value = value_at(data(edited), PRICE)
    assert (value, type(value)) == (stored, type(stored))


@pytest.mark.parametrize("empty", [None, float("nan"), np.nan, pd.NA, pd.NaT, "", "  "])
def test_an_emptied_cell_removes_the_field(tmp_path: Path, empty: Any) -> None:
    edited = after(copied(tmp_path), "offers", edited_rows={0: {"price.escalation": empty}})
    assert "escalation" not in value_at(data(edited), ("offers", 0, "price"))


def test_the_last_field_of_a_part_takes_the_part_along(tmp_path: Path) -> None:
    draft = copied(tmp_path)
    row = row_of(draft, "sites", "texas")
    edited = after(draft, "sites", edited_rows={row: {"install_limit.units": None}})
    assert "install_limit" not in data(edited)["sites"][row]
    assert not [f for f in findings(edited) if f.severity == "error"]


def test_a_short_amount_is_written_out_only_when_it_must_be(tmp_path: Path) -> None:
    draft = copied(tmp_path)
    row = row_of(draft, "suppliers", "maxwell")
    plain = after(draft, "suppliers", edited_rows={row: {"signing_fee.amount": 2.5}})
    assert data(plain)["suppliers"][row]["signing_fee"] == 2.5
    foreign = after(plain, "suppliers", edited_rows={row: {"signing_fee.currency": "EUR"}})
    assert data(foreign)["suppliers"][row]["signing_fee"] == {"amount": 2.5, "currency": "EUR"}


def test_undo_redo_and_reset(tmp_path: Path) -> None:
    draft = copied(tmp_path)
    first = apply_cell(draft, PRICE, 311)
    second = apply_cell(first, ("offers", 0, "min_order"), DELETE)
    history = push(push(History(draft), first), second)
    assert push(history, apply_cell(first, ("offers", 0, "min_order"), DELETE)) is history
    assert undo(history).now.text == first.text
    assert undo(undo(history)).now.text == draft.text
    assert undo(undo(undo(history))).now.text == draft.text
    assert redo(undo(history)).now.text == second.text
    assert reset(history).now.edits == ()
    assert undo(reset(history)).now.text == second.text


def test_an_edit_taken_back_by_hand_leaves_no_trace(tmp_path: Path) -> None:
    for name in (TEN, THIRTY):
        draft = copied(tmp_path, name)
        assert apply_cell(apply_cell(draft, PRICE, 311), PRICE, 310).edits == ()


def test_a_variant_gets_one_change_per_cell_and_its_own_value_is_changed_in_place(tmp_path: Path) -> None:
    draft = copied(tmp_path, THIRTY)
    elsewhere = apply_cell(draft, PRICE, 300)
    assert changed_lines(draft.text, elsewhere.text) == (
        [],
        ['  - select: "offers[maxwell-line].price.amount"', "    set: 300"],
    )
    site = row_of(draft, "sites", "texas")
    own = after(draft, "sites", edited_rows={site: {"capacity_mw": 26000}})
    assert changed_lines(draft.text, own.text) == (["    set: 25200"], ["    set: 26000"])
    save_draft(apply_cell(elsewhere, ("sites", site, "capacity_mw"), 26000))
    again = read_document(tmp_path / THIRTY, tmp_path).data
    assert (value_at(again, PRICE), value_at(again, ("sites", site, "capacity_mw"))) == (300, 26000)
    assert (tmp_path / TEN).read_bytes() == (Path(__file__).parents[2] / "scenarios" / TEN).read_bytes()


def test_rows_of_a_variant_come_and_go_by_changes(tmp_path: Path) -> None:
    draft = copied(tmp_path, SHOCKS)
    row = row_of(draft, "offers", "sc-line")
    edited = after(draft, "offers", deleted_rows=[row])
    assert "sc-line" not in [offer["id"] for offer in data(edited)["offers"]]
    assert '  - select: "offers[sc-line]"\n    remove: true\n' in edited.text
    grown = after(draft, "suppliers", added_rows=[{"id": "new", "country": "KR"}])
    assert data(grown)["suppliers"][-1] == {"id": "new", "country": "KR"}
    assert sentences(grown) == ["Supplier new is new"]
    assert after(grown, "suppliers", deleted_rows=[len(data(grown)["suppliers"]) - 1]).edits == ()


def test_a_shock_a_variant_set_is_edited_where_it_stands(tmp_path: Path) -> None:
    draft = copied(tmp_path, SHOCKS)
    row = row_of(draft, "shocks", "maker-fails")
    edited = after(draft, "shocks", edited_rows={row: {"hazard_per_year": 0.06}})
    assert changed_lines(draft.text, edited.text) == (["        hazard_per_year: 0.05"], ["        hazard_per_year: 0.06"])


def test_a_draft_with_errors_is_no_document_but_has_its_findings(tmp_path: Path) -> None:
    bad = apply_cell(copied(tmp_path), ("offers", 0, "cell_efficiency"), 25.5)
    with pytest.raises(BadInput, match="between 0 and 1"):
        document(bad)
    assert [f.field for f in findings(bad) if f.severity == "error"] == ["offers.maxwell-line.cell_efficiency"]
    assert document(copied(tmp_path)).data["title"]


def test_findings_are_those_of_the_file(tmp_path: Path) -> None:
    for name in (TEN, THIRTY, SHOCKS, "infeasible-on-purpose.yaml"):
        draft = copied(tmp_path, name)
        assert findings(draft) == read_scenario(tmp_path / name, tmp_path).findings


def test_a_pen_says_the_sum_of_what_it_wrote() -> None:
    origin = {"a": [{"x": 1, "l": [1]}, {"x": 2, "l": [2]}], "m": {"k": 1}}
    pen = Pen(origin)
    pen.write(("a", 0), DELETE)
    pen.write(("a", 0, "l", APPEND), 3)
    pen.write(("a", APPEND), {"x": 5})
    pen.write(("a", 1, "x"), 6)
    pen.write(("m", "k"), DELETE)
    assert pen.now == {"a": [{"x": 2, "l": [2, 3]}, {"x": 6}]}
    assert apply_edits(origin, pen.edits()) == pen.now
    assert Pen(origin, pen.edits()).now == pen.now


def places(value: Any, path: Place = ()) -> list[Place]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, item in items for place in ((*path, key), *places(item, (*path, key)))]


@pytest.mark.parametrize("seed", range(12))
def test_a_pen_never_loses_its_place(seed: int, tmp_path: Path) -> None:
    rnd = random.Random(seed)
    draft = copied(tmp_path, rnd.choice(SHIPPED))
    pen = Pen(draft.opened.data)
    for _ in range(10):
        place = rnd.choice(places(pen.now))
        held = value_at(pen.now, place)
        act = rnd.random()
        if act < 0.3 and len(place) > 1:
            pen.write(place, DELETE)
        elif act < 0.5 and isinstance(held, list):
            pen.write((*place, APPEND), {"id": "new", "n": rnd.randint(0, 9)})
        elif act < 0.6 and isinstance(held, dict):
            pen.write((*place, "zz"), {"b": 2})
        elif not isinstance(held, dict | list):
            pen.write(place, rnd.choice([5, "x", 2.5, True]))
        assert apply_edits(draft.opened.data, pen.edits()) == pen.now
    assert Draft(draft.name, tmp_path, draft.opened, pen.edits()).text
