"""What a batch's folder says: rows, earlier results, runs, and what is cheap to read again."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import sys
import threading
import time
from dataclasses import asdict, replace
from pathlib import Path
from shutil import copytree

import pytest
from openpyxl import load_workbook
from pyarrow.parquet import read_table

from benchmarks.batch_scenarios import write_small
from planner.batch.claims import this_process
from planner.batch.folder import RUNNING, read_batch
from planner.batch.journal import Journal, read_journal
from planner.batch.kept import find_row
from planner.batch.manifest import read_manifest
from planner.batch.planning import Planning
from planner.batch.solving import solve_task
from planner.batch.sources import find_sources
from planner.batch.stopping import Stop
from planner.batch.summary import COLUMNS, NO_PARQUET, write_summary
from planner.batch.task import Row
from planner.options import Options
from planner.report.files import write_atomic
from planner.report.record import hash_record
from planner.vocabulary import Exit
from tests.batch.scenes import contents, go, task_of


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two scenarios, solved to two gaps, and one that is bad; nobody changes it."""
    folder = tmp_path_factory.mktemp("solved")
    write_small(folder / "s", 2)
    (folder / "s" / "bad.yaml").write_text("format: [\n")
    go(folder / "out", folder / "s")
    go(folder / "out", folder / "s", options=Options(time_limit=60, gap=0.01))
    return folder


def test_rows_are_what_files_ask_now_and_the_rest_is_earlier(solved: Path) -> None:
    batch = read_batch(solved / "out")
    assert [(row.name, row.status) for row in batch.rows] == [
        ("bad", "refused"), ("small-00000", "optimal"), ("small-00001", "optimal")
    ]  # fmt: skip
    assert sorted(row.name for row in batch.earlier) == ["small-00000", "small-00001"]
    assert not {row.fingerprint for row in batch.rows} & {row.fingerprint for row in batch.earlier}
    assert batch.counts == {"optimal": 2, "refused": 1}
    assert not batch.running
    assert [(run.total, run.exit_code, len(run.ends)) for run in batch.runs] == [(3, 3, 3), (3, 3, 3)]
    assert [run.options["gap"] for run in batch.runs] == [0.005, 0.01]


def test_the_summary_is_made_of_the_results_whatever_becomes_of_the_rest(solved: Path) -> None:
    """Without manifest and journal the answers are still all there."""
    out = solved / "out"
    known = read_batch(out)
    kept = {name: (out / name).read_bytes() for name in ("batch.json", "journal.jsonl")}
    for name in kept:
        (out / name).unlink()
    try:
        batch = read_batch(out)
    finally:
        for name, content in kept.items():
            (out / name).write_bytes(content)
    answers = {(row.fingerprint, row.objective) for row in (*known.rows, *known.earlier) if row.results}
    assert {(row.fingerprint, row.objective) for row in (*batch.rows, *batch.earlier)} == answers
    assert len(batch.rows) == 2


def test_summaries_say_the_same(solved: Path) -> None:
    out = solved / "out"
    batch = read_batch(out)
    files, said = write_summary(batch)
    with (out / "summary.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert tuple(rows[0]) == COLUMNS
    assert [row["current"] for row in rows] == ["yes", "yes", "yes", "no", "no"]
    assert float(rows[1]["objective"]) == batch.rows[1].objective
    assert rows[0]["objective"] == ""
    sheet = load_workbook(out / "summary.xlsx")["Scenarios"]
    values = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6, max_row=8)]
    assert [line[0] for line in values] == [row["file"] for row in rows[:3]]
    assert values[1][3] == batch.rows[1].objective
    assert (files[2:], said) == (("summary.parquet",), "")
    table = read_table(out / "summary.parquet").to_pylist()
    assert [line["objective"] for line in table] == [float(row["objective"]) if row["objective"] else None for row in rows]


