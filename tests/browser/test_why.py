"""The Why page in a real browser: asked on it, stopped on it, found again after a reload, by keyboard too."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from planner.app.words.words import say
from tests.browser.server import App
from tests.browser.visit import Visit

ANSWERED_MS = 60_000
ASK = "[class*='st-key-study_why_']:not([class*='study_why_not']) button"
STOP = "[class*='st-key-stop_why_'] button"


def test_why_is_asked_on_the_page_and_found_again_after_a_reload(page: Page, app: App) -> None:
    """From the plan to its reasons; the button is reached and pressed by the keyboard, the brief grows, a reload keeps it."""
    visit = Visit(page, app)
    visit.open(scenario="minimal.yaml")
    visit.solve()
    visit.turn_to(say("en", "frame.nav_why"))
    brief = visit.keyed("why_brief")
    expect(brief).to_contain_text("This quarter sign cheap and dear.")
    before = brief.inner_text()
    page.locator(ASK).focus()
    page.keyboard.press("Enter")
    expect(visit.keyed("picture_waiting")).to_be_visible(timeout=ANSWERED_MS)
    visit.settled()
    expect(brief).to_contain_text("Signing nobody before 2026-Q2 costs USD")
    assert len(brief.inner_text()) > len(before)
    expect(page.locator(ASK)).to_have_count(0)
    page.reload()
    visit.settled()
    expect(brief).to_contain_text("Signing nobody before 2026-Q2 costs USD")
    with page.expect_download() as saved:
        visit.press("brief_txt")
    text = saved.value.path().read_text(encoding="utf-8")
    assert "Signing nobody before 2026-Q2 costs USD" in text


def test_questions_under_way_are_counted_and_stopped(page: Page, app: App) -> None:
    visit = Visit(page, app)
    visit.open(scenario="us-2026-10gw.yaml")
    visit.solve()
    visit.turn_to(say("en", "frame.nav_why"))
    page.locator(ASK).click()
    expect(page.get_by_role("progressbar").first).to_be_visible()
    page.locator(STOP).click()
    visit.says(say("en", "study.cancelled").partition(":")[0])
    expect(page.locator(ASK)).to_be_enabled()
