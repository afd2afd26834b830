"""The clock of one run: when the model is in the engine, when better plans come; the same for every method that uses HiGHS."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TextIO

import highspy

LEAST = 1.0
"""Seconds an engine gets at least, however long the model took to build."""


@dataclass
class Watch:
    """Seconds since the method was called, written line by line, so that a run that is ended from outside is not lost."""

    out: TextIO
    limit: float
    began: float = field(default_factory=time.perf_counter)
    built: float | None = None

    @property
    def seconds(self) -> float:
        """Since the method was called."""
        return time.perf_counter() - self.began

    @property
    def left(self) -> float:
        """Seconds until the limit."""
        return max(LEAST, self.limit - self.seconds)

    def ready(self) -> None:
        """The model is in the engine; only the first time counts."""
        if self.built is None:
            self.built = self.seconds
            self._write({"built": self.built})

    def plan(self, objective: float, seconds: float | None = None) -> None:
        """A plan was found, now or at ``seconds``."""
        self._write({"plan": objective, "seconds": self.seconds if seconds is None else seconds})

    def bound(self, bound: float) -> None:
        """No plan can be below this."""
        self._write({"bound": bound, "seconds": self.seconds})

    def _write(self, told: dict[str, Any]) -> None:
        self.out.write(json.dumps(told) + "\n")
        self.out.flush()


def listen_to_highs(watch: Watch) -> Callable[[], highspy.Highs]:
    """Hear of every run of HiGHS in this process, whoever made the engine; gives a call for the engine that ran last."""
    original = highspy.Highs.run
    ran: list[highspy.Highs] = []

    def news(event: Any) -> None:
        watch.plan(event.data_out.objective_function_value)

    def run(engine: highspy.Highs) -> Any:
        watch.ready()
        ran.append(engine)
        engine.setOptionValue("time_limit", watch.left)
        engine.cbMipImprovingSolution.subscribe(news)
        return original(engine)

    highspy.Highs.run = run
    return lambda: ran[-1]
