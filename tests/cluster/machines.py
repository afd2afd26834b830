"""A scheduler and workers in processes of their own, as on machines that share a folder."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from planner.batch.cluster.address import Tls
from tests.command import ROOT

SECONDS = 60.0


@dataclass
class Machines:
    """Started processes; ``folder`` is where they live."""

    folder: Path
    tls: Tls
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    address: str = ""

    def start_scheduler(self, host: str = "127.0.0.1") -> str:
        """Start one and wait until it says where it listens."""
        told = self.folder / "scheduler.json"
        self._start("scheduler", "--host", host, "--port", "0", "--dashboard-address", "127.0.0.1:0", "--scheduler-file", told)
        until = time.monotonic() + SECONDS
        while not (told.is_file() and told.read_text()):
            assert time.monotonic() < until, "the scheduler does not start"
            time.sleep(0.05)
        self.address = json.loads(told.read_text())["address"]
        return self.address

    def start_worker(self, code: Path = ROOT) -> None:
        """Start one with one thread; ``code``: the folder of its planner package. It has a working folder of its own."""
        here = self.folder / f"worker{len(self.running)}"
        here.mkdir()
        alone = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", here)
        self._start("worker", self.address, *alone, here=here, code=code)

    def wait(self, workers: int) -> None:
        """Wait until so many workers have registered."""
        until = time.monotonic() + SECONDS
        while sum("Registered to" in log.read_text(errors="replace") for log in self.folder.glob("worker*.log")) < workers:
            assert time.monotonic() < until, "the workers do not start"
            time.sleep(0.1)

    def kill(self, pid: int) -> None:
        """End one of them at once, as when a machine loses its power."""
        (process,) = (process for process in self.running if process.pid == pid)
        process.kill()
        process.wait()

    def _start(self, *arguments: str | Path, here: Path | None = None, code: Path = ROOT) -> None:
        secured = ("--tls-ca-file", self.tls.ca, "--tls-cert", self.tls.cert, "--tls-key", self.tls.key)
        command = [sys.executable, "-m", "dask", *map(str, arguments), *(secured if self.tls.ca else ())]
        if arguments[0] == "scheduler" and self.tls.ca:
            command += ["--protocol", "tls"]
        # PYTHONPATH is the code a machine has installed; its home must not add to Dask's configuration
        environment = {"PATH": "", "HOME": str(self.folder), "PYTHONPATH": str(code)}
        place = {"cwd": here or self.folder, "env": environment}
        with (self.folder / f"{arguments[0]}{len(self.running)}.log").open("wb") as log:
            self.running.append(subprocess.Popen(command, **place, stdin=subprocess.DEVNULL, stdout=log, stderr=log))


def other_version(folder: Path, version: str) -> Path:
    """The same planner under another version number: a folder to have as code."""
    package = folder / "planner"
    package.mkdir(parents=True)
    for part in (ROOT / "planner").iterdir():
        if part.name != "__init__.py":
            (package / part.name).symlink_to(part)
    (package / "__init__.py").write_text(f'__version__ = "{version}"\n', encoding="utf-8")
    return folder


@contextmanager
def machines(folder: Path, tls: Tls) -> Iterator[Machines]:
    """Machines that are switched off at the end."""
    found = Machines(folder, tls)
    try:
        yield found
    finally:
        for process in reversed(found.running):
            process.kill()
        for process in found.running:
            process.wait()
