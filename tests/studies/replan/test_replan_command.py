"""``planner replan`` on real files: its folder can be approved in turn, and everything it prints is documented."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from planner.commands.replan import DOCUMENT, Asked, replan_file
from planner.commands.solve import solve_files
from planner.errors import UsageError
from planner.options import Options
from planner.report.documents.fields import list_fields
from planner.report.documents.replan import ReplanJson
from planner.report.documents.shared import FailureJson
from planner.vocabulary import Exit
from tests.command import MINIMAL, write_changed
from tests.json_shape import find_differences, seen

ROUGH = Options(gap=0.005)
CHEAPER = ("amount: 65", "amount: 35")


@pytest.fixture(scope="module")
def approved(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Results of the minimal scenario."""
    place = tmp_path_factory.mktemp("approved")
    assert solve_files([str(MINIMAL)], ROUGH, as_json=True, out=str(place), unmask=False) == Exit.SOLVED
    [folder] = place.glob("minimal-*")
    return str(folder)


def run(capsys: pytest.CaptureFixture[str], file: Path, asked: Asked, code: int = Exit.SOLVED) -> Any:
    """The JSON of one run, which has only documented fields."""
    capsys.readouterr()
    assert replan_file(str(file), ROUGH, asked) == code
    document = json.loads(capsys.readouterr().out)
    assert not list(find_differences(document, ReplanJson if "ways" in document else FailureJson))
    return document


def test_plan_anew_and_anew_again(approved: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The second time nothing has changed: the order at the old price is still there, though no file names it."""
    cheaper = write_changed(tmp_path, "cheaper.yaml", CHEAPER)
    first = run(capsys, cheaper, Asked(approved, "2026-Q2", as_json=True, out=str(tmp_path)))
    assert first["chosen"] == "near"
    rare = ("broken", "notes", "comparison.sides[].targets[].demand")
    assert {field.path for field in list_fields(ReplanJson, {})} - set(seen(first, ReplanJson)) <= set(rare)
    folder = Path(first["results"])
    kept = json.loads((folder / DOCUMENT).read_bytes())
    assert first == {**kept, "results": str(folder), "exit_code": 0}
    record = json.loads((folder / "run.json").read_bytes())
    [contract] = record["document"]["commitments"]
    assert (contract["offer"], contract["price"]["amount"], record["options"]["fix"]["nodes"]) == ("dear-line", 65, ["root"])
    second = run(capsys, cheaper, Asked(str(folder / "plan.json"), "2026-07-01", as_json=True, out=str(tmp_path)))
    assert (second["chosen"], second["inputs"]) == ("kept", [])
    costs = [document["comparison"]["pairs"][0]["bridge"]["after"] for document in (first, second)]
    assert costs[0] == pytest.approx(costs[1])


def test_for_people(approved: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    slower = write_changed(tmp_path, "slower.yaml", ("lead_time: 5 months", "lead_time: 9 months"))
    assert replan_file(str(slower), ROUGH, Asked(approved, "2026-04-01", 1.5, out=str(tmp_path))) == Exit.SOLVED
    text = " ".join(capsys.readouterr().out.split())
    assert "The approved plan cannot be kept: order 1 of cheap-line for plant in 2026-Q2, shipping 2026-Q4" in text
    assert "Held as they stand, from before 2026-04-01: 2 frame agreements and 3 purchase orders." in text
    assert "drops or moves 3 units of the approved plan's later orders: that counts for USD 4.50 m, USD 1.50 m each." in text


def test_a_plan_that_hides_its_makers_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    hidden = write_changed(tmp_path, "hidden.yaml", ("{id: cheap, country: CN}", "{id: cheap, country: CN, confidential: true}"))
    assert solve_files([str(hidden)], ROUGH, as_json=True, out=str(tmp_path), unmask=False) == Exit.SOLVED
    [folder] = tmp_path.glob("hidden-*")
    document = run(capsys, hidden, Asked(str(folder), "2026-04-01", as_json=True), Exit.USAGE)
    assert "solve it with --unmask to plan on from it" in document["error"]


def test_wrong_options_are_said(approved: str) -> None:
    with pytest.raises(UsageError, match="--as-of is soon; allowed: a day such as"):
        replan_file(str(MINIMAL), ROUGH, Asked(approved, "soon"))
    with pytest.raises(UsageError, match="--change-cost is -1; allowed"):
        replan_file(str(MINIMAL), ROUGH, Asked(approved, "2026-04-01", -1))
