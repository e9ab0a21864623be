"""Failures after which the server may have acted."""

from __future__ import annotations

import asyncio
import socket
import traceback
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from matillion_async._transport import connector, errors
from matillion_async._transport.transport import AiohttpTransport
from tests.matillion_async.raw_server import Behaviour, Peer, raw_server, respond_to_all
from tests.matillion_async.transport.common import (
    METHODS,
    SHORT,
    failure,
    make_request,
    responding_with,
    until,
)


async def close_at_once(peer: Peer) -> None:
    """Close the connection without reading."""


async def reset_at_once(peer: Peer) -> None:
    """Break the connection without reading."""
    peer.reset()


async def read_and_close(peer: Peer) -> None:
    """Read a whole request, then close."""
    await peer.request()


async def read_and_reset(peer: Peer) -> None:
    """Read a whole request, then break the connection."""
    await peer.request()
    peer.reset()


HEAD = b"HTTP/1.1 200 OK\r\n"
BROKEN_RESPONSES = {
    "no http": responding_with(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"),
    "not even text": responding_with(b"\x00\xff\xfe" * 20 + b"\r\n\r\n"),
    "bad status": responding_with(b"HTTP/1.1 abc OK\r\n\r\n"),
    "bad header": responding_with(HEAD + b"no colon\r\n\r\n"),
    "endless header": responding_with(HEAD + b"X: " + b"x" * 100_000 + b"\r\n\r\n"),
    "half a head": responding_with(HEAD + b"Content-Len"),
    "bad length": responding_with(HEAD + b"Content-Length: many\r\n\r\n"),
    "cut body": responding_with(HEAD + b"Content-Length: 100\r\n\r\nhalf"),
    "cut chunks": responding_with(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
    "cut in a chunk": responding_with(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhe"),
    "bad chunk": responding_with(
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\nhello\r\n0\r\n\r\n"
    ),
    "two lengths": responding_with(HEAD + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\nabc"),
}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "behaviour", [close_at_once, reset_at_once, read_and_close, read_and_reset]
)
async def test_a_broken_connection_is_reported_once_and_as_possibly_processed(
    transport: AiohttpTransport, method: str, behaviour: Behaviour
) -> None:
    """The server ends the connection before a response, whether it has read the request or not: one send, no method is
    sent again by itself, and the error is not one of those that mean "never sent"."""
    async with raw_server(behaviour) as server:
        content = b"{}" if method in ("PUT", "POST", "PATCH") else b""
        error = await failure(transport, make_request(server.address, method, content=content))

    assert isinstance(error, errors.RemoteProtocolError | errors.ReadError)
    assert server.accepted == 1


async def test_a_server_that_reads_a_post_and_disconnects_may_have_processed_it(
    transport: AiohttpTransport,
) -> None:
    """It is a RemoteProtocolError, not a failure to connect."""
    async with raw_server(read_and_close) as server:
        error = await failure(transport, make_request(server.address, "POST", content=b"{}"))

    assert errors.RemoteProtocolError is type(error)
    assert len(server.requests) == 1


@pytest.mark.parametrize("method", METHODS)
async def test_a_connection_that_breaks_when_reused_is_not_replaced_in_silence(
    transport: AiohttpTransport, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    """The server closes a kept connection upon the second request: it may have been processed, so it is not sent
    again, and the third call gets a new connection."""
    monkeypatch.setattr(connector, "MAX_IDLE", 60.0)  # however busy this machine is

    async def respond_once(peer: Peer) -> None:
        await peer.request()
        await peer.send(b"HTTP/1.1 204 No Content\r\n\r\n")
        await peer.request()

    async with raw_server(respond_once) as server:
        await transport.send(make_request(server.address, method))
        error = await failure(transport, make_request(server.address, method))
        assert errors.RemoteProtocolError is type(error)
        assert (server.accepted, len(server.requests)) == (1, 2)
        response = await transport.send(make_request(server.address, method))

    assert response.status_code == 204
    assert (server.accepted, len(server.requests)) == (2, 3)


async def test_a_connection_that_the_server_closed_while_idle_is_not_used(
    transport: AiohttpTransport,
) -> None:
    """Its end is seen before the next request, which goes out once, on a new connection."""

    async def respond_and_close(peer: Peer) -> None:
        await peer.request()
        await peer.respond()

    async with raw_server(respond_and_close) as server:
        for _ in range(3):
            await transport.send(make_request(server.address, "POST"))
            await until(lambda: not server.peers)
            await asyncio.sleep(0)  # the client's end sees it in this turn of the event loop

    assert (server.accepted, len(server.requests)) == (3, 3)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("name", BROKEN_RESPONSES)
async def test_a_response_that_is_not_complete_http_is_the_servers_fault(
    transport: AiohttpTransport, method: str, name: str
) -> None:
    """Malformed, contradictory or cut off: RemoteProtocolError, and the request was sent once."""
    async with raw_server(BROKEN_RESPONSES[name]) as server:
        error = await failure(transport, make_request(server.address, method))

    assert errors.RemoteProtocolError is type(error)
    assert len(server.requests) == 1
    assert "\n" not in str(error)
    assert not str(error).endswith(":")  # after which aiohttp shows what it could not read


@pytest.mark.parametrize(
    "start",
    [b"Content-Length: 100\r\n\r\nhalf", b"Transfer-Encoding: chunked\r\n\r\n1\r\n", b"\r\nhalf"],
    ids=["length", "chunks", "until the end"],
)
async def test_a_reset_in_the_body_is_a_read_error(
    transport: AiohttpTransport, start: bytes
) -> None:
    """The connection breaks in the middle of the response, also where only its end would tell that it is whole."""

    async def behaviour(peer: Peer) -> None:
        await peer.request()
        await peer.send(HEAD + start)
        await peer.reader.read(1)

    async with raw_server(behaviour) as server:
        task = asyncio.create_task(failure(transport, make_request(server.address)))
        await until(lambda: bool(server.requests))
        for peer in list(server.peers):
            linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"
            peer.writer.get_extra_info("socket").setsockopt(
                socket.SOL_SOCKET, socket.SO_LINGER, linger
            )
            peer.reset()
        error = await task

    assert isinstance(error, errors.ReadError | errors.RemoteProtocolError)


@pytest.mark.parametrize(
    "start",
    [
        b"",
        HEAD,
        HEAD + b"Content-Length: 9\r\n\r\n",
        HEAD + b"Content-Length: 9\r\n\r\nhalf",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n4\r\nhalf",
        HEAD + b"\r\nhalf",
    ],
)
async def test_a_response_that_stops_ends_with_the_callers_limit(
    transport: AiohttpTransport, start: bytes
) -> None:
    """Before the response, in its head or in its body: it is awaited until the caller gives up, may have been processed, and
    its connection is not used again."""

    async def behaviour(peer: Peer) -> None:
        await peer.request()
        await peer.send(start)
        await peer.reader.read()

    async with raw_server(behaviour) as server:
        request = make_request(server.address, "POST", content=b"{}")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(SHORT):
                await transport.send(request)
        await until(lambda: not server.peers)
    assert request.is_sent


async def test_a_limit_of_zero_is_a_limit(transport: AiohttpTransport) -> None:
    """0 seconds for a connection are not taken for "no limit"."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        request = make_request(f"127.0.0.1:{server.getsockname()[1]}", connect=0)
        assert errors.ConnectTimeout is type(await failure(transport, request))


async def test_an_upload_that_the_server_does_not_take_ends_with_the_callers_limit(
    transport: AiohttpTransport,
) -> None:
    """A server that stops reading."""
    async with raw_server(Peer.wait_for_the_end) as server:
        request = make_request(server.address, "POST", content=bytes(64 * 2**20))
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(SHORT):
                await transport.send(request)
    assert request.is_sent


async def test_a_connection_that_breaks_during_an_upload_may_have_been_processed(
    transport: AiohttpTransport,
) -> None:
    """The server goes away in the middle of the body."""

    async def behaviour(peer: Peer) -> None:
        await peer.head()
        await peer.reader.readexactly(100_000)
        peer.reset()

    async with raw_server(behaviour) as server:
        request = make_request(server.address, "POST", content=bytes(64 * 2**20))
        error = await failure(transport, request)

    assert isinstance(error, errors.ReadError | errors.RemoteProtocolError)


@pytest.mark.parametrize("is_iterated", [False, True])
async def test_an_upload_that_arrived_whole_may_have_been_processed(
    transport: AiohttpTransport, is_iterated: bool
) -> None:
    """The server reads all of it and goes away; the end of the body is not an error of the body."""

    async def body() -> AsyncIterator[bytes]:
        yield b"part"

    async with raw_server(read_and_close) as server:
        content = body() if is_iterated else bytes(70_000)
        error = await failure(transport, make_request(server.address, "POST", content=content))

    assert errors.RemoteProtocolError is type(error)
    assert len(server.requests) == 1


async def test_a_response_before_the_end_of_the_upload_counts(transport: AiohttpTransport) -> None:
    """A server that refuses a body before it has read it is heard, and the connection is not used again."""

    async def behaviour(peer: Peer) -> None:
        await peer.head()
        await peer.respond(b"too large", status="413 Content Too Large")
        await peer.wait_for_the_end()

    async with raw_server(behaviour) as server:
        for _ in range(2):
            request = make_request(server.address, "POST", content=bytes(64 * 2**20))
            response = await transport.send(request)
            assert (response.status_code, response.text) == (413, "too large")

    assert server.accepted == 2


@pytest.mark.parametrize(
    "framing",
    [b"Content-Length: 2\r\n\r\nno", b"Transfer-Encoding: chunked\r\n\r\n2\r\nno\r\n0\r\n\r\n"],
    ids=["length", "chunks"],
)
async def test_a_response_before_the_end_of_the_upload_ends_it(
    transport: AiohttpTransport, framing: bytes
) -> None:
    """Nothing reads the body any more when the response is there, so that its file can be closed."""
    is_ended = False

    async def body() -> AsyncIterator[bytes]:
        nonlocal is_ended
        yield b"part"
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            is_ended = True

    async def behaviour(peer: Peer) -> None:
        await peer.reader.readuntil(b"part")
        await peer.send(b"HTTP/1.1 413 Content Too Large\r\n" + framing)
        await peer.wait_for_the_end()

    async with raw_server(behaviour) as server:
        response = await transport.send(make_request(server.address, "POST", content=body()))

        assert (413, b"no", True) == (response.status_code, response.content, is_ended)


@pytest.mark.parametrize("error", [OSError("disk"), TimeoutError("disk"), ValueError("disk")])
async def test_an_error_of_the_bodys_own_comes_back_as_it_is(
    transport: AiohttpTransport, error: Exception
) -> None:
    """What the source of a body raises is the caller's own, and is not dressed up as a network error."""

    async def broken() -> AsyncIterator[bytes]:
        yield b"part"
        raise error

    async with raw_server(respond_to_all) as server:
        with pytest.raises(type(error)) as caught:
            await transport.send(make_request(server.address, "POST", content=broken()))

    assert error is caught.value
    assert server.requests == []


async def test_no_error_shows_a_header(transport: AiohttpTransport) -> None:
    """Neither an error's text nor its whole traceback, nor the request, has the token in it."""
    secret = "Bearer top-secret"
    async with raw_server(BROKEN_RESPONSES["bad header"]) as server:
        request = make_request(server.address, headers={"Authorization": secret})
        with pytest.raises(errors.RemoteProtocolError) as caught:
            await transport.send(request)

    shown = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    ours = "".join(
        f"{frame.line}{frame.locals}"
        for frame in shown.stack
        if Path(frame.filename).parent.name == "_transport"
    )
    assert "_exchange(" in ours
    text = "".join(traceback.format_exception(caught.value))
    for place in (text, ours, repr(caught.value), repr(request)):
        assert "top-secret" not in place
