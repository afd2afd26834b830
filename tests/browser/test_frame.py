"""The frame around every page: its address, the navigation, the language."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from planner.app.page_list import PAGES
from planner.app.words.words import say
from tests.browser.server import App
from tests.browser.visit import Visit

TITLES = {page: say("en", f"frame.nav_{page}") for page in PAGES}


@pytest.fixture
def visit(page: Page, app: App) -> Visit:
    return Visit(page, app)


def test_every_page_is_reached_by_the_navigation_and_by_its_address(visit: Visit) -> None:
    visit.open()
    for name, title in TITLES.items():
        visit.turn_to(title)
        expect(visit.page).to_have_url(re.compile(rf"/({name})?(\?.*)?$"))
    for name in TITLES:
        visit.open(name, scenario="minimal.yaml")
        visit.says("minimal.yaml")


def in_japanese(visit: Visit) -> None:
    expect(visit.page.get_by_test_id("stSidebarNav").get_by_role("link", name=say("ja", "frame.nav_plan"))).to_be_visible()
    expect(visit.page.locator("html")).to_have_attribute("lang", "ja")


def test_the_language_is_switched_and_stays(visit: Visit) -> None:
    visit.open()
    visit.page.get_by_test_id("stSidebar").get_by_test_id("stSelectbox").locator("input").click()
    visit.page.get_by_role("option", name="日本語").click()
    in_japanese(visit)
    visit.turn_to(say("ja", "frame.nav_futures"))
    in_japanese(visit)
    visit.page.reload()
    in_japanese(visit)


def test_a_link_says_its_language(visit: Visit) -> None:
    visit.open("plan", language="ja")
    in_japanese(visit)


def test_the_first_page_is_found_by_its_name_too(visit: Visit) -> None:
    visit.page.goto(f"{visit.app.url}/scenario?s=minimal.yaml&lang=ja")
    visit.settled()
    visit.says(say("ja", "scenario.undo"))
    visit.says("minimal.yaml")
    in_japanese(visit)
    expect(visit.page.get_by_role("dialog")).to_have_count(0)
    expect(visit.page.get_by_test_id("stSidebarNav").get_by_role("link")).to_have_count(len(TITLES))
