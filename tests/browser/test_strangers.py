"""Who may talk to the application: pages it served itself, nobody a browser was lured to."""

from __future__ import annotations

import socket
import urllib.error
import urllib.request

import pytest

from tests.app.ui_rows import row
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


@pytest.mark.parametrize("place", ["localhost:1234", "127.0.0.1:1234", "127.0.0.1", "localhost:{port}", "[::1]:{port}"])
def test_pages_of_another_program_of_this_machine_are_refused(app: App, place: str) -> None:
    """BI-242: to Streamlit every port of this machine is its own; the application lets in the one it serves."""
    assert row("BI-242")["expected"].startswith("SAFE: Connection refused")
    origin = f"http://{place.format(port=app.port)}"
    assert status(app, origin, f"127.0.0.1:{app.port}") == 403
    request = urllib.request.Request(f"{app.url}/_stcore/health", headers={"Origin": origin})
    with pytest.raises(urllib.error.HTTPError) as refused, urllib.request.urlopen(request, timeout=10):
        pass
    assert refused.value.code == 403
    refused.value.close()


@pytest.mark.parametrize("port", ["", ":{port}"])
def test_a_name_bent_to_this_machine_is_refused(app: App, port: str) -> None:
    """BI-243: a page of evil.example whose name was pointed to 127.0.0.1 sends its own name as host and as origin."""
    assert "HTTP 403" in row("BI-243")["expected"]
    name = f"evil.example{port.format(port=app.port)}"
    assert status(app, f"http://{name}", name) == 403
