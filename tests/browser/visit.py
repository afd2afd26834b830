"""Goes through the application as its user does, by what stands on the screen."""

from __future__ import annotations

import re
from collections.abc import Sequence
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

    def open(self, page: str = "", *, scenario: str = "", run: str = "", language: str = "en", choices: str = "") -> None:
        """Go to a page by its address, and wait until the server has drawn it. ``choices``: the rest of the address."""
        query = {"s": scenario, "run": run, "lang": language}
        path = "" if page == FIRST_PAGE else page
        address = "&".join(part for part in (urlencode({k: v for k, v in query.items() if v}), choices) if part)
        self.page.goto(f"{self.app.url}/{path}?{address}")
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

    def table(self, name: str) -> Grid:
        """A table of the Scenario page, by its name in the format, such as ``offers`` or ``offers.over_time``."""
        return Grid(self.page, f"[class*='st-key-ed_{name.replace('.', '-')}_']")

    def section(self, name: str) -> None:
        """Turn to a section of the Scenario page, by its name in the catalogue."""
        self.page.get_by_test_id("stButtonGroup").get_by_text(re.compile(f"^{pattern(f'scenario.part_{name}')}")).click()
        self.settled()

    def changed(self, changes: int, *, errors: int = 0) -> None:
        """Wait until the draft is so many changes away from its file, and has so many errors."""
        begin = say("en", "scenario.status_changed", changes=changes, errors=errors, warnings="@").partition("@")[0]
        self.says(begin)

    def unchanged(self) -> None:
        """Wait until the draft is as its file."""
        self.says(say("en", "scenario.status_clean", errors=0, warnings="@").partition("@")[0])

    def save(self) -> None:
        """Save into the file; waits until the page says so."""
        self.press("save")
        self.says(say("en", "scenario.saved", name="").strip())
        self.unchanged()

    def press(self, key: str) -> None:
        """Press the button with this key."""
        self.keyed(key).get_by_role("button").click()

    def unfold(self, key: str) -> None:
        """Open a fold of the page by its key."""
        fold = self.keyed(key).locator("details")
        if fold.get_attribute("open") is None:
            fold.locator("summary").click()
            # while it opens, everything in it moves, and a list opened there closes again
            fold.evaluate("fold => Promise.allSettled(fold.getAnimations({subtree: true}).map(each => each.finished))")
        self.settled()

    def files(self, tab: str) -> None:
        """Open the fold for files at one of its tabs, by its name in the catalogue."""
        self.unfold("files_panel")
        self.page.get_by_role("tab", name=say("en", f"scenario.{tab}"), exact=True).click()
        self.settled()

    def says(self, text: str | re.Pattern[str]) -> None:
        """Wait until the page shows this text, outside its closed folds."""
        expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible()

    def choose(self, fold: str, names: Sequence[str]) -> None:
        """Add these to the choice of several within a fold of the page."""
        self.unfold(fold)
        chooser = self.keyed(fold).get_by_test_id("stMultiSelect").locator("input")
        for name in names:
            chooser.focus()  # a click would close the list where it still is open
            chooser.press_sequentially(name)
            self.page.get_by_role("option", name=name, exact=True).click()
            expect(self.keyed(fold).get_by_text(name, exact=True)).to_be_visible()  # a key pressed before would undo it
            self.settled()
        self.page.keyboard.press("Escape")

    def study(self, key: str, wait_ms: float) -> None:
        """Press the button of a study whose key begins so, and wait until it has ended and its page stands."""
        button = self.page.locator(f"[class*='st-key-study_{key}'] button").first
        words = button.inner_text()
        button.click()
        expect(self.page.get_by_role("button", name=words, exact=True)).to_have_count(0, timeout=wait_ms)
        expect(self.page.locator("[class*='st-key-stop_']")).to_have_count(0, timeout=wait_ms)
        self.settled()

    def run_id(self) -> str:
        """The run the address names; empty when it names none."""
        return parse_qs(urlsplit(self.page.url).query).get("run", [""])[0]

    def begin_solve(self) -> str:
        """Press Solve; the id of the run once the address has it."""
        before = self.run_id()
        self.press("solve")
        self.page.wait_for_function("before => (new URL(location).searchParams.get('run') || before) !== before", arg=before)
        self.settled()  # until then the page still tells of the run before
        return self.run_id()

    def ended(self) -> str:
        """Wait until the run the address names has ended; the sentence that says how."""
        alert = self.keyed(f"run_{self.run_id()}").get_by_test_id("stAlert").filter(has_text=ENDED).first
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
