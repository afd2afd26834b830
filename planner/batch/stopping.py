"""One request to stop that reaches every solve under way, and those that begin in that moment."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Stop:
    """Not asked for until ``request``. Safe to use from any thread; not picklable: one per process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked = threading.Event()
        self._cancels: list[Callable[[], None]] = []

    @property
    def asked(self) -> bool:
        """Whether somebody wants the batch to end."""
        return self._asked.is_set()

    def request(self) -> None:
        """Cancel every solve under way; returns at once. They end within a second."""
        with self._lock:
            self._asked.set()
            cancels = list(self._cancels)
        for cancel in cancels:
            cancel()

    def wait(self, seconds: float) -> bool:
        """Sleep, but no longer than until somebody asks; whether somebody did."""
        return self._asked.wait(seconds)

    @contextmanager
    def reaching(self, cancel: Callable[[], None]) -> Iterator[None]:
        """While inside, a request calls ``cancel``; at once where it was made before."""
        with self._lock:
            self._cancels.append(cancel)
        try:
            if self.asked:
                cancel()
            yield
        finally:
            with self._lock:
                self._cancels.remove(cancel)
