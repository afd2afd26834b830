"""One long study asked for on the screen: what it is at, how far it is, how to stop it, what it found."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal

from planner.batch.stopping import Stop
from planner.errors import EngineError, PlannerError
from planner.job import Crew, SolveJob
from planner.options import Options
from planner.result import Result
from planner.scenario.document import Document
from planner.studies.solving import Job, Solver

State = Literal["queued", "running", "cancelling", "done", "cancelled", "failed"]
ENDED = ("done", "cancelled", "failed")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Steps:
    """How far a study is at one moment. ``done`` steps of about ``total`` (0: not known), ``kept`` of them without work.

    ``doing`` is what ended last or goes on, in the planner's own words; ``seconds`` since it began.
    """

    state: State
    done: int
    kept: int
    total: int
    doing: str
    seconds: float

    @property
    def left(self) -> float | None:
        """Seconds it will still take at this speed; None where that is not known yet."""
        worked = self.done - self.kept
        if not worked or not self.total:
            return None
        return max(0, self.total - self.done) * self.seconds / worked


@dataclass(frozen=True)
class _Stoppable:
    """A solve that ends with the study it belongs to."""

    job: SolveJob
    stop: Stop

    def wait(self) -> Result:
        with self.stop.reaching(self.job.cancel):
            return self.job.wait()

    def cancel(self) -> None:
        self.job.cancel()


@dataclass(eq=False)
class StudyRun:
    """A study under its ``key``: what it is asked about, as a fingerprint would say it. ``work`` is called with this run.

    The work asks through ``solver``, or listens to ``stop`` itself, and says how far it is through ``expect`` and ``step``.
    After a request to stop every solve under way ends and later ones are refused: what the work makes of it is kept in
    ``found``, and the state says that it is not whole. ``error`` is why it failed.
    """

    key: str
    work: Callable[[StudyRun], Any]
    state: State = "queued"
    found: Any = None
    error: str = ""
    stop: Stop = field(default_factory=Stop)
    _steps: tuple[int, int, int, str] = (0, 0, 0, "")
    _began: float = 0.0
    _seconds: float = 0.0
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _over: threading.Event = field(default_factory=threading.Event)

    @property
    def ended(self) -> bool:
        """Whether nothing about it will change any more."""
        return self.state in ENDED

    def progress(self) -> Steps:
        """How far it is, all of one moment."""
        with self._lock:
            seconds = self._seconds if self.ended or not self._began else time.monotonic() - self._began
            done, kept, total, doing = self._steps
            return Steps(self.state, done, kept, total, doing, seconds)

    def expect(self, total: int) -> None:
        """Say how many steps there will be, or about how many."""
        with self._lock:
            self._steps = (*self._steps[:2], total, self._steps[3])

    def step(self, doing: str, *, kept: bool = False) -> None:
        """A step has ended; ``kept``: it took no work. From any thread."""
        with self._lock:
            done, before, total, _ = self._steps
            self._steps = (done + 1, before + kept, max(total, done + 1) if total else 0, doing)

    def solver(self, name: str, options: Options, say: Callable[[str], str] = str) -> Solver:
        """What solves this study's questions, each one step; ``name`` is that of the scenario.

        ``say`` makes of a question's label what may be shown of it.
        """
        return Solver(name, options, lambda solved: self.step(say(solved.label)), partial(self._begin, Crew()))

    def follow(self) -> None:
        """Do the work to its end. Never raises."""
        with self._lock:
            if self.state != "queued":
                return
            self.state, self._began = "running", time.monotonic()
        try:
            self.found = self.work(self)
        except (PlannerError, OSError) as error:
            self.error = str(error)
        except Exception as error:
            log.exception("a study came to no end")
            self.error = type(error).__name__
        with self._lock:
            self._seconds = time.monotonic() - self._began
            self.state = "cancelled" if self.stop.asked else "failed" if self.error else "done"
        self._over.set()

    def cancel(self) -> None:
        """Stop; returns at once. One that waits never begins."""
        with self._lock:
            if self.state == "queued":
                self.state = "cancelled"
                self._over.set()
            elif self.state == "running":
                self.state = "cancelling"
        self.stop.request()

    def wait(self, seconds: float) -> bool:
        """Wait so long at most for the end; whether it has come."""
        return self._over.wait(seconds)

    def _begin(self, crew: Crew, document: Document, options: Options) -> Job:
        if self.stop.asked:
            raise EngineError("cancelled")
        return _Stoppable(crew(document, options), self.stop)
