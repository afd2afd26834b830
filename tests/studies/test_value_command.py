"""``planner value`` as people and programs use it: real worker processes, exit codes, interrupts."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from pathlib import Path

import pytest

from planner.commands.value import check_parts, value_file
from planner.errors import UsageError
from planner.options import Options
from planner.vocabulary import Exit
from tests.command import ROOT, planner, start

CASE = ROOT / "scenarios" / "two-futures.yaml"
LARGE = ROOT / "scenarios" / "licence-stop.yaml"
EXACT = Options(gap=0.0, minimise="weighted_cost")


def test_people_get_sentences_and_tables(tmp_path: Path) -> None:
    """The sums are in the file's own comment: 111.25 on the tree, 130 on fixed dates; known, 0.75 x 80 + 0.25 x 130."""
    done = planner("value", CASE, "--parts", "costs", "--gap", "0", cwd=tmp_path)
    assert done.returncode == Exit.SOLVED, done.stderr
    assert done.stdout.startswith(
        "Two makers, two futures\nPlanned for its 2 futures, the scenario costs USD 111.2 m on average.\n"
    )
    assert "Deciding on fixed dates, whatever the news, costs USD 18.8 m more" in done.stdout
    assert "Whoever knew the future today would pay USD 18.8 m less" in done.stdout
    assert "tree: USD 111.2 m, gap 0.00 %" in done.stderr
    assert not list(tmp_path.iterdir())


def test_programs_get_one_document_without_confidential_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = CASE.read_text(encoding="utf-8").replace("{id: cheap, country: CN}", "{id: cheap, country: CN, confidential: true}")
    path = tmp_path / "case.yaml"
    path.write_text(text.replace("title: Two makers, two futures", "title: Cheap or dear"), encoding="utf-8")
    assert value_file(str(path), EXACT, parts="baselines", futures=50, seed=3, as_json=True) == Exit.SOLVED
    said = capsys.readouterr()
    document = json.loads(said.out)
    assert (document["exit_code"], document["parts"], document["seed"]) == (Exit.SOLVED, ["baselines"], 3)
    assert document["tree"]["value"] == pytest.approx(111.25)
    assert len(document["baselines"]) == 6
    assert "costs" not in document
    assert "cheap" not in (said.out + said.err).replace('"cheaper"', "").lower()
    assert "confidential-1" in said.out


def test_what_no_plan_keeps_is_an_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Hard demand, and only the maker that may be stopped delivers by July."""
    text = CASE.read_text(encoding="utf-8").replace("shortage_cost: {amount: 400, per: GW-year}", "hard: true")
    text = text.replace("price: {amount: 65}, lead_time: 6 months", "price: {amount: 65}, lead_time: 9 months")
    (tmp_path / "hard.yaml").write_text(text, encoding="utf-8")
    code = value_file(str(tmp_path / "hard.yaml"), EXACT, parts="hazards", futures=50, seed=1, as_json=True)
    document = json.loads(capsys.readouterr().out)
    assert code == document["exit_code"] == Exit.INFEASIBLE
    assert document["tree"] == {"value": None, "bound": None, "reason": "no plan keeps every rule"}


def test_a_tree_too_large_is_refused_before_any_solve(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = CASE.read_text(encoding="utf-8") + "futures: {mode: none, max_nodes: 5}\n"
    (tmp_path / "large.yaml").write_text(text, encoding="utf-8")
    assert value_file(str(tmp_path / "large.yaml"), EXACT, parts="costs", futures=50, seed=1, as_json=True) == Exit.USAGE
    assert "the tree has at least" in json.loads(capsys.readouterr().out)["error"]


def test_wrong_options_are_named() -> None:
    with pytest.raises(UsageError, match="--parts is cost; allowed: costs, hazards, baselines"):
        check_parts("cost")
    assert check_parts("baselines, costs") == ("costs", "baselines")
    with pytest.raises(UsageError, match="--futures is 1"):
        value_file(str(CASE), EXACT, parts="costs", futures=1, seed=1, as_json=False)


def test_a_limit_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """A hundredth of a second is too short for the large tree: no plan, so nothing to value."""
    code = value_file(
        str(LARGE), Options(time_limit=0.01, minimise="weighted_cost"), parts="hazards", futures=50, seed=1, as_json=True
    )
    document = json.loads(capsys.readouterr().out)
    assert code == document["exit_code"] == Exit.LIMIT
    assert document["tree"]["reason"]


def test_an_interrupt_ends_every_solve(tmp_path: Path) -> None:
    running = start("value", LARGE, "--parts", "costs", "--gap", "0", cwd=tmp_path)
    workers: list[str] = []
    limit = time.monotonic() + 30
    while len(workers) < 2 and time.monotonic() < limit:
        time.sleep(0.05)
        workers = subprocess.run(["pgrep", "-P", str(running.pid)], capture_output=True, text=True, check=False).stdout.split()
    running.send_signal(signal.SIGINT)
    out, _ = running.communicate(timeout=20)
    assert running.returncode == Exit.INTERRUPTED
    assert len(workers) == 2
    assert not out
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)
