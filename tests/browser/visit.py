"""Goes through the application as its user does, by what stands on the screen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.browser.grid import Grid
from tests.browser.server import App

FIRST_PAGE = "scenario"
"""The page at the application's own address."""
SOLVE_MS = 90_000
IDLE = "[data-testid='stApp'][data-test-script-state='notRunning']"


@dataclass(frozen=True)
class Visit:
    """One tab on one application. Words are in English unless another language was asked for."""

    page: Page
    app: App

    def open(self, page: str = "", *, scenario: str = "", run: str = "", language: str = "en") -> None:
        """Go to a page by its address, and wait until the server has drawn it."""
        query = {"s": scenario, "run": run, "lang": language}
        path = "" if page == FIRST_PAGE else page
        self.page.goto(f"{self.app.url}/{path}?{urlencode({k: v for k, v in query.items() if v})}")
        self.settled()

    def settled(self) -> None:
        """Wait until the server has nothing more to draw."""
        expect(self.page.locator(IDLE)).to_be_attached()

    def turn_to(self, title: str) -> None:
        """Change the page by the navigation."""
        self.page.get_by_test_id("stSidebarNav").get_by_role("link", name=title, exact=True).click()
        expect(self.page.get_by_test_id("stSidebarNav").locator("[aria-current=page]")).to_have_text(title)
        self.settled()

    def button(self, name: str) -> Locator:
        """A button by its words."""
        return self.page.get_by_role("button", name=name, exact=True)

    def grid(self, key: str) -> Grid:
        """A table by its key."""
        return Grid(self.page, key)

    def says(self, text: str | re.Pattern[str]) -> None:
        """Wait until the page shows this text."""
        expect(self.page.get_by_text(text).first).to_be_visible()

    def run_id(self) -> str:
        """The run the address names; empty when it names none."""
        return parse_qs(urlsplit(self.page.url).query).get("run", [""])[0]
