"""The results folder: whole files or none, and a record that can be trusted years later."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from planner.errors import AuditError
from planner.report.files import write_atomic
from planner.report.folder import FILES, write_results
from planner.report.record import NEEDED, find_state, hash_record, read_record
from planner.vocabulary import Status
from tests.report.cases import build_answer
from tests.report.tree_case import build_tree_answer


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    source = tmp_path / "two-makers.yaml"
    source.write_text("format: 1\n")
    return write_results(build_answer(), tmp_path / "out", source)


def test_folder_is_named_by_scenario_and_fingerprint(written: Path) -> None:
    assert written.name == "two-makers-01234567"
    assert {path.name for path in written.iterdir()} == set(FILES)


def test_plan_json_is_the_printed_document(written: Path) -> None:
    assert json.loads((written / "plan.json").read_text()) == build_answer().data


def test_record_lists_the_files_with_their_hashes(written: Path) -> None:
    record = read_record(written / "run.json")
    for name, sha in record["results"].items():
        assert hashlib.sha256((written / name).read_bytes()).hexdigest() == sha
    assert set(record["results"]) == set(FILES) - {"run.json"}


def test_record_holds_what_a_repeat_needs(written: Path) -> None:
    record = read_record(written / "run.json")
    assert record["options"]["gap"] == 0.005
    assert record["versions"]["pulp"] == "3.3.2"
    assert (record["seed"], record["threads"], record["status"]) == (0, 1, "optimal")
    assert record["document"]["calendar"]["periods"] == 8


@pytest.mark.parametrize("field", NEEDED)
def test_record_without_a_field_is_refused(field: str, written: Path) -> None:
    """BI-288: a result that does not say what it was made from and how good it is cannot be used."""
    path = written / "run.json"
    record = json.loads(path.read_text())
    del record[field]
    path.write_text(json.dumps(record))
    with pytest.raises(AuditError, match=field) as error:
        read_record(path)
    assert error.value.exit_code == 6


def test_changed_record_is_refused(written: Path) -> None:
    path = written / "run.json"
    record = json.loads(path.read_text())
    record["measures"]["cash_cost"] += 1.0
    path.write_text(json.dumps(record))
    with pytest.raises(AuditError, match="changed after it was written"):
        read_record(path)


def test_torn_record_is_refused(written: Path) -> None:
    path = written / "run.json"
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(AuditError, match="not a record"):
        read_record(path)


def test_hash_does_not_depend_on_the_order_of_keys() -> None:
    left: dict[str, Any] = {"a": 1, "b": {"c": 2, "d": 3}}
    assert hash_record(left) == hash_record({"b": {"d": 3, "c": 2}, "a": 1, "record_sha256": "x"})


def test_state_of_the_scenario_file_is_recorded(tmp_path: Path) -> None:
    """BI-292: a scenario that is not committed is recorded as such, with its content hash."""
    source = tmp_path / "s.yaml"
    source.write_text("a: 1\n")
    assert find_state(source) == "not under version control"
    git(tmp_path, "init", "-q")
    assert find_state(source) == "uncommitted"
    git(tmp_path, "add", "s.yaml")
    git(tmp_path, "commit", "-q", "-m", "add")
    assert find_state(source) == "committed"
    source.write_text("a: 2\n")
    assert find_state(source) == "uncommitted"
    record = read_record(write_results(build_answer(), tmp_path / "out", source) / "run.json")
    assert record["scenario_state"] == "uncommitted"
    assert record["files"][0]["sha256"] == "ab" * 32


def test_an_answer_without_plan_leaves_no_old_plan_beside_it(written: Path, tmp_path: Path) -> None:
    answer = build_answer(plan=None, status=Status.INFEASIBLE, objective=None, bound=None, gap=None)
    again = write_results(answer, tmp_path / "out", tmp_path / "two-makers.yaml")
    assert again == written
    assert {path.name for path in again.iterdir()} == {"plan.json", "results.xlsx", "run.json"}


def test_an_answer_without_futures_leaves_no_old_tree_beside_it(tmp_path: Path) -> None:
    source = tmp_path / "two-makers.yaml"
    folder = write_results(build_tree_answer(), tmp_path / "out", source)
    assert (folder / "tree.svg").exists()
    assert write_results(build_answer(), tmp_path / "out", source) == folder
    assert {path.name for path in folder.iterdir()} == set(FILES)


def test_failed_write_keeps_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "kept.json"
    target.write_text("old")
    with pytest.raises(TypeError):
        write_atomic(target, "text, not bytes")  # type: ignore[arg-type]
    assert [path.name for path in tmp_path.iterdir()] == ["kept.json"]
    assert target.read_text() == "old"


def test_kill_leaves_no_half_written_file(tmp_path: Path) -> None:
    """A writer killed in a loop leaves every named file whole; 20 kills."""
    target = tmp_path / "big.json"
    loop = (
        "import sys; from pathlib import Path; from planner.report.files import write_atomic\n"
        "n = 0\nwhile True:\n n += 1; write_atomic(Path(sys.argv[1]), (str(n % 10) * 400_000).encode())\n"
    )
    for round_ in range(20):
        writer = subprocess.Popen([sys.executable, "-c", loop, str(target)])
        deadline = time.monotonic() + 10
        while not target.exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(0.02 + 0.003 * round_)
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        content = target.read_bytes()
        assert len(content) == 400_000
        assert len(set(content)) == 1
        target.unlink()
