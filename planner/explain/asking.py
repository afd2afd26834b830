"""Asks neighbouring questions within a time, part by part; what is out of time or interrupted stays unanswered, and is said."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from planner.errors import EngineError
from planner.explain.explanation import PartDone
from planner.options import Options
from planner.plan.plan import Plan
from planner.result import find_gap
from planner.scenario.document import Document
from planner.scenario.scenario import Scenario
from planner.scenario.validate import validate
from planner.studies.solving import Ask, Job, Solved, Solver
from planner.studies.worlds import Data
from planner.vocabulary import Exit

OUT_OF_TIME = "not asked: the time for this is used up"
INTERRUPTED = "not asked: interrupted"
NOT_A_SCENARIO = "not asked: the scenario cannot be changed like this"
LEAST_SECONDS = 0.2
TIMES_GAP, TIMES_FOUND, MOST_GAP = 2.5, 1.25, 0.05
"""How much less exactly than the plan itself was asked, and than it was found, its neighbours are; and the most in any case."""


@dataclass(frozen=True, slots=True)
class Question:
    """A scenario that differs in one thing. ``label`` is what progress calls it.

    ``tighter``: it allows no plan that the scenario itself does not allow as cheaply, so that no plan is below what is proven
    there. ``near``: a plan that may be better to begin from than the one explained.
    """

    label: str
    data: Data
    tighter: bool = False
    near: Plan | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """Progress: the answer just given, and how many of the part's questions known so far are answered."""

    part: str
    solved: Solved
    answered: int
    asked: int


Tell = Callable[[Step], None]


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds for everything (None: no limit), and for one question at most."""

    whole: float | None = None
    each: float | None = None


UNLIMITED = Limits()


@dataclass
class Asking:
    """Solves questions near the plan explained. One part is asked at a time; ``open_part`` says which, with its share of time.

    ``base`` is the answer to the scenario itself; its plan is where every search begins. ``stopped``: interrupted.
    """

    solver: Solver
    data: Data
    scenario: Scenario
    base: Solved
    limits: Limits = UNLIMITED
    tell: Tell = lambda _: None
    stopped: bool = False
    done: list[PartDone] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)
    _patient: bool = False
    _part: str = ""
    _opened: float = 0.0
    _until: float | None = None
    _asked: int = 0
    _answered: int = 0

    def open_part(self, part: str, share: float, *, patient: bool = False) -> None:
        """Begin a part that may take ``share`` of the time that is left; ``patient``: a single question may take all of it."""
        self._patient, self._part, self._opened, self._asked, self._answered = patient, part, time.monotonic(), 0, 0
        if self.limits.whole is not None:
            left = self.began + self.limits.whole - self._opened
            self._until = self._opened + share * max(0.0, left)

    def close_part(self) -> None:
        """End the part that is open."""
        ended = "interrupted" if self.stopped else "out of time" if self._answered < self._asked else ""
        seconds = time.monotonic() - self._opened
        self.done.append(PartDone(self._part, self._asked, self._answered, seconds, ended))

    def ask(self, questions: Sequence[Question]) -> list[Solved]:
        """An answer to each, in order; one without value and bound where there was no time."""
        before = self._answered
        self._asked += len(questions)
        wrong = {i for i, question in enumerate(questions) if not _is_scenario(question.data)}
        asks = {i: self._ask(question) for i, question in enumerate(questions) if i not in wrong}
        found = dict(zip(asks, self._solve(list(asks.values())), strict=True))
        found |= {i: _nothing(questions[i].label, NOT_A_SCENARIO) for i in wrong}
        self._answered = before + sum(1 for solved in found.values() if solved.reason not in (OUT_OF_TIME, INTERRUPTED))
        return [found[i] for i in range(len(questions))]

    @property
    def gap(self) -> float:
        """How exactly questions are asked: less than the plan itself, and no more than it is known."""
        found = find_gap(self.base.value, self.base.bound) or 0.0
        return max(TIMES_GAP * self.solver.options.gap, min(TIMES_FOUND * found, MOST_GAP))

    def _ask(self, question: Question) -> Ask:
        bound, options = self.base.bound if question.tighter else None, replace(self.solver.options, gap=self.gap)
        return Ask(question.label, question.data, options=options, near=question.near or self.base.plan, bound=bound)

    def _solve(self, asks: list[Ask]) -> list[Solved]:
        if self.stopped or not asks:
            return [_nothing(ask.label, INTERRUPTED) for ask in asks]
        heard: dict[str, Solved] = {}

        def hear(solved: Solved) -> None:
            heard[solved.label] = solved
            self._answered += solved.reason != OUT_OF_TIME
            self.tell(Step(self._part, solved, self._answered, self._asked))

        try:
            return replace(self.solver, begin=self._begin, tell=hear).solve_all(asks)
        except KeyboardInterrupt:
            self.stopped = True
            return [_if_answered(heard.get(ask.label)) or _nothing(ask.label, INTERRUPTED) for ask in asks]
        finally:
            late = [key for key, solved in self.solver.known.items() if solved.reason == OUT_OF_TIME]
            for key in late:  # with more time it may be asked again
                del self.solver.known[key]

    def _begin(self, document: Document, options: Options, *rest: Any, **more: Any) -> Job:
        left = None if self._until is None else self._until - time.monotonic()
        if left is not None and left < LEAST_SECONDS:
            raise EngineError(OUT_OF_TIME)
        each = None if self._patient else self.limits.each
        limits = [limit for limit in (options.time_limit, each, left) if limit is not None]
        return self.solver.begin(document, replace(options, time_limit=min(limits, default=None)), *rest, **more)


def _if_answered(solved: Solved | None) -> Solved | None:
    """The answer, unless it was cancelled before there was a plan."""
    return solved if solved is not None and (solved.value is not None or solved.infeasible) else None


def _is_scenario(data: Data) -> bool:
    return validate(data)[0] is not None


def _nothing(label: str, reason: str) -> Solved:
    return Solved(label, None, None, None, reason, Exit.LIMIT, 0.0)
