"""Runs the screen's server in this process until it is told to stop."""

from __future__ import annotations

import contextlib
import logging
import signal
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from starlette.middleware import Middleware
from streamlit.starlette import App

from planner.app.offline import stay_offline
from planner.app.own_pages import OwnPages

HERE = Path(__file__).parent
DOOR = HERE / "door" / "app.py"


def serve(changes: Mapping[str, Any]) -> None:
    """Serve the pages with the settings of ``config.toml`` and these ``changes`` (``server.port``: 8501).

    They win over configuration files and variables found on the machine, so that nothing there opens the server up.
    """
    settings = {**read_settings(), **changes}
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    stay_offline()
    sys.argv = [str(DOOR)]  # Streamlit lets modules beside the program it was started by go before all libraries
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt):  # raised once the server has ended well
        App(DOOR, middleware=[Middleware(OwnPages)]).run(config=settings)


def read_settings() -> dict[str, Any]:
    """``config.toml`` flattened: ``server.address`` to its value."""
    return dict(_flat(tomllib.loads((HERE / "config.toml").read_text(encoding="utf-8")), ""))


def _flat(table: Mapping[str, Any], above: str) -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value
