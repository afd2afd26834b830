"""A session without a browser: speaks to the server what a page speaks, so that twenty at once fit on a small machine."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect

LARGEST = 64 * 2**20
ANSWER_SECONDS = 60.0


def address(port: int) -> str:
    """Where pages of an application on this machine talk to it."""
    return f"ws://127.0.0.1:{port}/_stcore/stream"


@contextmanager
def open_session(port: int, query: str = "") -> Iterator[Session]:
    """A session as a page opens it; ``query`` is what stands behind the question mark of its address."""
    with connect(address(port), origin=f"http://127.0.0.1:{port}", max_size=LARGEST, subprotocols=["streamlit"]) as line:
        yield Session(line, query)


@dataclass
class Session:
    """One user: sends a run of the page, keeps what was drawn. Elements are told apart by their place on the page."""

    _line: ClientConnection
    query: str
    drawn: dict[tuple[int, ...], Any] = field(default_factory=dict)
    _said: dict[str, WidgetState] = field(default_factory=dict)
    _pages: dict[str, str] = field(default_factory=dict)
    _page: str = ""

    def run(self, page: str = "") -> None:
        """Run a page, by its address, with everything said so far; returns when it is drawn."""
        asked = BackMsg()
        asked.rerun_script.query_string = self.query
        asked.rerun_script.page_script_hash = self._pages.get(page, self._page)
        if not self._pages:
            asked.rerun_script.page_name = page
        asked.rerun_script.widget_states.widgets.extend(self._said.values())
        self._line.send(asked.SerializeToString())
        limit = time.monotonic() + ANSWER_SECONDS
        while not self._take(self._line.recv(timeout=limit - time.monotonic())):
            pass
        self._said = {key: state for key, state in self._said.items() if state.WhichOneof("value") != "trigger_value"}

    def say(self, widget: str, **value: Any) -> None:
        """Set a widget, as ``say(id, string_value="x")``; sent with the next run."""
        self._said[widget] = WidgetState(id=widget, **value)

    def elements(self, kind: str) -> Iterator[Any]:
        """All drawn elements of a kind, in the order of the page."""
        for place in sorted(self.drawn):
            if self.drawn[place].WhichOneof("type") == kind:
                yield getattr(self.drawn[place], kind)

    def widget(self, kind: str, key: str) -> Any:
        """The widget of this kind with the key its page gave it; ``key`` is a regular expression."""
        found = [element for element in self.elements(kind) if re.search(f"-{key}$", element.id)]
        assert found, f"no {kind} called {key}"
        return found[0]

    def words(self) -> str:
        """Everything drawn, as one text."""
        return "\n".join(str(self.drawn[place]) for place in sorted(self.drawn))

    def _take(self, data: str | bytes) -> bool:
        """One message; True at the end of a run."""
        assert isinstance(data, bytes)
        message = ForwardMsg.FromString(data)
        kind = message.WhichOneof("type")
        place = tuple(message.metadata.delta_path)
        if kind == "navigation":
            self._pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
            self._page = message.navigation.page_script_hash
        elif kind == "session_event" and message.session_event.WhichOneof("type") == "script_compilation_exception":
            raise AssertionError(str(message.session_event))
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self.drawn[place] = message.delta.new_element
        elif kind == "new_session":
            self.drawn = {}
        return kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
