"""The set-up for several people that docs/screen.md shows, in a real proxy: who signs in works, others stay out."""

from __future__ import annotations

import base64
import getpass
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from tests.browser.server import App
from tests.browser.wire import LARGEST, Session
from tests.command import ROOT

NAME = "planner.example"
LOGIN = {"Authorization": f"Basic {base64.b64encode(b'me:secret').decode()}"}
START_SECONDS = 10.0

pytestmark = pytest.mark.skipif(not (shutil.which("nginx") and shutil.which("openssl")), reason="needs nginx and openssl")


@pytest.fixture(scope="module")
def port(app: App, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of nginx with the documented settings before the application, files and ports those of this test."""
    place = tmp_path_factory.mktemp("proxy")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = int(probe.getsockname()[1])
    key, certificate, users = (place / name for name in ("key.pem", "certificate.pem", "users"))
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={NAME}", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    users.write_text("me:{PLAIN}secret\n", encoding="ascii")
    (shown,) = re.findall(r"```nginx\n(.*?)```", (ROOT / "docs" / "screen.md").read_text(encoding="utf-8"), re.DOTALL)
    for old, new in (
        ("127.0.0.1:8501", f"127.0.0.1:{app.port}"), ("listen 443", f"listen 127.0.0.1:{number}"),
        ("/etc/ssl/certs/planner.example.pem", certificate), ("/etc/ssl/private/planner.example.key", key),
        ("/etc/nginx/planner.users", users),
    ):  # fmt: skip
        assert old in shown
        shown = shown.replace(old, str(new))
    own = " ".join(f"{kind}_temp_path {place};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    settings = place / "nginx.conf"
    settings.write_text(f"pid {place}/pid;\nevents {{}}\nhttp {{\naccess_log off; {own}\n{shown}}}\n", encoding="utf-8")
    process = subprocess.Popen(
        ["nginx", "-p", place, "-c", settings, "-e", place / "errors", "-g", f"daemon off; user {getpass.getuser()};"]
    )
    try:
        limit = time.monotonic() + START_SECONDS
        while not _answers(number):
            assert process.poll() is None, (place / "errors").read_text(encoding="utf-8")
            assert time.monotonic() < limit
            time.sleep(0.05)
        yield number
    finally:
        process.terminate()
        process.wait()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def open_line(port: int, origin: str, login: dict[str, str], name: str = NAME) -> ClientConnection:
    """A session's line through the proxy, as a browser that was led to it by this name opens it."""
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    return connect(
        f"wss://{name}/_stcore/stream", sock=socket.create_connection(("127.0.0.1", port)), ssl=trusting, max_size=LARGEST,
        origin=origin, additional_headers=login, subprotocols=["streamlit"],  # type: ignore[arg-type, list-item]
    )  # fmt: skip


def test_who_has_signed_in_works_as_on_the_machine_itself(port: int) -> None:
    with open_line(port, f"https://{NAME}", LOGIN) as line:
        session = Session(line, "s=minimal.yaml")
        session.run()
        assert "Two makers, one factory" in session.words()


@pytest.mark.parametrize(
    "origin",
    ["http://localhost:1234", "http://127.0.0.1:8501", f"http://{NAME}", f"https://{NAME}.evil.example", "null", "refused"],
)
def test_pages_of_other_places_stay_out(port: int, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        open_line(port, origin, LOGIN)
    assert refused.value.response.status_code == 403


def test_nobody_comes_in_without_a_login_or_under_another_name(port: int) -> None:
    with pytest.raises(InvalidStatus) as refused:
        open_line(port, f"https://{NAME}", {})
    assert refused.value.response.status_code == 401
    with pytest.raises(ssl.SSLError):
        open_line(port, "https://evil.example", LOGIN, name="evil.example")
