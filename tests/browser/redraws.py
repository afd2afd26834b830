"""Counts how often the server draws a part of the page anew on its own, as the messages to the browser say."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Page, WebSocket
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


@dataclass
class Redraws:
    """Redraws of a page's live part since it was opened; to be made before the page is."""

    page: Page
    count: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self.page.on("websocket", self._follow)

    def within(self, seconds: float) -> int:
        """How many come in the next seconds."""
        before = self.count
        self.page.wait_for_timeout(seconds * 1000)
        return self.count - before

    def _follow(self, line: WebSocket) -> None:
        line.on("framereceived", self._look)

    def _look(self, frame: bytes | str) -> None:
        if isinstance(frame, bytes):
            message = ForwardMsg.FromString(frame)
            if message.WhichOneof("type") == "script_finished":
                self.count += message.script_finished == ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY
