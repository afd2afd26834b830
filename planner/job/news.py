"""What a running solve has told so far: the latest word, how plan and bound came closer, the best plan."""

from __future__ import annotations

import threading
from typing import Any

from planner.result import Result, read_result

Point = tuple[float, float | None, float | None]
"""Seconds since the start, best plan so far, bound: of the measure asked for at that time."""


class News:
    """Heard by one thread, read by any. What is read stays as it is."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: dict[str, Any] = {}
        self._history: list[Point] = []
        self._heard = 0.0
        self._shown: dict[str, Any] | None = None
        self._best: Result | None = None
        self._bound: float | None = None

    @property
    def last(self) -> dict[str, Any]:
        """The latest phase or progress."""
        return self._last

    @property
    def history(self) -> tuple[Point, ...]:
        """How plan and bound changed while the present question is asked; it begins anew with a second question."""
        with self._lock:
            return tuple(self._history)

    @property
    def heard(self) -> float:
        """Seconds after the start of the latest word."""
        return self._heard

    @property
    def best(self) -> Result | None:
        """The best audited plan so far, feasible; the same object until there is a better one."""
        with self._lock:
            if self._best is None and self._shown is not None:
                self._best = read_result(self._shown)
            return self._best

    @property
    def shown(self) -> bool:
        """Whether there is a plan."""
        return self._shown is not None

    @property
    def bound(self) -> float | None:
        """The latest bound of what ``best`` made least."""
        return self._bound

    def hear(self, event: dict[str, Any], seconds: float) -> dict[str, Any]:
        """Take an event of the worker, heard so many seconds after the start; what is told about it to listeners."""
        with self._lock:
            self._heard = seconds
            if event["event"] == "plan":
                return self._take(event["result"], seconds)
            if event.get("measure") != self._last.get("measure"):
                self._history.clear()
            self._last = event
            if event["event"] == "progress":
                self._note(event, seconds)
            return event

    def _take(self, shown: dict[str, Any], seconds: float) -> dict[str, Any]:
        self._shown, self._best = shown, None
        return {"event": "plan", "seconds": round(seconds, 3), "measure": shown["minimised"],
                "objective": shown["objective"], "gap": shown["gap"]}  # fmt: skip

    def _note(self, event: dict[str, Any], seconds: float) -> None:
        if event["bound"] is not None and self._shown is not None and event["measure"] == self._shown["minimised"]:
            self._bound = event["bound"]
        now = event["incumbent"], event["bound"]
        if now != (None, None) and (not self._history or self._history[-1][1:] != now):
            self._history.append((round(seconds, 3), *now))
