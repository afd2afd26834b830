"""How a run is doing, in words: the best is called the best only when that is proven and checked."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from planner.app.run import Progress, Run, State
from planner.app.runs import Runs
from planner.app.status_words import clock, clock_sentence, state_sentence
from planner.report.answer import Answer
from planner.vocabulary import Status
from tests.app.asking import ask, wait_for


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Answer:
    """A real answer with a checked plan."""
    runs = Runs(at_once=1, out=tmp_path_factory.mktemp("results"))
    run = runs.get(runs.start(ask()))
    assert run is not None
    wait_for(lambda: run.settled)
    assert run.answer is not None
    return run.answer


@cache
def now(state: State, **known: float | None) -> Progress:
    values = {"incumbent": None, "bound": None, "gap": None, "silent": 0.0, **known}
    return Progress(state, "near the plan", "expected_cost", 3.0, points=(), **values)  # type: ignore[arg-type]


def sentence(state: State, answer: Answer | None, ahead: int = 0, error: str = "", **known: float | None) -> tuple[str, str]:
    run = Run("x" * 22, ask())
    run.state, run.error, run._answer = state, error, answer
    found = state_sentence(run, now(state, **known), ahead)
    return found.kind, found.text


def ended(answer: Answer, **changes: object) -> Answer:
    return replace(answer, result=replace(answer.result, **changes))  # type: ignore[arg-type]


def test_waiting_says_how_many_are_ahead() -> None:
    assert sentence("queued", None, ahead=2) == ("news", "Waiting for a free place: 2 ahead of you.")
    assert sentence("queued", None) == ("news", "Waiting for a free place: yours is the next one.")


def test_while_searching_the_gap_is_said_in_words() -> None:
    assert sentence("running", None)[1] == "Searching for a first plan …"
    assert sentence("running", None, incumbent=7.0)[1].startswith("A plan is in hand")
    said = sentence("running", None, incumbent=7.0, bound=6.9, gap=0.012)[1]
    assert said.startswith("Good plan in hand, at most 1.20 % above the best possible")


@pytest.mark.parametrize(
    ("state", "changes", "kind", "words"),
    [
        ("done", {"status": Status.OPTIMAL, "gap": 0.0}, "good", "Proven best"),
        ("done", {"status": Status.OPTIMAL, "gap": 0.004}, "good", "proven to be at most 0.40 %"),
        ("done", {"status": Status.FEASIBLE, "gap": 0.03}, "doubt", "may be up to 3.00 % above"),
        ("done", {"status": Status.FEASIBLE, "gap": 0.0}, "doubt", "may be up to"),
        ("done", {"status": Status.FEASIBLE, "gap": None}, "doubt", "how far it is from the best is not known"),
        ("done", {"status": Status.INFEASIBLE, "gap": None, "plan": None}, "doubt", "No plan meets all limits"),
        ("done", {"status": Status.STOPPED, "gap": None, "plan": None}, "doubt", "Stopped before any plan was found"),
        (
            "cancelled",
            {"status": Status.FEASIBLE, "gap": 0.03},
            "news",
            "Cancelled: the best plan so far is kept, at most 3.00 %",
        ),
        ("cancelled", {"status": Status.STOPPED, "gap": None, "plan": None}, "news", "Cancelled before a plan was found"),
        ("done", {"audit": {"ok": False, "findings": ["x"]}}, "bad", "NOT VERIFIED"),
        ("cancelled", {"audit": {"ok": False, "findings": ["x"]}}, "bad", "NOT VERIFIED"),
        ("failed", {"status": Status.FEASIBLE, "gap": 0.03}, "bad", "is kept"),
        ("killed", {"status": Status.FEASIBLE, "gap": 0.03}, "bad", "is kept"),
    ],
)
def test_every_ending_has_its_sentence(solved: Answer, state: State, changes: dict[str, object], kind: str, words: str) -> None:
    found = sentence(state, ended(solved, **changes), error="signal")
    assert found[0] == kind
    assert words in found[1]
    assert ("Proven best" in found[1]) == (changes.get("status") is Status.OPTIMAL and changes["gap"] == 0.0)


@pytest.mark.parametrize("state", ["failed", "killed", "cancelled"])
def test_an_ending_without_an_answer_is_one_plain_sentence(state: State) -> None:
    kind, text = sentence(state, None, error="SIGKILL [x](http://a.b)")
    assert kind == ("news" if state == "cancelled" else "bad")
    assert "](http" not in text
    assert "\n" not in text


def test_the_clock_says_what_is_done_and_when_the_solver_is_silent() -> None:
    assert clock_sentence(now("running")) == "3 s · improving the plan"
    assert clock_sentence(now("running", silent=75.0)) == "3 s · improving the plan · last news 1 min 15 s ago"


@pytest.mark.parametrize(
    ("seconds", "moving", "rest"),
    [(0.0, "0.0 s", "0 s"), (8.39, "8.3 s", "8 s"), (59.99, "59.9 s", "59 s"), (185.3, "3 min 05.3 s", "3 min 05 s"),
     (3725.0, "1 h 02 min", "1 h 02 min")],
)  # fmt: skip
def test_the_clock_of_a_search_moves_by_tenths(seconds: float, moving: str, rest: str) -> None:
    assert (clock(seconds, moving=True), clock(seconds, moving=False)) == (moving, rest)
