"""The command line as scripts see it: exit codes, one document on standard output, words on standard error."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

import pytest

from planner.commands.guard import Failure, attempt, worst
from planner.errors import AuditError, BadInput, EngineError, SaveConflict, UsageError
from planner.report.folder import FILES
from planner.vocabulary import Exit
from tests.command import LARGE, MINIMAL, planner, start, write_changed

HARD = ("shortage_cost: {amount: 60, per: GW-year}", "hard: true")
NO_SLOTS = ("slots: {per: quarter, 2026-Q2: 3}", "slots: {per: quarter, 2027-Q2: 3}")
PROMISED = (
    "scenario", "fingerprint", "status", "objective", "bound", "gap", "seconds", "measures", "plan", "audit", "versions",
)  # fmt: skip


def test_0_solved_and_verified(tmp_path: Path) -> None:
    done = planner("solve", MINIMAL, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "The ramp is met in full: 4.0 GW a year from 2027-Q2." in done.stdout
    folders = list((tmp_path / "results").iterdir())
    assert {path.name for path in folders[0].iterdir()} == set(FILES)
    assert f"Results: results/{folders[0].name}/" in done.stderr


def test_1_bug_is_one_line_and_shown_on_demand(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    found = attempt(lambda: 1 / 0)
    assert isinstance(found, Failure)
    assert (found.code, found.text.count("\n")) == (Exit.BUG, 0)
    assert "ZeroDivisionError" in found.text
    assert "this is a bug" in found.text
    assert "Traceback" not in capsys.readouterr().err
    monkeypatch.setenv("PLANNER_DEBUG", "1")
    attempt(lambda: 1 / 0)
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["solve", "x.yaml", "--gap", "7"], "0 to 1"),
        (["solve", "x.yaml", "--gap", "nan"], "0 to 1"),
        (["solve", "x.yaml", "--gap", "-0.1"], "0 to 1"),
        (["solve", "x.yaml", "--time-limit", "0"], "above 0"),
        (["solve", "x.yaml", "--time-limit", "-5"], "above 0"),
        (["solve", "x.yaml", "--time-limit", "inf"], "above 0"),
        (["solve", "x.yaml", "--minimise", "cash_cots"], "did you mean cash_cost?"),
        (["solve", "x.yaml", "y.yaml", "--write-mps", "m.mps"], "one by one"),
        (["solve", "x.yaml", "--gpa", "0.1"], "--gap"),
        (["solve", "x.yaml", "--jsno"], "--json"),
        (["solve"], "FILE"),
        (["slove", "x.yaml"], "solve"),
        (["solve", "x.yaml", "--gap", "much"], "--gap"),
        (["diff", "x.yaml"], "NEW"),
    ],
)
def test_2_usage_names_the_option_and_what_is_allowed(arguments: list[str], words: str, tmp_path: Path) -> None:
    done = planner(*arguments, cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert words in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("verb", ["solve", "check"])
def test_3_bad_input_says_where_and_what(verb: str, tmp_path: Path) -> None:
    path = write_changed(tmp_path, "bad.yaml", ("price: {amount: 40}", "prise: {amount: 40}"))
    done = planner(verb, path, cwd=tmp_path)
    assert done.returncode == 3
    said = done.stdout + done.stderr
    assert "bad.yaml:16" in said
    assert "prise" in said
    assert not (tmp_path / "results").exists()


def test_3_file_that_is_not_there(tmp_path: Path) -> None:
    done = planner("solve", "nowhere.yaml", "--json", cwd=tmp_path)
    document = json.loads(done.stdout)
    assert done.returncode == document["exit_code"] == 3
    assert "nowhere.yaml" in document["error"]


def test_4_proven_infeasible_with_what_can_be_reached(tmp_path: Path) -> None:
    path = write_changed(tmp_path, "hard.yaml", HARD, NO_SLOTS)
    done = planner("solve", path, cwd=tmp_path)
    assert done.returncode == 4, done.stderr
    assert "No plan meets every rule." in done.stdout
    assert "At best" in done.stdout.splitlines()[1]
    assert "optimal" not in done.stdout.casefold()
    printed = planner("solve", path, "--json", cwd=tmp_path)
    document = json.loads(printed.stdout)
    assert (document["status"], document["plan"], document["exit_code"]) == ("infeasible", None, 4)


def test_5_time_limit_still_gives_what_was_found(tmp_path: Path) -> None:
    done = planner("solve", LARGE, "--json", "--gap", "0", "--time-limit", "1.5", cwd=tmp_path)
    assert done.returncode == 5, done.stderr
    document = json.loads(done.stdout)
    assert document["status"] in ("feasible", "stopped")
    assert (document["plan"] is None) == (document["status"] == "stopped")
    people = planner("solve", LARGE, "--gap", "0", "--time-limit", "1.5", cwd=tmp_path)
    assert "optimal" not in people.stdout.casefold()


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def wait_for_worker(pid: int) -> int:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if found := children(pid):
            return found[0]
        time.sleep(0.05)
    raise AssertionError("no worker was started")


def wait_for_work(pid: int, seconds: float = 1.2) -> None:
    """Waits until a process has worked so long: a worker has got ready, and its search has begun."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        used = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
        if sum(map(int, used)) / os.sysconf("SC_CLK_TCK") >= seconds:
            return
        time.sleep(0.02)
    raise AssertionError("the worker does not work")


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_5_killed_solver_is_an_environment_failure(tmp_path: Path) -> None:
    running = start("solve", LARGE, "--json", "--gap", "0", cwd=tmp_path)
    worker = wait_for_worker(running.pid)
    wait_for_work(worker)
    os.kill(worker, signal.SIGKILL)
    out, err = running.communicate(timeout=30)
    assert running.returncode == 5, err
    assert json.loads(out)["exit_code"] == 5
    assert "SIGKILL" in err


