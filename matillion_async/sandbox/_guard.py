"""What a served sandbox does not take: requests that a web page may have made, and ones without bound."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import TypeAlias

from matillion_async._transport.addresses import is_loopback
from matillion_async.sandbox._delivery import Message, Receive, Scope, Send, deliver
from matillion_async.sandbox._problems import problem

App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

MAX_HEAD_SIZE = 65_536
"""Bytes of all headers, and of path and query."""
MAX_BODY_SIZE = 100 * 2**20
"""Bytes; an upload of ten files of the largest size that ``publish`` sends."""


class _TooLargeError(Exception):
    """The body of a request goes beyond the bound."""


class Guard:
    """An ASGI application that hands on what another one may take.

    A page in a browser can reach a port of this machine under a name of its own that leads here (DNS rebinding), and
    read the responses. So only names of this machine are taken, and those that were allowed.

    Args:
        app: what is guarded.
        allowed_hosts: further names, without a port, that requests may have in ``Host``.
        max_body_size: bytes.
    """

    def __init__(self, app: App, allowed_hosts: Iterable[str], max_body_size: int) -> None:
        self._app = app
        self._allowed = {name.casefold() for name in allowed_hosts}
        self._max_body_size = max_body_size

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond to one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is None:
            try:
                await self._app(scope, self._bounded(receive), send)
            except _TooLargeError:
                refusal = self._too_large
        if refusal is not None:
            status, detail = refusal
            response = problem(status, detail, scope["path"], headers={"Connection": "close"})
            await deliver(response, None, scope, receive, send)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        """Status and reason of the response to a request that goes no further."""
        headers: list[tuple[bytes, bytes]] = scope["headers"]
        size = len(scope.get("raw_path") or b"") + len(scope["query_string"])
        if size + sum(len(name) + len(value) for name, value in headers) > MAX_HEAD_SIZE:
            return 431, f"The head of a request must have at most {MAX_HEAD_SIZE} bytes."
        known = {name.lower(): value.decode("latin-1") for name, value in headers}
        if b"host" in known and not self._is_known(known[b"host"]):
            return 421, (
                f"The sandbox is not called {known[b'host'][:100]!r}: use localhost, or allow the name where it is served."
            )
        length = known.get(b"content-length", "")
        if length.isdecimal() and int(length[:20]) > self._max_body_size:
            return self._too_large
        return None

    def _is_known(self, host: str) -> bool:
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() else host
        name = name.strip("[]").casefold()
        return is_loopback(name) or name in self._allowed

    @property
    def _too_large(self) -> tuple[int, str]:
        return 413, f"The body of a request must have at most {self._max_body_size} bytes."

    def _bounded(self, receive: Receive) -> Receive:
        """``receive``, as long as the body is not too large."""
        size = 0

        async def bounded() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if size > self._max_body_size:
                raise _TooLargeError
            return message

        return bounded
