"""Every way a solve can end, with the real engine: the word optimal only when it is proven."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from planner.errors import EngineError, UsageError
from planner.formulation.build import build_model
from planner.instance.build import build_instance
from planner.job import SolveJob
from planner.options import Options
from planner.result import Result, find_gap
from planner.scenario.read import read_scenario
from planner.solve import find_layout
from planner.solvers import self_test
from planner.solvers.highs import run
from planner.solvers.matrix import Matrix, build_matrix
from planner.solvers.search import search
from planner.solvers.settle import settle
from planner.vocabulary import Status

SCENARIOS = Path(__file__).parents[2] / "scenarios"
LARGE = SCENARIOS / "us-2026-100gw.yaml"


def matrix_of(path: Path) -> tuple[Matrix, Any]:
    data = build_instance(read_scenario(path).scenario)
    model = build_model(data)
    return build_matrix(model.problem), find_layout(data, model)


def job(path: Path, **options: Any) -> SolveJob:
    return SolveJob(read_scenario(path).document, Options(**options))


def test_the_installed_engine_passes_the_self_test_quickly() -> None:
    began = time.perf_counter()
    assert self_test.find_faults() == []
    assert time.perf_counter() - began < 2


def test_an_engine_that_gets_a_micro_model_wrong_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = (("a model with another answer", self_test.CASES[0][1], -18.5),)
    monkeypatch.setattr(self_test, "CASES", wrong)
    with pytest.raises(EngineError, match="a model with another answer"):
        self_test.check_engine()


def test_an_engine_older_than_the_oldest_good_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(self_test, "OLDEST", (99, 0, 0))
    with pytest.raises(EngineError, match="older than 99"):
        self_test.check_engine()


def test_a_time_limit_with_a_plan_is_feasible_never_optimal() -> None:
    result = job(LARGE, gap=0.0, time_limit=6.0).wait()
    assert result.status in (Status.FEASIBLE, Status.STOPPED)
    assert result.exit_code == 5
    assert result.reason == "time limit"
    assert result.bound is not None


def test_a_time_limit_without_a_plan_shows_no_numbers() -> None:
    matrix, stages = matrix_of(LARGE)
    outcome = search(matrix, stages, 0.0, 0.02, lambda _: None, lambda: False)
    assert outcome.status is Status.STOPPED
    assert outcome.values is None
    assert outcome.objective is None


def test_a_search_told_to_stop_stops_with_what_it_has() -> None:
    matrix, stages = matrix_of(LARGE)
    began = time.perf_counter()
    outcome = search(matrix, stages, 0.0, None, lambda _: None, lambda: time.perf_counter() - began > 1.0)
    assert outcome.status is not Status.OPTIMAL
    assert time.perf_counter() - began < 5


def test_infeasible_is_proven_twice_and_says_why() -> None:
    result = job(SCENARIOS / "infeasible-on-purpose.yaml").wait()
    assert result.status is Status.INFEASIBLE
    assert result.exit_code == 4
    assert result.reason == "proven twice"
    short = next(reason for reason in result.reasons if reason["rule"] == "demand")
    assert short["short"][0]["period"] == "2027-Q1"


def test_a_number_that_is_not_finite_is_stopped_before_the_engine() -> None:
    data = build_instance(read_scenario(SCENARIOS / "minimal.yaml").scenario)
    broken = {k: dataclasses.replace(d, gap_cost=(float("nan"),) * len(d.gap_cost)) for k, d in data.demands.items()}
    model = build_model(dataclasses.replace(data, demands=broken))
    with pytest.raises(EngineError, match="not finite"):
        build_matrix(model.problem)


def test_a_misspelt_engine_option_is_refused() -> None:
    matrix, _ = matrix_of(SCENARIOS / "minimal.yaml")
    with pytest.raises(EngineError, match="mip_relgap"):
        run(matrix, {"mip_relgap": 0.5})


def test_a_fractional_bound_on_whole_units_is_rounded_inward() -> None:
    matrix, _ = matrix_of(SCENARIOS / "minimal.yaml")
    assert (matrix.upper[matrix.whole] % 1 == 0).all()


def test_settling_rounds_whole_units_and_never_claims_a_better_plan() -> None:
    matrix, stages = matrix_of(SCENARIOS / "minimal.yaml")
    outcome = search(matrix, stages, 0.0, None, lambda _: None, lambda: False)
    assert outcome.values is not None
    off = dataclasses.replace(outcome, values=outcome.values + np.where(matrix.whole, 1e-7, 0.0))
    settled = settle(matrix, off, 0.0)
    assert settled.objective == pytest.approx(outcome.objective)
    assert settled.values is not None
    assert (settled.values[matrix.whole] % 1 == 0).all()


def test_the_gap_is_relative_to_the_plan_and_never_negative() -> None:
    assert find_gap(200.0, 190.0) == pytest.approx(0.05)
    assert find_gap(100.0, 101.0) == 0.0
    assert find_gap(None, 1.0) is None


@pytest.mark.parametrize("options", [{"gap": 2.0}, {"gap": -0.1}, {"time_limit": 0.0}, {"time_limit": -1.0}])
def test_options_outside_their_range_are_refused(options: dict[str, float]) -> None:
    with pytest.raises(UsageError, match="allowed"):
        Options(**options)  # type: ignore[arg-type]


def wait_for_news(running: SolveJob) -> None:
    for _ in running.events():
        return


def test_cancel_ends_the_worker_within_a_second() -> None:
    running = job(LARGE, gap=0.0)
    wait_for_news(running)
    time.sleep(1.0)
    began = time.monotonic()
    running.cancel()
    for _ in running.events():
        pass
    assert time.monotonic() - began < 1.5
    assert running.state == "cancelled"
    with contextlib.suppress(EngineError):  # it may have had no plan yet
        assert running.result().status is not Status.OPTIMAL


def test_a_killed_worker_is_an_engine_error_with_its_signal() -> None:
    running = job(LARGE, gap=0.0)
    wait_for_news(running)
    os.kill(running.pid, signal.SIGKILL)
    with pytest.raises(EngineError, match="SIGKILL"):
        running.wait()


def test_a_worker_that_needs_too_much_memory_says_so() -> None:
    with pytest.raises(EngineError, match=r"memory|ended without"):
        job(LARGE, memory_mb=250).wait()


def test_a_worker_leaves_when_its_parent_is_killed() -> None:
    script = (
        "import pathlib, sys, time; from planner.job import SolveJob; from planner.options import Options;"
        "from planner.scenario.read import read_scenario;"
        f"j = SolveJob(read_scenario(pathlib.Path({str(LARGE)!r})).document, Options(gap=0.0)); next(j.events());"
        "print(j.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    for _ in range(100):
        if not Path(f"/proc/{worker}").exists() or "Z" in Path(f"/proc/{worker}/stat").read_text().split()[2]:
            return
        time.sleep(0.1)
    pytest.fail("the worker outlived its parent")


def test_the_same_scenario_gives_the_same_plan_twice() -> None:
    one, two = (job(SCENARIOS / "us-2026-10gw.yaml", gap=0.01).wait() for _ in range(2))
    assert isinstance(one, Result)
    assert one.plan == two.plan
