"""A process that solves: a job on a line of standard input, then maybe ``stop``; events as JSON lines on output.

Everything that does not depend on the job is done before it is read, so a process can be kept waiting for one. After an answer
it says ``idle`` and takes another job, as long as none has failed.
"""

from __future__ import annotations

import gc
import json
import os
import queue
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, BinaryIO

LAST_WORD = 1.0
"""Seconds after the parent is gone until the worker leaves by itself."""


@dataclass(frozen=True)
class Job:
    """What is asked, as it came, and whether it is to end early."""

    line: bytes
    stop: threading.Event = field(default_factory=threading.Event)


Send = Callable[[dict[str, Any]], None]
Answer = Callable[[dict[str, Any], Send, Callable[[], bool]], dict[str, Any]]


def main(get_ready: Callable[[], Answer] | None = None) -> int:
    """Get ready, read the job, solve it, tell everything. The engine prints a banner: output is kept for events alone.

    ``get_ready`` gives what answers the job; it is a solve unless said otherwise.
    """
    channel = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    words = sys.stdin.buffer
    jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
    lock = threading.Lock()

    def send(event: dict[str, Any]) -> None:
        line = json.dumps(event).encode() + b"\n"
        with lock:
            channel.write(line)
            channel.flush()

    try:
        answer = (get_ready or _get_ready)()
        threading.Thread(target=_listen, args=(words, jobs), daemon=True).start()
        while (job := jobs.get()) is not None:
            asked = json.loads(job.line)
            _cap_memory(asked["options"]["memory_mb"])
            send({"event": "result", "result": answer(asked, send, job.stop.is_set)})
            send({"event": "idle"})
    except Exception as error:  # noqa: BLE001 - the parent needs one line, whatever happened
        send(_failure(error))
    return 0


def _failure(error: Exception) -> dict[str, Any]:
    from planner.errors import PlannerError

    known = isinstance(error, PlannerError | MemoryError)
    if not known:
        traceback.print_exc()
    text = "out of memory" if isinstance(error, MemoryError) else str(error)
    return {"event": "failed", "known": known, "message": text or type(error).__name__}


def _listen(words: BinaryIO, jobs: queue.SimpleQueue[Job | None]) -> None:
    job = None
    for line in words:
        if line.strip() != b"stop":
            job = Job(line)
            jobs.put(job)
        elif job is not None:
            job.stop.set()
    jobs.put(None)  # nobody wants anything any more
    if job is not None:
        job.stop.set()
    threading.Timer(LAST_WORD, lambda: os._exit(75)).start()


def _cap_memory(megabytes: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = megabytes * 2**20  # the next job may ask for more, so only what is in force is set
    resource.setrlimit(resource.RLIMIT_AS, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))


def _get_ready() -> Answer:
    """Import everything and try the engine; what answers a job then."""
    from planner.options import Options
    from planner.reasons import find_reasons
    from planner.result import Result
    from planner.scenario.scenario import Scenario
    from planner.solve import solve
    from planner.solvers.self_test import check_engine
    from planner.vocabulary import Status

    check_engine()

    def answer(job: dict[str, Any], send: Send, stop: Callable[[], bool]) -> dict[str, Any]:
        began = time.perf_counter()
        gc.disable()  # building makes many things and drops few: looking for garbage takes a fifth of the time
        options = Options(**{**job["options"], "without": tuple(job["options"]["without"])})
        scenario = Scenario.model_validate(job["data"])
        read = time.perf_counter() - began

        def tell(event: dict[str, Any]) -> None:
            if not gc.isenabled():  # the model is built and stays: it need never be looked through again
                gc.freeze()
                gc.enable()
            send(event)

        def show(early: Result) -> None:
            send({"event": "plan", "result": _timed(early.as_dict(), read)})

        result = _timed(solve(scenario, job["name"], options, tell, stop, show).as_dict(), read)
        if result["status"] == Status.INFEASIBLE and options.reasons:
            send({"event": "result", "result": result})  # an answer already, whatever becomes of the reasons
            result["reasons"] = find_reasons(scenario, options, stop)
        return result

    return answer


def _timed(result: dict[str, Any], read: float) -> dict[str, Any]:
    result["seconds"]["read"] = read
    result["seconds"]["total"] += read
    return result


if __name__ == "__main__":
    # at once: a thread still waits for words, and giving back the memory of a large model takes a while
    code = main()
    sys.stderr.flush()
    os._exit(code)
