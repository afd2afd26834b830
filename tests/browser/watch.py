"""Watches what a page does behind its user's back: requests that leave the machine, errors on the console."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page

HERE = frozenset({"127.0.0.1", "localhost"})
INSIDE = frozenset({"data", "blob", "about"})
FIRST_GUESS = re.compile(r"^http://127\.0\.0\.1:\d+/\w+/_stcore/(health|host-config)$")
"""On a page's own address the browser's half first looks for the server below that address, is told 404, and looks above."""


def leaves(url: str) -> bool:
    """Whether a request for this address goes to another machine."""
    parts = urlsplit(url)
    return parts.scheme not in INSIDE and parts.hostname not in HERE


@dataclass
class Watch:
    """What was seen in one context."""

    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        """Listen to every page of a context, popups too."""
        context.on("request", lambda request: self._see(request.url))
        context.on("console", lambda said: self._hear(said.text, said.location["url"]) if said.type == "error" else None)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        context.on("page", self._follow_page)

    def verdict(self) -> str:
        """Empty when nothing was wrong."""
        found = [f"a request left the machine: {url}" for url in self.outside]
        return "\n".join(found + [f"an error on the browser's console: {text}" for text in self.errors])

    def _follow_page(self, page: Page) -> None:
        page.on("websocket", lambda socket: self._see(socket.url))

    def _hear(self, text: str, url: str) -> None:
        if not (FIRST_GUESS.match(url) and "404" in text):
            self.errors.append(f"{text} ({url})" if url else text)

    def _see(self, url: str) -> None:
        if leaves(url):
            self.outside.append(url)
