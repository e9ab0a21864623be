"""Lets the httpx client of the plain generated functions send through a session: httpx's types go no further."""

from __future__ import annotations

from collections.abc import AsyncIterable

import httpx
from matillion_api.client import Client
from matillion_api.types import Operation

from matillion_async._calls.session import Session
from matillion_async._transport.values import Request, Response

_FRAMING = frozenset({b"content-length", b"transfer-encoding"})
# Of the body as it was sent; by now it is decoded.
_OF_THE_BODY_AS_SENT = frozenset({"content-encoding", "content-length", "transfer-encoding"})


class SessionTransport(httpx.AsyncBaseTransport):
    """A transport that is a session; the token, the limits and the retries are the session's."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        body: bytes | AsyncIterable[bytes]
        if isinstance(request.stream, httpx.ByteStream):
            body = request.read()
        else:
            assert isinstance(request.stream, httpx.AsyncByteStream)  # as httpx's client has seen
            body = request.stream
        # A transport frames the body itself; the length of one in pieces it cannot know.
        framing = _FRAMING if isinstance(body, bytes) else _FRAMING - {b"content-length"}
        headers = {
            name.decode(): value.decode()
            for name, value in request.headers.raw
            if name.lower() not in framing
        }
        operation = request.extensions.get("operation")
        response = await self._session.send(
            Request(request.method, str(request.url), headers, body),
            operation if isinstance(operation, Operation) else None,
        )
        return _as_httpx(response)


def generated_client(session: Session) -> Client:
    """The client that plain functions take, which sends through a session."""
    connection = session.connection
    http = httpx.AsyncClient(
        base_url=connection.base_url,
        headers=connection.headers,  # else httpx's own would rule
        transport=SessionTransport(session),
        timeout=None,
    )
    return Client(base_url=connection.base_url).set_async_httpx_client(http)


def _as_httpx(response: Response) -> httpx.Response:
    headers = [
        (name, value)
        for name, value in response.headers.items()
        if name.lower() not in _OF_THE_BODY_AS_SENT
    ]
    return httpx.Response(
        response.status_code,
        headers=headers,
        content=response.content,
        extensions={"reason_phrase": response.reason.encode("ascii", "replace")},
    )
