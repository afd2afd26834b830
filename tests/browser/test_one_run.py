"""However often Solve is pressed, a session has one run at a time."""

from __future__ import annotations

import re
import time

from playwright.sync_api import Page, expect

from planner.app.plain import label
from planner.app.solve_panel import SETTLING
from planner.app.words.words import say
from tests.app.ui_rows import row
from tests.browser.server import App
from tests.browser.visit import RUNNING, Visit
from tests.browser.wire import Session, open_session
from tests.thorough import cases

LONG = "three-shocks.yaml"
"""Searches for minutes."""
PRESSES = len(cases(6, 20))
NAMED = re.compile(re.escape(say("en", "solve.goes_on", name=label(LONG), run="@")).replace("@", r"([\w\\-]+)"))
"""What stands beside the grey button: the run that goes on, by its file and its id."""
CLICKS = "([button, times]) => { for (let n = 0; n < times; n++) document.querySelector(button).click() }"


def press(session: Session, key: str) -> None:
    """Press a button, also one that is grey, as a page that was drawn earlier does; returns when it has settled."""
    session.say(session.widget("button", key).id, trigger_value=True)
    session.run()
    time.sleep(SETTLING)
    session.run()


def named(session: Session) -> str:
    """The id of the run the page says is going on; empty when it says none."""
    found = [match[1] for text in session.elements("markdown") if (match := NAMED.fullmatch(text.body))]
    return found[0].replace("\\", "") if found else ""


def test_of_many_presses_one_becomes_a_run_and_the_others_are_told_its_name(app: App) -> None:
    """BI-247: the run that goes on is named by its file and its id; when it has ended the next press begins another."""
    assert "refused with the running job named" in row("BI-247")["expected"]
    with open_session(app.port, query=f"s={LONG}") as session:
        session.run()
        assert named(session) == ""
        told = []
        for _ in range(PRESSES):
            press(session, "solve")
            told.append(named(session))
            assert session.widget("button", "solve").disabled
        (run,) = set(told)
        with open_session(app.port, query=f"run={run}") as other:
            other.run()
            assert other.widget("button", "cancel")
        press(session, "cancel")
        while named(session):
            time.sleep(SETTLING)
            session.run()
        press(session, "solve")
        assert named(session) not in ("", run)
        press(session, "cancel")


def test_clicks_at_once_begin_one_run(page: Page, app: App) -> None:
    """When it is stopped nothing is left of them: no second one waits, none goes on unseen."""
    visit = Visit(page, app)
    visit.open(scenario=LONG)
    page.evaluate(CLICKS, [".st-key-solve button", PRESSES])
    page.wait_for_function("() => new URL(location).searchParams.get('run')")
    expect(page.locator(RUNNING)).to_be_visible()
    run, workers = visit.run_id(), app.children()
    assert workers
    visit.press("cancel")
    visit.ended()
    assert visit.run_id() == run
    assert not app.children() & workers
