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
from planner.batch.journal import read_journal
from planner.batch.kept import find_row


def measure_kills(folder: Path, count: int, kills: int, longest: float, seed: int = 1) -> dict[str, Any]:
    """Solve ``count`` scenarios, killed ``kills`` times, then to the end.

    A kill comes up to ``longest`` seconds after the first solve of the run has begun, one in ten before that. It hits the
    leading process alone or, every second time, all processes of the run. ``lost``: results that were there
    after a kill and are not, or not the same, at the end; ``torn``: folders that claim to be whole and are not;
    ``missing``: scenarios without a result at the end; ``left``: temporary files beside results, and claims, at the end.
    """
    dice = random.Random(seed)
    scenarios, out = folder / "scenarios", folder / "out"
    write_small(scenarios, count)
    written: dict[str, int] = {}
    torn = lost = again = done = 0
    while done < kills:
        if len(written) == count:  # everything is solved: begin anew in another folder, so that every kill hits work
            again += 1
            out, written = folder / f"out{again}", {}
        seconds = dice.uniform(0.0, longest)
        _kill(command(scenarios, out, 2), None if done % 10 == 9 else out, seconds, everything=done % 2 == 1)
        done += 1
        now = {record.parent.name: record.stat().st_mtime_ns for record in out.glob("*/run.json")}
        torn += sum((row := find_row(out / key)) is None or row.status == "changed" for key in now)
        lost += sum(now.get(key) != time for key, time in written.items())
        written = now
    last = subprocess.run(command(scenarios, out, 2), stdin=subprocess.DEVNULL, capture_output=True, check=False)
    final = {record.parent.name: record.stat().st_mtime_ns for record in out.glob("*/run.json")}
    whole = [key for key in final if (row := find_row(out / key)) is not None and row.status == "optimal"]
    left = [*out.glob("*/.*.tmp"), *out.glob("claims/*")]
    return {
        "scenarios": count,
        "kills": kills,
        "rounds": again + 1,
        "solved_before_last": len(written),
        "lost": lost + sum(final.get(key) != time for key, time in written.items()),
        "torn": torn,
        "missing": count - len(whole),
        "left": [path.name for path in left],
        "exit_code": last.returncode,
    }


def _kill(line: list[str], out: Path | None, seconds: float, everything: bool) -> None:
    """Start a run and kill it so many seconds after it has begun to solve in ``out``; without one, after its start."""
    run = subprocess.Popen(line, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while out is not None and run.poll() is None and not _solves(out, run.pid):
        time.sleep(0.02)
    time.sleep(seconds)
    children = _children(run.pid) if everything else []
    for pid in children:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    run.kill()  # nothing, where it has ended by itself
    run.wait()


def _solves(out: Path, pid: int) -> bool:
    """Whether the run led by this process has begun a solve, or has nothing to solve."""
    return any(event["leader"] == pid and event["event"] in ("started", "finished") for event in read_journal(out))


def _children(pid: int) -> list[int]:
    """Processes that a process has started; only Linux says it."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += map(int, task.read_text().split())
        except OSError:
            continue
    return found
