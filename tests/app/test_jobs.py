"""Runs of the screen with real workers: queue, cancel, crash, memory, restart, and nobody sees another one's."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import pytest

from planner.app.run import Run
from planner.app.runs import Runs
from planner.report.record import read_record
from tests.app.asking import SLOW, ask, emptied, started, wait_for
from tests.command import write_changed

CANCEL_SECONDS = 1.0


@pytest.fixture
def runs(tmp_path: Path) -> Runs:
    return Runs(at_once=1, out=tmp_path / "results")


def worker_of(run: Run) -> int:
    """The number of the worker process."""
    assert run.worker is not None
    return run.worker


def searching(run: Run) -> bool:
    return run.progress().phase != ""


def test_a_run_ends_with_a_checked_plan_and_its_results_folder(runs: Runs) -> None:
    run = started(runs, ask())
    wait_for(lambda: run.settled)
    assert run.state == "done"
    assert run.answer is not None
    assert run.answer.verified
    assert run.folder is not None
    record = read_record(run.folder / "run.json")
    assert record["objective"] == run.answer.result.objective
    assert run.progress().seconds > 0


def test_only_so_many_run_at_once_and_the_rest_in_order(runs: Runs) -> None:
    first, second, third = (started(runs, ask(SLOW, gap=0.0, limit=60)) for _ in range(3))
    with emptied(runs, third, second, first):
        wait_for(lambda: searching(first))
        assert [run.state for run in (first, second, third)] == ["running", "queued", "queued"]
        assert [runs.ahead(run.run_id) for run in (second, third)] == [0, 1]
        assert third.progress().seconds == 0.0
        runs.cancel(first.run_id)
        wait_for(lambda: second.state == "running")
        assert third.state == "queued"
        assert runs.ahead(third.run_id) == 0


def test_a_run_cancelled_in_the_queue_never_starts(runs: Runs) -> None:
    first, second = started(runs, ask(SLOW, gap=0.0, limit=60)), started(runs, ask())
    with emptied(runs, first):
        runs.cancel(second.run_id)
        assert second.state == "cancelled"
        assert second.settled
    wait_for(lambda: first.settled)
    assert second.worker is None
    assert second.answer is None


def test_cancel_takes_less_than_a_second_and_leaves_no_process(runs: Runs) -> None:
    run = started(runs, ask(SLOW, gap=0.0, limit=60))
    wait_for(lambda: searching(run))
    worker = worker_of(run)
    runs.cancel(run.run_id)
    assert wait_for(lambda: run.ended) < CANCEL_SECONDS
    assert run.state == "cancelled"
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


def test_a_killed_worker_is_a_failed_run_and_the_next_one_has_its_turn(runs: Runs) -> None:
    first, second = started(runs, ask(SLOW, gap=0.0, limit=60)), started(runs, ask())
    wait_for(lambda: searching(first))
    os.kill(worker_of(first), signal.SIGKILL)
    wait_for(lambda: first.ended)
    assert first.state == "failed"
    assert "SIGKILL" in first.error
    wait_for(lambda: second.settled)
    assert second.state == "done"


def test_an_infeasible_scenario_is_an_answer(runs: Runs, tmp_path: Path) -> None:
    impossible = write_changed(
        tmp_path,
        "impossible.yaml",
        ("shortage_cost: {amount: 60, per: GW-year}", "hard: true"),
        ("2027-Q2: 4000", "2027-Q2: 40000"),
    )
    run = started(runs, ask(impossible))
    wait_for(lambda: run.settled)
    assert run.state == "done"
    assert run.answer is not None
    assert run.answer.result.status == "infeasible"
    assert run.answer.result.plan is None


def test_after_a_restart_the_answer_is_read_back(runs: Runs, tmp_path: Path) -> None:
    run = started(runs, ask())
    wait_for(lambda: run.settled)
    again = Runs(at_once=1, out=tmp_path / "results").get(run.run_id)
    assert again is not None
    assert again is not run
    assert again.ended
    assert again.settled
    assert again.answer is not None
    assert run.answer is not None
    assert again.answer.result.as_dict() == run.answer.result.as_dict()
    assert again.answer.data == run.answer.data


def test_changed_results_are_not_read_back(runs: Runs, tmp_path: Path) -> None:
    run = started(runs, ask())
    wait_for(lambda: run.settled)
    assert run.folder is not None
    plan = run.folder / "plan.json"
    plan.write_text(plan.read_text(encoding="utf-8").replace('"status": "optimal"', '"status": "feasible"'), encoding="utf-8")
    assert Runs(at_once=1, out=tmp_path / "results").get(run.run_id) is None


def test_masked_results_are_not_taken_for_the_answer(runs: Runs, tmp_path: Path) -> None:
    hidden = write_changed(tmp_path, "hidden.yaml", ("{id: cheap, country: CN}", "{id: cheap, country: CN, confidential: true}"))
    run = started(runs, ask(hidden))
    wait_for(lambda: run.settled)
    assert run.answer is not None
    assert Runs(at_once=1, out=tmp_path / "results").get(run.run_id) is None


@pytest.mark.parametrize("guess", ["", "x", "../results", "A" * 22, "\x00", "..", "a/b"])
def test_a_guess_finds_nothing(runs: Runs, guess: str) -> None:
    assert runs.get(guess) is None
    runs.cancel(guess)
    assert runs.ahead(guess) == 0


def test_memory_holds_so_many_ended_runs_and_the_disk_the_rest(tmp_path: Path) -> None:
    runs = Runs(at_once=1, out=tmp_path / "results", kept=1)
    made = [started(runs, ask()) for _ in range(3)]
    wait_for(lambda: all(run.settled for run in made))
    last = runs.get(started(runs, ask()).run_id)
    assert last is not None
    wait_for(lambda: last.settled)
    assert len(runs._runs) <= 2
    found = runs.get(made[0].run_id)
    assert found is not None
    assert found is not made[0]


def test_many_sessions_at_once_get_their_own_answers(tmp_path: Path) -> None:
    runs = Runs(at_once=2, out=tmp_path / "results")
    files = [write_changed(tmp_path, f"case-{n}.yaml", ("title: ", f"title: Case {n} of ")) for n in range(6)]
    found: dict[int, Run] = {}

    def visit(number: int) -> None:
        found[number] = started(runs, ask(files[number]))

    sessions = [threading.Thread(target=visit, args=(n,)) for n in range(6)]
    for session in sessions:
        session.start()
    for session in sessions:
        session.join()
    wait_for(lambda: all(run.settled for run in found.values()))
    assert len({run.run_id for run in found.values()}) == 6
    for number, run in found.items():
        again = runs.get(run.run_id)
        assert again is not None
        assert again.answer is not None
        assert again.answer.result.scenario.startswith(f"Case {number} of ")
        assert again.answer.result.name == f"case-{number}"


def test_results_that_cannot_be_written_do_not_lose_the_plan(tmp_path: Path) -> None:
    (tmp_path / "results").write_text("a file where the folder should be", encoding="utf-8")
    runs = Runs(at_once=1, out=tmp_path / "results")
    run = started(runs, ask())
    wait_for(lambda: run.settled)
    assert run.state == "done"
    assert run.answer is not None
    assert run.folder is None
    assert run.unwritten


def test_good_plans_are_there_before_the_last_proof(runs: Runs) -> None:
    """The best plan so far, checked, is the run's answer while it goes on; every better one replaces it."""
    run = started(runs, ask(SLOW, gap=0.0, limit=60))
    with emptied(runs, run):
        wait_for(lambda: run.answer is not None)
        assert not run.ended
        first = run.answer
        assert first is not None
        assert first.verified
        assert first.view is not None
        assert run.answer is first or run.version > 1
    assert run.answer is not None
    assert run.answer.result.objective is not None
    assert first.result.objective is not None
    assert run.answer.result.objective <= first.result.objective + 1e-6


def test_a_crash_keeps_the_best_plan(runs: Runs) -> None:
    run = started(runs, ask(SLOW, gap=0.0, limit=60))
    wait_for(lambda: run.answer is not None)
    os.kill(worker_of(run), signal.SIGKILL)
    wait_for(lambda: run.settled)
    assert run.state == "failed"
    assert "SIGKILL" in run.error
    assert run.answer is not None
    assert run.answer.result.status == "feasible"
    assert run.folder is not None
