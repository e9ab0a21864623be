"""Transports made for httpx or httpx2 carry the requests of a client as well; all others have to be one of our own."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterable, AsyncIterator
from typing import TYPE_CHECKING, Any, TypeAlias

from matillion_async._errors import ConfigurationError
from matillion_async._transport.values import Request, Response, Transport

if TYPE_CHECKING:
    import httpx
    import httpx2

AnyTransport: TypeAlias = "Transport | httpx.AsyncBaseTransport | httpx2.AsyncBaseTransport"
"""What a client takes as its transport."""

_LIBRARIES = ("httpx", "httpx2")
_INSTEAD = {
    "AsyncClient": "give it the transport of that client, such as {0}.AsyncHTTPTransport(proxy=...)",
    "Client": "give it a transport, such as {0}.AsyncHTTPTransport(proxy=...)",
    "BaseTransport": "give it one for asynchronous requests, such as {0}.AsyncHTTPTransport(proxy=...)",
}


class ForeignTransport:
    """Carries requests over a transport of httpx or httpx2.

    Args:
        transport: an instance of the ``AsyncBaseTransport`` of that library.
        library: the module ``httpx`` or ``httpx2``.
    """

    def __init__(self, transport: Any, library: Any) -> None:
        self._transport = transport
        self._library = library
        self.max_connections = getattr(transport, "max_connections", None)

    async def send(self, request: Request) -> Response:
        """Send a request, and read the whole response."""
        limits = dict.fromkeys(("read", "write"), request.timeout)
        foreign = self._library.Request(
            request.method,
            request.url,
            headers=request.headers,
            content=_content(request.body),
            extensions={"timeout": {**limits, "connect": request.connect_timeout, "pool": None}},
        )
        try:
            response = await self._transport.handle_async_request(foreign)
            try:
                content = await response.aread()
            finally:
                await response.aclose()
        except BaseException:
            foreign.headers.pop("Authorization", None)  # the frames of an error show it
            raise
        reason = response.reason_phrase
        return Response(response.status_code, response.headers, content, reason=reason)

    async def aclose(self) -> None:
        """Close the transport."""
        await self._transport.aclose()


def _content(body: bytes | AsyncIterable[bytes]) -> bytes | AsyncIterable[bytes]:
    """A body as a library takes it, which would iterate a form, that is both, without ``async``, and then refuse it."""
    return body if isinstance(body, bytes) else _pieces(body)


async def _pieces(body: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
    async for piece in body:
        yield piece


def as_transport(given: object) -> Transport:
    """What was given as a transport, as one that requests are sent with.

    Raises:
        ConfigurationError: it is not one; the message names its type only, since it may hold a secret.
    """
    if isinstance(given, type):
        raise _refusal(f"the class {given.__name__}", "give an instance of it")
    found = {
        kind.__name__: library
        for kind in type(given).__mro__
        if (library := kind.__module__.partition(".")[0]) in _LIBRARIES
    }
    if "AsyncBaseTransport" in found:
        return ForeignTransport(given, sys.modules[found["AsyncBaseTransport"]])
    name = f"{type(given).__module__}.{type(given).__qualname__}".removeprefix("builtins.")
    for kind, advice in _INSTEAD.items():
        if kind in found:
            raise _refusal(f"a {name}", advice.format(found[kind]))
    if not isinstance(given, Transport):
        raise _refusal(
            f"a {name}", "it must be derived from one of these, or have the methods send and aclose"
        )
    return given


def _refusal(what: str, advice: str) -> ConfigurationError:
    return ConfigurationError(
        f"transport must be a matillion_async.Transport, an httpx.AsyncBaseTransport or an httpx2.AsyncBaseTransport, "
        f"not {what}: {advice}"
    )
