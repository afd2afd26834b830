"""Long studies: few at a time, the same one for whoever asks the same, stopped within a second, whole or said not to be."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from planner.app.study_run import StudyRun
from planner.app.study_runs import Studies
from planner.errors import UsageError
from planner.options import Options
from planner.scenario.read import read_scenario
from planner.studies.solving import Ask
from tests.app.asking import SLOW, wait_for
from tests.command import MINIMAL

EXACT = Options(gap=0.0)


@pytest.fixture
def studies() -> Iterator[Studies]:
    found = Studies(at_once=1)
    yield found
    found.close()


def test_its_solves_are_its_steps_and_what_it_finds_is_kept(studies: Studies) -> None:
    data = read_scenario(MINIMAL).document.data

    def work(run: StudyRun) -> float | None:
        run.expect(2)
        return run.solver("minimal", Options()).solve(Ask("only", data)).value

    study = studies.start("one", work)
    assert study.wait(60)
    steps = study.progress()
    assert (study.state, steps.done, steps.total, steps.doing) == ("done", 1, 2, "only")
    assert study.found is not None
    assert studies.start("one", work) is study, "the same question again finds the same answer"


def test_one_waits_for_another_and_whoever_leaves_the_queue_never_begins(studies: Studies) -> None:
    gate, begun = threading.Event(), list[str]()

    def hold(name: str) -> Any:
        return lambda _: (begun.append(name), gate.wait(30))

    first, second, third = (studies.start(name, hold(name)) for name in "abc")
    wait_for(lambda: begun == ["a"])
    assert (studies.ahead(second), studies.ahead(third)) == (0, 1)
    studies.cancel("b")
    gate.set()
    assert third.wait(30)
    assert first.wait(30)
    assert (first.state, second.state, third.state, begun) == ("done", "cancelled", "done", ["a", "c"])


def test_a_stop_ends_the_solve_under_way_refuses_the_next_and_keeps_what_there_is(studies: Studies) -> None:
    data = read_scenario(SLOW).document.data

    def work(run: StudyRun) -> list[str]:
        solver = run.solver("slow", EXACT)
        run.step("begun")
        return [solver.solve(Ask(name, data | {"title": name})).reason for name in ("one", "two")]

    study = studies.start("slow", work)
    wait_for(lambda: study.progress().done == 1)
    studies.cancel("slow")
    assert study.wait(3)
    assert study.state == "cancelled"
    assert study.found[1] == "cancelled"
    assert studies.start("slow", lambda _: 1) is not study, "one that was stopped is begun anew"


def test_a_study_that_is_refused_says_why(studies: Studies) -> None:
    def refuse(_: StudyRun) -> None:
        raise UsageError("there is no such measure")

    study = studies.start("bad", refuse)
    assert study.wait(10)
    assert (study.state, study.error, study.found) == ("failed", "there is no such measure", None)


def test_few_are_remembered() -> None:
    studies = Studies(kept=2)
    for key in "abcd":
        assert studies.start(key, str).wait(10)
    wait_for(lambda: studies.get("b") is None)
    assert studies.get("d") is not None
