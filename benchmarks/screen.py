"""``python -m benchmarks.screen``: how long users wait, measured in a real browser by its own clock; written to screen.json.

Figures of a machine, not laws: the tests hold what must be so, this says what it is.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from playwright.sync_api import Browser, expect

from benchmarks.store import find_machine
from planner.app.page_list import PAGES
from planner.app.words.words import say
from tests.browser import clock, server
from tests.browser.launch import open_browser
from tests.browser.redraws import Redraws
from tests.browser.visit import RUNNING, Visit

RECORD = Path(__file__).parent / "screen.json"
CASE, LONG = "us-2026-10gw.yaml", "three-shocks.yaml"
LANDMARKS = {"plan": "[data-testid='stVegaLiteChart'] svg", "futures": "#stress", "scenario": ".st-key-solve"}
"""What stands on a page last, and on no other, in the order the pages are visited."""
OTHERS = {"plan": ".st-key-solve", "futures": "[id='timeline']", "scenario": "#stress"}
"""What the page visited before leaves behind until it is gone."""
BUSY = "[data-testid='stApp'][data-test-script-state='running'], [data-testid='stSkeleton'], [data-stale='true']"
SEE_PLAN = re.compile("|".join(re.escape(say("en", f"solve.{key}")) for key in ("see_plan", "see_plan_so_far")))
ROUNDS, STARTS, STOPS, LOOKS, EDITS = 6, 3, 7, 5, 3
LOOK_SECONDS = 2.0
WIDTH, HEIGHT = 1280, 900


@dataclass(frozen=True)
class Figure:
    """One measured thing: all values, in the order they came."""

    name: str
    unit: str
    values: list[float]

    @property
    def middle(self) -> float:
        """The median."""
        return statistics.median(self.values)


def new_visit(browser: Browser, app: server.App) -> Visit:
    """A browser as new, English."""
    context = browser.new_context(locale="en-US", viewport={"width": WIDTH, "height": HEIGHT})
    return Visit(context.new_page(), app)


def measure_start(browser: Browser, folder: Path) -> list[Figure]:
    """From starting the program to its first answer, and to the first page on the screen."""
    answers, pages = [], []
    for number in range(STARTS):
        began = time.perf_counter()
        app = server.start(folder, folder.parent / f"start-{number}.log")
        answers.append(time.perf_counter() - began)
        try:
            visit = new_visit(browser, app)
            visit.open(scenario=CASE)
            visit.settled()
            pages.append(time.perf_counter() - began)
            visit.page.context.close()
        finally:
            server.stop(app)
    return [Figure("cold start: planner app answers", "s", answers), Figure("cold start: first page with the case", "s", pages)]


def measure_switches(visit: Visit) -> list[Figure]:
    """From a click in the navigation until the page stands there whole, with the case solved."""
    times: dict[str, list[float]] = {page: [] for page in LANDMARKS}
    for _ in range(ROUNDS):
        for page, landmark in LANDMARKS.items():
            link = f"[data-testid='stSidebarNav'] li:nth-child({PAGES.index(page) + 1}) a"
            times[page].append(clock.press_until(visit.page, link, shown=landmark, gone=f"{BUSY}, {OTHERS[page]}"))
            visit.settled()
    return [Figure(f"warm switch to {page}", "s", found[1:]) for page, found in times.items()]


def measure_edit_to_plan(visit: Visit) -> list[Figure]:
    """A price is changed in the table; from the click on Solve to the first plan in hand and to the end of the search."""
    first, last = [], []
    visit.section("offers")
    for number in range(EDITS):
        offers = visit.table("offers")
        offers.edit(offers.row_of("maxwell-line"), "Price", str(300 + number))
        visit.changed(1)
        visit.settled()
        began = time.perf_counter()
        visit.begin_solve()
        expect(visit.page.get_by_text(SEE_PLAN).first).to_be_visible()
        first.append(time.perf_counter() - began)
        visit.ended()
        last.append(time.perf_counter() - began)
        visit.press("reset")
        visit.unchanged()
        visit.settled()
    return [
        Figure("edit to plan, 10 GW: click on Solve to a plan in hand", "s", first),
        Figure("edit to plan, 10 GW: click on Solve to the proof within 0.5 %", "s", last),
    ]


def measure_progress(browser: Browser, app: server.App) -> list[Figure]:
    """While a long search runs: redraws a second; then from the click on Stop until the page says how it ended."""
    visit = new_visit(browser, app)
    redraws = Redraws(visit.page)
    visit.open(scenario=LONG)
    rates, stops = [], []
    visit.begin_solve()
    expect(visit.page.locator(RUNNING)).to_be_visible()
    rates += [redraws.within(LOOK_SECONDS) / LOOK_SECONDS for _ in range(LOOKS)]
    for _ in range(STOPS):
        visit.page.wait_for_timeout(LOOK_SECONDS * 1000)
        stops.append(clock.press_until(visit.page, RUNNING, gone=".st-key-cancel"))
        visit.ended()
        visit.begin_solve()
        expect(visit.page.locator(RUNNING)).to_be_visible()
    visit.keyed("cancel").get_by_role("button").click()
    visit.ended()
    visit.page.context.close()
    return [Figure("progress redraws", "per s", rates), Figure("stop: click to the end on screen", "s", stops)]


def measure(browser: Browser, place: Path) -> list[Figure]:
    """Everything, on a folder of its own."""
    folder = server.make_folder(place / "scenarios")
    found = measure_start(browser, folder)
    app = server.start(folder, place / "app.log")
    try:
        visit = new_visit(browser, app)
        visit.open(scenario=CASE)
        found += measure_edit_to_plan(visit)
        found += measure_switches(visit)
        visit.page.context.close()
        found += measure_progress(browser, app)
    finally:
        server.stop(app)
    return found


def show_table(figures: list[Figure]) -> str:
    """The figures for people."""
    lines = ["| what | middle | least | most |", "| --- | ---: | ---: | ---: |"]
    for figure in figures:
        least, most = min(figure.values), max(figure.values)
        lines.append(f"| {figure.name} | {figure.middle:.2f} {figure.unit} | {least:.2f} | {most:.2f} |")
    return "\n".join(lines)


def main() -> int:
    """Measure, record, print."""
    with tempfile.TemporaryDirectory() as place, open_browser() as browser:
        figures = measure(browser, Path(place))
        engine = browser.version
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    machine = {**find_machine(), "browser": engine, "streamlit": version("streamlit"), "load_after": load}
    rows = [{**asdict(figure), "values": [round(value, 3) for value in figure.values]} for figure in figures]
    lines = ",\n  ".join(json.dumps(row) for row in rows)
    RECORD.write_text(f'{{\n "machine": {json.dumps(machine)},\n "figures": [\n  {lines}\n ]\n}}\n', encoding="utf-8")
    print(show_table(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
