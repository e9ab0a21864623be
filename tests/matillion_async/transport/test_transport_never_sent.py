"""Failures before a byte of the request was written."""

from __future__ import annotations

import asyncio
import socket

import pytest

from matillion_async._transport import errors
from matillion_async._transport.transport import AiohttpTransport
from tests.matillion_async.raw_server import Peer, raw_server, respond_to_all
from tests.matillion_async.transport.common import (
    SHORT,
    failure,
    make_request,
)


async def test_a_refused_connection_was_never_sent(transport: AiohttpTransport) -> None:
    """Nobody listens: ConnectError, which says where, and nothing of TLS, of which there is none."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
    error = await failure(transport, make_request(address, "POST"))

    assert errors.ConnectError is type(error)
    assert address in str(error)
    assert "ssl" not in str(error)


async def test_an_unknown_name_was_never_sent(
    transport: AiohttpTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A host that cannot be resolved: ConnectError, which says which."""

    async def unknown(*_: object, **__: object) -> list[object]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", unknown)
    error = await failure(transport, make_request("nowhere.example:80", "POST"))

    assert errors.ConnectError is type(error)
    assert "nowhere.example" in str(error)


async def test_a_handshake_that_takes_too_long_was_never_sent(transport: AiohttpTransport) -> None:
    """A server that accepts and says nothing while TLS is negotiated: ConnectTimeout."""
    async with raw_server(Peer.wait_for_the_end) as server:
        request = make_request(server.address, "POST", scheme="https", connect=SHORT)
        assert errors.ConnectTimeout is type(await failure(transport, request))


async def test_a_server_without_tls_was_never_sent(transport: AiohttpTransport) -> None:
    """A server that responds to TLS in plain text: ConnectError."""

    async def behaviour(peer: Peer) -> None:
        await peer.reader.read(1)
        await peer.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    async with raw_server(behaviour) as server:
        request = make_request(server.address, "POST", scheme="https")
        assert errors.ConnectError is type(await failure(transport, request))


async def test_a_method_that_is_none_is_never_sent(transport: AiohttpTransport) -> None:
    """A method with a line break: LocalProtocolError before there is a connection."""
    async with raw_server(respond_to_all) as server:
        error = await failure(transport, make_request(server.address, "GET /\r\n"))

    assert errors.LocalProtocolError is type(error)
    assert server.accepted == 0


async def test_other_schemes_are_never_sent(transport: AiohttpTransport) -> None:
    """Only http and https are spoken."""
    error = await failure(transport, make_request("127.0.0.1:1", scheme="ftp"))

    assert errors.UnsupportedProtocol is type(error)
    assert "ftp" in str(error)
