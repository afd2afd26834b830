"""How runs end: interrupted, killed, out of memory; and that they go on where they were."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path

from benchmarks.batch_kills import measure_kills
from benchmarks.batch_scenarios import read_answers, write_large, write_small
from planner.batch.folder import read_batch
from planner.batch.journal import read_journal
from planner.batch.kept import CUT_OFF
from planner.batch.run import Request, Run
from planner.batch.sources import find_sources
from planner.batch.stopping import Stop
from planner.batch.task import Row
from planner.options import Options
from planner.report.documents.batch import BatchJson
from planner.vocabulary import Exit
from tests.batch.scenes import OPTIONS, go
from tests.command import start
from tests.json_shape import find_differences


def test_random_kills_lose_repeat_and_tear_nothing(tmp_path: Path) -> None:
    """A small version of what docs/batch.md records."""
    found = measure_kills(tmp_path, count=6, kills=4, longest=1.2)
    assert (found["lost"], found["torn"], found["missing"], found["left"]) == (0, 0, 0, [])
    assert found["exit_code"] == Exit.SOLVED


def test_an_interrupt_cancels_all_and_keeps_what_is_done(tmp_path: Path) -> None:
    write_small(tmp_path / "s", 1, "a")
    write_large(tmp_path / "s", 2, "b")
    run = start("batch", "s", "--out", "out", "--jobs", "2", "--gap", "0", "--json", cwd=tmp_path)
    deadline = time.monotonic() + 60
    while sum(event["event"] == "started" for event in read_journal(tmp_path / "out")) < 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    run.send_signal(signal.SIGINT)
    began = time.monotonic()
    out, _ = run.communicate(timeout=60)
    assert time.monotonic() - began < 20
    assert run.returncode == Exit.INTERRUPTED
    document = json.loads(out)
    assert not list(find_differences(document, BatchJson))
    assert document["rows"][0]["status"] == "optimal"
    assert {row["status"] for row in document["rows"][1:]} <= {"stopped", "feasible", "open"}
    assert (tmp_path / "out" / "summary.csv").is_file()
    again = go(tmp_path / "out", tmp_path / "s" / "a-00000.yaml", options=Options(time_limit=600, gap=0))
    assert again.fresh == []


def test_a_search_that_was_cut_off_is_made_again_and_its_result_replaced(tmp_path: Path) -> None:
    write_small(tmp_path / "s", 1)
    out, stop = tmp_path / "out", Stop()
    out.mkdir()
    run = Run(Request(find_sources([str(tmp_path / "s")], out), OPTIONS, out, 1))
    rows: list[Row] = []
    run.go(lambda _: stop.request(), rows.append, stop)
    (row,) = rows
    assert (row.status, row.reason) == ("stopped", "cancelled before a plan was found")
    record = json.loads((out / row.results / "run.json").read_bytes())
    assert CUT_OFF in record["warnings"]
    done = go(out, tmp_path / "s")
    assert done.fresh == ["small-00000"]
    assert done.rows[0].status == "optimal"
    assert read_batch(out).counts == {"optimal": 1}


def test_with_more_memory_it_is_tried_again(tmp_path: Path) -> None:
    (path,) = write_large(tmp_path / "s", 1)
    small = Options(time_limit=600, gap=0.05, memory_mb=300)
    assert go(tmp_path / "out", path, options=small).rows[0].reason in ("memory limit", "out of memory")
    done = go(tmp_path / "out", path, options=Options(time_limit=600, gap=0.05))
    assert (done.code, done.fresh) == (Exit.SOLVED, ["large-00000"])


def test_a_folder_that_cannot_be_written_is_one_row_each(tmp_path: Path) -> None:
    """Where a result should go there is a file: the other scenario is solved all the same."""
    paths = write_small(tmp_path / "s", 2)
    out = tmp_path / "out"
    key = go(out, paths[0]).rows[0].results
    for file in sorted((out / key).iterdir()):
        file.unlink()
    (out / key).rmdir()
    (out / key).write_text("in the way")
    done = go(out, tmp_path / "s")
    assert [row.status for row in done.rows] == ["failed", "optimal"]
    assert done.code == Exit.LIMIT
    assert key in done.rows[0].reason
    assert [row.status for row in read_batch(out).rows] == ["failed", "optimal"]


def test_two_files_that_say_the_same_under_the_same_name_are_solved_once(tmp_path: Path) -> None:
    for folder in ("s", "t"):
        write_small(tmp_path / folder, 1)
    done = go(tmp_path / "out", tmp_path / "s", tmp_path / "t")
    assert [row.status for row in done.rows] == ["optimal", "optimal"]
    assert len(done.fresh) == 1
    assert len(read_answers(tmp_path / "out")) == 1
