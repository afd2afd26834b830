"""A solve in a process of its own: start, listen, cancel within a second, read the result."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from planner.errors import EngineError, PlannerError
from planner.options import Options
from planner.plan.plan import read_plan
from planner.result import Result
from planner.scenario.document import Document
from planner.scenario.rule_fields import place_reason
from planner.vocabulary import Status

GRACE = 0.5
"""Seconds a cancelled worker gets to leave with the plan in hand."""
OVERTIME = 45.0
"""Seconds beyond the time limit after which the worker is killed: building a large tree and checking its plan come on top
of the search, and limits inside the engine are soft."""


class SolveJob:
    """One worker process. ``state`` is running, done, cancelled, failed or killed; ``last`` the latest progress."""

    def __init__(self, document: Document, options: Options) -> None:
        """Start the solve of a scenario that has been read and checked."""
        self.state, self.last, self.document, self.options = "running", dict[str, Any](), document, options
        self.began = time.monotonic()
        self._queue: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._result: dict[str, Any] | None = None
        self._failure, self._bug = "", ""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "planner.worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, encoding="utf-8", bufsize=1, start_new_session=True,
        )  # fmt: skip
        job = {"data": document.data, "name": PurePath(document.file).stem, "options": options.as_dict()}
        self._write(json.dumps(job))
        self._drain = threading.Thread(target=self._drain_errors, daemon=True)
        self._drain.start()
        self._alarm: threading.Timer | None = None
        if options.time_limit is not None:
            self._alarm = threading.Timer(options.time_limit + OVERTIME, self._kill, args=("killed",))
            self._alarm.daemon = True
            self._alarm.start()
        threading.Thread(target=self._read, daemon=True).start()

    def events(self) -> Iterator[dict[str, Any]]:
        """News until the worker ends: ``event`` is phase or progress, with seconds, incumbent, bound, gap."""
        while (event := self._queue.get()) is not None:
            yield event

    def wait(self) -> Result:
        """Listen to the end, then the result."""
        for _ in self.events():
            pass
        return self.result()

    def cancel(self) -> None:
        """Ask the worker to stop with what it has; it is killed when it does not leave within the grace."""
        if self._process.poll() is None and self.state == "running":
            self.state = "cancelled"
            self._write("stop")
            timer = threading.Timer(GRACE, self._kill, args=("cancelled",))
            timer.daemon = True
            timer.start()

    def result(self) -> Result:
        """The answer.

        Raises EngineError when the worker failed, crashed or was killed without one, PlannerError when it met a bug.
        """
        if self._result is not None:
            data = self._result
            plan = read_plan(data["plan"]) if data["plan"] else None
            phases = tuple((p[0], p[1], p[2], p[3]) for p in data["phases"])
            rest = {key: value for key, value in data.items() if key not in ("plan", "phases", "status", "minimised", "reasons")}
            return Result(**rest, plan=plan, phases=phases, status=Status(data["status"]), minimised=data["minimised"],
                          reasons=tuple(place_reason(self.document, reason) for reason in data["reasons"]))  # fmt: skip
        if self.state == "cancelled":
            raise EngineError("cancelled before a plan was found")
        if self._bug:
            raise PlannerError(f"the solver process failed: {self._bug}")
        raise EngineError(self._failure or f"the solver process ended without an answer ({self._ending()})")

    def _ending(self) -> str:
        code = self._process.returncode
        if self.state == "killed":
            return f"killed {OVERTIME:g} s after its time limit"
        return signal.Signals(-code).name if code and code < 0 else f"exit code {code}"

    def _write(self, line: str) -> None:
        try:
            assert self._process.stdin is not None
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
        except (BrokenPipeError, ValueError):  # the worker is gone; its end says why
            pass

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            event = json.loads(line)
            if event["event"] == "result":
                self._result = event["result"]
            elif event["event"] == "failed":
                self._failure, self._bug = (event["message"], "") if event["known"] else ("", event["message"])
            else:
                self.last = event
                self._queue.put(event)
        self._process.wait()
        self._drain.join(1.0)
        if self._alarm is not None:
            self._alarm.cancel()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        if self.state == "running":
            self.state = "done" if self._result is not None else "failed"
        self._queue.put(None)

    def _drain_errors(self) -> None:
        assert self._process.stderr is not None
        self._process.stderr.read()  # a full pipe would block the worker

    def _kill(self, state: str) -> None:
        if self._process.poll() is None:
            self.state = state
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()
