"""A process that has answered takes the next question: the answers are those of fresh processes, and nothing is left behind."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from planner.errors import EngineError
from planner.job import Crew, SolveJob
from planner.options import Options
from planner.scenario.read import read_scenario
from planner.vocabulary import Status
from tests.job.cases import SCENARIOS, gone

MINIMAL = read_scenario(SCENARIOS / "minimal.yaml").document
NEWS = read_scenario(SCENARIOS / "two-futures.yaml").document
NONE = read_scenario(SCENARIOS / "infeasible-on-purpose.yaml").document


@pytest.fixture
def crew() -> Iterator[Crew]:
    found = Crew()
    yield found
    found.close()


def test_one_process_answers_many_questions_like_fresh_ones(crew: Crew) -> None:
    fresh = {id(document): SolveJob(document, Options()).wait() for document in (MINIMAL, NEWS)}
    jobs = []
    for document in (MINIMAL, NEWS, MINIMAL):
        jobs.append(crew(document, Options()))
        answer = jobs[-1].wait()
        assert answer.plan == fresh[id(document)].plan
        assert answer.fingerprint == fresh[id(document)].fingerprint
    assert len({job.pid for job in jobs}) == 1
    assert {job.state for job in jobs} == {"done"}
    crew.close()
    assert gone(jobs[0].pid)


def test_a_question_without_a_plan_leaves_a_process_that_answers_on(crew: Crew) -> None:
    none = crew(NONE, Options(reasons=False))
    assert none.wait().status is Status.INFEASIBLE
    again = crew(MINIMAL, Options())
    assert again.wait().status is Status.OPTIMAL
    assert again.pid == none.pid


def test_after_a_cancel_or_a_crash_the_next_question_has_another_process(crew: Crew) -> None:
    first = crew(MINIMAL, Options())
    first.wait()
    stopped = crew(read_scenario(SCENARIOS / "monthly-calendar.yaml").document, Options(gap=0.0))
    assert stopped.pid == first.pid
    next(stopped.events())
    stopped.cancel()
    with contextlib.suppress(EngineError):
        stopped.result()
    assert stopped.state == "cancelled"
    other = crew(MINIMAL, Options())
    assert other.wait().status is Status.OPTIMAL
    assert other.pid != stopped.pid
    os.kill(other.pid, signal.SIGKILL)
    while crew._free[0].alive:  # its threads end one after the other
        time.sleep(0.01)
    assert crew(MINIMAL, Options()).wait().status is Status.OPTIMAL


def test_two_at_once_have_a_process_each(crew: Crew) -> None:
    with ThreadPoolExecutor(2) as pool:
        one, two = pool.map(lambda document: crew(document, Options()), (MINIMAL, NEWS))
    assert one.pid != two.pid
    assert {one.wait().status, two.wait().status} == {Status.OPTIMAL}


def test_a_process_nobody_asks_leaves(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.job.crew.IDLE_SECONDS", 0.1)
    job = crew(MINIMAL, Options())
    job.wait()
    assert gone(job.pid)
