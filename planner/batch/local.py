"""Runs the tasks of a batch on this machine: one thread per solve, one process per scenario."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Protocol

from planner.batch.solving import Tell, solve_task
from planner.batch.stopping import Stop
from planner.batch.task import BatchTask, Row

PAUSE = 0.5
"""Seconds between two looks at scenarios that another process is solving."""


class Runner(Protocol):
    """Anything that solves tasks by ``solve_task``, here or elsewhere: a row for each as it ends, in any order.

    Tasks are taken from the iterator only as they are needed. After a request to ``stop`` no task is begun, those under way are
    cancelled and still give their rows. A task that another process is at is asked for again until it has a row.
    """

    def __call__(self, tasks: Iterable[BatchTask], jobs: int, tell: Tell, stop: Stop) -> Iterator[Row]:
        """Solve at most ``jobs`` at a time."""


def run_tasks(tasks: Iterable[BatchTask], jobs: int, tell: Tell, stop: Stop) -> Iterator[Row]:
    """Solve tasks on this machine, ``jobs`` at a time (see ``Runner``)."""
    with ThreadPoolExecutor(jobs) as pool:
        fresh, later = iter(tasks), list[BatchTask]()
        running: dict[Future[Row], BatchTask] = {}
        try:
            while True:
                while not stop.asked and len(running) < jobs and (task := next(fresh, None)) is not None:
                    running[pool.submit(solve_task, task, tell, stop)] = task
                if not running:
                    if not later or stop.wait(PAUSE):
                        return
                    fresh, later = iter(later), []
                    continue
                for done in wait(running, return_when=FIRST_COMPLETED).done:
                    task, row = running.pop(done), done.result()
                    if row.elsewhere:
                        later.append(task)
                    else:
                        yield row
        except BaseException:
            stop.request()
            raise
