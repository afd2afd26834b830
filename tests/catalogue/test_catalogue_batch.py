"""Catalogue rows about batches: what bad scenarios, kills, second runs and hands on results do to the others."""

from __future__ import annotations

import csv
import fcntl
import json
import os
import pickle
import re
import time
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from benchmarks.batch_poison import measure_poison
from benchmarks.batch_scenarios import read_answers, write_small
from planner.batch.claims import FOLDER, probe, take
from planner.batch.folder import read_batch
from planner.batch.solving import solve_task
from planner.cli import app
from planner.errors import EngineError
from planner.vocabulary import Exit
from tests.batch.scenes import contents, go, task_of
from tests.command import ROOT, planner, start

HERE = Path(__file__).parent
CLAIMING = ("BI-286", "BI-287")
"""Rows about clusters that hold for every batch."""


def test_every_row_has_a_test() -> None:
    with (HERE / "bad_inputs.csv").open(encoding="utf-8", newline="") as stream:
        rows = {row["id"] for row in csv.DictReader(stream) if row["category"] == "batch_cli" or row["id"] in CLAIMING}
    assert len(rows) == 13
    tested = {
        f"BI-{number}" for number in re.findall(r"^def test_bi_(\d+)", Path(__file__).read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert tested == rows


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    """Four good scenarios alone, and the same among one that is malformed, one too large for its memory and one that aborts."""
    folder = tmp_path_factory.mktemp("poisoned")
    return measure_poison(folder, 4, {"malformed": 1, "large": 1, "abort": 1}), folder / "poisoned"


def ending(poisoned: tuple[dict[str, Any], Path], name: str) -> tuple[str, int, str]:
    (row,) = (row for row in read_batch(poisoned[1]).rows if row.name.startswith(name))
    return row.status, row.exit_code, row.reason


def test_bi_251_one_bad_scenario_is_one_row_and_the_others_are_as_without_it(
    poisoned: tuple[dict[str, Any], Path], tmp_path: Path
) -> None:
    found, _ = poisoned
    assert (found["good"], found["same"], found["exit_code_clean"]) == (4, 4, Exit.SOLVED)
    status, code, reason = ending(poisoned, "malformed")
    assert (status, code) == ("refused", Exit.BAD_INPUT)
    assert "malformed-00000.yaml:2:8" in reason
    write_small(tmp_path / "scenarios", 1)
    (tmp_path / "scenarios" / "bad.yaml").write_text("format: [\n")
    done = planner("batch", "scenarios", "--out", "out", cwd=tmp_path)
    assert done.returncode == Exit.BAD_INPUT
    with (tmp_path / "out" / "summary.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0])[:7] == ["file", "fingerprint", "status", "exit_code", "objective", "gap", "seconds"]
    assert [(row["file"], row["status"], row["exit_code"]) for row in rows] == [
        ("scenarios/bad.yaml", "refused", "3"),
        ("scenarios/small-00000.yaml", "optimal", "0"),
    ]


def test_bi_252_a_solver_that_aborts_ends_its_own_scenario(poisoned: tuple[dict[str, Any], Path]) -> None:
    status, code, reason = ending(poisoned, "abort")
    assert (status, code) == ("stopped", Exit.LIMIT)
    assert "SIGABRT" in reason


def test_bi_253_a_scenario_too_large_for_its_memory_ends_alone(poisoned: tuple[dict[str, Any], Path]) -> None:
    status, code, reason = ending(poisoned, "large")
    assert (status, code) == ("stopped", Exit.LIMIT)
    assert "memory" in reason
    assert poisoned[0]["exit_code"] == Exit.LIMIT


def test_bi_256_a_machine_that_went_down_in_the_middle_leaves_nothing_that_misleads(tmp_path: Path) -> None:
    """Files of a result without its record, a temporary file, and a claim of a process of another boot of this machine."""
    write_small(tmp_path / "scenarios", 2)
    out = tmp_path / "out"
    go(out, tmp_path / "scenarios")
    whole, cut = sorted(record.parent for record in out.glob("*/run.json"))
    before = contents(whole)
    expected = read_answers(out)
    (cut / "run.json").unlink()
    (cut / "plan.json").write_bytes((cut / "plan.json").read_bytes()[:200])
    (cut / ".orders.csv.abc.tmp").write_text("half")
    (out / FOLDER / f"{cut.name}.1").write_text(json.dumps({"host": "gone", "pid": 1, "place": "before", "began": "7"}))
    old = time.time() - 3600
    os.utime(out / FOLDER / f"{cut.name}.1", (old, old))
    done = go(out, tmp_path / "scenarios")
    assert done.code == Exit.SOLVED
    assert len(done.fresh) == 1
    assert contents(whole) == before
    assert read_answers(out) == expected
    assert not list(out.rglob("*.tmp")) + list((out / FOLDER).iterdir())


def test_bi_257_the_same_command_twice_at_the_same_time_shares_the_work(tmp_path: Path) -> None:
    write_small(tmp_path / "scenarios", 6)
    line = ("batch", "scenarios", "--out", "out", "--jobs", "1", "--json")
    runs = [start(*line, cwd=tmp_path), start(*line, cwd=tmp_path)]
    answers = [json.loads(run.communicate(timeout=120)[0]) for run in runs]
    assert [run.returncode for run in runs] == [Exit.SOLVED, Exit.SOLVED]
    assert all(answer["counts"] == {"optimal": 6} for answer in answers)
    assert [answer["solved"] + answer["kept"] for answer in answers] == [6, 6]
    assert sum(answer["solved"] for answer in answers) == 6
    ends = [event for run in read_batch(tmp_path / "out").runs for event in run.ends]
    assert sorted(event["name"] for event in ends) == [f"small-0000{number}" for number in range(6)]


def test_bi_258_an_edited_scenario_is_solved_again_and_the_old_result_stays(tmp_path: Path) -> None:
    (path,) = write_small(tmp_path / "scenarios", 1)
    out = tmp_path / "out"
    old = go(out, path).rows[0]
    before = contents(out / old.results)
    path.write_text(path.read_text().replace("amount: 65", "amount: 66"))
    done = go(out, path)
    assert done.fresh == ["small-00000"]
    assert done.rows[0].fingerprint != old.fingerprint
    assert contents(out / old.results) == before
    batch = read_batch(out)
    assert [row.results for row in batch.rows] == [done.rows[0].results]
    assert [row.results for row in batch.earlier] == [old.results]
    assert len(batch.history(batch.rows[0].file)) == 2


@pytest.mark.parametrize("name", ["orders.csv", "plan.json", "run.json"])
def test_bi_261_a_result_edited_by_hand_is_told_and_left_alone(tmp_path: Path, name: str) -> None:
    (path,) = write_small(tmp_path / "scenarios", 1)
    out = tmp_path / "out"
    file = out / go(out, path).rows[0].results / name
    file.write_bytes(file.read_bytes().replace(b"dear-line", b"near-line"))
    before = contents(file.parent)
    for _ in range(2):  # also when it is read anew without what was known of it
        done = go(out, path)
        assert (done.code, done.fresh) == (Exit.VERIFICATION, [])
        assert (done.rows[0].status, "changed after it was written" in done.rows[0].reason) == ("changed", True)
        assert contents(file.parent) == before
        assert read_batch(out, trust=True).counts == {"changed": 1}
        assert ",changed,6," in (out / "summary.csv").read_text()
        (out / "batch.json").unlink()


@pytest.mark.parametrize(
    ("option", "value", "allowed"),
    [("--jobs", "0", "allowed: 1 to"), ("--jobs", "1000", "allowed: 1 to"), ("--time-limit", "-1", "allowed: seconds above 0"),
     ("--gap", "2", "allowed: a fraction from 0 to 1"), ("--memory", "1", "allowed: 64 to")],
)  # fmt: skip
def test_bi_262_numbers_out_of_range_are_refused_with_the_range(tmp_path: Path, option: str, value: str, allowed: str) -> None:
    done = CliRunner().invoke(app, ["batch", str(tmp_path), "--out", str(tmp_path / "out"), option, value])
    assert done.exit_code == Exit.USAGE
    assert f"{option} is {value}" in done.stderr
    assert allowed in done.stderr
    assert not list(tmp_path.iterdir())


def test_bi_263_an_unknown_option_is_refused_with_the_nearest(tmp_path: Path) -> None:
    done = planner("batch", ".", "--time-limt", "5", cwd=tmp_path)
    assert done.returncode == Exit.USAGE
    assert "--time-limt" in done.stderr
    assert "--time-limit" in done.stderr.replace("--time-limt", "")


def test_bi_266_a_folder_for_temporary_files_with_a_space_in_its_name_works(tmp_path: Path) -> None:
    write_small(tmp_path / "scenarios", 1)
    (tmp_path / "a b").mkdir()
    done = planner("batch", "scenarios", "--out", "the out", cwd=tmp_path, TMPDIR=str(tmp_path / "a b"))
    assert done.returncode == Exit.SOLVED
    assert len(list((tmp_path / "the out").glob("*/run.json"))) == 1


def test_bi_267_a_chinese_name_works_where_the_language_is_c(tmp_path: Path) -> None:
    (path,) = write_small(tmp_path / "scenarios", 1)
    path.rename(path.with_name("方案.yaml"))
    done = planner("batch", "scenarios", "--out", "out", "--json", cwd=tmp_path, LANG="C", LC_ALL="C")
    assert done.returncode == Exit.SOLVED
    (row,) = json.loads(done.stdout)["rows"]
    assert (row["file"], row["status"]) == ("scenarios/方案.yaml", "optimal")
    assert "方案".encode() in (tmp_path / "out" / "summary.csv").read_bytes()
    strict = planner("batch", "scenarios", "--out", "strict", cwd=tmp_path, LANG="C", LC_ALL="C", PYTHONUTF8="0")
    assert strict.returncode == Exit.SOLVED
    assert b"scenarios/??????.yaml," in (tmp_path / "strict" / "summary.csv").read_bytes()


def test_bi_286_work_is_claimed_where_locks_do_not_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The locks of the system refuse every call, as on a shared folder that has none: one claim is still only given once."""

    def refuse(*_: Any) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    monkeypatch.setattr(fcntl, "lockf", refuse)
    (path,) = write_small(tmp_path / "scenarios", 1)
    task = task_of(path, tmp_path / "out")
    probe(tmp_path / "out")
    claim = take(tmp_path / "out", task.key)
    assert claim is not None
    assert take(tmp_path / "out", task.key) is None
    assert solve_task(task).elsewhere
    claim.release()
    assert solve_task(task).status == "optimal"


def test_bi_286_a_folder_that_lets_a_file_be_created_twice_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's exclusive create, taken away as a faulty shared folder would."""
    true_open = os.open
    monkeypatch.setattr(os, "open", lambda path, flags, *rest: true_open(path, flags & ~os.O_EXCL, *rest))
    with pytest.raises(EngineError, match="lets a file be created twice"):
        probe(tmp_path)


def test_bi_287_only_the_name_of_a_large_result_travels(tmp_path: Path) -> None:
    path = ROOT / "scenarios" / "two-futures.yaml"
    task = task_of(path, tmp_path)
    row = solve_task(task)
    assert row.status == "optimal"
    size = sum(file.stat().st_size for file in (tmp_path / row.results).iterdir())
    assert size > 50_000
    assert len(pickle.dumps(row)) < 2000
