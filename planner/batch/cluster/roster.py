"""Which workers of a cluster are there, and which of them may be used."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from planner.errors import ClusterError

Warn = Callable[[str], None]
PATIENCE = 60.0
"""Seconds without a worker that can be used until the batch gives up."""
FIRST = 15.0
"""The same at the start."""
PAUSE = 0.2
GONE = "the scheduler is gone; what is solved stays, the same command goes on"


@dataclass(slots=True)
class Roster:
    """Looks at every worker once. ``out``: the folder of the batch; ``warn`` hears why a worker is not used.

    ``refused``: the same by address.
    """

    client: Any
    out: Path
    warn: Warn
    refused: dict[str, str] = field(default_factory=dict)
    _good: set[str] = field(default_factory=set)
    _threads: dict[str, int] = field(default_factory=dict)
    _seen: float = field(default_factory=time.monotonic)

    @property
    def workers(self) -> set[str]:
        """Addresses of the workers that are there and may be used."""
        return self._good & set(self._threads)

    @property
    def threads(self) -> int:
        """How many tasks they can do at once."""
        return sum(self._threads[address] for address in self.workers)

    @property
    def reachable(self) -> bool:
        """Whether the scheduler is there, as far as is known."""
        return bool(self.client.status == "running")

    def begin(self) -> None:
        """Wait for a worker that may be used; raises ClusterError where none comes."""
        until = time.monotonic() + FIRST
        self.look()
        while not self.workers and time.monotonic() < until:
            time.sleep(PAUSE)
            self.look()
        if not self.workers:
            raise ClusterError(self._none())

    def look(self) -> None:
        """See who came and went. Raises ClusterError when the scheduler is gone, or every worker for long."""
        found = self._ask()
        self._threads = {address: about["nthreads"] for address, about in found.items()}
        from planner.batch.cluster.vetting import vet

        if fresh := set(self._threads) - self._good - set(self.refused):
            vetted = vet(self.client, fresh, self.out)
            self._good |= vetted.good
            self.refused |= vetted.refused
            for address, reason in vetted.refused.items():
                self.warn(f"worker {address} is not used: {reason}")
        if self.workers:
            self._seen = time.monotonic()
        elif time.monotonic() - self._seen > PATIENCE:
            raise ClusterError(f"{self._none()}; what is solved stays, the same command goes on")

    def _ask(self) -> dict[str, Any]:
        """What the scheduler says of its workers."""
        with suppress(OSError):
            if self.reachable:
                return self.client.scheduler_info()["workers"]  # type: ignore[no-any-return]
        raise ClusterError(GONE)

    def _none(self) -> str:
        if not self.refused:
            return "the cluster has no worker"
        reasons = "; ".join(f"{address}: {reason}" for address, reason in self.refused.items())
        return f"no worker of the cluster may be used ({reasons})"
