"""A worker process kept waiting, so that a solve does not have to wait for one to start."""

from __future__ import annotations

import threading

from planner.job.child import Child


class Warm:
    """At most one waiting process, ready to solve; safe to use from many threads. Close it at the end."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: Child | None = None
        self._closed = False

    def prepare(self) -> None:
        """Start a process unless one waits already; returns at once. Nothing after ``close``."""
        with self._lock:
            if not self._closed and (self._waiting is None or not self._waiting.alive):
                self._drop()
                self._waiting = Child()

    def take(self) -> Child:
        """The waiting process, from now on the caller's; a new one where none waits. Raises OSError if none can start."""
        with self._lock:
            child, self._waiting = self._waiting, None
        if child is not None and not child.alive:
            child.wait()
            child = None
        return child or Child()

    def give_back(self, child: Child) -> bool:  # noqa: ARG002 - a crew looks at it
        """Never kept: a process that waits here has answered nothing yet."""
        return False

    def close(self) -> None:
        """End the waiting process and keep no other."""
        with self._lock:
            self._closed = True
            self._drop()

    def _drop(self) -> None:
        if self._waiting is not None:
            self._waiting.kill()
            self._waiting.wait()
            self._waiting = None
