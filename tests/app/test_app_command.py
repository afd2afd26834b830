"""``planner app``: a real server that answers this machine only, to its own pages only, and says no in clear words."""

from __future__ import annotations

import base64
import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from planner.commands.app import FIRST_PORT, check_address, find_port
from tests.command import ROOT, planner, start

SECONDS = 40.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(port: int, path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
        return str(answer.read().decode())


def wait_until_up(port: int, process: subprocess.Popen[str]) -> None:
    limit = time.monotonic() + SECONDS
    while time.monotonic() < limit and process.poll() is None:
        with contextlib.suppress(OSError):
            if get(port, "/_stcore/health") == "ok":
                return
        time.sleep(0.1)
    raise AssertionError(f"no server: {process.stderr.read() if process.stderr and process.poll() is not None else 'silent'}")


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A running ``planner app`` over the shipped scenarios, with settings around it that would open it up."""
    folder = tmp_path_factory.mktemp("app")
    (folder / ".streamlit").mkdir()
    open_settings = (
        '[server]\naddress = "0.0.0.0"\nenableCORS = false\nallowedHosts = ["*"]\n[browser]\ngatherUsageStats = true\n'
    )
    (folder / ".streamlit" / "config.toml").write_text(open_settings, encoding="utf-8")
    number = free_port()
    process = start("app", ROOT / "scenarios", "--port", str(number), cwd=folder)
    try:
        wait_until_up(number, process)
        yield number
    finally:
        process.terminate()
        process.communicate(timeout=SECONDS)


def knock(port: int, host: str, origin: str | None) -> int:
    """The status a page gets that asks for the server's WebSocket."""
    lines = [
        "GET /_stcore/stream HTTP/1.1", f"Host: {host}", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}", "Sec-WebSocket-Protocol: streamlit",
        *([f"Origin: {origin}"] if origin else []),
    ]  # fmt: skip
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        return int(line.recv(64).split()[1])


def test_own_pages_are_let_in(port: int) -> None:
    for name in ("127.0.0.1", "localhost"):
        assert knock(port, f"{name}:{port}", f"http://{name}:{port}") == 101


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1.evil.example", "http://192.168.1.7:8501"])
def test_pages_of_others_are_refused(port: int, origin: str) -> None:
    assert knock(port, f"127.0.0.1:{port}", origin) == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "evil.example:{port}"])
def test_a_foreign_name_that_leads_here_is_refused(port: int, host: str) -> None:
    host = host.format(port=port)
    assert knock(port, host, f"http://{host}") == 403


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads the kernel's table of sockets")
def test_it_listens_on_the_loopback_only(port: int) -> None:
    tables = (Path("/proc/net/tcp").read_text("ascii"), Path("/proc/net/tcp6").read_text("ascii"))
    bound = [found for table in tables for found in re.findall(rf"\d+: ([0-9A-F]+):{port:04X} [0-9A-F]+:0000 0A", table)]
    assert bound == ["0100007F"]


def test_nothing_is_reported_to_anybody(port: int) -> None:
    """What the server tells a browser at the start of a session, whatever the settings around it say."""
    asked = BackMsg()
    asked.rerun_script.query_string = ""
    with connect(f"ws://127.0.0.1:{port}/_stcore/stream", subprotocols=["streamlit"], max_size=2**26) as line:  # type: ignore[list-item]
        line.send(asked.SerializeToString())
        while True:
            message = ForwardMsg.FromString(line.recv(timeout=SECONDS))  # type: ignore[arg-type]
            if message.WhichOneof("type") == "new_session":
                break
    config = message.new_session.config
    assert not config.gather_usage_stats
    assert config.toolbar_mode == config.VIEWER
    assert config.show_error_links == config.SHOW_ERROR_LINKS_FALSE


def test_programs_cannot_drive_it(port: int) -> None:
    request = urllib.request.Request(f"http://127.0.0.1:{port}/_stcore/agent/interact", data=b"{}", method="POST")
    with pytest.raises(urllib.error.HTTPError) as refused, urllib.request.urlopen(request, timeout=5):
        pass
    assert refused.value.code in (403, 404)
    refused.value.close()


def test_a_server_told_to_stop_ends_well(tmp_path: Path) -> None:
    number = free_port()
    process = start("app", ROOT / "scenarios", "--port", str(number), cwd=tmp_path)
    wait_until_up(number, process)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=10)
    assert process.returncode == 0
    assert f"http://127.0.0.1:{number}" in err
    assert "Traceback" not in err


def test_a_port_in_use_is_said_and_without_a_port_the_next_is_taken(tmp_path: Path) -> None:
    (tmp_path / "scenarios").mkdir()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        done = planner("app", "--port", str(number), cwd=tmp_path)
        assert done.returncode == 5
        assert f"port {number} is in use" in done.stderr
        assert find_port("127.0.0.1", number) is None
    assert find_port("127.0.0.1", number) == number
    assert find_port("127.0.0.1", None) in range(FIRST_PORT, FIRST_PORT + 20)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere"], "nowhere is no folder"),
        (["--port", "70000"], "--port is 70000; allowed: 1 to 65535"),
        (["--address", "0.0.0.0"], "has no login"),
        (["--address", "192.0.2.1"], "--open-to-network"),
        (["--address", "example.com"], "allowed: an IP address"),
        (["--address", "0.0.0.0", "--open-to-network"], "needs --names"),
        (["--address", "0.0.0.0", "--open-to-network", "--names", "*"], "full host names"),
        (["--names", "planner.example"], "open to the network"),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path: Path, arguments: list[str], words: str) -> None:
    (tmp_path / "scenarios").mkdir()
    done = planner("app", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_names_a_server_answers_to() -> None:
    assert check_address("127.0.0.1", "", False) == ["127.0.0.1", "localhost", "::1"]
    assert "127.0.0.5" in check_address("127.0.0.5", "", False)
    assert check_address("192.0.2.1", "", True) == ["192.0.2.1"]
    assert check_address("0.0.0.0", "planner.example, plan.example", True) == ["planner.example", "plan.example"]


def test_without_its_libraries_the_screen_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "scenarios").mkdir()
    script = (
        "import sys; sys.modules.update(streamlit=None, altair=None)\n"
        "import planner.cli; sys.argv = ['planner', 'app']; planner.cli.main()\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 5
    assert "pip install 'planner[app]'" in done.stderr
