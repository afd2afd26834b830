"""``make screenshots``: every page in both languages and themes, 1280 pixels wide, and a cover, into docs/screen/.

With names of pages only those: ``python -m tests.browser.pictures why``.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser import server
from tests.browser.launch import open_browser
from tests.browser.visit import Visit
from tests.command import ROOT

FOLDER = ROOT / "docs" / "screen"
CASES = {
    "scenario": "us-2026-10gw.yaml", "plan": "us-2026-10gw.yaml", "futures": "dear-and-late.yaml", "why": "us-2026-10gw.yaml",
    "compare": "us-2026-10gw.yaml", "tradeoff": "us-2026-10gw.yaml", "runs": "us-2026-10gw.yaml",
}  # fmt: skip
"""What each page shows."""
CHOICES = {
    "compare": "a=us-2026-10gw.yaml&b=second-source.yaml",
    "tradeoff": "against=country-share:CN&points=7",
    "runs": "batch=spring",
}
"""What the addresses of pages say besides."""
STUDIES = {
    "compare": ("answer-", "us-2026-10gw-regret"), "tradeoff": ("us-2026-10gw-frontier",), "runs": ("batch-spring",),
}  # fmt: skip
"""What is asked on pages before they are shown, by the keys of the studies."""
BATCH = ("us-2026-10gw.yaml", "second-source.yaml", "infeasible-on-purpose.yaml", "minimal.yaml", "two-futures.yaml")
STUDY_MS = 900_000
LANGUAGES = ("en", "ja")
THEMES = ("light", "dark")
WIDTH, LEAST_HEIGHT, MOST_HEIGHT = 1280, 720, 6000
COVER, COVER_HEIGHT = "plan.png", 1336
"""The first sight of a solved case, from the title to the timeline."""
ASK, ANSWERS_MS = "[class*='st-key-study_why_']:not([class*='study_why_not']) button", 400_000
COLOURS = 256
"""Colours of a picture: enough for text and charts, and a third of the size."""


@dataclass(frozen=True)
class Shot:
    """One picture to take."""

    page: str
    language: str
    theme: str

    @property
    def file(self) -> Path:
        """Where it goes."""
        return FOLDER / f"{self.page}-{self.language}-{self.theme}.png"


def every_shot(pages: Collection[str]) -> list[Shot]:
    """All pictures of the set that show these pages."""
    return [Shot(page, language, theme) for page in CASES if page in pages for language in LANGUAGES for theme in THEMES]


def explain(visit: Visit, run: str) -> None:
    """Ask everything on the Why page, and wait for the answers."""
    visit.open("why", scenario=CASES["why"], run=run)
    visit.page.locator(ASK).click()
    expect(visit.keyed("picture_waiting")).to_be_visible(timeout=ANSWERS_MS)


def ask(visit: Visit, page: str) -> None:
    """Start every study of a page, one after the other, and wait for each."""
    visit.open(page, scenario=CASES[page], choices=CHOICES[page])
    if page == "runs":
        visit.choose("runs_settings", BATCH)
    for key in STUDIES[page]:
        visit.study(key, STUDY_MS)


def take(browser: Browser, app: server.App, shot: Shot, run: str) -> None:
    """Open the page as a user of that language and theme would, and keep what is seen, from top to bottom."""
    context = browser.new_context(
        color_scheme="dark" if shot.theme == "dark" else "light", viewport={"width": WIDTH, "height": LEAST_HEIGHT}
    )
    visit = Visit(context.new_page(), app)
    visit.open(shot.page, scenario=CASES[shot.page], run=run, language=shot.language, choices=CHOICES.get(shot.page, ""))
    _stretch(visit.page)
    visit.settled()
    _stretch(visit.page)  # charts that came into sight only now have taken their room
    visit.settled()
    shot.file.write_bytes(_shrunk(visit.page.screenshot()))
    if shot == Shot("plan", "en", "light"):
        (FOLDER / COVER).write_bytes(
            _shrunk(visit.page.screenshot(clip={"x": 0, "y": 0, "width": WIDTH, "height": COVER_HEIGHT}))
        )
    context.close()


def _stretch(page: Page) -> None:
    """Make the window as tall as the page, which scrolls inside itself."""
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": WIDTH, "height": max(LEAST_HEIGHT, min(MOST_HEIGHT, int(height)))})


def _shrunk(png: bytes) -> bytes:
    """The picture in a palette of few colours."""
    out = io.BytesIO()
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    # The means are moved once the colours are chosen: else backgrounds come out a shade off, and seldom colours as others.
    picture = picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=3, dither=Image.Dither.NONE)
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def main() -> None:
    """Solve the cases once on the screen, then take every picture asked for."""
    pages = sys.argv[1:] or list(CASES)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, open_browser() as browser:
        app = server.start(server.make_folder(Path(place) / "scenarios"), Path(place) / "app.log")
        try:
            visit = Visit(browser.new_page(), app)
            runs = {}
            for case in dict.fromkeys(CASES[page] for page in pages):
                visit.open(scenario=case)
                runs[case] = visit.solve()
            if "why" in pages:
                explain(visit, runs[CASES["why"]])
            for page in STUDIES:
                if page in pages:
                    ask(visit, page)
            for shot in every_shot(pages):
                take(browser, app, shot, runs[CASES[shot.page]])
                print(shot.file.relative_to(ROOT), shot.file.stat().st_size // 1024, "KiB")
        finally:
            server.stop(app)


if __name__ == "__main__":
    main()