def test_5_results_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")
    done = planner("solve", MINIMAL, "--out", "taken/results", cwd=tmp_path)
    assert done.returncode == 5
    assert "could not be written" in done.stderr
    assert "The ramp is met" in done.stdout


def test_130_interrupt_ends_the_solver_too(tmp_path: Path) -> None:
    running = start("solve", LARGE, "--gap", "0", cwd=tmp_path)
    worker = wait_for_worker(running.pid)
    wait_for_work(worker)
    began = time.monotonic()
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=30)
    assert running.returncode == 130
    assert time.monotonic() - began < 5
    assert "interrupted" in err
    assert "Traceback" not in err
    assert out == ""
    deadline = time.monotonic() + 5
    while alive(worker) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(worker)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (BadInput([]), 3), (UsageError("u"), 2), (SaveConflict("s"), 3), (EngineError("e"), 5), (AuditError("a"), 6),
        (MemoryError(), 5), (PermissionError(13, "Permission denied", "x"), 5), (KeyError("k"), 1), (RecursionError(), 1),
    ],
)  # fmt: skip
def test_every_error_has_its_code(error: Exception, code: int) -> None:
    def fail() -> None:
        raise error

    found = attempt(fail)
    assert isinstance(found, Failure)
    assert found.code == code


def test_worst_code_of_several_files() -> None:
    assert worst([0, 4, 3]) == 3
    assert worst([3, 5, 0]) == 5
    assert worst([5, 1, 3]) == 1
    assert worst([1, 6]) == 6
    assert worst([6, 130]) == 130
    assert worst([0, 0]) == 0


