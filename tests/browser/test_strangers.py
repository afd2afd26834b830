"""Who may talk to the application: pages it served itself, nobody a browser was lured to."""

from __future__ import annotations

import socket

import pytest

from tests.browser.server import App

KEY = "MDEyMzQ1Njc4OWFiY2RlZg=="


def status(app: App, origin: str, host: str) -> int:
    """What the server answers when a browser asks for a session with this origin and this host."""
    lines = ["GET /_stcore/stream HTTP/1.1", f"Host: {host}", f"Origin: {origin}", "Connection: Upgrade", "Upgrade: websocket",
             "Sec-WebSocket-Version: 13", f"Sec-WebSocket-Key: {KEY}", "Sec-WebSocket-Protocol: streamlit", "", ""]  # fmt: skip
    with socket.create_connection(("127.0.0.1", app.port), timeout=10) as line:
        line.sendall("\r\n".join(lines).encode("ascii"))
        return int(line.recv(4096).split()[1])


def test_the_applications_own_page_is_let_in(app: App) -> None:
    own = f"127.0.0.1:{app.port}"
    assert status(app, f"http://{own}", own) == 101


@pytest.mark.parametrize("origin", ["http://evil.example", "https://127.0.0.1.evil.example", "null"])
def test_pages_of_other_places_are_refused(app: App, origin: str) -> None:
    assert status(app, origin, f"127.0.0.1:{app.port}") == 403


def test_a_name_bent_to_this_machine_is_refused(app: App) -> None:
    """A page of evil.example whose name was pointed to 127.0.0.1 sends its own name as host and as origin."""
    assert status(app, f"http://evil.example:{app.port}", f"evil.example:{app.port}") in (400, 403)
