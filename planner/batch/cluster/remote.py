"""What runs on the workers of a cluster: nothing but looking around, solving a task as anywhere else, and stopping."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

from distributed import WorkerPlugin, get_worker

from planner.batch.solving import solve_task
from planner.batch.stopping import Stop
from planner.batch.task import BatchTask, Row
from planner.result import find_versions


class Undisturbed(WorkerPlugin):
    """For workers started from a terminal: an interrupt there is for the batch, which then ends their solves properly."""

    def setup(self, worker: Any) -> None:  # noqa: ARG002 - Dask gives it by name
        """Begin on a worker, in its main thread."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)


class Presence(WorkerPlugin):
    """A batch on one worker: how its solves are stopped, and where its news go. ``name``: the batch."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.stop: Stop | None = None

    def setup(self, worker: Any) -> None:
        """Begin on a worker."""
        self.worker, self.stop = worker, Stop()

    def teardown(self, worker: Any) -> None:  # noqa: ARG002 - Dask gives it by name
        """Stop what is under way when the batch or the worker ends."""
        if self.stop is not None:
            self.stop.request()

    def tell(self, event: dict[str, Any]) -> None:
        """Send news to whoever runs the batch."""
        self.worker.log_event(self.name, event)


def solve_there(task: BatchTask, name: str) -> Row:
    """Solve a task of the batch ``name``: in a process of its own, whose end harms no worker. The results become files."""
    here = get_worker().plugins[name]
    assert isinstance(here, Presence)
    return solve_task(task, here.tell, here.stop)


def stop_there(name: str, dask_worker: Any) -> None:
    """Cancel the solves of a batch on this worker; Dask itself does not interrupt what runs."""
    here: Presence | None = dask_worker.plugins.get(name)
    if here is not None and here.stop is not None:
        here.stop.request()


def look_around(probe: str, dask_worker: Any) -> dict[str, Any]:
    """The worker's versions, where it listens, and whether it sees the file ``probe`` and may write beside it."""
    mine = Path(f"{probe}.{dask_worker.id}")
    try:
        seen = Path(probe).is_file()
        mine.touch(exist_ok=False)
        mine.unlink()
    except OSError:
        seen = False
    nanny = [dask_worker.nanny] if dask_worker.nanny else []  # it takes work too, and may be elsewhere only in its address
    return {"versions": find_versions(), "listens": [*_listens(dask_worker), *nanny], "shares": seen}


def look_at_scheduler(dask_scheduler: Any) -> list[str]:
    """Every address the scheduler takes work from."""
    return _listens(dask_scheduler)


def _listens(server: Any) -> list[str]:
    return [listener.listen_address for listener in server.listeners]
