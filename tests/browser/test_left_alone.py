"""Solves nobody watches: they go on under their name, and no process outlives its run or its server."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from planner.app.solve_panel import SETTLING
from planner.app.words.words import say
from tests.app.ui_rows import row
from tests.browser import server
from tests.browser.server import App
from tests.browser.visit import RUNNING, Visit
from tests.browser.wire import Session, open_session

LONG = "three-shocks.yaml"
"""Searches for minutes."""
UNSEEN_SECONDS = 5.0
"""After so long without a browser a run is a run that goes on."""
PATIENCE = 30.0

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads the kernel's list of processes")


def wait_for(true: Callable[[], object], seconds: float) -> None:
    limit = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < limit, "waited too long"
        time.sleep(0.05)


def is_there(process: int) -> bool:
    """Whether this process exists and has not ended."""
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


def loaded(process: int) -> str:
    """The files a process has in memory; empty when it has ended."""
    try:
        return Path(f"/proc/{process}/maps").read_text(encoding="utf-8")
    except OSError:
        return ""


def begin(session: Session) -> None:
    """Press Solve without a browser."""
    session.run()
    session.say(session.widget("button", "solve").id, trigger_value=True)
    limit = time.monotonic() + PATIENCE
    session.run()
    while say("en", "solve.cancel") not in session.words():
        assert time.monotonic() < limit, session.words()[-2000:]
        time.sleep(SETTLING)
        session.run()


def test_a_browser_closed_during_a_solve_leaves_a_run_that_is_found_again(page: Page, app: App, browser: Browser) -> None:
    """BI-246: the run goes on under the name in its address; whoever has the address finds it, and can end it."""
    assert "continues as a named job; no orphan process" in row("BI-246")["expected"]
    visit = Visit(page, app)
    visit.open(scenario=LONG)
    run = visit.begin_solve()
    expect(page.locator(RUNNING)).to_be_visible()
    workers = app.children()
    address = page.url
    page.context.close()
    time.sleep(UNSEEN_SECONDS)
    assert app.children() & workers
    other = browser.new_context(locale="en-US")
    again = Visit(other.new_page(), app)
    again.page.goto(address)
    expect(again.page.locator(RUNNING)).to_be_visible()
    assert again.run_id() == run
    again.press("cancel")
    again.ended()
    assert not app.children() & workers
    other.close()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_solver_outlives_its_server(tmp_path: Path, how: signal.Signals) -> None:
    """The page is still open and its solve is running when the server is told to end, or is killed."""
    own = server.start(server.make_folder(tmp_path / "scenarios"), tmp_path / "app.log")
    try:
        with open_session(own.port, query=f"s={LONG}") as session:
            begin(session)
            workers = own.children()
            assert workers
            own.process.send_signal(how)
            own.process.wait(PATIENCE)
        wait_for(lambda: not [worker for worker in workers if is_there(worker)], server.STOP_SECONDS)
        assert own.process.returncode == (-signal.SIGKILL if how == signal.SIGKILL else 0)
        assert "Traceback" not in own.log.read_text(encoding="utf-8")
    finally:
        server.stop(own)


def test_the_engine_is_never_loaded_where_the_pages_are(app: App) -> None:
    """While a solve runs, the server itself has nothing of the engine in memory: its state cannot mix two solves."""
    with open_session(app.port, query=f"s={LONG}") as session:
        begin(session)
        wait_for(lambda: any("highs" in loaded(worker) for worker in app.children()), PATIENCE)
        assert "highs" not in loaded(app.process.pid)
        session.say(session.widget("button", "cancel").id, trigger_value=True)
        session.run()
