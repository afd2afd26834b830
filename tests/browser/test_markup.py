"""Texts of a scenario are shown as they are written: they fetch nothing, run nothing, lead nowhere."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hostile import MARK, PLACE, hostile_scenario
from tests.browser.server import App
from tests.browser.visit import Visit
from tests.browser.watch import Watch

ALIVE = """
place => ({
  hacked: window.hacked ?? null,
  links: [...document.querySelectorAll('a[href], area[href], form[action], button[formaction]')]
    .map(found => found.href || found.action || found.formAction)
    .filter(url => !url.startsWith(location.origin + '/') && !url.startsWith('blob:' + location.origin)),
  fetched: [...document.querySelectorAll('[src], [srcset], [data], [poster], [background]')]
    .map(found => found.outerHTML).filter(html => html.includes(place)),
  handlers: [...document.querySelectorAll('*')]
    .filter(found => [...found.attributes].some(attribute => attribute.name.startsWith('on'))).map(found => found.outerHTML),
  scripts: [...document.scripts].map(found => found.text).filter(text => text.includes('hacked')),
  formulas: document.querySelectorAll('.katex').length,
})
"""
DEAD = {"hacked": None, "links": [], "fetched": [], "handlers": [], "scripts": [], "formulas": 0}
TOUCHED = "[data-testid='stTab'], [data-testid='stExpander'] summary"


def touch_everything(visit: Visit) -> None:
    """Open every tab and every fold of the page, checking at each."""
    assert visit.page.evaluate(ALIVE, PLACE) == DEAD
    parts = visit.page.locator(TOUCHED)
    for number in range(parts.count()):
        if parts.nth(number).is_visible():
            parts.nth(number).click()
            visit.settled()
            assert visit.page.evaluate(ALIVE, PLACE) == DEAD


@pytest.fixture
def visit(page: Page, app: App) -> Visit:
    (app.folder / "hostile.yaml").write_text(hostile_scenario(), encoding="utf-8")
    return Visit(page, app)


def test_hostile_texts_stay_texts_on_every_page(visit: Visit, watch: Watch) -> None:
    visit.open(scenario="hostile.yaml")
    visit.solve()
    for title in ("Scenario", "Plan", "Futures"):
        visit.turn_to(title)
        touch_everything(visit)
        assert watch.outside == []
    expect(visit.page.get_by_text(MARK).first).to_be_attached()


def test_hostile_texts_in_findings_stay_texts(visit: Visit) -> None:
    """Values that are refused are shown beside what is wrong with them."""
    path = visit.app.folder / "hostile-wrong.yaml"
    path.write_text(
        hostile_scenario().replace("500", "'<img src=//evil.example/z.png onerror=window.hacked=1>'"), encoding="utf-8"
    )
    visit.open(scenario="hostile-wrong.yaml")
    visit.says("onerror")
    touch_everything(visit)


@pytest.mark.parametrize("name", ["![x](https:\\evil.example)[x](javascript:alert(1)).yaml", "<img src=x onerror=alert(1)>.yaml"])
def test_hostile_file_names_stay_texts(visit: Visit, name: str) -> None:
    (visit.app.folder / name).write_text(hostile_scenario(), encoding="utf-8")
    visit.open(scenario=name)
    touch_everything(visit)
    (visit.app.folder / name).unlink()
