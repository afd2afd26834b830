"""One run of the solver as a page sees it: what was asked, how far it is, the best answer so far, how it ended."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from planner.errors import PlannerError
from planner.job import SolveJob
from planner.options import Options
from planner.report.answer import Answer
from planner.report.mask import build_mask
from planner.result import Result
from planner.scenario.document import Document
from planner.scenario.scenario import Scenario

State = Literal["queued", "running", "cancelling", "done", "cancelled", "failed", "killed"]
ENDED = ("done", "cancelled", "failed", "killed")
MOST_POINTS = 400
"""Points of the chart that are kept; of more, every second one goes."""
Point = tuple[float, float | None, float | None]
"""Seconds since the start, best plan so far, bound."""
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
    """A run at one moment. ``seconds`` on its own clock, ``silent`` since the last news; ``gap`` a fraction."""

    state: State
    phase: str
    seconds: float
    silent: float
    incumbent: float | None
    bound: float | None
    gap: float | None
    points: tuple[Point, ...]


class Run:
    """One solve. ``answer`` is the best so far, then the final one; ``version`` grows whenever it changes.

    ``error`` says why there is no answer; ``folder`` is where the results are, ``unwritten`` why there are none;
    ``settled``: nothing about this run will change any more.
    """

    def __init__(self, run_id: str, asked: Asked) -> None:
        """A run that waits for its turn."""
        self.run_id, self.asked = run_id, asked
        self.state: State = "queued"
        self.answer: Answer | None = None
        self.version = 0
        self.error, self.unwritten = "", ""
        self.folder: Path | None = None
        self.settled = False
        self._lock = threading.Lock()
        self._job: SolveJob | None = None
        self._began = self._heard = self._ended = time.monotonic()
        self._last: dict[str, Any] = {}
        self._points: list[Point] = []

    @property
    def ended(self) -> bool:
        """Whether the search is over."""
        return self.state in ENDED

    def progress(self) -> Progress:
        """How far the run is, all of one moment."""
        with self._lock:
            now, last = (self._ended if self.ended else time.monotonic()), self._last
            seconds = 0.0 if self.state == "queued" else now - self._began
            return Progress(
                self.state, str(last.get("phase", "")), seconds, now - self._heard,
                last.get("incumbent"), last.get("bound"), last.get("gap"), tuple(self._points),
            )  # fmt: skip

    def follow(self) -> None:
        """Solve: start the worker, listen to its end, keep its answer. Never raises."""
        try:
            job = self._start()
            if job is not None:
                for event in job.events():
                    self._hear(event, job)
                self._end(job.state if job.state != "running" else "failed", job.result())  # type: ignore[arg-type]
        except (PlannerError, OSError) as error:
            self._end_without(str(error))
        except Exception:
            log.exception("a run could not be followed to its end")
            self._end_without("")

    def cancel(self) -> None:
        """Stop with the best plan so far; a run that has not started never will."""
        with self._lock:
            job = self._job
            if self.state == "running":
                self.state = "cancelling"
            elif self.state == "queued":
                self.state, self.settled = "cancelled", True
        if job is not None:
            job.cancel()

    def settle(self, folder: Path | None, unwritten: str) -> None:
        """Note where the results went, or why they are nowhere."""
        self.folder, self.unwritten, self.settled = folder, unwritten, True

    def restore(self, result: Result, folder: Path) -> None:
        """Make this the ended run whose results lie in the folder."""
        self._show(result)
        self._last = {"incumbent": result.objective, "bound": result.bound, "gap": result.gap}
        self._began = self._ended - result.seconds.get("total", 0.0)
        self.state = "done"
        self.settle(folder, "")

    def _start(self) -> SolveJob | None:
        with self._lock:
            if self.state != "queued":
                return None
            self._began = self._heard = time.monotonic()
            self._job = SolveJob(self.asked.document, self.asked.options)
            self.state = "running"
            return self._job

    def _hear(self, event: dict[str, Any], job: SolveJob) -> None:
        best: Result | None = getattr(job, "best", None)
        with self._lock:
            self._heard = time.monotonic()
            if event.get("seconds", 0.0) < self._last.get("seconds", 0.0):  # a second search, of another measure
                self._last, self._points = {}, []
            self._last |= {key: value for key, value in event.items() if value is not None}
            point = (self._heard - self._began, self._last.get("incumbent"), self._last.get("bound"))
            if point[1] is not None or point[2] is not None:
                self._points.append(point)
            if len(self._points) > MOST_POINTS:
                del self._points[1:-1:2]
            if best is not None and (self.answer is None or self.answer.result is not best):
                self._show(best)

    def _show(self, result: Result) -> None:
        asked = self.asked
        mask = build_mask(asked.scenario)
        self.answer = Answer(asked.document, asked.scenario, result, mask, asked.options.as_dict(), asked.warnings)
        self.version += 1

    def _end(self, state: State, result: Result) -> None:
        with self._lock:
            self._ended = time.monotonic()
            self._show(result)
            self.state = state

    def _end_without(self, error: str) -> None:
        with self._lock:
            self._ended = time.monotonic()
            cancelled = self.state in ("cancelling", "cancelled")
            killed = self._job is not None and self._job.state == "killed"
            self.state = "cancelled" if cancelled else "killed" if killed else "failed"
            self.error = error
            self.version += 1
