"""Rows added, removed and renamed; the file changed meanwhile; what is hidden, computed or missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from openpyxl.styles import numbers
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from planner.exchange.book import open_book
from planner.exchange.incoming import read_incoming
from planner.exchange.outgoing import write_workbook
from planner.scenario.document import Document
from planner.scenario.store import DELETE, Opened, edited_text
from planner.scenario.yaml_events import parse_yaml
from tests.exchange.books import (
    BOOK,
    LARGE,
    MINIMAL,
    cell_of,
    changed,
    opened,
    read_back,
    repacked,
    texts,
    typed,
    written,
)


def after(path: Any, found: Any) -> Any:
    """The data of the file with the edits made: what is meant is what is written."""
    data = parse_yaml(edited_text(opened(path)[0], found.edits), "x").data
    assert data == found.data
    return data


def delete_row(sheet: str, row: int) -> Any:
    return lambda book: book[sheet].delete_rows(row)


def test_a_new_row_is_added_with_everything_that_hangs_on_it() -> None:
    def add(book: Any) -> None:
        book["Suppliers"].append(["third", "Third maker", "JP", None, "6 weeks", 0.2])
        book["Offers"].append(["third-line", "third", "line", 50, "EUR"])
        book["Rates"].append(["EUR", 1.17])
        book["Covers"].append(["third-line", "line", 500])
        book["Slots"].append(["offer", "third-line", "2027-Q1", 2])
        book["Slots"].append(["offer", "third-line", "2026-Q3", 1])
        book["Offers"]["AE4"] = "quarter"
        book["Sources"].append(["offers", "third-line", 1, "price", "quote", "letter of 3 May"])

    found = typed(MINIMAL, by=add)
    assert found.errors == [], texts(found)
    data = after(MINIMAL, found)
    assert data["suppliers"][-1] == {
        "id": "third",
        "name": "Third maker",
        "country": "JP",
        "vetting": {"duration": "6 weeks", "cost": 0.2},
    }
    offer = data["offers"][-1]
    assert offer["price"] == {"amount": 50, "currency": "EUR"}
    assert list(offer["slots"].items()) == [("per", "quarter"), ("2026-Q3", 1), ("2027-Q1", 2)]
    assert offer["sources"] == [{"field": "price", "is": "quote", "note": "letter of 3 May"}]
    assert data["money"]["rates"] == {"EUR": 1.17}


def test_a_period_in_between_goes_where_it_belongs() -> None:
    found = typed(
        LARGE, ("Slots", "A60", "supplier"), ("Slots", "B60", "maxwell"), ("Slots", "C60", "2026-Q1"), ("Slots", "D60", 3)
    )
    data = after(LARGE, found)
    assert list(data["suppliers"][0]["slots"]) == ["per", "2026-Q1", "2026-Q2", "2026-Q3"]


def test_a_short_amount_makes_room_for_its_currency() -> None:
    found = typed(LARGE, (*_at("Suppliers", "maxwell", "agreement currency"), "EUR"))
    assert found.edits == ((("suppliers", 0, "signing_fee"), {"amount": 2, "currency": "EUR"}),)


def _at(sheet: str, key: str, column: str) -> tuple[str, str]:
    return sheet, cell_of(LARGE, sheet, key, column)


def test_cleared_cells_leave_no_empty_maps_behind() -> None:
    cells = [(*_at("Suppliers", "sc-new-energy", name), None) for name in ("rivals take", "rivals take per")]
    found = typed(LARGE, *cells)
    assert found.edits == ((("suppliers", 1, "rival_claims"), DELETE),)
    assert found.errors == []


def test_a_removed_row_removes_the_item_and_says_so() -> None:
    found = typed(LARGE, by=delete_row("Duties", 2))
    assert found.edits == ((("duties", 0), DELETE),)
    assert [finding.severity for finding in found.findings] == ["warning"]
    assert "sheet Duties section-122: its row is gone" in texts(found)
    assert [duty["id"] for duty in after(LARGE, found)["duties"]] == ["section-301"]


def test_removing_one_item_and_adding_to_a_later_one_hits_the_right_one() -> None:
    def change(book: Any) -> None:
        book["Duties"].delete_rows(2)
        last = book["Sources"].max_row
        for row in range(last, 1, -1):
            if book["Sources"].cell(row, 2).value == "section-122":
                book["Sources"].delete_rows(row)
        book["Sources"].append(["duties", "section-301", 3, "rate", "quote", "asked"])

    found = typed(LARGE, by=change)
    assert found.errors == [], texts(found)
    left = after(LARGE, found)["duties"]
    assert [duty["id"] for duty in left] == ["section-301"]
    assert left[0]["sources"][-1] == {"field": "rate", "is": "quote", "note": "asked"}


def test_what_still_names_a_removed_supplier_is_told_at_its_cell() -> None:
    found = typed(MINIMAL, by=delete_row("Suppliers", 2))
    assert "sheet Offers, cell B2 offers.cheap-line.supplier" in texts(found)


def test_a_renamed_row_is_refused() -> None:
    found = typed(LARGE, ("Offers", "A2", "maxwell-line-2"))
    assert "sheet Offers, cell A2 maxwell-line seems to be renamed to maxwell-line-2" in texts(found)
    assert found.errors


def test_the_file_changed_meanwhile_both_changes_are_kept() -> None:
    file, _ = opened(MINIMAL)
    text = file.text.replace("{amount: 65}", "{amount: 70}")
    data = parse_yaml(text, "minimal.yaml").data
    now = Opened(text, "0" * 64, "\n", False, data)
    found = read_incoming(changed(written(MINIMAL), ("Offers", "D2", 45)), now, None, BOOK)
    assert found.edits == ((("offers", 0, "price", "amount"), 45),)
    assert found.data["offers"][1]["price"] == {"amount": 70}
    both = read_incoming(changed(written(MINIMAL), ("Offers", "D3", 66)), now, None, BOOK)
    assert both.edits == ()
    assert "sheet Offers, cell D3 price is 66; was 65 when the workbook was made; the file says 70 now" in texts(both)
    agreed = read_incoming(changed(written(MINIMAL), ("Offers", "D3", 70)), now, None, BOOK)
    assert (agreed.edits, agreed.errors) == ((), [])


def test_a_workbook_of_another_file_or_a_newer_planner_is_said() -> None:
    file, document = opened(MINIMAL)
    other = read_incoming(written(MINIMAL), file, replace(document, file="other.yaml"), BOOK)
    assert "warning: bids.xlsx was made from minimal.yaml, not from other.yaml" in texts(other)
    older = read_incoming(written(MINIMAL), file, replace(document, sha256="2" * 64), BOOK)
    assert "note: bids.xlsx the scenario file has changed since the workbook was made" in texts(older)
    newer = typed(MINIMAL, ("_planner", "B1", "2"))
    assert "written by a newer planner (workbook format 2)" in texts(newer)
    assert len(newer.errors) == 1


def test_rows_removed_or_added_on_both_sides() -> None:
    file, document = opened(MINIMAL)
    data = {**document.data, "offers": document.data["offers"][:1]}
    now = replace(file, sha256="1" * 64, data=data)
    untouched = read_incoming(written(MINIMAL), now, replace(document, data=data), BOOK)
    assert untouched.edits == ()
    touched = read_incoming(changed(written(MINIMAL), ("Offers", "D3", 66)), now, replace(document, data=data), BOOK)
    assert "sheet Offers, row 3" in texts(touched)
    assert "was changed here, but the file no longer has it" in texts(touched)
    longer = {**document.data, "suppliers": [*document.data["suppliers"], {"id": "new", "country": "JP"}]}
    grown = read_incoming(written(MINIMAL), replace(file, data=longer), replace(document, data=longer), BOOK)
    assert (grown.edits, grown.data) == ((), longer)


def test_without_the_hidden_sheets_cells_are_compared_with_the_file_and_nothing_is_removed() -> None:
    def strip(book: Any) -> None:
        del book["_planner"], book["_original"]
        book["Offers"].delete_rows(3)

    found = typed(MINIMAL, ("Offers", "D2", 45), by=strip)
    assert found.edits == ((("offers", 0, "price", "amount"), 45),)
    assert "hidden sheets of the planner are missing" in texts(found)
    assert found.errors == []


def test_missing_and_strange_sheets_and_columns() -> None:
    def change(book: Any) -> None:
        del book["Rates"]
        book["Slots"].title = "Slotz"
        book["Offers"].delete_cols(3)
        book["Offers"]["AU1"] = "my remarks"
        book.create_sheet("Sheet1")

    found = typed(MINIMAL, by=change)
    said = texts(found)
    assert found.edits == ()
    assert "sheet Slotz unknown sheet; did you mean Slots?" in said
    assert "sheet Sheet1 is no sheet of the planner and is not read" in said
    assert "note: bids.xlsx, sheet Offers column unit is missing: its values stay as they are" in said
    assert "column 'my remarks' (AU) is no column of this sheet and is not read" in said
    assert len(found.errors) == 1


def test_another_unit_in_the_heading_is_refused() -> None:
    found = typed(MINIMAL, ("Offers", "D1", "price [thousand per unit in its currency]"))
    assert "sheet Offers, cell D1 the unit is [thousand per unit in its currency]" in texts(found)
    assert len(found.errors) == 1


def test_what_is_hidden_is_read_and_said() -> None:
    def hide(book: Any) -> None:
        book["Offers"].row_dimensions[2].hidden = True
        book["Offers"].column_dimensions["D"].hidden = True
        book["Slots"].sheet_state = "hidden"

    found = typed(MINIMAL, ("Offers", "D2", 45), by=hide)
    assert found.edits == ((("offers", 0, "price", "amount"), 45),)
    assert "note: bids.xlsx, sheet Offers row 2; column D hidden, and read all the same" in texts(found)
    assert "note: bids.xlsx, sheet Slots the sheet is hidden" in texts(found)


def test_a_formula_without_a_stored_result_is_refused() -> None:
    found = typed(MINIMAL, ("Offers", "D2", "=40*1.1"), ("Offers", "D3", "=[1]Prices!A1"))
    assert "sheet Offers, cell D2 price is =40*1.1; is a formula without a stored result" in texts(found)
    assert "sheet Offers, cell D3 price is =[1]Prices!A1; reads another workbook" in texts(found)
    assert found.edits == ()


def test_the_stored_result_of_a_formula_is_taken_and_said() -> None:
    def store(name: str, text: bytes) -> bytes:
        return text.replace(b"<f>40*1.1</f><v></v>", b"<f>40*1.1</f><v>44</v>").replace(
            b"<f>40*1.1</f><v />", b"<f>40*1.1</f><v>44</v>"
        )

    found = read_back(MINIMAL, repacked(changed(written(MINIMAL), ("Offers", "D2", "=40*1.1")), store))
    assert found.edits == ((("offers", 0, "price", "amount"), 44),), texts(found)
    assert "formulas in D2: their stored results were taken" in texts(found)


@pytest.mark.parametrize("value", ["#N/A", "#DIV/0!", "#REF!"])
def test_errors_of_the_spreadsheet_are_refused(value: str) -> None:
    found = typed(MINIMAL, ("Offers", "D2", value))
    assert f"sheet Offers, cell D2 price is {value}; is an error of the spreadsheet" in texts(found)


def test_a_workbook_that_counts_days_from_1904_means_the_same_days() -> None:
    def count(book: Any) -> None:
        book.epoch = CALENDAR_MAC_1904

    found = typed(MINIMAL, ("Offers", "R2", date(2026, 2, 1)), by=count)
    assert found.errors == []
    assert (("offers", 0, "valid"), {"from": "2026-02-01"}) in found.edits
    assert len(found.edits) == 1, found.edits


def test_an_amount_shown_in_another_currency_is_refused() -> None:
    def show(book: Any) -> None:
        book["Offers"]["D2"].number_format = "#,##0.00 [$€-407]"

    found = typed(LARGE, ("Offers", "D2", 39), by=show)
    assert "cell D2 price is 39; is shown in EUR, but price currency says CNY" in texts(found)


def test_a_percentage_is_a_share() -> None:
    def show(book: Any) -> None:
        book["Duties"]["D2"].number_format = numbers.FORMAT_PERCENTAGE

    assert typed(LARGE, ("Duties", "D2", 0.15), by=show).edits == ((("duties", 0, "rate"), 0.15),)


def test_the_scenarios_own_checks_speak_of_cells() -> None:
    found = typed(LARGE, ("Offers", "L2", "5 moths"), ("Sites", "C2", "2026-13-01"))
    said = texts(found)
    assert "bids.xlsx, sheet Offers, cell L2 lead time is 5 moths; is not a duration" in said
    assert "bids.xlsx, sheet Sites, cell C2 ready is 2026-13-01; there is no such day" in said
    said = texts(typed(LARGE, ("Duties", "D2", 15), ("Offers", "H2", "FAC")))
    assert "bids.xlsx, sheet Duties, cell D2 duties.section-122.rate is 15" in said
    assert "bids.xlsx, sheet Offers, cell H2 offers.maxwell-line.incoterm.rule is FAC" in said


def test_what_stands_in_the_file_only_cannot_be_cleared_or_rewritten_by_accident() -> None:
    path = LARGE.parent / "textbook" / "wagner-whitin.yaml"
    found = typed(path, ("Suppliers", "J2", None))
    assert "sheet Suppliers, cell J2 each order costs: cannot be cleared here" in texts(found)
    assert found.edits == ()
    assert typed(path, ("Suppliers", "J2", 5)).edits == ((("suppliers", 0, "order_fee"), 5),)


def test_the_window_of_slots_is_only_shown_beside_them() -> None:
    found = typed(MINIMAL, ("Slots", "E2", "year"))
    assert "sheet Slots, cell E2 window is year; is only shown here; it is quarter" in texts(found)


def test_confidential_makers_are_left_out_unless_asked_for() -> None:
    file, document = opened(MINIMAL)
    makers = [{**document.data["suppliers"][0], "confidential": True, "name": "Secret Tools"}, document.data["suppliers"][1]]
    hidden: Document = replace(document, data={**document.data, "suppliers": makers})
    raw = write_workbook(hidden, unmask=False)
    back = read_incoming(raw, replace(file, data=hidden.data), hidden, BOOK)
    assert back.edits == ()
    assert "left out of the workbook: makers marked confidential" in texts(back)
    told = " ".join(str(found.value) for sheet in open_book(raw, "").values() for found in sheet.cells.values())
    assert "Secret" not in told
    assert "cheap" not in told
    assert "dear-line" in told


def test_a_workbook_for_one_maker_holds_what_that_maker_is_asked_for() -> None:
    file, document = opened(LARGE)
    raw = write_workbook(document, ["yac"])
    book = open_book(raw, "")
    told = " ".join(str(found.value) for name, sheet in book.items() if name != "Read me" for found in sheet.cells.values())
    assert "yac-wet" in told
    assert "maxwell" not in told
    assert "Duties" not in book
    back = read_incoming(changed(raw, ("Offers", "D2", 1300)), file, document, BOOK)
    index = next(i for i, offer in enumerate(document.data["offers"]) if offer["id"] == "yac-wet")
    assert back.edits == ((("offers", index, "price", "amount"), 1300),)
