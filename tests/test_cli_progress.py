"""What a person sees while a long solve runs, and what stays out of the way of programs."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from planner.commands.progress import describe_progress, take
from tests.command import LARGE, MINIMAL, ROOT, planner

SMALL = ROOT / "scenarios" / "us-2026-10gw.yaml"


def run_on_terminal(*arguments: str | Path, cwd: Path, interrupt_at: str | None = None, by: int = 0) -> tuple[str, str, int]:
    """(standard output, what the terminal on standard error showed, exit code) of one run.

    ``interrupt_at``: words on the terminal at which it gets the signal ``by``.
    """
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
        if interrupt_at is not None and interrupt_at.encode() in shown:
            running.send_signal(by)
            interrupt_at = None
    running.wait(timeout=60)
    os.close(ours)
    return (cwd / "printed").read_text(encoding="utf-8"), shown.decode("utf-8", "replace"), running.returncode


def test_a_long_solve_shows_phase_plan_bound_gap_and_seconds(tmp_path: Path) -> None:
    out, shown, _ = run_on_terminal("solve", LARGE, "--json", "--gap", "0", "--time-limit", "6", cwd=tmp_path)
    assert json.loads(out)["scenario"]
    for words in ("best plan", "bound", "gap", " s"):
        assert words in shown


def test_a_short_solve_stays_silent(tmp_path: Path) -> None:
    _, shown, _ = run_on_terminal("solve", MINIMAL, "--json", cwd=tmp_path)
    assert "best plan" not in shown


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_solve_prints_and_writes_the_plan_it_has(tmp_path: Path, by: int) -> None:
    out, shown, code = run_on_terminal("solve", SMALL, "--json", "--gap", "0", cwd=tmp_path, interrupt_at="best plan", by=by)
    assert code == 130, shown
    document = json.loads(out)
    assert (document["exit_code"], document["status"], document["reason"]) == (130, "feasible", "cancelled")
    assert document["plan"]["orders"]
    assert document["audit"]["ok"]
    written = json.loads((Path(tmp_path / document["results"]) / "plan.json").read_text(encoding="utf-8"))
    assert written["plan"] == document["plan"]
    assert "best plan found so far" in shown
    assert "Traceback" not in shown


def test_no_progress_where_nobody_watches(tmp_path: Path) -> None:
    done = planner("solve", LARGE, "--json", "--gap", "0", "--time-limit", "4", cwd=tmp_path)
    assert done.stderr.count("\n") <= 3
    assert "\x1b" not in done.stdout + done.stderr


def test_the_line_says_what_is_known_and_no_more() -> None:
    assert describe_progress("Title", {}, 2.4) == "Title  starting  2 s"
    latest = {"phase": "search", "incumbent": 2855.2, "bound": 2642.3, "gap": 0.0746, "seconds": 9.0}
    assert describe_progress("Title", latest, 12.0) == "Title  search  best plan 2,855  bound 2,642  gap 7.46 %  12 s"


def test_a_second_question_does_not_show_the_answer_of_the_first() -> None:
    news: list[dict[str, Any]] = [
        {"event": "progress", "phase": "full problem", "measure": "shortage", "incumbent": 12.0, "bound": 12.0, "gap": 0.0},
        {"event": "plan", "measure": "expected_cost", "objective": 900.0, "gap": None, "seconds": 1.0},
        {"event": "phase", "phase": "relaxation", "measure": "expected_cost", "seconds": 0.0},
    ]
    latest: dict[str, Any] = {}
    for event in news:
        take(latest, event)
    assert describe_progress("Title", latest, 2.0) == "Title  relaxation  2 s"
