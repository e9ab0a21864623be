"""Sends a response over ASGI, whole or broken as a fault says."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeAlias

import httpx

from matillion_async.sandbox._faults import Fault
from matillion_async.sandbox._problems import Response

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]

CONNECTION = "matillion_async.sandbox.connection"
"""Name of the ASGI extension with the connection's asyncio transport, which lets it be broken for real."""
_PIECES = 10


class Disconnected(Exception):  # noqa: N818 - it is not an error: the caller has gone away
    """The caller closed the connection before its request had arrived."""


async def read_body(receive: Receive) -> bytes:
    """The whole body of a request."""
    pieces = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Disconnected
        pieces.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(pieces)


async def deliver(
    response: Response, fault: Fault | None, scope: Scope, receive: Receive, send: Send
) -> None:
    """Send a response.

    Raises:
        httpx.ReadError: the connection was to be reset, but there is none, since the sandbox is mounted in-process.
        httpx.RemoteProtocolError: likewise, in the middle of the response.
    """
    headers, body = _encode(response)
    if fault is not None and fault.reset is not None:
        await _break(headers, body, response.status, fault.reset, scope, receive, send)
        return
    if fault is not None and fault.truncate is not None and len(body) > fault.truncate:
        body = body[: fault.truncate]
    if response.status != 204:
        headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    if fault is not None and fault.slow_body is not None:
        step = -(-len(body) // _PIECES) or 1
        for start in range(0, len(body), step):
            await asyncio.sleep(fault.slow_body / _PIECES)
            piece = body[start : start + step]
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        body = b""
    await send({"type": "http.response.body", "body": body})


async def _break(
    headers: list[tuple[bytes, bytes]],
    body: bytes,
    status: int,
    where: str,
    scope: Scope,
    receive: Receive,
    send: Send,
) -> None:
    transport: asyncio.Transport | None = (scope.get("extensions") or {}).get(CONNECTION)
    if where == "before":
        if transport is None:
            raise httpx.ReadError("Connection reset by peer (a fault of the sandbox)")
        # With no time to linger, closing sends a reset instead of an orderly end.
        connection = transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    else:
        sent = body[: len(body) // 2]
        if transport is None:
            raise httpx.RemoteProtocolError(
                "peer closed connection without sending complete message body (received "
                f"{len(sent)} bytes, expected {len(body)}; a fault of the sandbox)"
            )
        # One byte more than there is: a response without a body would be whole otherwise.
        length = str(len(body) + 1).encode()
        headers.append((b"content-length", length))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": sent, "more_body": True})
        transport.close()
    while (await receive())["type"] != "http.disconnect":
        pass


def _encode(response: Response) -> tuple[list[tuple[bytes, bytes]], bytes]:
    headers = [
        (name.lower().encode("latin-1"), value.encode("latin-1"))
        for name, value in response.headers.items()
    ]
    if response.body is None:
        return headers, b""
    is_text = response.media_type.startswith("text/")
    kind = f"{response.media_type}; charset=utf-8" if is_text else response.media_type
    headers.append((b"content-type", kind.encode()))
    # ASCII only: a lone surrogate, which JSON text can hold, has no UTF-8 form.
    return headers, response.body.encode() if is_text else json.dumps(response.body).encode()