def test_several_files_give_a_list_and_the_worst_code(tmp_path: Path) -> None:
    bad = write_changed(tmp_path, "bad.yaml", ("price: {amount: 40}", "price: {amount: -3}"))
    hard = write_changed(tmp_path, "hard.yaml", HARD, NO_SLOTS)
    done = planner("solve", MINIMAL, bad, hard, MINIMAL, "--json", cwd=tmp_path)
    documents = json.loads(done.stdout)
    assert [document["exit_code"] for document in documents] == [0, 3, 4]
    assert done.returncode == 3
    assert "given twice; it is solved once" in done.stderr
    assert documents[1]["findings"][0]["line"] > 0


def test_json_is_one_document_with_every_promised_field(tmp_path: Path) -> None:
    done = planner("solve", MINIMAL, "--json", "--out", "there", cwd=tmp_path)
    document = json.loads(done.stdout)
    assert set(PROMISED) <= set(document)
    assert document["status"] == "optimal"
    assert document["seconds"].keys() >= {"total", "engine", "read", "build", "audit"}
    assert document["measures"].keys() >= {"expected_cost", "cash_cost", "shortage_cost"}
    assert document["plan"]["orders"][0].keys() >= {
        "node", "offer", "supplier", "site", "units", "ordered", "ships", "enters", "effective", "price",
    }  # fmt: skip
    assert document["plan"]["orders"][0]["node"] == "root"
    assert Path(tmp_path, document["results"], "run.json").is_file()


def test_check_prints_findings_and_derived_numbers(tmp_path: Path) -> None:
    done = planner("check", MINIMAL, "--json", "--register", cwd=tmp_path)
    document = json.loads(done.stdout)
    assert (done.returncode, document["ok"]) == (0, True)
    assert document["size"]["periods"] == 6
    assert document["derived"]["offers"][0] | {"why": ""} == {
        "offer": "cheap-line", "steps": "line", "mw": 500.0, "price_per_gw": 80.0, "earliest": "2026-06-01", "why": "",
    }  # fmt: skip
    assert document["derived"]["assumptions"][0]["kind"] == "assumption"
    people = planner("check", MINIMAL, "--register", cwd=tmp_path)
    assert "can be solved" in people.stdout
    assert "Where do the numbers come from?" in people.stdout


def test_diff_speaks_in_sentences(tmp_path: Path) -> None:
    path = write_changed(tmp_path, "dearer.yaml", ("amount: 40", "amount: 44"))
    done = planner("diff", MINIMAL, path, cwd=tmp_path)
    assert done.returncode == 0
    assert "cheap-line" in done.stdout
    assert "44" in done.stdout
    assert json.loads(planner("diff", MINIMAL, path, "--json", cwd=tmp_path).stdout)["changes"]
    same = planner("diff", MINIMAL, MINIMAL, cwd=tmp_path)
    assert (same.stdout, same.returncode) == ("", 0)
    assert "say the same" in same.stderr


def test_new_writes_a_scenario_that_can_be_solved_and_never_overwrites(tmp_path: Path) -> None:
    assert planner("new", "first.yaml", cwd=tmp_path).returncode == 0
    assert planner("check", "first.yaml", cwd=tmp_path).returncode == 0
    before = (tmp_path / "first.yaml").read_bytes()
    again = planner("new", "first.yaml", cwd=tmp_path)
    assert again.returncode == 2
    assert "exists already" in again.stderr
    assert (tmp_path / "first.yaml").read_bytes() == before


def test_schema_is_json(tmp_path: Path) -> None:
    assert "offers" in json.loads(planner("schema", cwd=tmp_path).stdout)["properties"]


