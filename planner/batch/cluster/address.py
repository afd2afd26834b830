"""Which scheduler a batch may be sent to: one on this machine, or one that lets in nobody without a certificate."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from planner.errors import UsageError

LOCAL = "local"
"""As an address: workers on this machine, started for the batch and ended with it."""
ALLOWED = "local, tls://HOST:PORT, or tcp://HOST:PORT on this machine"
OPEN = "use tls:// with certificates; without them everybody who reaches the scheduler can run programs in your name"


@dataclass(frozen=True, slots=True)
class Tls:
    """Paths of PEM files: the authority that signed all certificates, this side's certificate, its key. '' is not given."""

    ca: str = ""
    cert: str = ""
    key: str = ""


def check_address(address: str, tls: Tls) -> None:
    """Raises UsageError for an address that is none, is open to others, or does not fit the certificates given."""
    given = {"--tls-ca": tls.ca, "--tls-cert": tls.cert, "--tls-key": tls.key}
    kind = address if address == LOCAL else _kind(address)
    if kind != "tls":
        if kind == "tcp" and not is_loopback(address):
            raise UsageError(f"--cluster {address}: {OPEN}")
        if any(given.values()):
            raise UsageError(f"--cluster {address}: certificates are for tls:// addresses only")
        return
    if missing := [name for name, path in given.items() if not path]:
        raise UsageError(f"--cluster {address}: give {', '.join(missing)} too")
    for name, path in given.items():
        if not Path(path).is_file():
            raise UsageError(f"{name} {path}: there is no such file")


def is_loopback(address: str) -> bool:
    """Whether an address as Dask writes it, such as ``tcp://127.0.0.1:8786``, can be reached from this machine only."""
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        pass
    try:
        found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, None)} if host else set()
    except OSError:
        return False
    return bool(found) and all(ipaddress.ip_address(ip.partition("%")[0]).is_loopback for ip in found)


def is_open(address: str) -> bool:
    """Whether somebody on another machine could send work to this address without a certificate."""
    return urlsplit(address).scheme not in ("tls", "inproc") and not is_loopback(address)


def _kind(address: str) -> str:
    try:
        parts = urlsplit(address)
        good = parts.scheme in ("tcp", "tls") and parts.hostname and parts.port
    except ValueError:
        good = False
    if not good or parts.path or parts.query or parts.username:
        raise UsageError(f"--cluster {address}: is not an address; {ALLOWED}")
    return parts.scheme
