"""Runs of the solver asked for on the screen: a queue, a few at once, each under an id nobody can guess."""

from __future__ import annotations

import contextlib
import logging
import secrets
import threading
from collections import OrderedDict, deque
from pathlib import Path

from planner.app.run import Asked, Run
from planner.app.stored import list_run, name_folder, read_run
from planner.errors import PlannerError
from planner.job import Warm
from planner.report.folder import write_results
from planner.result import Result

KEPT = 20
"""Ended runs held in memory; older ones are read back from their results folder."""
log = logging.getLogger(__name__)


class Runs:
    """All runs of one server. ``at_once`` solves at a time, the others wait in order; ``out`` is the folder for results.

    At most ``kept`` ended runs stay in memory.
    """

    def __init__(self, at_once: int, out: Path, kept: int = KEPT) -> None:
        self._at_once, self._out, self._kept = at_once, out, kept
        self._lock = threading.Lock()
        self._runs: OrderedDict[str, Run] = OrderedDict()
        self._waiting: deque[Run] = deque()
        self._active = 0
        self._warm = Warm()

    def prepare(self) -> None:
        """Get a worker process ready for the next solve, which then begins at once; returns at once."""
        with contextlib.suppress(OSError):  # then the solve itself says so
            self._warm.prepare()

    def close(self) -> None:
        """Stop every run and the waiting process; the server ends."""
        self._warm.close()
        with self._lock:
            known = list(self._runs)
        for run_id in known:
            self.cancel(run_id)

    def start(self, asked: Asked) -> str:
        """Put a solve into the queue; its id, 128 random bits."""
        run = Run(secrets.token_urlsafe(16), asked)
        with self._lock:
            self._runs[run.run_id] = run
            self._waiting.append(run)
        self._advance()
        return run.run_id

    def get(self, run_id: str) -> Run | None:
        """The run of this id, from memory or from its results folder; None when nobody knows it."""
        with self._lock:
            run = self._runs.get(run_id)
        if run is None and (run := read_run(self._out, run_id)):
            with self._lock:
                run = self._runs.setdefault(run_id, run)
                self._forget()
        return run

    def open_folder(self, folder: Path) -> str | None:
        """The id of what lies in a results folder below those of the server, read anew; None where it cannot be read back.

        Raises OSError, ValueError for a folder elsewhere.
        """
        run_id = name_folder(self._out, folder)
        list_run(self._out, run_id, folder)
        run = read_run(self._out, run_id)
        return self._hold(run) if run else None

    def adopt(self, asked: Asked, result: Result, folder: Path) -> str:
        """The id of an answer that something else has found and written to a folder below those of the server."""
        run = Run(name_folder(self._out, folder), asked)
        run.restore(result, folder)
        list_run(self._out, run.run_id, folder)
        return self._hold(run)

    def cancel(self, run_id: str) -> None:
        """End a run, keeping the best plan it has; one that still waits never starts."""
        with self._lock:
            run = self._runs.get(run_id)
            if run is not None and run in self._waiting:
                self._waiting.remove(run)
        if run is not None:
            run.cancel()

    def ahead(self, run_id: str) -> int:
        """How many waiting runs come before this one; 0 when it is next or does not wait."""
        with self._lock:
            ids = [run.run_id for run in self._waiting]
        return ids.index(run_id) if run_id in ids else 0

    def _advance(self) -> None:
        with self._lock:
            while self._waiting and self._active < self._at_once:
                self._active += 1
                threading.Thread(target=self._work, args=(self._waiting.popleft(),), daemon=True).start()

    def _work(self, run: Run) -> None:
        """One run from its start to its files; whatever happens, the next one gets its turn."""
        try:
            run.follow(self._warm)
        finally:
            with self._lock:
                self._active -= 1
                self._forget()
            self._advance()
        self._write(run)

    def _write(self, run: Run) -> None:
        folder, unwritten = None, ""
        try:
            if run.answer is not None:
                folder = write_results(run.answer, self._out, run.asked.source)
                list_run(self._out, run.run_id, folder)
        except (OSError, PlannerError) as error:
            unwritten = str(getattr(error, "strerror", None) or error)
        except Exception as error:
            log.exception("the results of a run could not be written")
            unwritten = type(error).__name__
        run.settle(folder, unwritten)

    def _hold(self, run: Run) -> str:
        with self._lock:
            self._runs[run.run_id] = run
            self._runs.move_to_end(run.run_id)
            self._forget()
        return run.run_id

    def _forget(self) -> None:
        ended = [run_id for run_id, run in self._runs.items() if run.settled]
        for run_id in ended[: max(0, len(ended) - self._kept)]:
            del self._runs[run_id]
