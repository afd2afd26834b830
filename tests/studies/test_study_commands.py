"""``planner frontier``, ``sweep`` and ``regret`` as they are run: JSON that fits its page, files, words, refusals."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from planner.commands.frontier import Asked as Trade
from planner.commands.frontier import choose_options, frontier_file
from planner.commands.regret import regret_files
from planner.commands.sweep import Asked, sweep_file
from planner.errors import UsageError
from planner.options import Options
from planner.report.documents.frontier import FrontierJson
from planner.report.documents.regret import RegretJson
from planner.report.documents.sweep import SweepJson, TornadoJson
from planner.report.record import read_record
from planner.scenario.read import read_scenario
from planner.vocabulary import Exit
from tests.command import MINIMAL, ROOT, write_changed
from tests.json_shape import find_differences

NEWS = ROOT / "scenarios" / "two-futures.yaml"
EXACT = Options(gap=0.0)
COST = Options(gap=0.0, minimise="weighted_cost")
CONFIDENTIAL = ("{id: dear, country: DE}", "{id: dear, name: Schmidt Anlagen, country: DE, confidential: true}")


def run(capsys: pytest.CaptureFixture[str], code: int) -> Any:
    assert code == Exit.SOLVED
    return json.loads(capsys.readouterr().out)


def test_frontier(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    secret = write_changed(tmp_path, "secret.yaml", CONFIDENTIAL)
    asked = Trade("cost", "suppliers", 5)
    found = run(capsys, frontier_file(str(secret), EXACT, asked, as_json=True, out=str(tmp_path / "out")))
    assert not list(find_differences(found, FrontierJson))
    assert [point["against"] for point in found["points"]] == [0, 1, 2]
    assert [point["signed"] for point in found["points"]] == [[], ["confidential-1"], ["cheap", "confidential-1"]]
    folder = Path(found["results"])
    assert sorted(path.name for path in folder.iterdir() if path.is_file()) == ["frontier.csv", "frontier.json", "frontier.svg"]
    for point in found["points"]:
        plan = json.loads((Path(point["results"]) / "plan.json").read_text(encoding="utf-8"))
        assert plan["objective"] == pytest.approx(point["of"])
        read_record(Path(point["results"]) / "run.json")
    assert "Schmidt" not in "".join(path.read_text(encoding="utf-8") for path in folder.glob("frontier.*"))
    written = json.loads((folder / "frontier.json").read_text(encoding="utf-8"))
    assert written["points"] == found["points"]


def test_sweep(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = Asked(("shocks[stop].probability=0.1..0.3",), 2, False, 0.2, 60)
    found = run(capsys, sweep_file(str(NEWS), COST, asked, as_json=True, out=str(tmp_path)))
    assert not list(find_differences(found, SweepJson))
    assert [cell["cost"]["value"] for cell in found["cells"]] == pytest.approx([94, 112.5])
    assert {path.name for path in Path(found["results"]).iterdir()} == {"sweep.csv", "sweep.svg", "sweep.json"}
    assert sweep_file(str(NEWS), COST, asked, as_json=False, out=None) == Exit.SOLVED
    assert "The cost goes from USD 94.0 m (at 0.1) to USD 112.5 m (at 0.3)." in capsys.readouterr().out


def test_tornado(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = Asked((), 5, True, 0.2, 2)
    found = run(capsys, sweep_file(str(NEWS), COST, asked, as_json=True, out=str(tmp_path)))
    assert not list(find_differences(found, TornadoJson))
    assert found["bars"]
    assert found["left_out"]
    assert {path.name for path in Path(found["results"]).iterdir()} == {"tornado.csv", "tornado.svg", "tornado.json"}


def test_regret(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = regret_files([str(NEWS)], COST, plans=[], futures=12, as_json=True, out=str(tmp_path))
    found = run(capsys, code)
    assert not list(find_differences(found, RegretJson))
    assert found["plans"][0]["worst"]["value"] == pytest.approx(25)
    assert found["choice"] == 0
    assert {path.name for path in Path(found["results"]).iterdir()} == {"regret.csv", "regret.svg", "regret.json"}


def test_regret_of_a_stored_plan_in_one_scenario(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The point of one maker alone, dear, begun in the whole scenario: what today's decisions cost of it."""
    asked = Trade("cost", "suppliers", 5)
    points = run(capsys, frontier_file(str(MINIMAL), EXACT, asked, as_json=True, out=str(tmp_path)))["points"]
    stored = [points[1]["results"]]
    found = run(capsys, regret_files([str(MINIMAL)], COST, plans=stored, futures=12, as_json=True, out=None))
    assert [plan["name"] for plan in found["plans"]] == ["minimal", Path(stored[0]).name]
    assert found["plans"][1]["worst"]["value"] == pytest.approx(found["plans"][1]["cells"][0]["regret"]["value"])
    assert 0 < found["plans"][1]["worst"]["value"] <= points[1]["of"] - points[2]["of"] + 1e-6


def test_bad_questions_are_one_line_with_what_is_allowed() -> None:
    wrong = [
        (
            lambda: frontier_file(str(NEWS), EXACT, Trade("cost", "suppliers", 2), as_json=True, out=None),
            "--points is 2; allowed: 3",
        ),
        (
            lambda: sweep_file(str(NEWS), COST, Asked((), 5, False, 0.2, 60), as_json=True, out=None),
            "--vary, or every assumption",
        ),
        (lambda: sweep_file(str(NEWS), COST, Asked(("a=1",) * 3, 5, False, 0.2, 60), as_json=True, out=None), "once or twice"),
        (lambda: sweep_file(str(NEWS), COST, Asked((), 5, True, 1.5, 60), as_json=True, out=None), "--spread is 1.5; allowed"),
        (lambda: regret_files([str(NEWS)], COST, plans=[], futures=1, as_json=True, out=None), "--futures is 1; allowed: 2"),
    ]
    for call, words in wrong:
        with pytest.raises(UsageError) as error:
            call()
        assert words in str(error.value)


def test_what_is_wrong_with_a_question_about_a_file_is_its_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert regret_files([str(MINIMAL)], COST, plans=[], futures=12, as_json=True, out=None) == Exit.USAGE
    assert "names no news that may come" in json.loads(capsys.readouterr().out)["error"]
    asked = Asked(("offers[deer-line].price.amount=1,2",), 5, False, 0.2, 60)
    assert sweep_file(str(NEWS), COST, asked, as_json=True, out=None) == Exit.BAD_INPUT
    assert "did you mean dear-line" in json.loads(capsys.readouterr().out)["error"]
    assert frontier_file(str(NEWS), EXACT, Trade("cost", "cvar", 5), as_json=True, out=None) == Exit.USAGE
    assert "did you mean cvar_cost?" in json.loads(capsys.readouterr().out)["error"]


def test_large_trees_are_proven_less_closely_unless_a_gap_is_asked_for() -> None:
    small, large = (read_scenario(path).scenario for path in (NEWS, ROOT / "scenarios" / "three-shocks.yaml"))
    assert (choose_options(small, EXACT).gap, choose_options(small, EXACT).time_limit) == (0.005, None)
    assert (choose_options(large, EXACT).gap, choose_options(large, EXACT).time_limit) == (0.02, 10.0)
    assert choose_options(large, Options(time_limit=60.0)).time_limit == 60.0
