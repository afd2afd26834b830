"""Compare, Trade-off and Runs in a real browser: a point that is clicked, a comparison that is passed on, a batch that ends."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from planner.app.words.words import say
from tests.browser.server import App
from tests.browser.visit import Visit

STUDY_MS = 90_000
MARKS = ".st-key-picture_trade svg.marks [aria-roledescription='circle']"
"""The points of the picture."""


@pytest.fixture
def visit(page: Page, app: App) -> Visit:
    return Visit(page, app)


def test_a_click_on_a_point_shows_its_plan_and_the_address_keeps_it(visit: Visit) -> None:
    page = visit.page
    visit.open("tradeoff", scenario="minimal.yaml", choices="against=suppliers&points=3")
    visit.study("minimal-frontier", STUDY_MS)
    heading = page.get_by_role("heading", name=re.compile(r"^Point \d"))
    expect(heading).to_have_text(re.compile("^Point 2"), timeout=STUDY_MS)
    page.locator(MARKS).first.click()
    expect(heading).to_have_text(re.compile("^Point 1"))
    visit.settled()
    page.reload()
    expect(heading).to_have_text(re.compile("^Point 1"))
    visit.press("open_plan")
    expect(page).to_have_url(re.compile(r"/plan\?.*run="))
    visit.says("nobody to sign or qualify")


def test_a_comparison_is_found_by_its_address_in_another_language(visit: Visit, context: BrowserContext) -> None:
    visit.app.copy("slower.yaml", "minimal.yaml", ("lead_time: 8 months", "lead_time: 11 months"))
    visit.open("compare", choices="a=minimal.yaml&b=slower.yaml")
    for _ in range(2):
        visit.study("answer-", STUDY_MS)
    visit.says(re.compile("slower costs USD .* more than minimal"))
    visit.study("minimal-regret", STUDY_MS)
    visit.says(re.compile("risks least: at most"))
    other = Visit(context.new_page(), visit.app)
    other.open("compare", language="ja", choices="a=minimal.yaml&b=slower.yaml")
    other.says(re.compile("最もリスクが小さく"))
    expect(other.page.get_by_test_id("stVegaLiteChart")).to_have_count(3)


def test_a_batch_is_solved_and_its_plan_opened(visit: Visit) -> None:
    page = visit.page
    visit.open("runs", choices="batch=browser")
    visit.choose("runs_settings", ("minimal.yaml", "two-futures.yaml"))
    visit.study("batch-browser", STUDY_MS)
    visit.says(re.compile("2 scenarios: 2 proven"))
    with page.expect_download() as saved:
        page.get_by_role("button", name=say("en", "runs.save", name="summary.parquet")).click()
    assert saved.value.suggested_filename == "browser-summary.parquet"
    visit.press("open_plan")
    expect(page).to_have_url(re.compile(r"/plan\?.*run="))
    expect(page.get_by_role("heading", level=1)).to_have_text("Two makers, one factory")
