"""Failures before a byte of the request was written."""

from __future__ import annotations

import asyncio
import socket

import httpx
import pytest

from matillion_async._transport.transport import AiohttpTransport
from tests.matillion_async.raw_server import Peer, answer_all, raw_server
from tests.matillion_async.transport.common import (
    SHORT,
    failure,
    make_request,
    until,
)


async def test_a_refused_connection_was_never_sent(transport: AiohttpTransport) -> None:
    """Nobody listens: ConnectError, which says where, and nothing of TLS, of which there is none."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
    error = await failure(transport, make_request(address, "POST"))

    assert httpx.ConnectError is type(error)
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

    assert httpx.ConnectError is type(error)
    assert "nowhere.example" in str(error)


async def test_a_handshake_that_takes_too_long_was_never_sent(transport: AiohttpTransport) -> None:
    """A server that accepts and says nothing while TLS is negotiated: ConnectTimeout."""
    async with raw_server(Peer.wait_for_the_end) as server:
        request = make_request(server.address, "POST", scheme="https", limits={"connect": SHORT})
        assert httpx.ConnectTimeout is type(await failure(transport, request))


async def test_a_server_without_tls_was_never_sent(transport: AiohttpTransport) -> None:
    """A server that answers TLS in plain text: ConnectError."""

    async def behaviour(peer: Peer) -> None:
        await peer.reader.read(1)
        await peer.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    async with raw_server(behaviour) as server:
        request = make_request(server.address, "POST", scheme="https")
        assert httpx.ConnectError is type(await failure(transport, request))


async def test_waiting_for_a_connection_was_never_sent() -> None:
    """When all connections stay busy for the time in ``pool``: PoolTimeout; then the place is free again."""
    go = asyncio.Event()

    async def behaviour(peer: Peer) -> None:
        while await peer.request():
            await go.wait()
            await peer.answer()

    async with raw_server(behaviour) as server, AiohttpTransport(max_connections=1) as transport:
        first = asyncio.create_task(transport.handle_async_request(make_request(server.address)))
        await until(lambda: len(server.requests) == 1)
        assert transport.busy_connections == 1
        with pytest.raises(httpx.PoolTimeout):
            await transport.handle_async_request(
                make_request(server.address, limits={"pool": SHORT})
            )
        go.set()
        assert (await first).status_code == 200
        assert (
            await transport.handle_async_request(make_request(server.address))
        ).status_code == 200
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ({"X-A": "1\r\nX-B: 2"}, "line break"),
        ({"X-A\n": "1"}, "line break"),
        ({"X-A": "1\0"}, "line break"),
        ({"X-A": b"\xff"}, "UTF-8"),
    ],
)
async def test_a_header_that_is_none_is_never_sent(
    transport: AiohttpTransport, headers: dict[str, str], said: str
) -> None:
    """A header with a line break could become two: LocalProtocolError before there is a connection."""
    async with raw_server(answer_all) as server:
        error = await failure(transport, make_request(server.address, headers=headers))

    assert httpx.LocalProtocolError is type(error)
    assert said in str(error)
    assert server.accepted == 0


async def test_a_method_that_is_none_is_never_sent(transport: AiohttpTransport) -> None:
    """A method with a line break: LocalProtocolError before there is a connection."""
    async with raw_server(answer_all) as server:
        error = await failure(transport, make_request(server.address, "GET /\r\n"))

    assert httpx.LocalProtocolError is type(error)
    assert server.accepted == 0


async def test_other_schemes_are_never_sent(transport: AiohttpTransport) -> None:
    """Only http and https are spoken."""
    error = await failure(transport, make_request("127.0.0.1:1", scheme="ftp"))

    assert httpx.UnsupportedProtocol is type(error)
    assert "ftp" in str(error)
