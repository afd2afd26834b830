"""Many solves for one study: two at a time in processes of their own, each question asked once."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Protocol

from planner.errors import EngineError
from planner.job import Crew
from planner.options import Fixed, Options
from planner.plan.plan import Plan
from planner.plan.start import start_from
from planner.result import Result
from planner.scenario.document import Document
from planner.studies.worlds import Data
from planner.vocabulary import Exit, Status

PARALLEL = 2
NO_PLAN = "no plan keeps every rule"


@dataclass(frozen=True, slots=True)
class Solved:
    """What one solve found: the cost of its plan and what no plan can be below; None where there is no plan.

    ``reason`` says why there is no plan or why the gap asked for was not reached; ``code`` is the exit code it stands for.
    ``measures`` are the plan's; ``result`` is everything the solve said, None where it failed.
    """

    label: str
    value: float | None
    bound: float | None
    plan: Plan | None
    reason: str
    code: int
    seconds: float
    measures: dict[str, float] = field(default_factory=dict)
    result: Result | None = None

    @property
    def infeasible(self) -> bool:
        """Whether it is proven that there is no plan."""
        return self.code == Exit.INFEASIBLE


@dataclass(frozen=True, slots=True)
class Ask:
    """One question: a scenario's data, and decisions that hold in it. ``label`` is what progress calls it.

    ``options`` instead of the solver's. ``near`` is a plan that may be good here too: the search begins from it; the answer
    is as exact as without it.
    """

    label: str
    data: Data
    fix: Fixed | None = None
    options: Options | None = None
    near: Plan | None = None
    bound: float | None = None


class Job(Protocol):
    """A solve under way."""

    def wait(self) -> Result:
        """The result, when it is there."""

    def cancel(self) -> None:
        """End soon."""


Begin = Callable[[Document, Options], Job]
Tell = Callable[[Solved], None]


@dataclass(frozen=True)
class Solver:
    """Asks with the same options. ``tell`` hears every answer as it comes; ``known`` holds them by question."""

    name: str
    options: Options
    tell: Tell = lambda _: None
    begin: Begin = field(default_factory=Crew)
    known: dict[str, Solved] = field(default_factory=dict)

    def solve(self, ask: Ask) -> Solved:
        """One answer."""
        return self.solve_all([ask])[0]

    def solve_all(self, asks: Sequence[Ask]) -> list[Solved]:
        """An answer to each question, ``PARALLEL`` at a time; those known already are not asked again.

        On an interrupt all solves are cancelled. Raises PlannerError when a solve met a bug.
        """
        keys = [_key(ask, self.options) for ask in asks]
        fresh = {key: ask for key, ask in zip(keys, asks, strict=True) if key not in self.known}
        running = _Running(self)
        with ThreadPoolExecutor(PARALLEL) as pool:
            waiting = {key: pool.submit(running.answer, ask) for key, ask in fresh.items()}
            try:
                for key, answer in waiting.items():
                    self.known[key] = answer.result()
            except BaseException:
                running.cancel()
                raise
        return [self.known[key] for key in keys]


def _asked(ask: Ask, usual: Options) -> Options:
    options = ask.options or usual
    if ask.near is not None or ask.bound is not None:
        options = replace(options, start=start_from(ask.near, ask.bound))
    return replace(options, fix=ask.fix) if ask.fix else options


def _key(ask: Ask, usual: Options) -> str:
    options = replace(_asked(ask, usual), start=None)
    return json.dumps([ask.data, options.as_dict()], sort_keys=True, default=str)


@dataclass
class _Running:
    """The solves under way, so that they can be cancelled together."""

    solver: Solver
    jobs: list[Job] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def cancel(self) -> None:
        self.stopped.set()
        for job in list(self.jobs):
            job.cancel()

    def answer(self, ask: Ask) -> Solved:
        began = time.monotonic()
        try:
            result = self._wait(ask)
            solved = _read(ask.label, result, time.monotonic() - began)
        except EngineError as error:
            solved = Solved(ask.label, None, None, None, str(error), Exit.LIMIT, time.monotonic() - began)
        with self.lock:
            self.solver.tell(solved)
        return solved

    def _wait(self, ask: Ask) -> Result:
        if self.stopped.is_set():
            raise EngineError("cancelled")
        job = self.solver.begin(Document(self.solver.name, "", ask.data), _asked(ask, self.solver.options))
        self.jobs.append(job)
        if self.stopped.is_set():
            job.cancel()
        return job.wait()


def _read(label: str, result: Result, seconds: float) -> Solved:
    reason = NO_PLAN if result.status is Status.INFEASIBLE else result.reason
    if result.plan is not None and not result.audit["ok"]:
        reason = "the independent check does not accept the plan"
    return Solved(label, result.objective, result.bound, result.plan, reason, result.exit_code, seconds, result.measures, result)
