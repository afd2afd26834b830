"""A solve in a process of its own: start, listen, cancel within a second, read the result."""

from __future__ import annotations

import json
import queue
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import Any, Protocol

from planner.errors import EngineError, PlannerError
from planner.job.child import Child
from planner.job.news import News, Point
from planner.options import Options
from planner.result import Result, read_result
from planner.scenario.document import Document
from planner.scenario.rule_fields import place_reason
from planner.vocabulary import Status

GRACE, GRACE_WITH_PLAN = 0.5, 0.4
"""Seconds a cancelled worker gets to leave with the plan in hand; less when that plan has been told already."""
OVERTIME = 45.0
"""Seconds beyond the time limit after which the worker is killed: building a large tree and checking its plan come on top
of the search, and limits inside the engine are soft."""
LATE = 10.0
"""The same once a plan is in hand, not counting what building took."""


class Source(Protocol):
    """Where worker processes come from, and may go to again."""

    def take(self) -> Child:
        """A process that waits for a job."""

    def give_back(self, child: Child) -> bool:
        """Whether it keeps a process that has answered."""


class SolveJob:
    """One worker process. ``state`` is running, cancelling, done, cancelled, failed or killed.

    Everything may be read at any time and from any thread: ``best`` and ``history`` grow, ``last`` is the latest progress.
    """

    def __init__(self, document: Document, options: Options, source: Source | None = None) -> None:
        """Start the solve of a scenario that has been read and checked, in a process of ``source`` if there is one.

        Raises OSError where no process can be started.
        """
        self.state, self.document, self.options = "running", document, options
        self.began = time.monotonic()
        self._lock, self._ended = threading.RLock(), threading.Event()
        self._queue: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._news = News()
        self._final: dict[str, Any] | None = None
        self._lost = ""
        self._bug, self._closed, self._answered = False, 0.0, False
        self._late: float | None = None
        self._building: float | None = None
        self._source = source
        self._child = source.take() if source is not None else Child()
        job = {"data": document.data, "name": PurePath(document.file).stem, "options": options.as_dict()}
        self._child.tell(json.dumps(job))
        self._alarm: threading.Timer | None = None
        if options.time_limit is not None:
            self._set_alarm(options.time_limit + OVERTIME)
        threading.Thread(target=self._read, daemon=True).start()

    @property
    def pid(self) -> int:
        """Number of the worker process."""
        return self._child.pid

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.began

    @property
    def silent(self) -> float:
        """Seconds since the worker last said anything."""
        return self.seconds - self._news.heard

    @property
    def ended(self) -> bool:
        """Whether the worker is gone and ``result`` answers at once."""
        return self._ended.is_set()

    @property
    def last(self) -> dict[str, Any]:
        """The latest phase or progress."""
        return self._news.last

    @property
    def best(self) -> Result | None:
        """The best audited plan so far: feasible, with what was proven when it was found."""
        return self._news.best

    @property
    def history(self) -> tuple[Point, ...]:
        """(seconds since the start, best plan so far, bound) whenever they changed, of the question asked now."""
        return self._news.history

    def events(self) -> Iterator[dict[str, Any]]:
        """News until the worker ends: ``event`` is phase or progress, with seconds, incumbent, bound, gap and measure.

        ``plan`` says that a plan was checked and is now ``best``: seconds, objective, gap, measure.
        """
        while (event := self._queue.get()) is not None:
            yield event
        self._queue.put(None)  # whoever listens after this hears the end too

    def wait(self) -> Result:
        """The result, when the worker has ended."""
        return self.result()

    def cancel(self) -> None:
        """Ask the worker to stop with what it has; returns at once. It is killed when it does not leave within the grace."""
        with self._lock:
            if self.state != "running" or self._answered:
                return
            self.state = "cancelling"
        self._child.tell("stop")
        timer = threading.Timer(GRACE_WITH_PLAN if self._news.shown else GRACE, self._child.kill)
        timer.daemon = True
        timer.start()

    def result(self) -> Result:
        """The answer, when the worker has ended: its own, or the best plan it had found by then.

        Raises EngineError when the worker failed, crashed or was killed without a plan, PlannerError when it met a bug.
        """
        self._ended.wait()
        best = self.best
        nothing = self.state == "cancelled" and self._final is not None and self._final["plan"] is None
        if self._final is not None and not nothing and (best is None or self._final["plan"]):
            found = read_result(self._final)
            return replace(found, reasons=tuple(place_reason(self.document, reason) for reason in found.reasons))
        if best is not None:
            return best.ended(self._lost, self._news.bound, self._closed)
        if self._bug:
            raise PlannerError(self._lost)
        raise EngineError(self._lost)

    def _read(self) -> None:
        """Listen to the worker to its end, whatever it says."""
        ending, idle = "", False
        try:
            for line in self._child.lines():
                event = json.loads(line)
                if idle := event["event"] == "idle":
                    break
                self._hear(event)
        finally:
            if not (idle and self._give_back()):
                self._child.kill()
                ending = self._child.wait()
            self._close(ending)

    def _give_back(self) -> bool:
        """Whether the process goes to its source; it does not when a stop may still be on its way."""
        if self._alarm is not None:
            self._alarm.cancel()
        with self._lock:
            if self._source is None or self.state != "running" or self._late is not None:
                return False
            self._answered = True
        self._child.answers += 1
        return self._source.give_back(self._child)

    def _hear(self, event: dict[str, Any]) -> None:
        if event["event"] == "result":
            self._final = event["result"]
        elif event["event"] == "failed":
            self._bug = not event["known"]
            self._lost = f"the solver process failed: {event['message']}" if self._bug else event["message"]
        else:
            if self._building is None:
                self._building = self.seconds
            if event["event"] == "plan" and not self._news.shown and self.options.time_limit is not None:
                # a second question builds a second model
                self._set_alarm(2 * self._building + self.options.time_limit + LATE)
            self._queue.put(self._news.hear(event, self.seconds))

    def _set_alarm(self, seconds: float) -> None:
        """Kill the worker so many seconds after the start, and not before."""
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarm = threading.Timer(max(0.0, seconds - self.seconds), self._end_late)
        self._alarm.daemon = True
        self._alarm.start()

    def _end_late(self) -> None:
        self._late = self.seconds
        self._child.kill()

    def _close(self, ending: str) -> None:
        """Note how the worker ended, and what that means for the answer."""
        if self._alarm is not None:
            self._alarm.cancel()
        with self._lock:
            self._closed = self.seconds
            final, cancelled = self._final, self.state == "cancelling"
            if final is not None and (not cancelled or final["status"] in (Status.OPTIMAL, Status.INFEASIBLE)):
                self.state = "done"
            else:
                self.state = "cancelled" if cancelled else "killed" if self._late is not None else "failed"
            self._lost = self._find_loss(ending)
        self._ended.set()
        self._queue.put(None)

    def _find_loss(self, ending: str) -> str:
        """Why there is no answer of the worker with a plan."""
        if self._final is not None and (self.state != "cancelled" or self._final["plan"] or self._news.shown):
            contrary = self._final["status"] == Status.INFEASIBLE
            return "the engine said that no plan exists, but had found this one" if contrary else self._final["reason"]
        if self.state == "cancelled":
            return "cancelled" if self._news.shown else "cancelled before a plan was found"
        if self._lost:
            return self._lost
        if self.state == "killed" and self._late is not None and self.options.time_limit is not None:
            ending = f"killed {self._late - self.options.time_limit:.0f} s after its time limit"
            if self._news.shown:
                return ending
        return f"the solver process ended{'' if self._news.shown else ' without an answer'} ({ending})"
