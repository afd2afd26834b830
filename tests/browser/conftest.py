"""One application and one browser for each test process; a context of its own for each test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import server
from tests.browser.launch import WAIT_MS, open_browser
from tests.browser.server import App
from tests.browser.visit import RUNNING
from tests.browser.watch import Watch
from tests.command import ROOT

PICTURES = ROOT / "build" / "browser"
SIZE = {"width": 1280, "height": 900}
LOG_END = 4000
"""Characters of the application's log shown with a failure."""
FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Remember on the test whether it failed, for the picture."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The running application over a copy of the shipped scenarios."""
    place = tmp_path_factory.mktemp("app")
    running = server.start(server.make_folder(place / "scenarios"), place / "app.log")
    yield running
    server.stop(running)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser."""
    with open_browser() as started:
        yield started


@pytest.fixture
def watch() -> Watch:
    """What the test's pages did unasked; a test that provokes an error takes it from here."""
    return Watch()


@pytest.fixture
def context(browser: Browser, watch: Watch, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A browser as new: no cookies, the clipboard allowed. The test fails when anything left the machine or went wrong inside."""
    made = browser.new_context(
        locale="en-US", viewport=SIZE, accept_downloads=True, permissions=["clipboard-read", "clipboard-write"],
    )  # fmt: skip
    made.set_default_timeout(WAIT_MS)
    watch.follow(made)
    yield made
    verdict = watch.verdict()
    if verdict or request.node.stash.get(FAILED, False):
        _keep_pictures(made, request.node.name)
        _stop_runs(made)
        if "app" in request.fixturenames:
            print(request.getfixturevalue("app").log.read_text(encoding="utf-8", errors="replace")[-LOG_END:])
    made.close()
    assert not verdict, verdict


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty tab."""
    return context.new_page()


def _stop_runs(context: BrowserContext) -> None:
    """A failed test leaves no solve behind for the next ones to queue after."""
    for page in context.pages:
        for button in page.locator(RUNNING).all():
            button.click()
            expect(page.locator(RUNNING)).to_have_count(0)


def _keep_pictures(context: BrowserContext, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    stem = re.sub(r"[^\w-]+", "-", name)[:80]
    for number, page in enumerate(context.pages):
        file: Path = PICTURES / f"{stem}-{number}.png"
        page.screenshot(path=file)
        print(f"picture of the failed page: {file}")
