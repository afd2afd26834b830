"""Why a scenario has no plan, asked in a process of its own: cancelled within a second, ended when its engine does not stop.

The worker of a solve that is infeasible gives ``reasons`` (``planner.reasons``): what one kind of rule costs when it is left out
altogether, in a few seconds and without places. That stays beside this: it comes with every such answer, this is asked for,
takes longer, and says which rules clash, proves it, and by how much each has to give way.
"""

from __future__ import annotations

import json
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from planner.errors import EngineError, PlannerError
from planner.explain.conflict.found import Conflicts
from planner.explain.conflict.handing import read_conflicts, write_job
from planner.job.child import Child
from planner.options import Options
from planner.scenario.document import Document

Tell = Callable[[dict[str, Any]], None]
Stop = Callable[[], bool]
LOOK = 0.1
"""Seconds between two looks at ``stop``."""
GRACE = 60.0
"""Seconds the process may be silent beyond the time its next question may take: building large models takes a while."""
NOTHING = Conflicts("unknown", reason="no answer yet")


def explain_conflict(document: Document, options: Options, tell: Tell = lambda _: None, stop: Stop = lambda: False) -> Conflicts:
    """The rules that clash and the ways out, of a scenario that has been read and checked.

    ``options``: ``time_limit`` for everything (60 s unless said) and ``without``; decisions that hold and ceilings are not
    rules of the scenario and are left aside.
    ``tell`` hears {``stage``, ``questions``, ``seconds``}; ``stop`` is asked ten times a second, and what is known by then
    is the answer, with the reason. A scenario with a plan is an answer: ``feasible``.

    Raises EngineError when the process fails before anything is known, PlannerError when it met a bug.
    """
    child, events = Child("planner.explain.conflict.worker"), queue.SimpleQueue[dict[str, Any] | None]()
    child.tell(json.dumps(write_job(document, options)))
    threading.Thread(target=_listen, args=(child, events), daemon=True).start()
    try:
        return _wait(events, tell, stop)
    finally:
        child.kill()


def _listen(child: Child, events: queue.SimpleQueue[dict[str, Any] | None]) -> None:
    for line in child.lines():
        events.put(json.loads(line))
    child.wait()
    events.put(None)


def _wait(events: queue.SimpleQueue[dict[str, Any] | None], tell: Tell, stop: Stop) -> Conflicts:
    began, found = time.monotonic(), NOTHING
    patience = began + GRACE
    while True:
        if stop():
            return _ended(found, "cancelled", began)
        try:
            event = events.get(timeout=LOOK)
        except queue.Empty:
            if time.monotonic() > patience:
                return _ended(found, "the engine did not stop in time and was ended", began)
            continue
        if event is None:
            return _lost(found, "the process ended without an answer", began)
        patience = time.monotonic() + GRACE + float(event.get("silent", 0.0))
        if event["event"] == "result":
            return read_conflicts(event["result"])
        if event["event"] == "failed":
            if not event["known"]:
                raise PlannerError(f"looking for what clashes failed: {event['message']}")
            return _lost(found, str(event["message"]), began)
        if event["event"] == "found":
            found = read_conflicts(event["found"])
        else:
            tell({"stage": event["stage"], "questions": event["questions"], "seconds": time.monotonic() - began})


def _ended(found: Conflicts, reason: str, began: float) -> Conflicts:
    return replace(found, reason=reason, seconds=time.monotonic() - began)


def _lost(found: Conflicts, reason: str, began: float) -> Conflicts:
    if found is NOTHING:
        raise EngineError(reason)
    return _ended(found, reason, began)
