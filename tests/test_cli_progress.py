"""What a person sees while a long solve runs, and what stays out of the way of programs."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

from planner.commands.progress import describe_progress
from tests.command import LARGE, MINIMAL, ROOT, planner


def run_on_terminal(*arguments: str | Path, cwd: Path) -> tuple[str, str]:
    """(standard output, what the terminal on standard error showed) of one run."""
    ours, theirs = pty.openpty()
    with (cwd / "printed").open("wb") as printed:
        running = subprocess.Popen(
            [sys.executable, "-m", "planner", *map(str, arguments)],
            cwd=cwd,
            env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "120"},
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=theirs,
        )
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        shown += piece
    running.wait(timeout=60)
    os.close(ours)
    return (cwd / "printed").read_text(encoding="utf-8"), shown.decode("utf-8", "replace")


def test_a_long_solve_shows_phase_plan_bound_gap_and_seconds(tmp_path: Path) -> None:
    out, shown = run_on_terminal("solve", LARGE, "--json", "--gap", "0", "--time-limit", "6", cwd=tmp_path)
    assert json.loads(out)["scenario"]
    for words in ("best plan", "bound", "gap", " s"):
        assert words in shown


def test_a_short_solve_stays_silent(tmp_path: Path) -> None:
    _, shown = run_on_terminal("solve", MINIMAL, "--json", cwd=tmp_path)
    assert "best plan" not in shown


def test_no_progress_where_nobody_watches(tmp_path: Path) -> None:
    done = planner("solve", LARGE, "--json", "--gap", "0", "--time-limit", "4", cwd=tmp_path)
    assert done.stderr.count("\n") <= 3
    assert "\x1b" not in done.stdout + done.stderr


def test_the_line_says_what_is_known_and_no_more() -> None:
    assert describe_progress("Title", {}, 2.4) == "Title  starting  2 s"
    latest = {"phase": "search", "incumbent": 2855.2, "bound": 2642.3, "gap": 0.0746, "seconds": 9.0}
    assert describe_progress("Title", latest, 12.0) == "Title  search  best plan 2,855  bound 2,642  gap 7.46 %  12 s"
