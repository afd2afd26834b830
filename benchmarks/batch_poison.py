"""What bad scenarios cost the others: malformed files, too little memory, solvers that abort, solvers that hang.

Nothing is simulated: files are malformed, a scenario needs more memory than it may take, and solver processes get a signal.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

from benchmarks.batch_scenarios import read_answers, write_large, write_small
from planner.batch.folder import read_batch
from planner.batch.journal import read_journal

LIMIT, MEMORY = 20, 300
"""Seconds and MB each solve may take: enough for the small ones, too little memory for the large."""
SIGNALS = {"abort": signal.SIGABRT, "hang": signal.SIGSTOP}


def measure_poison(folder: Path, good: int, each: dict[str, int], jobs: int = 2) -> dict[str, Any]:
    """Solve ``good`` small scenarios alone, then among bad ones; ``each``: how many malformed, large, abort and hang."""
    scenarios = folder / "scenarios"
    write_small(scenarios / "good", good)
    clean, _ = run_batch(scenarios, folder / "clean", jobs)
    for path in write_small(scenarios / "bad", each.get("malformed", 0), "malformed"):
        path.write_text("format: 1\ntitle: [no end\n", encoding="utf-8")
    write_large(scenarios / "bad", each.get("large", 0))
    for name in SIGNALS:
        write_small(scenarios / name, each.get(name, 0), name)
    code, seconds = run_batch(scenarios, folder / "poisoned", jobs)
    alone, among = read_answers(folder / "clean"), read_answers(folder / "poisoned")
    batch = read_batch(folder / "poisoned")
    bad = [(row, row.name.partition("-")[0]) for row in batch.rows if not row.name.startswith("small-")]
    endings = Counter(f"{kind}: {row.status}, {row.reason.partition(':2:8 ')[2] or row.reason}" for row, kind in bad)
    return {
        "scenarios": len(batch.rows),
        "good": len(alone),
        "bad": sum(each.values()),
        "same": sum(among.get(key) == answer for key, answer in alone.items()),
        "exit_code_clean": clean,
        "exit_code": code,
        "seconds": round(seconds, 1),
        "endings": dict(endings),
    }


def run_batch(scenarios: Path, out: Path, jobs: int) -> tuple[int, float]:
    """One run of the command; solver processes of scenarios named after a signal get it. Exit code and seconds."""
    ended = threading.Event()
    watcher = threading.Thread(target=_send_signals, args=(out, ended))
    watcher.start()
    began = time.monotonic()
    try:
        done = subprocess.run(command(scenarios, out, jobs), stdin=subprocess.DEVNULL, capture_output=True, check=False)
    finally:
        ended.set()
        watcher.join()
    return done.returncode, time.monotonic() - began


def command(scenarios: Path, out: Path, jobs: int) -> list[str]:
    """``planner batch`` over a folder."""
    limits = ["--time-limit", str(LIMIT), "--memory", str(MEMORY)]
    return [sys.executable, "-m", "planner", "batch", str(scenarios), "--out", str(out), "--jobs", str(jobs), *limits]


def _send_signals(out: Path, ended: threading.Event) -> None:
    """Follow the journal; a solver of the wanted name gets its signal as soon as it has started."""
    seen = 0
    while not ended.wait(0.02):
        events = [event for event in read_journal(out) if event["event"] == "started"]
        for event in events[seen:]:
            number = SIGNALS.get(event["name"].partition("-")[0])
            if number is not None:
                with suppress(ProcessLookupError):
                    os.kill(event["pid"], number)
        seen = len(events)
