"""Goes through the application as its user does, by what stands on the screen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import Locator, Page, expect

from planner.app.words.words import say
from tests.browser.grid import Grid
from tests.browser.server import App

FIRST_PAGE = "scenario"
"""The page at the application's own address."""
SOLVE_MS = 90_000
RUNNING = ".st-key-cancel button:not([disabled])"
"""Matches while a run can be stopped."""
ENDINGS = ("optimal", "optimal_gap", "feasible", "feasible_unknown", "infeasible", "stopped", "cancelled", "cancelled_gap",
           "cancelled_empty", "failed", "killed", "not_verified")  # fmt: skip
"""Texts of the catalogue that say how a run ended."""
UNFINISHED = "[data-testid='stSkeleton'], [data-stale='true']"
"""What stands on a page whose parts are still on their way."""
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
        """Wait until the server has nothing more to draw and the browser has drawn it."""
        expect(self.page.locator(IDLE)).to_be_attached()
        expect(self.page.locator(UNFINISHED)).to_have_count(0)

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

    def begin_solve(self) -> str:
        """Press Solve; the id of the run once the address has it."""
        before = self.run_id()
        self.keyed("solve").get_by_role("button").click()
        self.page.wait_for_function("before => (new URL(location).searchParams.get('run') || before) !== before", arg=before)
        return self.run_id()

    def ended(self) -> str:
        """Wait until the run has ended; the sentence that says how."""
        alert = self.page.get_by_test_id("stAlert").filter(has_text=ENDED).first
        expect(alert).to_be_visible(timeout=SOLVE_MS)
        self.settled()
        return alert.inner_text()

    def solve(self) -> str:
        """Solve to the end; the id of the run."""
        run = self.begin_solve()
        self.ended()
        return run

    def keyed(self, key: str) -> Locator:
        """The part of the page with the key its page gave it."""
        return self.page.locator(f".st-key-{key}")


def pattern(key: str, language: str = "en") -> str:
    """A text of the catalogue as a regular expression; what is filled in may be anything."""
    return re.sub(r"\\{\w+\\}", ".+", re.escape(say(language, key)))


ENDED = re.compile("|".join(pattern(f"solve.{key}") for key in ENDINGS))
