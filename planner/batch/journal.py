"""journal.jsonl: what happened in a batch, one event a line, on the disk before the next thing is done."""

from __future__ import annotations

import json
import os
import platform
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FILE = "journal.jsonl"


@dataclass(frozen=True)
class Journal:
    """Appends to the journal of a folder; safe from any thread, and beside other processes that append to it.

    Every line has ``at`` (UTC), ``event``, ``host`` and ``pid`` of the process that leads the batch.
    """

    out: Path
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def write(self, event: str, **facts: Any) -> None:
        """Add an event. Raises OSError when the disk is full."""
        head = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event}
        line = {**head, "host": platform.node(), "leader": os.getpid(), **facts}
        with self._lock:
            handle = os.open(self.out / FILE, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o666)
            try:
                os.write(handle, _torn(handle) + json.dumps(line, allow_nan=False).encode() + b"\n")
                os.fsync(handle)
            finally:
                os.close(handle)


def _torn(handle: int) -> bytes:
    """A line end where a process was killed in the middle of its line."""
    size = os.fstat(handle).st_size
    if not size:
        return b""
    os.lseek(handle, size - 1, os.SEEK_SET)
    return b"" if os.read(handle, 1) == b"\n" else b"\n"


def read_journal(out: Path) -> Iterator[dict[str, Any]]:
    """The events of a folder in their order; torn lines are passed over."""
    try:
        lines = (out / FILE).read_bytes().split(b"\n")
    except FileNotFoundError:
        return
    for line in lines:
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if isinstance(event, dict) and "event" in event:
            yield event
