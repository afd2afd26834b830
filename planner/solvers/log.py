"""What a search knows so far: told to the listener as it changes, and kept phase by phase."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from planner.result import find_gap
from planner.solvers.highs import Run, run
from planner.solvers.matrix import Floats, Matrix, Setting

Event = dict[str, object]
Found = Callable[[Floats], None]
"""Called with the values of all columns of the full problem: a whole plan better than those before."""


@dataclass
class Log:
    """What is known so far. ``gap`` a fraction to prove, ``time_limit`` seconds in all, ``stop`` asks to end early."""

    gap: float
    time_limit: float | None
    tell: Callable[[Event], None]
    stop: Callable[[], bool]
    found: Found = lambda _: None
    began: float = field(default_factory=time.perf_counter)
    incumbent: float | None = None
    bound: float | None = None
    shown: float | None = None
    """Cost of the best plan handed to ``found``."""
    phase: str = ""
    phases: list[tuple[str, float, float | None, float | None]] = field(default_factory=list)

    def news(self, incumbent: float | None, bound: float | None, values: Floats | None = None) -> None:
        """Keep the better of old and new, and pass it on. ``values``: the incumbent by column of the full problem."""
        if incumbent is not None and (self.incumbent is None or incumbent < self.incumbent):
            self.incumbent = incumbent
        if bound is not None and (self.bound is None or bound > self.bound):
            self.bound = bound
        gap = find_gap(self.incumbent, self.bound)
        self.tell({"event": "progress", "phase": self.phase, "seconds": self.seconds, "incumbent": self.incumbent,
                   "bound": self.bound, "gap": gap})  # fmt: skip
        if values is not None and incumbent is not None and (self.shown is None or incumbent < self.shown):
            self.shown = incumbent
            self.found(values)

    @property
    def seconds(self) -> float:
        """Seconds since the search began."""
        return round(time.perf_counter() - self.began, 3)

    def left(self, most: float | None = None) -> float | None:
        """Seconds left, at most ``most`` of them, never none at all; None for no limit."""
        if self.time_limit is None:
            return most
        left = max(0.1, self.time_limit - self.seconds)
        return left if most is None else min(left, most)

    @property
    def over(self) -> bool:
        """Whether the search should end: proven, asked to stop, or out of time."""
        out = self.time_limit is not None and self.seconds >= self.time_limit
        return out or self.stop() or self.proven

    @property
    def proven(self) -> bool:
        """Whether incumbent and bound are known and close enough."""
        return self.within(self.gap)

    def within(self, gap: float) -> bool:
        """Whether incumbent and bound are known and no further apart."""
        reached = find_gap(self.incumbent, self.bound)
        return reached is not None and reached <= gap

    def enter(self, name: str) -> None:
        """Begin a phase."""
        self.phase = name
        self.tell({"event": "phase", "phase": name, "seconds": self.seconds})

    def close(self) -> None:
        """Note the end of a phase."""
        self.phases.append((self.phase, self.seconds, self.incumbent, self.bound))

    def run(
        self, name: str, matrix: Matrix, options: Mapping[str, Setting], limit: float | None = None, *,
        whole: bool = True, start: Floats | None = None, bounds: bool = True, incumbents: bool = True,
    ) -> Run:  # fmt: skip
        """One phase that is one run of the engine. ``bounds``, ``incumbents``: which of them hold for the full problem."""
        self.enter(name)
        done = self.ask(matrix, options, limit, whole=whole, start=start, bounds=bounds, incumbents=incumbents)
        self.close()
        return done

    def ask(
        self, matrix: Matrix, options: Mapping[str, Setting], limit: float | None = None, *,
        whole: bool = True, start: Floats | None = None, bounds: bool = False, incumbents: bool = False,
    ) -> Run:  # fmt: skip
        """One run of the engine within a phase. Where ``incumbents`` hold, the matrix has the columns of the full problem."""
        if self.stop():  # even the first look of the engine at a large model takes a while
            return Run("cancelled", None, None, None, None, 0.0)
        seconds = self.left(limit)
        settings: Mapping[str, Setting] = options if seconds is None else {**options, "time_limit": float(seconds)}

        def report(incumbent: float | None, bound: float | None, values: Floats | None) -> None:
            self.news(incumbent if incumbents else None, bound if bounds else None, values)

        # a bound is searched for until it is good enough for the plan in hand, wherever that came from
        enough = (lambda: self.stop() or self.proven) if bounds and whole else self.stop
        done = run(matrix, settings, whole=whole, start=start, report=report, stop=enough)
        if whole:
            self.news(done.objective if incumbents else None, done.bound if bounds else None, done.values)
        return done
