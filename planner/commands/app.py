"""``planner app``: opens the screen for browsers on this machine."""

from __future__ import annotations

import importlib
import ipaddress
import os
import socket
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from planner.commands.guard import say
from planner.errors import UsageError
from planner.vocabulary import Exit

NEEDED = ("streamlit", "altair")
OWN_NAMES = ("127.0.0.1", "localhost", "::1")
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - named to be refused
FIRST_PORT, TRIES = 8501, 20


def serve_app(folder: str, *, port: int | None, address: str, names: str, to_network: bool, out: str) -> int:
    """Serve the screen until it is interrupted. Raises UsageError for an argument that cannot be meant.

    ``names`` are host names, with commas, under which browsers may reach a server that is open to the network.
    """
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        say(f"planner: the screen needs {' and '.join(missing)}; install it with: pip install 'planner[app]'")
        return Exit.LIMIT
    if not Path(folder).is_dir():
        raise UsageError(f"{folder} is no folder; allowed: the folder your scenario files are in")
    hosts = check_address(address, names, to_network)
    chosen = find_port(address, port)
    if chosen is None:
        wanted = f"port {port} is" if port else f"ports {FIRST_PORT} to {FIRST_PORT + TRIES - 1} are"
        say(f"planner: {wanted} in use; stop the other program or choose another with --port")
        return Exit.LIMIT
    os.environ |= {"PLANNER_SCENARIOS": str(Path(folder).absolute()), "PLANNER_RESULTS": str(Path(out).absolute())}
    changes: dict[str, Any] = {"server.port": chosen, "server.address": address, "server.allowedHosts": hosts}
    if not set(OWN_NAMES) & set(hosts):
        say("planner: open to the network without a login: whoever reaches this address can read and change every scenario")
    host = f"[{address}]" if ":" in address else address
    say(f"Planner: http://{host}:{chosen} (scenarios in {folder}; Ctrl-C ends it)")
    # The screen is another door beside this one: it is opened by name, not built upon.
    importlib.import_module("planner.app.serve").serve(changes)
    return Exit.SOLVED


def check_address(address: str, names: str, to_network: bool) -> list[str]:
    """Host names the server answers to: those of this machine on the loopback, else only those given. Raises UsageError."""
    try:
        where = ipaddress.ip_address("127.0.0.1" if address == "localhost" else address)
    except ValueError:
        raise UsageError(f"--address is {address}; allowed: an IP address of this machine, such as 127.0.0.1") from None
    if where.is_loopback:
        if names:
            raise UsageError("--names is for a server that is open to the network; it comes with --address and --open-to-network")
        return list(dict.fromkeys((*OWN_NAMES, address)))
    if not to_network:
        raise UsageError(
            f"--address {address} can be reached from other machines and the screen has no login: whoever reaches it can read "
            "and change every scenario; leave --address out, or say --open-to-network if that is meant, best behind a proxy "
            "that asks for a login"
        )
    listed = [name.strip() for name in names.split(",") if name.strip()]
    if "*" in names or set(OWN_NAMES) & set(listed):
        raise UsageError(f"--names is {names}; allowed: full host names of this machine in the network, with commas")
    if not listed and address in EVERYWHERE:
        raise UsageError(f"--address {address} needs --names: the host names in the address bar of those who may use it")
    return listed or [address]


def find_port(address: str, port: int | None) -> int | None:
    """The port if it is free; without one the first free of a few; None when there is none. Raises UsageError."""
    if port is not None and not 1 <= port <= 65535:
        raise UsageError(f"--port is {port}; allowed: 1 to 65535")
    wanted = range(FIRST_PORT, FIRST_PORT + TRIES) if port is None else (port,)
    return next((number for number in wanted if _is_free(address, number)), None)


def _is_free(address: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except PermissionError:
            raise UsageError(f"--port is {port}; this account may not use it - choose one above 1023") from None
        except OSError:
            return False
    return True
