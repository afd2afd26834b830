"""Whatever ends a worker, the best plan it had found and checked is the answer: feasible, never optimal."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from planner.errors import EngineError
from planner.job import SolveJob
from planner.plan.audit import audit
from planner.result import Result
from planner.scenario.read import read_scenario
from planner.vocabulary import Exit, Status
from tests.job.cases import QUICK, SCENARIOS, TREE, end, gone, job, wait_for_plan


def check_kept(result: Result, path: Path) -> None:
    """A plan the audit accepts, an honest bound and gap, and the exit code of a limit."""
    assert result.status is Status.FEASIBLE
    assert result.exit_code == Exit.LIMIT
    assert result.plan is not None
    assert result.audit["ok"]
    verdict = audit(read_scenario(path).scenario, result.plan, result.objective, result.bound, result.minimised)
    assert verdict.ok, verdict.findings
    assert result.objective is not None
    assert result.bound is not None
    assert result.gap == pytest.approx((result.objective - result.bound) / result.objective, abs=1e-9)


def test_a_killed_worker_leaves_its_plan() -> None:
    running = job(QUICK, gap=0.0)
    told = wait_for_plan(running)
    os.kill(running.pid, signal.SIGKILL)
    result = running.result()
    check_kept(result, QUICK)
    assert result.reason == "the solver process ended (SIGKILL)"
    assert result.objective == told["objective"]
    assert running.state == "failed"


def test_a_crashed_worker_leaves_its_plan() -> None:
    running = job(QUICK, gap=0.0)
    wait_for_plan(running)
    os.kill(running.pid, signal.SIGSEGV)
    result = running.result()
    check_kept(result, QUICK)
    assert result.reason == "the solver process ended (SIGSEGV)"


def test_a_worker_that_hears_nothing_is_killed_by_the_cancel_and_leaves_its_plan() -> None:
    running = job(QUICK, gap=0.0)
    wait_for_plan(running)
    os.kill(running.pid, signal.SIGSTOP)
    began = time.monotonic()
    running.cancel()
    running.cancel()
    assert time.monotonic() - began < 0.1
    assert running.state == "cancelling"
    assert end(running) < 1.5  # a second on a machine of its own; other tests run beside this one
    assert gone(running.pid)
    result = running.result()
    check_kept(result, QUICK)
    assert (running.state, result.reason) == ("cancelled", "cancelled")


def test_cancelling_a_tree_keeps_its_plan_and_takes_a_second() -> None:
    running = job(TREE, gap=0.0)
    wait_for_plan(running)
    running.cancel()
    assert end(running) < 1.5
    result = running.result()
    check_kept(result, TREE)
    assert result.reason == "cancelled"
    assert result.plan is not None
    assert len(result.plan.futures) > 1


def test_a_worker_beyond_its_time_limit_is_killed_and_leaves_its_plan() -> None:
    running = job(QUICK, gap=0.0, time_limit=60.0)
    assert running._alarm is not None
    patient = running._alarm.interval
    wait_for_plan(running)
    assert running._alarm.interval < patient  # less is lost once there is a plan
    os.kill(running.pid, signal.SIGSTOP)
    running._set_alarm(running.seconds + 0.1)
    result = running.wait()
    check_kept(result, QUICK)
    assert running.state == "killed"
    assert result.reason.startswith("killed ")
    assert result.reason.endswith(" s after its time limit")


def test_without_a_plan_a_cancel_says_so() -> None:
    running = job(QUICK, gap=0.0)
    running.cancel()
    with pytest.raises(EngineError, match="cancelled before a plan was found"):
        running.wait()
    assert running.state == "cancelled"
    assert running.best is None
    with pytest.raises(EngineError, match="cancelled before"):  # and says it again
        running.result()


def test_that_no_plan_exists_is_known_before_its_reasons() -> None:
    running = job(SCENARIOS / "infeasible-on-purpose.yaml")
    while running._final is None and not running.ended:
        time.sleep(0.01)
    os.kill(running.pid, signal.SIGKILL)
    result = running.result()
    assert (result.status, result.exit_code, result.reason) == (Status.INFEASIBLE, Exit.INFEASIBLE, "proven twice")
    assert running.state == "done"


def test_a_cancel_after_the_end_changes_nothing() -> None:
    running = job(SCENARIOS / "minimal.yaml")
    result = running.wait()
    running.cancel()
    assert (running.state, result.status, running.wait()) == ("done", Status.OPTIMAL, result)
    assert end(running) < 1.0  # whoever listens only now hears the end


def test_a_finished_job_was_shown_no_better_plan_than_its_answer() -> None:
    running = job(SCENARIOS / "two-futures.yaml")
    kinds = [event["event"] for event in running.events()]
    assert "plan" in kinds
    result, early = running.result(), running.best
    assert early is not None
    assert (result.status, early.status) == (Status.OPTIMAL, Status.FEASIBLE)
    assert result.objective is not None
    assert early.objective is not None
    assert result.objective <= early.objective + 1e-6


def test_a_running_job_can_be_read_from_any_thread() -> None:
    running = job(QUICK)
    seen: list[tuple[float, int, Result | None]] = []

    def watch() -> None:
        while not running.ended:
            running.best, running.last, running.history  # noqa: B018 - reading is what is tested
            seen.append((running.silent, len(running.history), running.best))
            time.sleep(0.002)

    threads = [threading.Thread(target=watch) for _ in range(3)]
    for thread in threads:
        thread.start()
    result = running.wait()
    for thread in threads:
        thread.join()
    assert min(silent for silent, _, _ in seen) >= 0
    points = running.history
    assert [point[0] for point in points] == sorted(point[0] for point in points)
    plans = [point[1] for point in points if point[1] is not None]
    assert plans == sorted(plans, reverse=True)
    assert result.objective == pytest.approx(plans[-1])
    assert running.best is running.best


def test_many_jobs_run_at_once_and_each_has_its_own_end() -> None:
    running: list[SolveJob] = [job(SCENARIOS / "minimal.yaml") for _ in range(3)]
    stopped = job(QUICK, gap=0.0)
    stopped.cancel()
    assert {one.wait().objective for one in running} == {running[0].wait().objective}
    assert {one.state for one in running} == {"done"}
    assert end(stopped) < 2.0
    assert stopped.state == "cancelled"
