"""The way a planner goes: a price, a shock, a solve, a stop, a plan, its workbook, a save of what was meant and no more."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from planner.app.words.words import say
from tests.browser.server import App
from tests.browser.visit import RUNNING, Visit, pattern

CASE = "us-2026-10gw.yaml"
STOP = {"Date": "2026-07-01", "Chance": "0.25", "Lasts": "6 months", "Hits: Countries": "CN"}


def set_gap(visit: Visit, percent: str) -> None:
    """How exactly to search."""
    box = visit.keyed("gap_percent").get_by_role("spinbutton")
    box.fill(percent)
    box.press("Enter")
    visit.settled()


def test_the_planners_journey(page: Page, app: App, tmp_path: Path) -> None:
    path = app.copy("journey.yaml", CASE)
    visit = Visit(page, app)
    visit.open(scenario="journey.yaml")
    set_gap(visit, "0")

    visit.section("offers")
    offers = visit.table("offers")
    offers.edit(offers.row_of("maxwell-line"), "Price", "250")
    visit.changed(1)
    visit.save()
    removed, added = app.changed_lines(path)
    assert (removed[0], added[0]) == ("-", "+")
    assert removed[1:].replace("310", "250") == added[1:]

    visit.section("news")
    visit.unfold("empty_tables")
    shocks = visit.table("shocks")
    shocks.add_row()
    shocks.edit(0, "Id", "stop")
    for column, text in STOP.items():
        shocks.edit(0, column, text)
    shocks.choose(0, "Shipments", "stopped")
    visit.changed(1)

    visit.begin_solve()
    expect(page.locator(RUNNING)).to_be_visible()
    visit.press("cancel")
    assert re.search(pattern("solve.cancelled_empty") + "|" + pattern("solve.cancelled_gap"), visit.ended())
    set_gap(visit, "5")
    visit.begin_solve()
    assert re.search(pattern("solve.optimal_gap"), visit.ended())

    visit.turn_to(say("en", "frame.nav_plan"))
    gantt = page.get_by_test_id("stVegaLiteChart").first
    expect(gantt).to_contain_text("maxwell-line")
    expect(gantt).to_contain_text("2026-Q1")
    visit.page.get_by_test_id("stButtonGroup").get_by_text(say("en", "plan.section_files"), exact=True).click()
    with page.expect_download() as saved:
        page.get_by_test_id("stDownloadButton").get_by_text(say("en", "plan.file_results_xlsx")).click()
    saved.value.save_as(tmp_path / "results.xlsx")
    book = openpyxl.load_workbook(tmp_path / "results.xlsx")
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "stop" in " ".join(cells)
    assert not [cell for cell in cells if cell.startswith("=")]

    visit.turn_to(say("en", "frame.nav_futures"))
    visit.says("stop")
    visit.turn_to(say("en", "frame.nav_scenario"))
    visit.changed(1)
    visit.save()
    lines = app.changed_lines(path)
    assert [line for line in lines if line[0] == "-"] == [removed]
    assert "stop" in "".join(line for line in lines if line[0] == "+")
