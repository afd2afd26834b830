"""Runs the tasks of a batch on a cluster: one scenario per task, a row for each as it ends."""

from __future__ import annotations

import itertools
import queue
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from planner.batch.cluster.address import Tls
from planner.batch.cluster.connect import connected
from planner.batch.cluster.roster import GONE, Roster
from planner.batch.solving import Tell
from planner.batch.stopping import Stop
from planner.batch.task import FAILED, OPEN, BatchTask, Row, row_of
from planner.errors import ClusterError
from planner.vocabulary import Exit

PAUSE = 0.2
"""Seconds between two looks at whether to stop."""
LOOK = 2.0
"""Seconds between two looks at which workers came and went."""


@contextmanager
def cluster_runner(address: str, tls: Tls, jobs: int, out: Path, warn: Callable[[str], None]) -> Iterator[ClusterRunner]:
    """While inside, runs tasks on the cluster at ``address``; ``out`` is the folder of the batch, which workers must share.

    ``jobs``: how many workers to start for ``local``; ``warn`` hears why a worker is not used. Raises UsageError for an
    address that must not be used, ClusterError for a cluster that is not there, open to others, or has no worker to use.
    """
    with connected(address, tls, jobs) as client:
        from planner.batch.cluster.vetting import check_scheduler

        check_scheduler(client)
        roster = Roster(client, out.absolute(), warn)
        roster.begin()
        yield ClusterRunner(client, roster)


@dataclass(frozen=True, slots=True)
class _Flight:
    """A task on its way, and the workers it may be done by."""

    task: BatchTask
    future: Any
    workers: frozenset[str]


@dataclass(frozen=True)
class ClusterRunner:
    """Solves tasks on a cluster, as ``planner.batch.local.Runner`` says. ``jobs`` 0: as many as the workers have threads.

    ``client`` is a ``distributed.Client``, ``name`` that of the batch among others on the cluster.
    """

    client: Any
    roster: Roster
    name: str = field(default_factory=lambda: f"planner-{secrets.token_hex(8)}")

    def __call__(self, tasks: Iterable[BatchTask], jobs: int, tell: Tell, stop: Stop) -> Iterator[Row]:
        """Rows as tasks end. Raises ClusterError when the cluster goes away; what was written by then stays."""
        with self._present(tell) as batch:
            try:
                yield from batch.run(iter(tasks), jobs, stop)
            finally:
                batch.stop()

    @contextmanager
    def _present(self, tell: Tell) -> Iterator[_Batch]:
        """While inside, every worker knows the batch."""
        from planner.batch.cluster.remote import Presence

        self.client.subscribe_topic(self.name, lambda event: tell(event[1]))
        self.client.register_plugin(Presence(self.name), name=self.name)
        try:
            yield _Batch(self.client, self.roster, self.name)
        finally:
            with suppress(Exception):  # the cluster may go at any moment
                if self.roster.reachable:
                    self.client.unregister_worker_plugin(self.name)
                    self.client.unsubscribe_topic(self.name)


@dataclass
class _Batch:
    """What is under way."""

    client: Any
    roster: Roster
    name: str
    flights: dict[str, _Flight] = field(default_factory=dict)
    ended: queue.SimpleQueue[str] = field(default_factory=queue.SimpleQueue)
    numbers: Iterator[int] = field(default_factory=itertools.count)
    looked: float = 0.0
    stopped: bool = False

    def run(self, fresh: Iterator[BatchTask], jobs: int, stop: Stop) -> Iterator[Row]:
        """Keep ``jobs`` tasks on their way until there are none left."""
        later: list[BatchTask] = []
        while True:
            more = not stop.asked and self._fill(fresh, jobs)
            if not self.flights and not more:
                if stop.wait(PAUSE) or not later:
                    return
                fresh, later = iter(later), []
                continue
            for flight in self._landed(stop):
                row = self._row(flight, stop)
                if row.elsewhere:
                    later.append(flight.task)
                else:
                    yield row

    def stop(self) -> None:
        """Cancel what is under way on the workers, which Dask alone does not; the rows still come."""
        from planner.batch.cluster.remote import stop_there

        if self.flights and not self.stopped and self.roster.reachable:
            self.stopped = True
            with suppress(Exception):  # a worker that is gone needs no stopping
                self.client.run(stop_there, self.name, on_error="ignore")

    def _fill(self, fresh: Iterator[BatchTask], jobs: int) -> bool:
        """Send as many tasks as there is room for; whether there may be more of them."""
        while self.roster.workers and len(self.flights) < (jobs or self.roster.threads):
            if (task := next(fresh, None)) is None:
                return False
            self._send(task)
        return True

    def _send(self, task: BatchTask) -> None:
        from planner.batch.cluster.remote import solve_there

        key, workers = f"{self.name}-{next(self.numbers)}", frozenset(self.roster.workers)
        absolute = replace(task, out=str(self.roster.out), source=str(Path(task.source).absolute()))
        future = self.client.submit(
            solve_there, absolute, self.name, key=key, pure=False, retries=1, workers=list(workers), allow_other_workers=False
        )
        self.flights[key] = _Flight(task, future, workers)
        future.add_done_callback(lambda done: self.ended.put(done.key))

    def _landed(self, stop: Stop) -> Iterator[_Flight]:
        """Tasks that have ended; none after a pause."""
        if stop.asked:
            self.stop()
        if time.monotonic() - self.looked > LOOK:
            self._look(stop)
        with suppress(queue.Empty):
            key = self.ended.get(timeout=PAUSE)
            while True:
                if key in self.flights:
                    yield self.flights.pop(key)
                key = self.ended.get_nowait()

    def _look(self, stop: Stop) -> None:
        """See which workers came and went; tasks whose workers are all gone are sent anew, or let go after a request to stop."""
        self.looked = time.monotonic()
        self.roster.look()
        here = self.roster.workers
        for key, flight in [*self.flights.items()] if here or stop.asked else []:
            if not flight.workers & here:
                flight.future.cancel()
                if not stop.asked:
                    del self.flights[key]
                    self._send(flight.task)

    def _row(self, flight: _Flight, stop: Stop) -> Row:
        from distributed import KilledWorker

        try:
            row: Row = flight.future.result()
        except CancelledError:  # by this side after a request to stop, else because there is no scheduler that knows it
            if stop.asked:
                return row_of(flight.task, OPEN, "not begun", Exit.INTERRUPTED)
            raise ClusterError(GONE) from None
        except KilledWorker:
            return row_of(flight.task, FAILED, "its workers ended one after the other")
        except Exception as error:  # noqa: BLE001 - a task the cluster lost is one row
            return row_of(flight.task, FAILED, f"the cluster lost it ({type(error).__name__}: {error})")
        return row