def test_a_plain_installation_says_why_there_is_no_parquet(solved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert write_summary(read_batch(solved / "out")) == (("summary.csv", "summary.xlsx"), NO_PARQUET)
    assert not (solved / "out" / "summary.parquet").exists()


def test_what_has_not_changed_is_not_read_again(solved: Path) -> None:
    """The scenario's text is not even looked into: the manifest knows its hash. A new time stamp changes nothing."""
    out = solved / "out"
    options = Options(time_limit=60, gap=0.01)
    os.utime(solved / "s" / "small-00000.yaml")
    before = {name: value for name, value in contents(out).items() if "/" in name}
    done = go(out, solved / "s", options=options)
    assert done.fresh == []
    assert [row.kept for row in done.rows] == [False, True, True]
    assert not done.events
    assert {name: value for name, value in contents(out).items() if "/" in name} == before
    manifest = read_manifest(out)
    assert sorted(manifest.seals) == sorted(record.parent.name for record in out.glob("*/run.json"))


def test_looking_at_a_thousand_that_are_solved_takes_less_than_four_seconds_of_a_core(solved: Path) -> None:
    """The start of the command and its summary are the fifth; docs/batch.md has the whole on a machine at rest."""
    out = solved / "out"
    planning = Planning(Options(time_limit=60, gap=0.01), read_manifest(out))
    sources = [source for source in find_sources([str(solved / "s")], out) if "small" in source.path.name] * 100
    began = time.process_time()
    rows = list(planning.plan(sources))
    assert time.process_time() - began < 4.0 * len(sources) / 1000
    assert all(isinstance(row, Row) and row.kept for row in rows)


def test_files_that_hide_less_or_more_are_written_anew(tmp_path: Path) -> None:
    (path,) = write_small(tmp_path / "s", 1)
    path.write_text(path.read_text().replace("{id: cheap, country: CN}", "{id: cheap, country: CN, confidential: true}"))
    out = tmp_path / "out"
    first = go(out, path)
    assert (first.fresh, first.rows[0].masked) == (["small-00000"], True)
    assert b"cheap-line" not in (out / first.rows[0].results / "orders.csv").read_bytes()
    shown = go(out, path, unmask=True)
    assert (shown.fresh, shown.rows[0].masked) == (["small-00000"], False)
    assert b"cheap-line" in (out / first.rows[0].results / "orders.csv").read_bytes()
    assert go(out, path, unmask=True).fresh == []


def test_a_result_that_is_being_replaced_is_not_taken_for_a_changed_one(solved: Path, tmp_path: Path) -> None:
    """A reader looks all the time while a result is taken away and written again: whole or not there, never changed."""
    folder = tmp_path / read_batch(solved / "out").rows[1].results
    copytree(solved / "out" / folder.name, folder)
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    answer = json.loads(files["plan.json"])
    seen: list[str] = []
    ended = threading.Event()

    def look() -> None:
        while not ended.is_set():
            row = find_row(folder)
            seen.append(row.status if row else "none")

    reader = threading.Thread(target=look)
    reader.start()
    for seconds in range(40):
        record = json.loads(files["run.json"])
        other = json.dumps({**answer, "seconds": {**answer["seconds"], "total": seconds}}).encode()
        record["results"]["plan.json"] = hashlib.sha256(other).hexdigest()
        (folder / "run.json").unlink()
        write_atomic(folder / "plan.json", other)
        time.sleep(0.002)
        write_atomic(folder / "run.json", json.dumps({**record, "record_sha256": hash_record(record)}).encode())
        time.sleep(0.002)
    ended.set()
    reader.join()
    assert set(seen) == {"none", "optimal"}


def test_a_file_that_is_gone_without_a_result_is_no_row(tmp_path: Path) -> None:
    (good,) = write_small(tmp_path / "s", 1)
    bad = tmp_path / "s" / "bad.yaml"
    bad.write_text("format: [\n")
    assert go(tmp_path / "out", tmp_path / "s").code == Exit.BAD_INPUT
    bad.unlink()
    good.unlink()
    assert [row.name for row in read_batch(tmp_path / "out").rows] == [good.stem]


def test_a_folder_without_a_batch_has_no_rows(tmp_path: Path) -> None:
    batch = read_batch(tmp_path / "none")
    assert (batch.rows, batch.earlier, batch.runs, batch.counts) == ((), (), (), {})


def test_who_solves_what_is_seen_while_it_lasts(tmp_path: Path) -> None:
    (path,) = write_small(tmp_path / "s", 1)
    out = tmp_path / "out"
    done = go(out, path)
    (record,) = out.glob("*/run.json")
    record.unlink()
    started, stop = threading.Event(), Stop()
    task = task_of(path, out)
    worker = threading.Thread(target=solve_task, args=(task, lambda _: started.set(), stop))
    worker.start()
    assert started.wait(20)
    batch = read_batch(out)
    stop.request()
    worker.join()
    assert (batch.rows[0].status, batch.rows[0].file) == (RUNNING, done.rows[0].file)
    assert batch.running[task.key].pid == os.getpid()


def test_a_run_lasts_until_it_says_so_or_its_process_is_gone(tmp_path: Path) -> None:
    journal, mine = Journal(tmp_path), this_process()
    for holder in (mine, replace(mine, began="1"), replace(mine, host="another"), mine):
        journal.write("begun", total=1, jobs=1, options={}, holder=asdict(holder))
    journal.write("finished", exit_code=0, counts={})
    assert [run.lasts for run in read_batch(tmp_path).runs] == [True, False, True, False]


def test_a_torn_line_costs_the_journal_one_line(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.write("begun", total=1, jobs=1, options={})
    with (tmp_path / "journal.jsonl").open("ab") as stream:
        stream.write(b'{"event": "sta')
    journal.write("ended", name="a\n方")
    assert [event["event"] for event in read_journal(tmp_path)] == ["begun", "ended"]
    lines = (tmp_path / "journal.jsonl").read_text().splitlines()
    assert json.loads(lines[2])["name"] == "a\n方"
