"""The Trade-off page on a real trade-off: its points, their plans, found again without solving, nothing confidential told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.app.jobs import find_runs, find_studies
from planner.app.words.words import LANGUAGES, say
from tests.app.solved import SECRET, check, plain, said, tables
from tests.app.studied import forget, study_on, studying, visit
from tests.command import MINIMAL

ASKED = {"s": "minimal.yaml", "against": "suppliers", "points": "3"}


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with studying(tmp_path) as found:
        yield found


def test_points_are_found_shown_opened_and_found_again_without_solving(folder: Path) -> None:
    """Nobody, one or both makers: nobody costs the penalty of every GW alone, one of the two is the knee."""
    at = visit("tradeoff", **ASKED)
    study = study_on(at, "minimal-frontier")
    points = study.found.frontier.points
    assert [point.against for point in points] == [0, 1, 2]
    assert study.progress().total == 5
    text = plain(said(at))
    assert "The knee is point 2: 1 supplier" in text
    table = next(frame.value for frame in at.dataframe if "Suppliers signed" in frame.value)
    assert list(table["Point"]) == [1, 2, 3]
    assert list(table["All costs (USD m)"]) == pytest.approx([point.of for point in points])
    assert "Point 2:" in text, "the knee is shown first"
    at.button(key="open_plan").click().run()
    run = find_runs().get(str(at.session_state["run"]))
    assert run is not None
    assert run.answer is not None
    assert run.answer.result.plan == points[1].plan
    assert run.answer.verified
    forget()
    again = visit("tradeoff", **ASKED, point="3")
    assert find_studies().get(study.key) is None, "nothing was solved for it"
    assert "Point 3:" in plain(said(again))
    assert tables(again).count("least cost") == 1
    assert find_runs().get(run.run_id) is not None, "the plan that was opened is found by its address"
    next((folder.parent / "results" / study.key).glob("minimal-*/plan.json")).write_text("{}", encoding="utf-8")
    assert say("en", "trade.unreadable") in said(visit("tradeoff", **ASKED))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_asks_in_every_language(folder: Path, language: str) -> None:
    at = visit("tradeoff", language, s="minimal.yaml")
    measures = at.selectbox(key="against").options
    assert say(language, "trade.axis_suppliers") in measures
    assert say(language, "trade.axis_country", country="CN") in measures
    assert say(language, "trade.no_scenario") in said(visit("tradeoff", language))


def test_what_is_stopped_is_shown_as_not_complete_and_is_not_kept(folder: Path) -> None:
    at = visit("tradeoff", **ASKED)
    key = next(str(b.key) for b in at.button if str(b.key).startswith("study_")).removeprefix("study_")
    study = find_studies().start(key, lambda run: run.stop.wait(30))
    assert say("en", "study.stop") in [b.label for b in check(at.run()).button]
    at.button(key=f"stop_{key}").click().run()
    assert study.wait(10)
    assert say("en", "study.cancelled") in said(check(at.run()))
    assert not (folder.parent / "results" / key / "frontier.json").exists()


def test_confidential_suppliers_have_no_name_here(folder: Path) -> None:
    text = MINIMAL.read_text(encoding="utf-8").replace(
        "{id: dear, country: DE}", f"{{id: dear, name: {SECRET}, country: DE, confidential: true}}"
    )
    (folder / "quiet.yaml").write_text(text, encoding="utf-8")
    at = visit("tradeoff", s="quiet.yaml", against="suppliers", points="3")
    study_on(at, "quiet-frontier")
    everything = said(at) + tables(at) + str(at.main) + str(at.query_params)
    assert SECRET not in everything
    assert "confidential-1" in everything


def test_a_scenario_that_cannot_be_read_is_said_no_to(folder: Path) -> None:
    (folder / "broken.yaml").write_text("format: 1\ntitle: [", encoding="utf-8")
    at = visit("tradeoff", s="broken.yaml")
    assert say("en", "scenario.unreadable") in said(at)
    assert not [b for b in at.button if str(b.key).startswith("study_")]
