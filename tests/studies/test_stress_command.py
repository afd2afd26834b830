"""``planner stress`` as people and programs use it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from planner.commands.stored import read_stored
from planner.commands.stress import check_count, stress_file
from planner.errors import UsageError
from planner.options import Options
from planner.scenario.read import read_scenario
from planner.scenario.scenario import Scenario
from planner.vocabulary import Exit
from tests.command import MINIMAL, planner

SHOCK = """
shocks:
  - {id: stop, date: 2026-02-15, probability: 0.25, hits: {countries: [CN]}, shipments: stopped, lasts: 1 year,
     sources: [{is: assumption, note: invented for the example}]}
"""
HUNDREDTH = Options(gap=0.01)


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a scenario in which news may come, the results of its stress test, and what it printed."""
    folder = tmp_path_factory.mktemp("stress")
    (folder / "case.yaml").write_text(MINIMAL.read_text(encoding="utf-8") + SHOCK, encoding="utf-8")
    done = planner("stress", "case.yaml", "--futures", "500", "--gap", "0.01", "--out", "results", cwd=folder)
    assert done.returncode == Exit.SOLVED, done.stderr
    (folder / "printed.txt").write_text(done.stdout, encoding="utf-8")
    return folder


def results(folder: Path) -> Path:
    [found] = (folder / "results").iterdir()
    return found


def read(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8")))


def scenario_of(path: Path) -> Scenario:
    return read_scenario(path).scenario


def test_people_get_sentences_and_tables(solved: Path) -> None:
    text = (solved / "printed.txt").read_text(encoding="utf-8")
    assert text.startswith("Two makers, one factory\nThe plan was replayed on 500 fresh random futures (seed 1)")
    for title in ("What does the plan cost on fresh futures?", "How surely is the ramp met?", "How much hangs on which country?"):
        assert title in text


def test_the_document_stands_beside_the_results(solved: Path) -> None:
    folder = results(solved)
    assert {"plan.json", "run.json", "stress.json"} <= {path.name for path in folder.iterdir()}
    document, solve = read(folder / "stress.json"), read(folder / "plan.json")
    assert document["fingerprint"] == solve["fingerprint"]
    assert document["planned"]["expected_cost"] == solve["measures"]["expected_cost"]


def test_a_stored_plan_gives_the_same_without_a_solve(
    solved: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its options are those of its record, whatever is said here; nothing is written unless asked for."""
    monkeypatch.chdir(solved)
    plan = str(results(solved) / "plan.json")
    code = stress_file("case.yaml", plan, Options(), futures=500, seed=1, as_json=True, out=None)
    document = json.loads(capsys.readouterr().out)
    assert (code, document.pop("exit_code"), document.pop("results")) == (Exit.SOLVED, Exit.SOLVED, "")
    assert document == read(results(solved) / "stress.json")


def test_a_plan_without_its_record_needs_the_options_of_its_solve(solved: Path, tmp_path: Path) -> None:
    alone, scenario = tmp_path / "plan.json", scenario_of(solved / "case.yaml")
    alone.write_bytes((results(solved) / "plan.json").read_bytes())
    with pytest.raises(UsageError, match="is not a plan of this scenario"):
        read_stored(alone, scenario, Options())
    plan, fingerprint = read_stored(alone, scenario, HUNDREDTH)
    assert plan.orders
    assert fingerprint == read(alone)["fingerprint"]


def test_a_plan_of_a_changed_scenario_is_refused(solved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed = (solved / "case.yaml").read_text(encoding="utf-8").replace("probability: 0.25", "probability: 0.5")
    (solved / "changed.yaml").write_text(changed, encoding="utf-8")
    plan, out = str(results(solved) / "plan.json"), str(solved / "more")
    code = stress_file(str(solved / "changed.yaml"), plan, HUNDREDTH, futures=50, seed=1, as_json=True, out=out)
    document = json.loads(capsys.readouterr().out)
    assert code == document["exit_code"] == Exit.USAGE
    assert "the scenario has changed since" in document["error"]
    assert not (solved / "more").exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("[]", "is no plan"),
        ("{", "is not JSON"),
        ('{"plan": null, "fingerprint": "1", "status": "infeasible"}', "holds no plan: its solve ended infeasible"),
    ],
)
def test_what_is_no_plan_is_said(content: str, says: str, solved: Path) -> None:
    path = solved / "other.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=says):
        read_stored(path, scenario_of(solved / "case.yaml"), Options())


def test_a_plan_of_another_shape_is_refused(solved: Path, tmp_path: Path) -> None:
    document = read(results(solved) / "plan.json")
    del document["plan"]["orders"]
    (tmp_path / "plan.json").write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(UsageError, match="not written by this version"):
        read_stored(tmp_path / "plan.json", scenario_of(solved / "case.yaml"), HUNDREDTH)


def test_a_masked_plan_cannot_be_replayed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, out = tmp_path / "case.yaml", tmp_path / "results"
    text = MINIMAL.read_text(encoding="utf-8").replace("{id: cheap, country: CN}", "{id: cheap, country: CN, confidential: true}")
    path.write_text(text + SHOCK, encoding="utf-8")
    assert stress_file(str(path), None, HUNDREDTH, futures=50, seed=1, as_json=False, out=str(out)) == Exit.SOLVED
    assert "cheap" not in (results(tmp_path) / "stress.json").read_text(encoding="utf-8") + capsys.readouterr().out
    with pytest.raises(UsageError, match="solve with --unmask"):
        read_stored(results(tmp_path) / "plan.json", scenario_of(path), HUNDREDTH)


@pytest.mark.parametrize(
    ("futures", "seed", "says"),
    [
        (1, 1, "--futures is 1; allowed: 2 to 1000000"),
        (2_000_000, 1, "--futures"),
        (9, -1, "--seed is -1; allowed: 0 to 4294967295"),
    ],
)
def test_wrong_options_are_named(futures: int, seed: int, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        check_count(futures, seed)


def test_without_a_plan_there_is_nothing_to_test(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without the dear maker's slots a hard demand cannot be met."""
    text = MINIMAL.read_text(encoding="utf-8").replace("shortage_cost: {amount: 60, per: GW-year}", "hard: true")
    (tmp_path / "hard.yaml").write_text(text.replace("2026-Q2: 3}", "2026-Q2: 0}"), encoding="utf-8")
    code = stress_file(str(tmp_path / "hard.yaml"), None, HUNDREDTH, futures=50, seed=1, as_json=True, out=None)
    document = json.loads(capsys.readouterr().out)
    assert code == document["exit_code"] == Exit.INFEASIBLE
    assert document["error"]
