"""The panel: asks for a solve, says how it is doing in words, keeps what was found however the search ends."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from planner.app.jobs import find_runs
from planner.app.run import Run
from planner.app.solve_panel import SETTLING
from planner.app.words.words import LANGUAGES, say
from tests.app.asking import SLOW
from tests.command import MINIMAL, write_changed

SECONDS = 30
FILE = "PANEL_FILE"


def page() -> None:
    """A page with the panel of one file."""
    import os
    from pathlib import Path

    from planner.app.draft.reading import Reading, read_text
    from planner.app.live import draw_strip, note_drawn
    from planner.app.solve_panel import draw_solve
    from planner.app.state import keep_address

    keep_address()
    note_drawn()

    def look() -> Reading:
        file = Path(os.environ["PANEL_FILE"])
        return read_text(file.read_text(encoding="utf-8"), file.name, file.parent)

    draw_solve(look, Path(os.environ["PANEL_FILE"]))
    draw_strip()


@pytest.fixture
def panel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The page, with a registry and a results folder of its own; every run it started is stopped at the end."""
    monkeypatch.setenv("PLANNER_RESULTS", str(tmp_path / "results"))
    monkeypatch.setenv(FILE, str(MINIMAL))
    find_runs.clear()
    yield AppTest.from_function(page, default_timeout=SECONDS)
    find_runs().close()
    find_runs.clear()


def press(at: AppTest) -> None:
    """Press Solve and wait for the start, as the page does by itself in a browser."""
    at.button(key="solve").click().run()
    time.sleep(SETTLING)
    at.run()
    assert not at.exception


def press_solve(at: AppTest) -> Run:
    press(at)
    run = find_runs().get(at.session_state["run"])
    assert run is not None
    return run


def watch(at: AppTest, run: Run, until: str) -> None:
    """Look again and again until the run is there."""
    limit = time.monotonic() + SECONDS
    while not getattr(run, until) if until != "searching" else not run.progress().phase:
        assert time.monotonic() < limit
        time.sleep(0.05)
    at.run()
    assert not at.exception


def said(at: AppTest) -> str:
    return "\n".join(str(e.value) for kind in ("success", "info", "warning", "error", "caption", "text") for e in at.get(kind))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_solve_ends_in_words_and_numbers(panel: AppTest, language: str) -> None:
    panel.query_params["lang"] = language
    panel.run()
    run = press_solve(panel)
    watch(panel, run, "settled")
    assert say(language, "solve.optimal") in said(panel)
    assert run.answer is not None
    assert [box.value for box in panel.metric][1] == f"USD {run.answer.result.objective:.1f} m"
    assert run.folder is not None
    assert run.folder.name in said(panel)
    assert not panel.button(key="solve").disabled
    assert str(run.asked.options.time_limit) == "300.0"


def test_settings_are_what_is_solved_with(panel: AppTest) -> None:
    panel.run()
    panel.number_input(key="gap_percent").set_value(2.0)
    panel.number_input(key="limit_seconds").set_value(7).run()
    run = press_solve(panel)
    assert (run.asked.options.gap, run.asked.options.time_limit) == (0.02, 7.0)


def test_settings_typed_and_left_by_the_click_count(panel: AppTest) -> None:
    panel.run()
    panel.number_input(key="gap_percent").set_value(30.0)
    panel.number_input(key="limit_seconds").set_value(7)
    options = press_solve(panel).asked.options
    assert (options.gap, options.time_limit) == (0.3, 7.0)


def test_a_scenario_changed_since_it_was_drawn_is_solved_as_it_is(
    panel: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel.run()
    monkeypatch.setenv(FILE, str(write_changed(tmp_path, "minimal.yaml", ("amount: 40", "amount: 41"))))
    run = press_solve(panel)
    assert 41 in [offer["price"]["amount"] for offer in run.asked.document.data["offers"]]
    watch(panel, run, "settled")
    monkeypatch.setenv(FILE, str(write_changed(tmp_path, "bad.yaml", ("supplier: cheap,", "supplier: chaep,"))))
    press(panel)
    assert "chaep" in said(panel)
    assert panel.session_state["run"] == run.run_id


def test_errors_block_the_button_and_say_so(panel: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = write_changed(tmp_path, "bad.yaml", ("supplier: cheap,", "supplier: chaep,"))
    monkeypatch.setenv(FILE, str(bad))
    panel.run()
    assert not panel.exception
    assert panel.button(key="solve").disabled
    assert say("en", "solve.blocked", count=1) in said(panel)


def test_a_running_solve_shows_its_clock_and_can_be_stopped(panel: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FILE, str(SLOW))
    panel.run()
    panel.number_input(key="gap_percent").set_value(0.0)
    panel.number_input(key="limit_seconds").set_value(60).run()
    run = press_solve(panel)
    watch(panel, run, "searching")
    assert panel.button(key="solve").disabled
    assert next(box.label for box in panel.metric) == say("en", "solve.clock")
    panel.button(key="cancel").click().run()
    watch(panel, run, "ended")
    assert "Cancelled" in said(panel)
    assert not panel.button(key="solve").disabled


def test_a_crashed_worker_is_one_sentence(panel: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FILE, str(SLOW))
    panel.run()
    run = press_solve(panel)
    watch(panel, run, "searching")
    assert run.worker is not None
    os.kill(run.worker, signal.SIGKILL)
    watch(panel, run, "settled")
    assert len(panel.error) == 1
    assert panel.error[0].value.startswith("The solver ended unexpectedly")
    assert "Traceback" not in said(panel)


def test_a_changed_scenario_is_said_beside_the_old_run(panel: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    panel.run()
    watch(panel, press_solve(panel), "settled")
    monkeypatch.setenv(FILE, str(write_changed(tmp_path, "minimal.yaml", ("amount: 60", "amount: 61"))))
    panel.run()
    assert say("en", "solve.other_scenario") in said(panel)


def test_a_reload_finds_the_run_again(panel: AppTest) -> None:
    panel.run()
    run = press_solve(panel)
    watch(panel, run, "settled")
    fresh = AppTest.from_function(page, default_timeout=SECONDS)
    fresh.query_params["run"] = run.run_id
    fresh.run()
    assert say("en", "solve.optimal") in said(fresh)
    other = AppTest.from_function(page, default_timeout=SECONDS).run()
    assert say("en", "solve.optimal") not in said(other)


def test_an_unknown_run_is_said(panel: AppTest) -> None:
    panel.query_params["run"] = "A" * 22
    panel.run()
    assert say("en", "solve.unknown_run") in said(panel)
