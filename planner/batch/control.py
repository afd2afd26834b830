"""Starts and stops runs of a batch from another program, such as the screen: they go on when that program ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from planner.batch.folder import Run


def start_run(paths: Sequence[str | Path], out: Path, options: Sequence[str] = (), folder: Path | None = None) -> int:
    """Begin ``planner batch`` in a process of its own, seen by ``read_batch``; its number. Raises OSError where none can start.

    ``options`` as on the command line, such as ``("--jobs", "2", "--gap", "0.01")``; ``folder`` is where paths begin. What it
    says to people goes to ``last-run.txt`` in the folder of the batch, also why it refused to begin.
    """
    base = Path.cwd() if folder is None else folder
    where = base / out
    where.mkdir(parents=True, exist_ok=True)
    line = [sys.executable, "-m", "planner", "batch", *map(str, paths), "--out", str(out), *options]
    with (where / "last-run.txt").open("wb") as said:
        process = subprocess.Popen(  # noqa: S603 - this very program
            line, cwd=base, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said, start_new_session=True,
        )  # fmt: skip
    threading.Thread(target=process.wait, daemon=True).start()  # or it would stay in the list of processes
    return process.pid


def stop_run(run: Run) -> bool:
    """Ask a run to cancel its solves and end with what is done, as Ctrl-C does; whether it could be asked from here.

    Returns at once. Never sends anything to a process that only has the same number.
    """
    if not (run.holder.near and run.lasts):
        return False
    os.kill(run.leader, signal.SIGTERM)
    return True
