"""One run of the solver as a page sees it: what was asked, how far it is, the best answer so far, how it ended."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from planner.errors import PlannerError
from planner.job import SolveJob, Warm
from planner.job.news import Point
from planner.options import Options
from planner.report.answer import Answer
from planner.report.mask import build_mask
from planner.result import Result
from planner.scenario.document import Document
from planner.scenario.scenario import Scenario

State = Literal["queued", "running", "cancelling", "done", "cancelled", "failed", "killed"]
ENDED = ("done", "cancelled", "failed", "killed")
MOST_POINTS = 400
"""Points of the chart at most; of more, only every so many are shown."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a run is to solve: a scenario that has been read and checked, the file it came from, how to solve it."""

    document: Document
    scenario: Scenario
    source: Path
    options: Options
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """A run at one moment. ``seconds`` on its own clock, ``silent`` since the last news; ``gap`` a fraction.

    ``incumbent``, ``bound`` and ``points`` are of ``measure``, the one asked about at present.
    """

    state: State
    phase: str
    measure: str
    seconds: float
    silent: float
    incumbent: float | None
    bound: float | None
    gap: float | None
    points: tuple[Point, ...]


class Run:
    """One solve. ``version`` grows whenever ``answer`` changes or the run ends.

    ``error`` says why a run failed; ``folder`` is where the results are, ``unwritten`` why there are none;
    ``settled``: nothing about this run will change any more.
    """

    def __init__(self, run_id: str, asked: Asked) -> None:
        """A run that waits for its turn."""
        self.run_id, self.asked = run_id, asked
        self.state: State = "queued"
        self.version = 0
        self.error, self.unwritten = "", ""
        self.folder: Path | None = None
        self.settled = False
        self._lock = threading.Lock()
        self._job: SolveJob | None = None
        self._answer: Answer | None = None
        self._last: dict[str, Any] = {}
        self._seconds = 0.0
        self._over = threading.Event()

    @property
    def ended(self) -> bool:
        """Whether the search is over."""
        return self.state in ENDED

    @property
    def worker(self) -> int | None:
        """Number of the worker process, once it has one."""
        return self._job.pid if self._job else None

    @property
    def answer(self) -> Answer | None:
        """The final answer; while the search lasts, that with the best plan so far. The same object until it changes."""
        with self._lock:
            if not self.ended and self._job is not None:
                best = self._job.best
                if best is not None and (self._answer is None or self._answer.result is not best):
                    self._answer = self._answered(best)
            return self._answer

    def progress(self) -> Progress:
        """How far the run is, all of one moment."""
        with self._lock:
            job, last = self._job, self._last
            points = job.history if job else ()
            step = 1 + len(points) // MOST_POINTS
            return Progress(
                self.state, str(last.get("phase", "")), str(last.get("measure", "")),
                self._seconds if self.ended or job is None else job.seconds,
                job.silent if job else 0.0, last.get("incumbent"), last.get("bound"), last.get("gap"),
                (*points[:-1:step], *points[-1:]),
            )  # fmt: skip

    def follow(self, warm: Warm | None = None) -> None:
        """Solve: start the worker, listen to its end, keep its answer. Never raises."""
        try:
            job = self._start(warm)
            if job is not None:
                for event in job.events():
                    self._hear(event)
                result = job.result()
                self._end(job, result, result.reason if job.state in ("failed", "killed") else "")
        except (PlannerError, OSError) as error:
            self._end(self._job, None, str(error))
        except Exception:
            log.exception("a run could not be followed to its end")
            self._end(self._job, None, "")

    def cancel(self) -> None:
        """Stop with the best plan so far, at once; a run that has not started never will."""
        with self._lock:
            job = self._job
            if self.state == "running":
                self.state = "cancelling"
            elif self.state == "queued":
                self.state, self.settled = "cancelled", True
                self._over.set()
        if job is not None:
            job.cancel()

    def wait(self, seconds: float) -> bool:
        """Wait so long at most for the end; whether it has come."""
        return self._over.wait(seconds)

    def settle(self, folder: Path | None, unwritten: str) -> None:
        """Note where the results went, or why they are nowhere."""
        self.folder, self.unwritten, self.settled = folder, unwritten, True

    def restore(self, result: Result, folder: Path) -> None:
        """Make this the ended run whose results lie in the folder."""
        self._answer, self.version = self._answered(result), 1
        self._last = {"measure": result.minimised, **_numbers(result)}
        self._seconds = result.seconds.get("total", 0.0)
        self.state = "done"
        self._over.set()
        self.settle(folder, "")

    def _start(self, warm: Warm | None) -> SolveJob | None:
        with self._lock:
            if self.state != "queued":
                return None
            self._job = SolveJob(self.asked.document, self.asked.options, warm)
            self.state = "running"
            return self._job

    def _hear(self, event: dict[str, Any]) -> None:
        with self._lock:
            if event["event"] == "plan":
                self.version += 1
                return
            if event.get("measure") != self._last.get("measure"):  # a second question: numbers of another kind
                self._last = {}
            self._last = self._last | {key: value for key, value in event.items() if value is not None}

    def _answered(self, result: Result) -> Answer:
        asked = self.asked
        return Answer(asked.document, asked.scenario, result, build_mask(asked.scenario), asked.options.as_dict(), asked.warnings)

    def _end(self, job: SolveJob | None, result: Result | None, error: str) -> None:
        with self._lock:
            if result is not None:
                self._answer = self._answered(result)
                self._last |= {"measure": result.minimised, **_numbers(result)}
            self._seconds = job.seconds if job else 0.0
            self.error = error
            self.version += 1
            self._over.set()
            self.state = cast("State", job.state) if job is not None and job.state in ENDED else "failed"


def _numbers(result: Result) -> dict[str, float | None]:
    return {"incumbent": result.objective, "bound": result.bound, "gap": result.gap}
