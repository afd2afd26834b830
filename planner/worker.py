"""One solve per process: a job on the first line of standard input, then ``stop``; events as JSON lines on output."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from typing import Any

LAST_WORD = 1.0
"""Seconds after the parent is gone until the worker leaves by itself."""


def main() -> int:
    """Read the job, solve it, tell everything. The engine prints a banner: output is kept for events alone."""
    channel = os.fdopen(os.dup(1), "w", buffering=1, encoding="utf-8")
    os.dup2(2, 1)
    job, stop, lock = json.loads(sys.stdin.readline()), threading.Event(), threading.Lock()

    def send(event: dict[str, Any]) -> None:
        with lock:
            channel.write(json.dumps(event) + "\n")

    threading.Thread(target=_listen, args=(stop,), daemon=True).start()
    _cap_memory(job["options"]["memory_mb"])
    try:
        send({"event": "result", "result": _solve(job, send, stop)})
    except Exception as error:  # noqa: BLE001 - the parent needs one line, whatever happened
        from planner.errors import PlannerError

        known = isinstance(error, PlannerError | MemoryError)
        text = "out of memory" if isinstance(error, MemoryError) else str(error)
        if not known:
            import traceback

            traceback.print_exc()
        send({"event": "failed", "known": known, "message": text or type(error).__name__})
    return 0


def _listen(stop: threading.Event) -> None:
    for line in sys.stdin:
        if line.strip() == "stop":
            stop.set()
    stop.set()
    threading.Timer(LAST_WORD, lambda: os._exit(75)).start()


def _cap_memory(megabytes: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20, megabytes * 2**20))


def _solve(job: dict[str, Any], send: Any, stop: threading.Event) -> dict[str, Any]:
    began = time.perf_counter()
    from planner.options import Options
    from planner.reasons import find_reasons
    from planner.scenario.scenario import Scenario
    from planner.solve import solve
    from planner.solvers.self_test import check_engine
    from planner.vocabulary import Status

    check_engine()
    options = Options(**{**job["options"], "without": tuple(job["options"]["without"])})
    scenario = Scenario.model_validate(job["data"])
    read = time.perf_counter() - began
    result = solve(scenario, job["name"], options, send, stop.is_set).as_dict()
    if result["status"] == Status.INFEASIBLE:
        result["reasons"] = find_reasons(scenario, options, stop.is_set)
    result["seconds"]["read"] = read
    result["seconds"]["total"] += read
    return result


if __name__ == "__main__":
    sys.exit(main())