@pytest.mark.parametrize(
    "environment", [{"LANG": "C", "LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}]
)
def test_plain_locale_and_a_chinese_file_name(environment: dict[str, str], tmp_path: Path) -> None:
    path = write_changed(tmp_path, "工厂.yaml", ("Two makers, one factory", "两家供应商 – één"))
    done = planner("solve", path, "--out", "out", cwd=tmp_path, **environment)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    printed = planner("solve", path, "--json", "--out", "out", cwd=tmp_path, **environment)
    assert json.loads(printed.stdout)["scenario"] == "两家供应商 – één"
    (folder,) = (tmp_path / "out").iterdir()
    assert (folder / "run.json").is_file()


def test_file_changed_while_solving_is_recorded(tmp_path: Path) -> None:
    """The answer is for the text that was read, and both the screen and the record say so."""
    path = write_changed(tmp_path, "moving.yaml", ("periods: 6", "periods: 40"), ("2027-Q2: 4000", "2032-Q2: 40000"))
    running = start("solve", path, "--json", "--gap", "0", "--time-limit", "3", cwd=tmp_path)
    wait_for_work(wait_for_worker(running.pid))
    path.write_text(path.read_text() + "# touched\n")
    out, err = running.communicate(timeout=60)
    document = json.loads(out)
    assert "changed on disk" in err
    assert "changed on disk" in document["warnings"][0]
    record = json.loads(Path(tmp_path, document["results"], "run.json").read_text())
    assert record["warnings"] == document["warnings"]


def test_mps_file_is_written_on_demand(tmp_path: Path) -> None:
    assert planner("solve", MINIMAL, "--write-mps", "model.mps", cwd=tmp_path).returncode == 0
    assert "ROWS" in (tmp_path / "model.mps").read_text()


def test_closed_pipe_is_no_traceback(tmp_path: Path) -> None:
    import subprocess
    import sys

    from tests.command import ROOT

    command = f"{sys.executable} -m planner check {MINIMAL} --register | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_order_in_the_file_changes_nothing(tmp_path: Path) -> None:
    """BI-291: suppliers and offers in another order are the same scenario: same fingerprint, same plan."""
    import yaml

    data = yaml.safe_load(MINIMAL.read_text(encoding="utf-8").replace("2026-01-01", "'2026-01-01'"))
    data["suppliers"].reverse()
    data["offers"].reverse()
    (tmp_path / "turned.yaml").write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    done = planner("solve", MINIMAL, "turned.yaml", "--json", cwd=tmp_path)
    straight, turned = json.loads(done.stdout)
    assert straight["fingerprint"] == turned["fingerprint"]
    assert straight["plan"] == turned["plan"]


def test_confidential_names_stay_out_of_what_is_printed(tmp_path: Path) -> None:
    path = write_changed(tmp_path, "secret.yaml", ("{id: cheap, country: CN}", "{id: cheap, country: CN, confidential: true}"))
    masked = planner("solve", path, "--json", cwd=tmp_path)
    assert "cheap" not in masked.stdout.replace("secret.yaml", "")
    assert json.loads(masked.stdout)["plan"]["signings"][0]["supplier"].startswith("confidential-1")
    shown = planner("solve", path, "--json", "--unmask", cwd=tmp_path)
    assert "cheap-line" in shown.stdout
    people = planner("solve", path, cwd=tmp_path)
    assert "cheap" not in people.stdout
    assert "--unmask" in people.stdout


def test_a_solve_begins_from_a_plan_of_another_scenario(tmp_path: Path) -> None:
    assert planner("solve", MINIMAL, "--out", "first", cwd=tmp_path).returncode == 0
    plan = next((tmp_path / "first").glob("*/plan.json"))
    dearer = tmp_path / "dearer.yaml"
    dearer.write_text(Path(MINIMAL).read_text(encoding="utf-8").replace("amount: 40", "amount: 41"), encoding="utf-8")
    near = planner("solve", str(dearer), "--near", str(plan), "--json", cwd=tmp_path)
    alone = planner("solve", str(dearer), "--json", cwd=tmp_path)
    one, two = json.loads(near.stdout), json.loads(alone.stdout)
    assert (one["status"], one["objective"], one["fingerprint"]) == ("optimal", two["objective"], two["fingerprint"])
    wrong = planner("solve", str(dearer), "--near", str(dearer), cwd=tmp_path)
    assert wrong.returncode == 2
    assert "is not JSON" in wrong.stderr
