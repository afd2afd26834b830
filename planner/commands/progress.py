"""One live line while a solve lasts: phase, best plan so far, bound, gap, seconds. Only where somebody watches."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.live import Live
from rich.text import Text

from planner.report.table import digits_for, grouped, show_share

PATIENCE = 1.0
"""Seconds before anything is shown: short solves stay silent."""


def follow(events: Iterable[dict[str, Any]], title: str) -> None:
    """Consume a job's events to their end, showing the latest on standard error if it is a terminal."""
    latest: dict[str, Any] = {}
    with _live_line(title, latest):
        for event in events:
            take(latest, event)


def take(latest: dict[str, Any], event: dict[str, Any]) -> None:
    """Add an event to the latest that is known; a second question is about another measure and begins with nothing known."""
    if event.get("event") == "plan":
        return
    if event.get("measure") != latest.get("measure"):
        latest.clear()
    latest.update({key: value for key, value in event.items() if value is not None})


@contextmanager
def _live_line(title: str, latest: dict[str, Any]) -> Iterator[None]:
    if not sys.stderr.isatty():
        yield
        return
    began, lock = time.monotonic(), threading.Lock()
    live = Live(
        get_renderable=lambda: Text(describe_progress(title, latest, time.monotonic() - began)),
        console=Console(stderr=True, markup=False, highlight=False),
        refresh_per_second=4,
        transient=True,
    )
    ended = threading.Event()

    def start() -> None:
        with lock:
            if not ended.is_set():
                live.start()

    timer = threading.Timer(PATIENCE, start)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        with lock:
            ended.set()
            live.stop()


def describe_progress(title: str, latest: dict[str, Any], seconds: float) -> str:
    """The line itself; the clock is our own, because an engine may be silent for long."""
    parts = [title, str(latest.get("phase", "starting"))]
    for key, label in (("incumbent", "best plan"), ("bound", "bound")):
        if isinstance(latest.get(key), int | float):
            parts.append(f"{label} {grouped(latest[key], digits_for(latest[key]))}")
    if isinstance(latest.get("gap"), int | float):
        parts.append(f"gap {show_share(latest['gap'])}")
    return "  ".join([*parts, f"{seconds:.0f} s"])
