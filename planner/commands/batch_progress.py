"""How far a batch is: a bar on a terminal, a line per scenario solved elsewhere; on standard error."""

from __future__ import annotations

import sys
import threading
import time
from types import TracebackType
from typing import Any, Self

from rich.console import Console
from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as Bar

from planner.batch.task import Row
from planner.commands.guard import say
from planner.vocabulary import Exit


class Progress:
    """Hears the rows of a batch as they end. ``total`` scenarios in all."""

    def __init__(self, total: int) -> None:
        self._total, self._began = total, time.monotonic()
        self._done = self._solved = self._kept = 0
        self._running: dict[str, str] = {}
        self._lock = threading.Lock()
        self._bar: Bar | None = None
        if sys.stderr.isatty():
            console = Console(stderr=True, markup=False, highlight=False)
            columns = (BarColumn(), TextColumn("{task.description}", markup=False))
            self._bar = Bar(*columns, console=console, transient=True, refresh_per_second=4)
            self._line = self._bar.add_task("reading", total=total)

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bar:
            self._bar.stop()

    def tell(self, event: dict[str, Any]) -> None:
        """A solve has started; from any thread."""
        with self._lock:
            self._running[event["fingerprint"]] = event["name"]
            self._show()

    def hear(self, row: Row) -> None:
        """A scenario has its row."""
        with self._lock:
            self._running.pop(row.fingerprint, None)
            self._done += 1
            self._kept += row.kept
            self._solved += not row.kept
            if not row.kept or row.exit_code == Exit.VERIFICATION:
                self._say(row)
            self._show()

    def describe(self) -> str:
        """How many of how many, how fast, and how long it will still take at that speed."""
        seconds = time.monotonic() - self._began
        parts = [f"{self._done} of {self._total}"]
        if self._kept:
            parts.append(f"{self._kept} solved before")
        if self._solved:
            left = (self._total - self._done) * seconds / self._solved
            parts += [f"{60 * self._solved / seconds:.0f} a minute", f"{show_time(left)} left"]
        names = sorted(self._running.values())
        return "  ".join([*parts, *(names[:2] if len(names) <= 2 else [*names[:2], f"and {len(names) - 2} more"])])

    def _say(self, row: Row) -> None:
        if self._bar is None:
            say(f"[{self._done} of {self._total}] {row.file}: {describe_row(row)}")
        elif row.exit_code:
            self._bar.console.print(f"{row.file}: {describe_row(row)}")

    def _show(self) -> None:
        if self._bar:
            self._bar.update(self._line, completed=self._done, description=self.describe())


def describe_row(row: Row) -> str:
    """``optimal, 0.4 s``; or how it ended and why, its first line."""
    reason = row.reason.splitlines()[0] if row.reason else ""
    parts = [row.status, f"{row.seconds:.1f} s" if row.seconds is not None else "", reason]
    return ", ".join(part for part in parts if part)


def show_time(seconds: float) -> str:
    """``40 s``, ``12 min``, ``3.5 h``."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"
