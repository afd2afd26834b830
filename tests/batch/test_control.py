"""A batch begun and stopped from another program."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from benchmarks.batch_scenarios import write_large, write_small
from planner.batch.control import start_run, stop_run
from planner.batch.folder import read_batch
from planner.vocabulary import Exit


def wait_for(ready: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not ready():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_a_run_is_begun_watched_and_stopped_from_outside(tmp_path: Path) -> None:
    write_small(tmp_path / "s", 1, "a")
    write_large(tmp_path / "s", 1, "b")
    out = tmp_path / "out"
    pid = start_run(["s"], Path("out"), ("--jobs", "1", "--gap", "0"), folder=tmp_path)
    wait_for(
        lambda: (out / "journal.jsonl").is_file() and read_batch(out).running != {} and len(read_batch(out).runs[0].ends) == 1
    )
    batch = read_batch(out)
    (run,) = batch.runs
    assert (run.leader, run.lasts, run.total) == (pid, True, 2)
    assert not stop_run(replace(run, holder=replace(run.holder, began="1")))
    assert stop_run(run)
    wait_for(lambda: not read_batch(out).runs[0].lasts)
    (run,) = read_batch(out).runs
    assert run.exit_code == Exit.INTERRUPTED
    assert not stop_run(run)
    assert "interrupted" in (out / "last-run.txt").read_text()


def test_a_run_that_cannot_begin_says_why(tmp_path: Path) -> None:
    start_run(["none"], Path("out"), ("--jobs", "0"), folder=tmp_path)
    wait_for(lambda: "--jobs is 0" in (tmp_path / "out" / "last-run.txt").read_text())
