"""``planner batch --cluster local``: a killed solve is one row, an interrupt ends everything at once, nothing is left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from planner.batch.journal import read_journal
from planner.vocabulary import Exit
from tests.command import ROOT

NAMES = SHORT, LONG, LONGER = "minimal", "us-2026-30gw", "us-2026-100gw"
SECONDS = 60.0


def wait_for(happened: Callable[[], bool], what: str, process: subprocess.Popen[str]) -> None:
    """Wait until ``happened``, as long as the process is there."""
    until = time.monotonic() + SECONDS
    while not happened():
        assert time.monotonic() < until, what
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)


@pytest.fixture
def batch(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A batch of a short search and two that never end by themselves, in a process group of its own as in a terminal."""
    files = [ROOT / "scenarios" / f"{name}.yaml" for name in NAMES]
    options = ["--out", "out", "--cluster", "local", "--jobs", "2", "--gap", "0", "--json"]
    process = subprocess.Popen(
        [sys.executable, "-m", "planner", "batch", *map(str, files), *options],
        cwd=tmp_path,
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)},
    )
    yield process
    process.kill()
    process.wait()


def is_there(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text() if Path("/proc").is_dir() else not os.kill(pid, 0)
    except (OSError, ProcessLookupError):
        return False


def test_a_killed_solve_is_one_row_and_an_interrupt_ends_the_others(batch: subprocess.Popen[str], tmp_path: Path) -> None:
    def events(kind: str) -> dict[str, dict[str, Any]]:
        return {event["name"]: event for event in read_journal(tmp_path / "out") if event["event"] == kind}

    wait_for(lambda: set(events("started")) == set(NAMES), "all solves begin", batch)
    started = events("started")
    workers = {event["worker"] for event in started.values()}
    assert len(workers) == 2
    everyone = [psutil.Process(batch.pid), *psutil.Process(batch.pid).children(recursive=True)]
    doors = [found.laddr.ip for one in everyone for found in one.net_connections("inet") if found.status == psutil.CONN_LISTEN]
    assert len(doors) >= 3  # of the scheduler and two workers
    assert set(doors) == {"127.0.0.1"}
    time.sleep(1.0)
    os.kill(started[LONG]["pid"], signal.SIGKILL)
    wait_for(lambda: LONG in events("ended"), "the killed solve is told", batch)
    began = time.monotonic()
    os.killpg(batch.pid, signal.SIGINT)
    wait_for(lambda: not any(is_there(event["pid"]) for event in started.values()), "every solve is gone", batch)
    assert time.monotonic() - began < 5.0
    out, err = batch.communicate(timeout=SECONDS)
    assert batch.returncode == Exit.INTERRUPTED
    rows = {row["name"]: row for row in json.loads(out)["rows"]}
    assert rows[SHORT]["status"] == "optimal"
    assert "SIGKILL" in rows[LONG]["reason"]
    assert rows[LONG]["exit_code"] == Exit.LIMIT
    assert rows[LONGER]["status"] in ("stopped", "feasible")
    assert "Traceback" not in err
    assert [path.name for path in tmp_path.iterdir()] == ["out"]  # where temporary files go too
