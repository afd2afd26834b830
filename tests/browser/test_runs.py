"""A solve from the page: it lives beside the page, is seen as it goes, ends when told to, is found again."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from planner.app.words.words import say
from tests.browser import clock
from tests.browser.redraws import Redraws
from tests.browser.server import App
from tests.browser.visit import RUNNING, Visit, pattern

LONG = "three-shocks.yaml"
"""Searches for minutes."""
CANCELLED = ("cancelled", "cancelled_gap", "cancelled_empty", "optimal", "optimal_gap")
"""Texts that may end a run that was stopped; the last two where it was done at that moment."""
LOOK_SECONDS = 2.0
TRIES = 3


@pytest.fixture
def visit(page: Page, app: App) -> Visit:
    return Visit(page, app)


def test_a_small_case_is_solved_and_proven(visit: Visit) -> None:
    visit.open(scenario="minimal.yaml")
    visit.begin_solve()
    assert re.search(pattern("solve.optimal"), visit.ended())


def test_progress_is_redrawn_at_least_twice_a_second_and_its_clock_moves(page: Page, app: App) -> None:
    redraws, visit = Redraws(page), Visit(page, app)
    visit.open(scenario=LONG)
    visit.begin_solve()
    expect(page.locator(RUNNING)).to_be_visible()
    assert max(redraws.within(LOOK_SECONDS) for _ in range(TRIES)) >= 2 * LOOK_SECONDS / clock.slowness()
    clocks = clock.watch_texts(page, "[data-testid='stMetric']", LOOK_SECONDS)
    assert len(clocks) >= 2 * LOOK_SECONDS / clock.slowness()
    visit.press("cancel")
    visit.ended()


def test_a_stop_takes_less_than_a_second(visit: Visit) -> None:
    """By the browser's own clock, from the click until the page says how the run ended; on a busy machine as much longer."""
    visit.open(scenario=LONG)
    times = []
    while len(times) < TRIES and (not times or min(times) >= clock.slowness()):
        visit.begin_solve()
        expect(visit.page.locator(RUNNING)).to_be_visible()
        times.append(clock.press_until(visit.page, RUNNING, gone=".st-key-cancel"))
        assert re.search("|".join(pattern(f"solve.{key}") for key in CANCELLED), visit.ended())
    assert min(times) < clock.slowness(), times


def test_no_solver_outlives_its_stop(visit: Visit) -> None:
    visit.open(scenario=LONG)
    visit.begin_solve()
    expect(visit.page.locator(RUNNING)).to_be_visible()
    running = visit.app.children()
    assert running
    visit.press("cancel")
    visit.ended()
    assert not visit.app.children() & running


def test_a_runaway_solve_leaves_other_visitors_alone(visit: Visit, context: BrowserContext) -> None:
    visit.open(scenario=LONG)
    visit.begin_solve()
    expect(visit.page.locator(RUNNING)).to_be_visible()
    other = Visit(context.new_page(), visit.app)
    other.open(scenario="minimal.yaml")
    other.unchanged()
    for name in ("plan", "scenario"):
        other.turn_to(say("en", f"frame.nav_{name}"))
    expect(visit.page.locator(RUNNING)).to_be_visible()
    visit.press("cancel")
    visit.ended()


def test_a_reload_and_another_tab_find_the_run_by_its_address(visit: Visit, context: BrowserContext) -> None:
    visit.open(scenario="minimal.yaml")
    run = visit.solve()
    address = visit.page.url
    visit.page.reload()
    visit.ended()
    assert visit.run_id() == run
    other = Visit(context.new_page(), visit.app)
    other.page.goto(address)
    other.ended()


def test_an_unknown_run_is_said_to_be_unknown(visit: Visit) -> None:
    visit.open(scenario="minimal.yaml", run="../../outside")
    visit.says(say("en", "solve.unknown_run"))
