"""The process that asks: engines run in it, and whoever waits for it can end it at any time."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from planner.worker import Answer, Send
from planner.worker import main as work

SECONDS = 60.0
"""Time for everything unless a limit is asked for."""
SELDOM = 200_000
"""Things made between two looks for garbage: building models makes many and drops few in a way that needs looking for."""


def _get_ready() -> Answer:
    """Import everything and try the engine; what answers a job then."""
    from planner.explain.conflict.finding import Search
    from planner.explain.conflict.found import Conflicts
    from planner.explain.conflict.handing import read_job
    from planner.solvers.self_test import check_engine

    check_engine()
    gc.freeze()
    gc.set_threshold(SELDOM)

    def answer(job: dict[str, Any], send: Send, stop: Callable[[], bool]) -> dict[str, Any]:
        document, options = read_job(job)

        def tell(stage: str, questions: int, seconds: float) -> None:
            send({"event": "progress", "stage": stage, "questions": questions, "silent": seconds})

        def show(found: Conflicts) -> None:
            send({"event": "found", "found": asdict(found)})

        return asdict(Search(document, options, options.time_limit or SECONDS, tell, show, stop).find())

    return answer


if __name__ == "__main__":
    code = work(_get_ready)
    sys.stderr.flush()
    os._exit(code)
