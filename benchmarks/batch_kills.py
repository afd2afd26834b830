"""kill -9 at random moments and start again: is anything lost, solved twice or half written?"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

from benchmarks.batch_poison import command
from benchmarks.batch_scenarios import write_small
from planner.batch.kept import find_row


def measure_kills(folder: Path, count: int, kills: int, longest: float, seed: int = 1) -> dict[str, Any]:
    """Solve ``count`` scenarios, killed ``kills`` times after a random time up to ``longest`` seconds, then to the end.

    A kill hits the leading process alone or, every second time, all processes of the run. ``lost``: results that were there
    after a kill and are not, or not the same, at the end; ``torn``: folders that claim to be whole and are not;
    ``missing``: scenarios without a result at the end; ``left``: temporary files and claims at the end.
    """
    dice = random.Random(seed)
    scenarios, out = folder / "scenarios", folder / "out"
    write_small(scenarios, count)
    written: dict[str, int] = {}
    torn = again = done = 0
    while done < kills:
        if len(written) == count:  # everything is solved: begin anew in another folder, so that every kill hits work
            again += 1
            out, written = folder / f"out{again}", {}
        _kill(command(scenarios, out, 2), dice.uniform(0.3, longest), everything=done % 2 == 1)
        done += 1
        for record in out.glob("*/run.json"):
            row = find_row(record.parent)
            torn += row is None or row.status == "changed"
            written.setdefault(record.parent.name, record.stat().st_mtime_ns)
    last = subprocess.run(command(scenarios, out, 2), stdin=subprocess.DEVNULL, capture_output=True, check=False)
    final = {record.parent.name: record.stat().st_mtime_ns for record in out.glob("*/run.json")}
    whole = [key for key in final if (row := find_row(out / key)) is not None and row.status == "optimal"]
    left = [path for path in out.rglob("*") if path.name.endswith(".tmp") or path.parent.name == "claims"]
    return {
        "scenarios": count,
        "kills": kills,
        "rounds": again + 1,
        "solved_before_last": len(written),
        "lost": sum(final.get(key) != time for key, time in written.items()),
        "torn": torn,
        "missing": count - len(whole),
        "left": [path.name for path in left],
        "exit_code": last.returncode,
    }


def _kill(line: list[str], seconds: float, everything: bool) -> None:
    """Start a run and kill it after so many seconds."""
    run = subprocess.Popen(line, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    children = _children(run.pid) if everything else []
    for pid in [*children, run.pid]:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    run.wait()


def _children(pid: int) -> list[int]:
    """Processes that a process has started; only Linux says it."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += map(int, task.read_text().split())
        except OSError:
            continue
    return found
