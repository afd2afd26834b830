"""Whether a cluster may be used: no open doors, and workers that give the very answers this machine would give."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from planner.batch.cluster.address import OPEN, is_open
from planner.batch.cluster.remote import look_around, look_at_scheduler
from planner.errors import ClusterError
from planner.result import find_versions

NAMES = {"planner": "planner", "python": "Python", "pulp": "PuLP", "highspy": "highspy"}


@dataclass(slots=True)
class Vetted:
    """Addresses of the workers that may be used, and why others may not."""

    good: set[str] = field(default_factory=set)
    refused: dict[str, str] = field(default_factory=dict)


def check_scheduler(client: Any) -> None:
    """Raises ClusterError when the scheduler takes work from other machines without asking for a certificate."""
    try:
        listens = client.run_on_scheduler(look_at_scheduler)
    except Exception as error:  # noqa: BLE001 - whatever it was, the scheduler is not one of ours
        raise ClusterError(f"the scheduler cannot be looked at ({error}); start it where planner[cluster] is installed") from None
    if found := [address for address in listens if is_open(address)]:
        raise ClusterError(f"the scheduler listens on {', '.join(found)}: {OPEN}")


def vet(client: Any, workers: Collection[str], out: Path) -> Vetted:
    """Look at workers: same versions as here, no open doors, and the folder of the batch is theirs too."""
    with _probe(out) as probe:
        found = client.run(look_around, str(probe), workers=list(workers), on_error="return")
    vetted = Vetted()
    for address, about in found.items():
        reason = _reason(about, out)
        if reason:
            vetted.refused[address] = reason
        else:
            vetted.good.add(address)
    return vetted


def _reason(about: Any, out: Path) -> str:
    """Why a worker may not be used; '' when it may."""
    if not isinstance(about, dict):
        return f"it cannot run this planner ({type(about).__name__}: {about})"
    here = find_versions()
    other = [
        f"{shown} {about['versions'].get(name)} instead of {here[name]}"
        for name, shown in NAMES.items()
        if about["versions"].get(name) != here[name]
    ]
    if other:
        return f"it has {', '.join(other)}"
    if found := [address for address in about["listens"] if is_open(address)]:
        return f"it listens on {', '.join(found)} without certificates"
    return "" if about["shares"] else f"it does not share the folder {out}, where results go"


@contextmanager
def _probe(out: Path) -> Iterator[Path]:
    """A file in the folder of the batch, there while inside."""
    path = out / f".probe-{secrets.token_hex(4)}.tmp"
    path.touch()
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)
