"""The JSON that real runs print has exactly the fields of docs/interface.md: no more, no fewer, of the types it says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from planner.commands.check import check_files
from planner.commands.convert import convert_file
from planner.commands.diff import diff_files
from planner.commands.solve import solve_files
from planner.commands.stress import stress_file
from planner.commands.tension import print_dial
from planner.commands.value import value_file
from planner.options import Options
from planner.report.documents.batch import BatchJson
from planner.report.documents.compare import CompareJson
from planner.report.documents.explain import ClashedJson, ExplainJson
from planner.report.documents.fields import list_fields
from planner.report.documents.frontier import FrontierJson
from planner.report.documents.regret import RegretJson
from planner.report.documents.replan import ReplanJson
from planner.report.documents.shared import FailureJson
from planner.report.documents.small import CheckJson, ConvertJson, DiffJson, TensionJson
from planner.report.documents.solve import SolveJson
from planner.report.documents.stress import StressJson, UnstressedJson
from planner.report.documents.sweep import SweepJson, TornadoJson
from planner.report.documents.value import ValueJson
from planner.report.interface_json import DOCUMENTS
from planner.scenario.read import read_scenario
from planner.vocabulary import Exit
from tests.command import MINIMAL, ROOT, write_changed
from tests.json_shape import find_differences, seen

NEWS = ROOT / "scenarios" / "two-futures.yaml"
HARD = ("shortage_cost: {amount: 60, per: GW-year}", "hard: true")
NO_SLOTS = ("slots: {per: quarter, 2026-Q2: 3}", "slots: {per: quarter, 2027-Q2: 3}")
DOUBTFUL = "policy: {max_country_share: {JP: 0.5}}\n"
ROUGH = Options(gap=0.005)
BOUGHT = Options(gap=0.005, minimise="weighted_cost")
Printed = Callable[[], Any]


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Printed:
    """What was printed on standard output since the last look, read as JSON."""
    return lambda: json.loads(capsys.readouterr().out)


def unseen(document: Any, kind: Any) -> set[str]:
    """Documented fields that this document has not."""
    return {field.path for field in list_fields(kind, {})} - set(seen(document, kind))


def test_every_document_is_on_the_page() -> None:
    kinds = {kind for _, kind in DOCUMENTS.values()}
    alone = {BatchJson, CheckJson, SolveJson, ValueJson, DiffJson, ConvertJson, TensionJson}
    studies = {FrontierJson, SweepJson, TornadoJson, RegretJson}  # see tests/studies/test_study_commands.py
    others = {CompareJson, ReplanJson, ExplainJson, ClashedJson}  # see the tests of their commands
    assert kinds == {StressJson, UnstressedJson, *alone, *studies, *others}


def test_check(printed: Printed) -> None:
    assert check_files([str(NEWS), str(MINIMAL)], as_json=True, register=True) == Exit.SOLVED
    with_news, without = printed()
    assert not list(find_differences(with_news, CheckJson))
    assert not unseen(with_news, CheckJson)
    assert {path for path in unseen(without, CheckJson) if not path.startswith("findings[].")} == {"size.futures"}
    assert not list(find_differences(without, CheckJson))


def test_diff(printed: Printed, tmp_path: Path) -> None:
    dearer = write_changed(tmp_path, "dearer.yaml", ("amount: 40", "amount: 44"))
    assert diff_files(str(MINIMAL), str(dearer), True) == Exit.SOLVED
    document = printed()
    assert not list(find_differences(document, DiffJson))
    assert not unseen(document, DiffJson)
    assert len(document["changes"]) == 1


def test_convert(printed: Printed, tmp_path: Path) -> None:
    workbook = tmp_path / "minimal.xlsx"
    assert convert_file(str(MINIMAL), str(workbook), True, [], False, False) == Exit.SOLVED
    document = printed()
    assert not list(find_differences(document, ConvertJson))
    assert document == {"source": str(MINIMAL), "target": str(workbook), "changes": [], "findings": []}


def test_tension(printed: Printed, tmp_path: Path) -> None:
    index = tmp_path / "index.csv"
    index.write_text("month,gpr\n2025-01-01,100\n2025-02-01,100\n2026-01-01,150\n", encoding="utf-8")
    assert print_dial(str(index), "2025-01:2025-12", None, True) == Exit.SOLVED
    document = printed()
    assert not list(find_differences(document, TensionJson))
    assert not unseen(document, TensionJson)
    assert document["tension"]["2026-Q1"] == 1.5


def test_solve_with_news_and_what_check_warns_of(printed: Printed, tmp_path: Path) -> None:
    """Warnings of the check are in the answer and in its record, notes are not; plan.json is the answer alone."""
    case = tmp_path / "case.yaml"
    case.write_text(NEWS.read_text(encoding="utf-8") + DOUBTFUL, encoding="utf-8")
    assert solve_files([str(case)], ROUGH, as_json=True, out=str(tmp_path), unmask=False) == Exit.SOLVED
    document = printed()
    assert not list(find_differences(document, SolveJson))
    rare = ("reasons[].", "plan.vetting[].", "plan.shortage[].", "plan.idle[].", "audit.findings[].", "playbook[].after[].",
            "playbook[].dates[].hit[].")  # fmt: skip
    assert not {path for path in unseen(document, SolveJson) if not path.startswith(rare)}
    findings = read_scenario(case).findings
    assert {finding.severity for finding in findings} == {"warning", "note"}
    assert document["warnings"] == [str(finding) for finding in findings if finding.severity == "warning"]
    assert json.loads((Path(document["results"]) / "run.json").read_bytes())["warnings"] == document["warnings"]
    alone = json.loads((Path(document["results"]) / "plan.json").read_bytes())
    assert document == {**alone, **{key: document[key] for key in ("file", "results", "warnings", "exit_code")}}
    assert not {"file", "results", "warnings", "exit_code"} & alone.keys()


def test_solve_and_stress_without_a_plan(printed: Printed, tmp_path: Path) -> None:
    hard = write_changed(tmp_path, "hard.yaml", HARD, NO_SLOTS)
    assert solve_files([str(hard)], ROUGH, as_json=True, out=str(tmp_path), unmask=False) == Exit.INFEASIBLE
    document = printed()
    assert (document["plan"], document["measures"], document["playbook"], document["calendar"]) == (None, {}, [], [])
    assert {path.split(".")[1] for path in find_differences(document, SolveJson)} == {"measures"}
    assert "reasons[].short[].mw" not in unseen(document, SolveJson)
    code = stress_file(str(hard), None, ROUGH, futures=10, seed=1, as_json=True, out=None)
    assert code == Exit.INFEASIBLE
    document = printed()
    assert not list(find_differences(document, UnstressedJson))
    assert not unseen(document, UnstressedJson)


def test_stress_and_its_file(printed: Printed, tmp_path: Path) -> None:
    code = stress_file(str(NEWS), None, ROUGH, futures=50, seed=1, as_json=True, out=str(tmp_path))
    document = printed()
    assert code == document["exit_code"] == Exit.SOLVED
    assert not list(find_differences(document, StressJson))
    assert all(path.startswith("cuts[].") for path in unseen(document, StressJson))
    kept = json.loads((Path(document["results"]) / "stress.json").read_bytes())
    assert document == {**kept, "results": document["results"], "exit_code": 0}
    assert not {"results", "exit_code"} & kept.keys()


def test_value_in_all_its_parts(printed: Printed) -> None:
    code = value_file(str(NEWS), BOUGHT, parts="costs,hazards,baselines", futures=50, seed=1, as_json=True)
    document = printed()
    assert code == document["exit_code"] == Exit.SOLVED
    assert not list(find_differences(document, ValueJson))
    assert all(path.startswith("hazards[].above.steps[].") for path in unseen(document, ValueJson))


@pytest.mark.parametrize("verb", ["check", "solve", "stress", "value"])
def test_a_failure(verb: str, printed: Printed, tmp_path: Path) -> None:
    bad = str(write_changed(tmp_path, "bad.yaml", ("price: {amount: 40}", "prise: {amount: 40}")))
    ask: dict[str, Callable[[], int]] = {
        "check": lambda: check_files([bad], as_json=True, register=False),
        "solve": lambda: solve_files([bad], ROUGH, as_json=True, out=str(tmp_path), unmask=False),
        "stress": lambda: stress_file(bad, None, ROUGH, futures=10, seed=1, as_json=True, out=None),
        "value": lambda: value_file(bad, BOUGHT, parts="costs", futures=10, seed=1, as_json=True),
    }
    assert ask[verb]() == Exit.BAD_INPUT
    document = printed()
    assert not list(find_differences(document, FailureJson))
    assert unseen(document, FailureJson) == (set() if verb == "check" else {"ok"})


def test_what_is_not_documented_is_found() -> None:
    """The comparison itself: a field more, one fewer, one of another type, one that is null."""
    base = {"window": "2025", "mean": 1.0, "values": 3}
    good = {"file": "i.csv", "column": "gpr", "base": base, "tension": {"2026-Q1": 1}}
    assert not list(find_differences(good, TensionJson))
    assert list(find_differences({**good, "more": 1}, TensionJson)) == [".more: not documented"]
    assert list(find_differences({**good, "base": {"window": "2025", "mean": 1.0}}, TensionJson)) == [".base.values: missing"]
    assert list(find_differences({**good, "base": {**base, "values": 1.5}}, TensionJson)) == [".base.values: 1.5 is no int"]
    assert list(find_differences({**good, "column": None}, TensionJson)) == [".column: None is no str"]
