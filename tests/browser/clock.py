"""Time as the browser's own clock measures it: from what the user does to what the user sees."""

from __future__ import annotations

import os

from playwright.sync_api import Page

_UNTIL = """
([pressed, shown, gone]) => new Promise((resolve, reject) => {
  const limit = performance.now() + 120000;
  const fail = () => reject(new Error(`not within 120 s: press ${pressed}, then ${shown} without ${gone}`));
  const when = (ready, then) => {
    if (ready()) then();
    else if (performance.now() > limit) fail();
    else requestAnimationFrame(() => when(ready, then));
  };
  const done = () => (!shown || document.querySelector(shown)) && (!gone || !document.querySelector(gone));
  when(() => document.querySelector(pressed), () => {
    const began = performance.now();
    document.querySelector(pressed).click();
    requestAnimationFrame(() => when(done, () => resolve((performance.now() - began) / 1000)));
  });
})
"""
_TEXTS = """
([selector, milliseconds]) => new Promise(resolve => {
  const seen = [], began = performance.now();
  const look = () => {
    const text = [...document.querySelectorAll(selector)].map(found => found.textContent).join('\\n');
    if (text && text !== (seen.length ? seen[seen.length - 1][1] : null)) seen.push([(performance.now() - began) / 1000, text]);
    if (performance.now() - began > milliseconds) resolve(seen);
    else requestAnimationFrame(look);
  };
  look();
})
"""


def slowness() -> float:
    """How many times longer work takes than on this machine at rest: 1.0, or the programs that wait for each core."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def press_until(page: Page, pressed: str, *, shown: str = "", gone: str = "") -> float:
    """Seconds from a click on ``pressed`` until something matches ``shown`` and nothing matches ``gone`` (CSS selectors)."""
    return float(page.evaluate(_UNTIL, [pressed, shown, gone]))


def watch_texts(page: Page, selector: str, seconds: float) -> list[tuple[float, str]]:
    """Each change of a text within some seconds, with its second; repeats of the same text are one."""
    return [(float(second), str(text)) for second, text in page.evaluate(_TEXTS, [selector, seconds * 1000])]
