"""The Why page on real answers: the brief, the reasons, what is asked beside the page and kept, clashes without a plan."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from planner.app.jobs import find_runs, find_studies
from planner.app.why.known import CLASH_FILE, find_known
from planner.app.words.words import say
from planner.commands.explained import FILE
from planner.report.why_brief.brief import write_brief
from tests.app.asking import wait_for
from tests.app.solved import SECRET, Solve, answer_of, check, plain, said, solving, tables, visit


@pytest.fixture(scope="module")
def solve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Solve]:
    with solving(tmp_path_factory.mktemp("why")) as found:
        find_known.clear()
        find_studies.clear()
        yield found
        find_studies().close()
        find_studies.clear()
        find_known.clear()


def ask(at: AppTest, name: str, language: str = "en") -> AppTest:
    """Press a button of the page that asks, wait for the answer, draw the page again."""
    button = next(button for button in at.button if button.key and re.match(f"study_{name}(?!not)", button.key))
    key = button.key.removeprefix("study_")  # type: ignore[union-attr]
    check(button.click().run(), language)
    study = find_studies().get(key)
    assert study is not None
    wait_for(lambda: study.ended)
    assert study.state == "done", study.error
    return check(at.run(), language)


def test_without_asking_the_brief_says_what_the_plan_holds(solve: Solve) -> None:
    run = solve("two-futures")
    text = plain(said(visit("why", run)))
    for paragraph in write_brief(answer_of(run)):
        assert paragraph in text
    assert "Nothing is missing: the ramp is met." in text


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_brief_of_a_page_is_that_of_the_report(solve: Solve, language: str) -> None:
    run = solve("short")
    text = plain(said(visit("why", run, language)))
    for paragraph in write_brief(answer_of(run), None, language):  # type: ignore[arg-type]
        assert paragraph in text


def test_reasons_of_gaps_stand_in_a_table(solve: Solve) -> None:
    at = visit("why", solve("short"))
    rows = at.dataframe[0].value
    assert set(rows["Cause"]) >= {"Delivery slot", "Lead time"}
    assert "dear-line, ordered on 2026-01-01, arrives on 2028-01-01" in tables(at)


def test_everything_is_asked_once_and_kept_without_confidential_names(solve: Solve) -> None:
    """All sections come, in both languages; the answers lie beside the results and are found without the memory."""
    run_id = solve("confidential")
    at = ask(visit("why", run_id), "why_")
    text = plain(said(at))
    for title in ("slots_title", "offers_title", "waiting_title", "ties_title"):
        assert say("en", f"why.{title}") in text
    assert "Signing nobody before 2026-Q2 costs USD" in text
    assert not [button for button in at.button if button.key and re.match("study_why_(?!not)", button.key)]
    run = find_runs().get(run_id)
    assert run is not None
    assert run.folder is not None
    kept = (run.folder / FILE).read_text(encoding="utf-8")
    assert json.loads(kept)["key"] == answer_of(run_id).result.fingerprint
    find_known.clear()
    find_studies.clear()
    japanese = visit("why", run_id, "ja")
    assert "2026-Q2 まで誰とも契約しないと USD" in plain(said(japanese))
    assert "期間枠" in tables(japanese)
    for words in (said(at), tables(at), kept, said(japanese), tables(japanese)):
        assert SECRET not in words
        assert "dear-line" not in words


def test_why_not_somebody_is_asked_for_the_supplier_chosen(solve: Solve) -> None:
    """The plan of two futures buys from both; without the cheap maker's slots the dear one alone is bought from."""
    at = visit("why", solve("short"))
    chosen = at.selectbox(key="why_not")
    assert chosen.options == ["dear"]
    at = ask(at, "why_not_")
    assert "dear" in tables(at)
    assert "costs" in plain(said(at))


def test_without_a_plan_the_clash_and_the_way_out_are_found_and_kept(solve: Solve) -> None:
    run_id = solve("impossible")
    at = ask(visit("why", run_id), "clash_")
    text = plain(said(at))
    assert "Rules that cannot hold together" in text
    run = find_runs().get(run_id)
    assert run is not None
    assert run.folder is not None
    assert (run.folder / CLASH_FILE).is_file()
    find_known.clear()
    find_studies.clear()
    assert "両立しない規則" in plain(said(visit("why", run_id, "ja")))


def test_a_study_can_be_stopped_and_what_is_missing_asked_again(solve: Solve) -> None:
    at = visit("why", solve("short"))
    button = next(button for button in at.button if button.key and re.match("study_why_(?!not)", button.key))
    key = button.key.removeprefix("study_")  # type: ignore[union-attr]
    button.click().run()
    find_studies().cancel(key)
    study = find_studies().get(key)
    assert study is not None
    assert study.wait(10)
    at = check(at.run())
    assert [button for button in at.button if button.key == f"study_{key}"]
