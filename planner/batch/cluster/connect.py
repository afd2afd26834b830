"""Reach a scheduler, or start workers on this machine."""

from __future__ import annotations

import importlib
import logging
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from planner.batch.cluster.address import LOCAL, Tls, check_address
from planner.errors import ClusterError

MISSING = "--cluster needs libraries that are not installed: pip install 'planner[cluster]'"
SECONDS = 15.0
HERE = "127.0.0.1"


def load_distributed() -> Any:
    """Dask's library; raises ClusterError where it is not installed."""
    try:
        importlib.import_module("cryptography")
        return importlib.import_module("distributed")
    except ImportError:
        raise ClusterError(MISSING) from None


@contextmanager
def connected(address: str, tls: Tls, jobs: int, seconds: float = SECONDS) -> Iterator[Any]:
    """While inside, a client of the scheduler at ``address``; for ``local`` of ``jobs`` workers on this machine.

    ``seconds``: how long it may take to answer.
    Raises UsageError for an address that must not be used (before anything is sent), ClusterError where nobody answers.
    """
    check_address(address, tls)
    distributed = load_distributed()
    with _quiet():
        if address == LOCAL:
            with _workers_here(distributed, jobs) as cluster, distributed.Client(cluster, set_as_default=False) as client:
                yield client
        else:
            with _find_scheduler(distributed, address, tls, seconds) as client:
                yield client


@contextmanager
def _workers_here(distributed: Any, jobs: int) -> Iterator[Any]:
    """Workers on the loopback, behind certificates made for the occasion: other users of this machine are strangers too."""
    from planner.batch.cluster.remote import Undisturbed

    with (
        tempfile.TemporaryDirectory(prefix="planner-", ignore_cleanup_errors=True) as scratch,
        importlib.import_module("dask.config").set({"temporary-directory": scratch}),
        distributed.LocalCluster(
            n_workers=jobs,
            threads_per_worker=1,
            processes=True,
            host=HERE,
            dashboard_address=None,
            scheduler_kwargs={"dashboard_address": f"{HERE}:0"},
            security=distributed.Security.temporary(),
            memory_limit=0,
            local_directory=scratch,
            plugins=(Undisturbed(),),
            silence_logs=logging.CRITICAL,
        ) as cluster,
    ):
        yield cluster


def _find_scheduler(distributed: Any, address: str, tls: Tls, seconds: float) -> Any:
    security = None
    if address.startswith("tls:"):
        security = distributed.Security(
            tls_ca_file=tls.ca, tls_client_cert=tls.cert, tls_client_key=tls.key, require_encryption=True
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of versions that differ: vetting says which, and of what
            return distributed.Client(address, security=security, timeout=f"{seconds}s", set_as_default=False)
    except (OSError, ValueError) as error:
        reason = str(error).partition("\n")[0]
        raise ClusterError(f"no scheduler answers at {address}: {reason}; check the address and the certificates") from None


@contextmanager
def _quiet() -> Iterator[None]:
    """What Dask logs about connections is for its makers; what matters is raised."""
    loggers = [logging.getLogger(name) for name in ("distributed", "tornado", "asyncio")]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)
