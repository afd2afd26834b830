"""The application as users run it: ``planner app`` on a free port of this machine, over a folder of its own under git."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from tests.command import ROOT

START_SECONDS = 40.0
STOP_SECONDS = 5.0


@dataclass(frozen=True)
class App:
    """A running application: its address, its folder of scenarios, its process and its log."""

    url: str
    port: int
    folder: Path
    process: subprocess.Popen[bytes]
    log: Path

    def copy(self, name: str, source: str = "minimal.yaml", *changes: tuple[str, str]) -> Path:
        """A scenario for one test alone: a shipped one under another name, with pieces of its text replaced, committed."""
        text = (ROOT / "scenarios" / source).read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        git(self.folder, "add", "--", name)
        git(self.folder, "commit", "--quiet", "--message", f"Add {name}", "--", name)
        return path

    def changed_lines(self, path: Path) -> list[str]:
        """The lines git counts as changed in a file, each with its sign."""
        shown = git(self.folder, "diff", "--unified=0", "--", path.name).splitlines()
        return [line for line in shown if line[:1] in "+-" and line[:3] not in ("+++", "---")]

    def children(self) -> set[int]:
        """The processes the application has started and not ended (Linux)."""
        found: set[int] = set()
        for file in Path(f"/proc/{self.process.pid}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                found |= {int(word) for word in file.read_text(encoding="ascii").split()}
        return found


def git(folder: Path, *arguments: str) -> str:
    """One command of git in a folder, as somebody, whatever the machine's settings are."""
    who = ["-c", "user.name=Planner", "-c", "user.email=planner@localhost", "-c", "commit.gpgsign=false"]
    command = ["git", "-C", str(folder), *who, *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout


def make_folder(folder: Path) -> Path:
    """A repository with a copy of the shipped scenarios."""
    shutil.copytree(ROOT / "scenarios", folder)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--", ".")
    git(folder, "commit", "--quiet", "--message", "Add the shipped scenarios")
    return folder


def start(folder: Path, log: Path) -> App:
    """Start the application and wait until it answers; raises AssertionError with its log when it does not."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "planner", "app", str(folder), "--port", str(port), "--out", str(folder.parent / "results")]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=folder.parent, env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    app = App(f"http://127.0.0.1:{port}", port, folder, process, log)
    limit = time.monotonic() + START_SECONDS
    while not _answers(app.url):
        if process.poll() is not None or time.monotonic() > limit:
            stop(app)
            raise AssertionError(f"planner app does not answer: {log.read_text(encoding='utf-8', errors='replace')}")
        time.sleep(0.05)
    return app


def stop(app: App) -> None:
    """End the application as Ctrl-C does; what does not end is killed, together with what it started."""
    if app.process.poll() is None:
        app.process.send_signal(signal.SIGINT)
        try:
            app.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(app.process.pid, signal.SIGKILL)
            app.process.wait()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=1) as reply:
            return bool(reply.status == 200)
    except OSError:
        return False
