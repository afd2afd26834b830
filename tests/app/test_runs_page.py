"""The Runs page on real batches: started, gone on with, every result opened, names that stay in the folder, honest endings."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from planner.app.batches.starting import list_batches
from planner.app.jobs import find_runs, find_studies
from planner.app.panels.runs import _write
from planner.app.words.words import LANGUAGES, read_page, say
from planner.batch.task import CHANGED, ELSEWHERE, FAILED, OPEN, REFUSED
from planner.vocabulary import Status
from tests.app.asking import wait_for
from tests.app.solved import check, plain, said, tables
from tests.app.studied import LATE, SECONDS, forget, study_on, studying, visit
from tests.command import ROOT

STATUSES = [*map(str, Status), REFUSED, CHANGED, FAILED, ELSEWHERE, OPEN, "running"]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with studying(tmp_path) as found:
        yield found


def test_a_batch_is_solved_looked_at_and_gone_on_with(folder: Path) -> None:
    (folder / "broken.yaml").write_text("format: 1\n", encoding="utf-8")
    results = folder.parent / "results"
    at = visit("runs", batch="spring")
    study = study_on(at, "batch-spring")
    assert study.progress().done == 3
    text = plain(said(at))
    assert "3 scenarios: 2 proven, 1 with errors." in text
    shown = at.dataframe[0].value.set_index("Scenario")
    assert list(shown.index) == ["broken.yaml", "late.yaml", "minimal.yaml"]
    assert shown.loc["minimal.yaml", "Ending"] == "Proven best"
    assert shown.loc["late.yaml", "Penalty"] > 0 == shown.loc["minimal.yaml", "Penalty"]
    assert shown.loc["late.yaml", "Money in"] == "USD m"
    assert "title" in text, "the row chosen first says what is wrong with its file"

    late = folder / "late.yaml"
    late.write_text(late.read_text(encoding="utf-8").replace(LATE[1], LATE[0]), encoding="utf-8")
    (folder / "broken.yaml").unlink()
    forget()
    again = visit("runs")
    assert list_batches(results) == ["spring"]
    second = study_on(again, "batch-spring").progress()
    assert (second.done, second.kept) == (2, 1), "only what changed is solved again"
    rows = list(csv.DictReader(io.StringIO(_write(results / "spring", "summary.csv").decode())))
    assert sorted(row["file"] for row in rows if row["current"] == "no") == ["late.yaml"]

    again.button(key="open_plan").click().run()
    run_id = str(again.session_state["run"])
    forget()
    run = find_runs().get(run_id)
    assert run is not None, "opened without solving, and found after a new start"
    assert run.folder is not None
    assert run.folder.parent == results / "spring"
    assert run.answer is not None
    assert run.answer.verified


@pytest.mark.parametrize("name", ["../outside", ".hidden", "", "a\x00b"])
def test_no_name_leads_out_of_the_results(folder: Path, name: str) -> None:
    at = visit("runs", batch=name)
    assert at.selectbox(key="batch").value == "batch-1", "an address that leads elsewhere counts for nothing"
    typed = AppTest.from_file(str(ROOT / "app.py"), default_timeout=SECONDS)
    typed.session_state["batch"] = name
    check(typed.switch_page("planner/app/pages/runs.py").run())
    assert (say("en", "runs.bad_name") in said(typed)) == bool(name)
    assert bool(name) == (not [b for b in typed.button if str(b.key).startswith("study_")])
    assert not (folder.parent / "outside").exists()


def test_a_stopped_batch_keeps_what_is_done(folder: Path) -> None:
    at = visit("runs", batch="stopped")
    button = next(b for b in at.button if str(b.key).startswith("study_"))
    button.click().run()
    study = find_studies().get("batch-stopped")
    assert study is not None
    find_studies().cancel("batch-stopped")
    assert study.wait(20)
    wait_for(lambda: study.ended)
    assert study.state == "cancelled"
    at.run()
    assert "optimal" not in tables(at).lower()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_ending_has_words_and_only_a_proof_is_called_one(language: str) -> None:
    words = read_page(language, "runs")
    assert not [status for status in STATUSES if f"some_{status}" not in words]
    assert not [status for status in STATUSES if status != Status.OPTIMAL and f"status_{status}" not in words]
    assert say(language, "runs.status_feasible") != say(language, "runs.status_best")
