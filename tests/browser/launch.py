"""Starts the real browser, cut off from all other machines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser import find_browser

WAIT_MS = 20_000
"""How long a step may wait for what the server writes: far above what it takes, so that a busy machine is no failure."""
OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
"""No name of another machine is ever looked up: what tries to leave is seen, and goes nowhere."""


@contextmanager
def open_browser() -> Iterator[Browser]:
    """A browser, closed at the end."""
    expect.set_options(timeout=WAIT_MS)
    with sync_playwright() as drive:
        started = drive.chromium.launch(executable_path=find_browser.browser(), args=["--no-sandbox", OFFLINE])
        try:
            yield started
        finally:
            started.close()
