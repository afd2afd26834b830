"""The slider for the worst futures writes into the scenario, follows what others write, and can be taken back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from planner.app.draft.draft import data
from tests.app.draft_cases import SCENARIOS, TEN, changed_lines
from tests.app.scenario_visit import Session, visit

NEWS = ("two-futures.yaml", "dear-and-late.yaml")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "scenarios"
    shutil.copytree(SCENARIOS, place)
    monkeypatch.setenv("PLANNER_SCENARIOS", str(place))
    monkeypatch.setenv("PLANNER_RESULTS", str(tmp_path / "results"))
    return place


def weight(session: Session) -> float:
    return float(data(session.draft).get("policy", {}).get("risk_weight", 0.0))


@pytest.mark.parametrize("name", NEWS)
def test_the_slider_writes_the_weight_and_undo_takes_it_back(folder: Path, name: str) -> None:
    session = visit(name)
    before = weight(session)
    assert session.at.slider[0].value == before
    session.at.slider[0].set_value(0.55)
    session.run()
    assert weight(session) == 0.55
    assert session.at.slider[0].value == 0.55
    assert session.draft.reading.scenario is not None
    assert session.draft.reading.scenario.policy.risk_weight == 0.55
    session.press("undo")
    assert weight(session) == before
    assert session.at.slider[0].value == before


def test_no_weight_is_no_key(folder: Path) -> None:
    session = visit("two-futures.yaml")
    session.at.slider[0].set_value(0.3)
    session.run()
    session.at.slider[0].set_value(0.0)
    session.run()
    assert weight(session) == 0.0
    assert session.draft.text == (folder / "two-futures.yaml").read_text()


def test_saved_it_is_one_changed_line(folder: Path) -> None:
    path = folder / "dear-and-late.yaml"
    before = path.read_text()
    session = visit(path.name)
    session.at.slider[0].set_value(0.6)
    session.run().press("save")
    assert changed_lines(before, path.read_text()) == (["    set: 0.3"], ["    set: 0.6"])


def test_without_news_there_is_no_slider(folder: Path) -> None:
    assert not visit(TEN).at.slider
