"""Lets in requests of the application's own pages only, whatever port of this machine others are served on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Server = Callable[[Scope, Receive, Send], Awaitable[None]]


class OwnPages:
    """Stands before the server. A request that names a page of another origin is answered with 403.

    Streamlit takes pages of every port of this machine for its own; here the page's host and port must be those that
    were asked for. A request without an origin passes: browsers name it wherever a foreign page could read or write.
    """

    def __init__(self, server: Server) -> None:
        self._server = server

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] not in ("http", "websocket") or is_own(scope["headers"]):
            await self._server(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})  # before it was accepted: the browser gets 403
        else:
            await send({"type": "http.response.start", "status": 403, "headers": [(b"content-length", b"0")]})
            await send({"type": "http.response.body"})


def is_own(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Whether every origin named in these headers (names in lower case) is the one host asked for, port included."""
    pairs = list(headers)
    origins = [value.decode("latin-1") for name, value in pairs if name == b"origin"]
    hosts = [value.decode("latin-1") for name, value in pairs if name == b"host"]
    return not origins or (len(hosts) == 1 and all(_host_of(origin) == hosts[0].lower() for origin in origins))


def _host_of(origin: str) -> str | None:
    """Host and port of an origin, in lower case; None where it names neither, as ``null`` does."""
    try:
        split = urlsplit(origin)
    except ValueError:
        return None
    return split.netloc.lower() if split.scheme in ("http", "https") and split.netloc else None
