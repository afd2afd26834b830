"""A worker process and its pipes: whatever it does or does not do, nobody who speaks to it has to wait."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator


class Child:
    """One worker process. It gets itself ready, then waits for a job; ``pid`` is its number, ``answers`` how many it gave."""

    def __init__(self, module: str = "planner.worker") -> None:
        """Start it, with ``module`` as its program. Raises OSError where no process can be started."""
        debug = os.environ.get("PLANNER_DEBUG") == "1"
        self._process = subprocess.Popen(  # noqa: S603 - a module of our own
            [sys.executable, "-m", module], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=None if debug else subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        self.pid, self.answers = self._process.pid, 0
        self._words: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        threading.Thread(target=self._speak, daemon=True).start()

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def tell(self, line: str) -> None:
        """Send it a line; returns at once, even when it does not read."""
        self._words.put(line)

    def lines(self) -> Iterator[bytes]:
        """Whole lines it writes, until it ends; one cut off by its end is dropped."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.endswith(b"\n"):
                yield line

    def kill(self) -> None:
        """End it at once, with all it may have started."""
        if self.alive:
            with contextlib.suppress(ProcessLookupError):  # it has just gone
                if hasattr(os, "killpg"):
                    os.killpg(self.pid, signal.SIGKILL)
                else:
                    self._process.kill()

    def wait(self) -> str:
        """How it ended once it has: the name of a signal or an exit code. Closes the pipes."""
        code = self._process.wait()
        self._words.put(None)
        assert self._process.stdout is not None
        self._process.stdout.close()
        if code >= 0:
            return f"exit code {code}"
        known = {number.value: number.name for number in signal.Signals}
        return known.get(-code, f"signal {-code}")

    def _speak(self) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(OSError), self._process.stdin as pipe:  # it is gone; its end says why
            while (line := self._words.get()) is not None:
                pipe.write(line.encode() + b"\n")
                pipe.flush()
