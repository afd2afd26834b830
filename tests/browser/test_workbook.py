"""A workbook goes out and comes back: one price filled in is one line of the file."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from playwright.sync_api import Locator, Page, expect

from planner.app.words.words import say
from tests.browser.server import App
from tests.browser.visit import Visit

CASE = "us-2026-10gw.yaml"


def cell(sheet: openpyxl.worksheet.worksheet.Worksheet, offer: str, heading: str) -> openpyxl.cell.Cell:
    """The cell of an offer in a column, as somebody who fills it in finds it."""
    column = next(one.column for one in sheet[1] if str(one.value).split(" [")[0] == heading)
    row = next(one.row for one in sheet["A"] if one.value == offer)
    return sheet.cell(row, column)


def test_a_price_filled_into_the_workbook_is_one_line_of_the_file(page: Page, app: App, tmp_path: Path) -> None:
    path = app.copy("bids.yaml", CASE)
    visit = Visit(page, app)
    visit.open(scenario="bids.yaml")
    visit.files("workbook")
    with page.expect_download() as saved:
        visit.press("download_workbook")
    book = tmp_path / "bids.xlsx"
    saved.value.save_as(book)
    filled = openpyxl.load_workbook(book)
    price = cell(filled["Offers"], "maxwell-line", "price")
    assert price.value == 310
    price.value = 250
    filled.save(book)

    page.get_by_test_id("stFileUploaderDropzoneInput").filter(visible=False).first.set_input_files(book)
    visit.says(say("en", "scenario.workbook_changes", count=1))
    visit.unchanged()
    visit.press("workbook_take")
    visit.says(say("en", "scenario.workbook_taken", count=1))
    visit.changed(1)
    visit.save()
    removed, added = app.changed_lines(path)
    assert (removed[0], added[0]) == ("-", "+")
    assert removed[1:].replace("310", "250") == added[1:]


def tops(parts: Locator) -> set[int]:
    """The lines parts of a page stand in, in pixels from the top."""
    boxes = [part.bounding_box() for part in parts.all()]
    return {round(box["y"]) for box in boxes if box}


def test_the_tables_are_near_and_an_error_is_in_sight(page: Page, app: App) -> None:
    """Two lines of folds above them; the sections in one line; the findings open by themselves."""
    app.copy("near.yaml")
    visit = Visit(page, app)
    visit.open(scenario="near.yaml")
    folds = page.get_by_test_id("stMain").get_by_test_id("stExpander")
    first = page.locator("[class*='st-key-ed_']").first.bounding_box()
    assert first is not None
    assert len({top for top in tops(folds) if top < first["y"]}) == 2
    assert len(tops(page.get_by_test_id("stMain").get_by_test_id("stButtonGroup").first.locator("button"))) == 1
    visit.section("offers")
    fold = visit.keyed("findings_panel").locator("details")
    expect(fold).not_to_have_attribute("open", "")
    visit.table("offers").edit(0, "Price", "-5")
    visit.changed(1, errors=1)
    expect(fold).to_have_attribute("open", "")
