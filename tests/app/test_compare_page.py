"""The Compare page on real answers: scenarios solved on demand, a bridge that adds up, moves, inputs, regrets kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.app.charts.bridge import find_range, find_spans
from planner.app.jobs import find_studies
from planner.app.sides.entries import list_folders
from planner.app.words.words import LANGUAGES, say
from tests.app.solved import SECRET, plain, said, tables
from tests.app.studied import forget, study_on, studying, visit
from tests.command import MINIMAL

CHOSEN: dict[str, str | list[str]] = {"a": "minimal.yaml", "b": ["late.yaml"]}


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with studying(tmp_path) as found:
        yield found


def test_two_scenarios_are_solved_compared_replayed_and_found_again(folder: Path) -> None:
    at = visit("compare", **CHOSEN)
    assert say("en", "compare.missing") in said(at)
    first = study_on(at, "answer-").found
    second = study_on(at, "answer-").found
    text = plain(said(at))
    more = second.measures["weighted_cost"] - first.measures["weighted_cost"]
    assert f"late costs USD {more:.2f} m more than minimal" in text
    sides = at.dataframe[0].value.set_index("Measure")
    assert sides.loc["Capacity-gap penalty", "minimal"] == "USD 0 m"
    assert sides.loc["Target reached", "minimal"] == "from 2027-Q2"
    assert "lead_time changes from 8 months to 11 months" in text
    moved = next(frame.value for frame in at.dataframe if "Decision" in frame.value)
    assert set(moved["Change"]) == {"moved"}

    matrix = study_on(at, "minimal-regret").found
    assert matrix.cells[0][0].regret.value == 0
    assert matrix.cells[0][1].kept is False, "what is ordered for eight months does not come in eleven"
    assert "Beginning as in late risks least" in plain(said(at))
    forget()
    again = visit("compare", **CHOSEN)
    assert "Beginning as in late risks least" in plain(said(again))
    assert find_studies().get(next((folder.parent / "results").glob("*/regret.json")).parent.name) is None
    folders = list_folders(folder.parent / "results")
    assert len(folders) == 2
    by_folder = visit("compare", "ja", a=max(folders), b=[min(folders)])
    assert "最もリスクが小さく" in plain(said(by_folder))


def test_a_confidential_scenario_is_solved_here_and_stays_masked(folder: Path) -> None:
    """Its results folder alone hides too much to be compared."""
    text = MINIMAL.read_text(encoding="utf-8").replace(
        "{id: dear, country: DE}", f"{{id: dear, name: {SECRET}, country: DE, confidential: true}}"
    )
    (folder / "quiet.yaml").write_text(text, encoding="utf-8")
    at = visit("compare", a="minimal.yaml", b=["quiet.yaml"])
    study_on(at, "answer-")
    study_on(at, "answer-")
    everything = said(at) + tables(at) + str(at.main)
    assert SECRET not in everything
    assert "confidential" in everything
    assert "equal within the gaps" in plain(everything)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_asks_for_two(folder: Path, language: str) -> None:
    assert say(language, "compare.two") in said(visit("compare", language))


def test_an_address_compares_nothing_outside_the_folders(folder: Path) -> None:
    for name in ("../outside.yaml", "/etc/passwd", "../../etc", "nowhere-12345678"):
        at = visit("compare", a="minimal.yaml", b=[name])
        assert say("en", "compare.two") in said(at)


def test_a_bridge_ends_where_the_second_cost_begins() -> None:
    """100 and 7 more and 2 less make 105; the axis need not begin at 0, and every end is on it."""
    spans = find_spans(("one", 100.0), [("price", 7.0), ("duty", -2.0)], ("two", 105.0), lambda value, sign: f"{value:+g}")
    assert [(span.low, span.high) for span in spans] == [(0, 100), (100, 107), (107, 105), (0, 105)]
    assert [span.kind for span in spans] == ["total", "more", "less", "total"]
    low, high = find_range(spans)
    assert 0 < low < 100
    assert high > 107
    wide = find_spans(("one", 10.0), [("volume", 40.0)], ("two", 50.0), lambda value, sign: "")
    assert find_range(wide)[0] == 0
