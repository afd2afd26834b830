"""Worker processes that answer one question after the other, for studies that ask many."""

from __future__ import annotations

import threading

from planner.job.child import Child
from planner.job.solving import SolveJob
from planner.options import Options
from planner.scenario.document import Document

IDLE_SECONDS = 5.0
"""A process nobody has asked anything for so long leaves."""
MOST_JOBS = 40
"""After so many answers a process makes place for a new one: what they leave behind adds up."""


class Crew:
    """Starts solves like ``SolveJob`` does, in processes that have answered before where some are free. From any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._free: list[Child] = []
        self._alarm: threading.Timer | None = None

    def __call__(self, document: Document, options: Options) -> SolveJob:
        """Start a solve. Raises OSError where no process can be started."""
        return SolveJob(document, options, self)

    def take(self) -> Child:
        """A process that is free, from now on the caller's, or a new one."""
        with self._lock:
            child = self._free.pop() if self._free else None
        if child is not None and child.alive:
            return child
        return Child()

    def give_back(self, child: Child) -> bool:
        """Whether the crew keeps a process that has answered and waits for more; else it is the caller's to end."""
        if child.answers >= MOST_JOBS:
            return False
        with self._lock:
            self._free.append(child)
            if self._alarm is not None:
                self._alarm.cancel()
            self._alarm = threading.Timer(IDLE_SECONDS, self.close)
            self._alarm.daemon = True
            self._alarm.start()
        return True

    def close(self) -> None:
        """End the processes that are free."""
        with self._lock:
            free, self._free = self._free, []
        for child in free:
            child.kill()
            child.wait()
