"""``planner compare`` on real files: folders, scenarios, pairs, broken and hidden results."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from planner.commands.compare import DOCUMENT, PAGE, Shape, compare_results
from planner.commands.solve import solve_files
from planner.errors import UsageError
from planner.options import Options
from planner.report.documents.compare import CompareJson
from planner.report.documents.fields import list_fields
from planner.report.documents.shared import FailureJson
from planner.vocabulary import Exit
from tests.command import MINIMAL, write_changed
from tests.json_shape import find_differences, seen

ROUGH = Options(gap=0.005)
DEARER = ("amount: 40", "amount: 44")
HIDDEN = ("{id: cheap, country: CN}", "{id: cheap, country: CN, confidential: true}")
LATER = ("lead_time: 5 months", "lead_time: 9 months")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Results of the minimal scenario, of a dearer one and of a dearer one whose cheap maker is confidential."""
    place = tmp_path_factory.mktemp("compared")
    files = [
        MINIMAL,
        write_changed(place, "dearer.yaml", DEARER),
        write_changed(place, "hidden.yaml", DEARER, HIDDEN),
    ]
    assert solve_files([str(f) for f in files], ROUGH, as_json=False, out=str(place / "results"), unmask=False) == Exit.SOLVED
    return place


def result(folder: Path, name: str) -> str:
    """The results folder of this scenario."""
    [found] = (folder / "results").glob(f"{name}-*")
    return str(found)


def run(capsys: pytest.CaptureFixture[str], names: list[str], code: int = Exit.SOLVED, **shape: Any) -> Any:
    """The JSON of one run, which has exactly the documented fields."""
    capsys.readouterr()
    assert compare_results(names, ROUGH, Shape(as_json=True, **shape)) == code
    document = json.loads(capsys.readouterr().out)
    assert not list(find_differences(document, CompareJson if "sides" in document else FailureJson))
    return document


def test_folders_and_their_files_and_scenarios_are_all_answers(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    late = write_changed(folder, "late.yaml", LATER)
    names = [result(folder, "minimal"), f"{result(folder, 'dearer')}/plan.json", str(late)]
    document = run(capsys, names, out=str(folder / "out"))
    assert [side["name"] for side in document["sides"]] == ["minimal", "dearer", "late"]
    assert [(pair["first"], pair["second"]) for pair in document["pairs"]] == [(0, 1), (0, 2)]
    price, later = (pair["bridge"]["parts"] for pair in document["pairs"])
    assert {name for name, amount in price.items() if amount} == {"price"}
    assert later["timing"] != 0
    assert sum(later.values()) == pytest.approx(document["pairs"][1]["difference"], abs=1e-6)
    assert {path.path for path in list_fields(CompareJson, {})} == set(seen(document, CompareJson))
    assert json.loads((folder / "out" / DOCUMENT).read_bytes()) == document
    page = (folder / "out" / PAGE).read_text(encoding="utf-8")
    assert "| contract prices |" in page
    assert "lead_time changes from 5 months to 9 months" in page


def test_text_and_markdown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = [result(folder, "minimal"), result(folder, "dearer")]
    assert compare_results(names, ROUGH, Shape()) == Exit.SOLVED
    text = capsys.readouterr().out
    assert "Only one input differs: Offer cheap-line: price changes from 40 to 44" in text
    assert "The same decisions." in text
    assert compare_results(names, ROUGH, Shape(as_markdown=True)) == Exit.SOLVED
    assert capsys.readouterr().out.startswith("### minimal / dearer\n\n| What | minimal | dearer |\n| --- |")


def test_one_pair_is_chosen(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = [result(folder, "minimal"), result(folder, "dearer")]
    [pair] = run(capsys, names, first="dearer", second="minimal")["pairs"]
    assert (pair["first"], pair["second"]) == (1, 0)
    assert pair["difference"] < 0
    assert run(capsys, names, Exit.USAGE, first="dear")["error"] == "--from is dear; allowed: minimal, dearer"


def test_a_folder_of_results_is_all_of_them_and_the_hidden_one_has_no_bridge(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = run(capsys, [str(folder / "results")], first="minimal")
    hidden = next(side for side in document["sides"] if side["name"] == "hidden")
    assert hidden["measures"]
    assert "--unmask" in hidden["reason"]
    number = document["sides"].index(hidden)
    pair = next(pair for pair in document["pairs"] if pair["second"] == number)
    assert pair["bridge"] is None
    assert "--unmask" in pair["no_bridge"]
    assert "cheap" not in json.dumps([hidden, pair["moved"]])


def test_a_side_without_a_plan_is_an_answer(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hard = ("shortage_cost: {amount: 60, per: GW-year}", "hard: true")
    none = write_changed(folder, "none.yaml", hard, ("slots: {per: quarter, 2026-Q2: 3}", "slots: {per: quarter, 2027-Q2: 3}"))
    document = run(capsys, [result(folder, "minimal"), str(none)], Exit.INFEASIBLE)
    assert document["sides"][1]["status"] == "infeasible"
    [pair] = document["pairs"]
    assert (pair["difference"], pair["bridge"], pair["no_bridge"]) == (None, None, "none has no plan")


def test_a_changed_result_is_refused(folder: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    copy = shutil.copytree(result(folder, "minimal"), tmp_path / "copy")
    plan = copy / "plan.json"
    plan.write_bytes(plan.read_bytes().replace(b"cheap", b"chaep"))
    document = run(capsys, [str(copy), result(folder, "dearer")], Exit.VERIFICATION)
    assert document["error"] == f"{plan} was changed after it was written"


@pytest.mark.parametrize(
    ("names", "problem"),
    [
        (["scenarios/minimal.yaml"], "at least two"),
        (["nowhere", "scenarios/minimal.yaml"], "there is no nowhere"),
        (["README.md", "scenarios/minimal.yaml"], "README.md is no result; allowed: a results folder"),
        (["docs", "scenarios/minimal.yaml"], "docs holds no result"),
    ],
)
def test_what_is_no_result_is_said(names: list[str], problem: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(MINIMAL.parent.parent)
    with pytest.raises(UsageError, match=problem):
        compare_results(names, ROUGH, Shape())
