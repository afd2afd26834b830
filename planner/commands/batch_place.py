"""Where a batch is solved: on this machine, or on a cluster."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from planner.batch.cluster.address import LOCAL, Tls, check_address
from planner.batch.local import Runner, run_tasks
from planner.commands.guard import say
from planner.errors import UsageError

MOST_ANYWHERE = 10_000
"""Solves at a time on any cluster."""


@dataclass(frozen=True, slots=True)
class Place:
    """The address of a cluster, or None for this machine, and the certificates to reach it."""

    cluster: str | None = None
    tls: Tls = field(default_factory=Tls)

    def check(self, jobs: int | None) -> int:
        """How many solves at a time (0: as many as the workers have threads). Raises UsageError, also for the address."""
        if self.cluster is not None:
            check_address(self.cluster, self.tls)
            return check_jobs(jobs) if self.cluster == LOCAL else _check_jobs_elsewhere(jobs)
        if self.tls != Tls():
            raise UsageError("--tls-ca, --tls-cert and --tls-key are for --cluster tls://HOST:PORT")
        return check_jobs(jobs)

    @contextmanager
    def runner(self, jobs: int, folder: Path) -> Iterator[Runner]:
        """While inside, what solves tasks there, ``jobs`` at a time."""
        if self.cluster is None:
            yield run_tasks
            return
        from planner.batch.cluster.running import cluster_runner

        with cluster_runner(self.cluster, self.tls, jobs, folder, say) as runner:
            yield runner


def check_jobs(jobs: int | None) -> int:
    """How many solves at a time: as asked, else one per core. Raises UsageError with the allowed range."""
    most = max(2, os.cpu_count() or 1)
    if jobs is None:
        return os.cpu_count() or 1
    if not 1 <= jobs <= most:
        raise UsageError(f"--jobs is {jobs}; allowed: 1 to {most}, solves at a time on this machine")
    return jobs


def _check_jobs_elsewhere(jobs: int | None) -> int:
    if jobs is not None and not 1 <= jobs <= MOST_ANYWHERE:
        raise UsageError(f"--jobs is {jobs}; allowed: 1 to {MOST_ANYWHERE:,}, solves at a time on the cluster")
    return jobs or 0
