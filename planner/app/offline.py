"""Keeps the server from asking the internet anything."""

from __future__ import annotations

from streamlit import net_util


def stay_offline() -> None:
    """Let the server take the loopback for its own addresses.

    When a page of a foreign origin knocks, Streamlit compares the origin with the machine's addresses and asks a public
    service for the outer one. With an answer at hand it does not ask; the foreign origin is refused all the same.
    """
    if hasattr(net_util, "_external_ip"):
        net_util._external_ip = net_util._internal_ip = "127.0.0.1"
