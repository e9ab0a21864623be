"""What becomes of a response, on real loopback sockets."""

from __future__ import annotations

import asyncio
import gzip
import random

import pytest

from matillion_async._transport import errors
from matillion_async._transport.transport import AiohttpTransport
from matillion_async._transport.unpacking import unpacked
from tests.matillion_async.raw_server import Peer, raw_server, respond_to_all
from tests.matillion_async.transport.common import (
    SHORT,
    make_request,
    until,
)


async def test_the_response_is_complete(transport: AiohttpTransport) -> None:
    """Status, reason, headers in their order, and the body."""

    async def behaviour(peer: Peer) -> None:
        await peer.request()
        await peer.respond(
            b'{"a": 1}', "X-B: 1", "x-a: 2", "X-B: 3", status="520 Origin Is Strange"
        )

    async with raw_server(behaviour) as server:
        request = make_request(server.address)
        response = await transport.send(request)

    assert response.status_code == 520
    assert response.reason == "Origin Is Strange"
    assert [("Content-Length", "8"), ("X-B", "1"), ("x-a", "2"), ("X-B", "3")] == [
        *response.headers.items()
    ]
    assert response.header("x-b") == "1, 3"
    assert response.content == b'{"a": 1}'


@pytest.mark.parametrize("framing", ["length", "chunked", "until the end"])
@pytest.mark.parametrize("encoding", ["identity", "gzip", None])
async def test_the_body_is_decoded_once(
    transport: AiohttpTransport, framing: str, encoding: str | None
) -> None:
    """Compressed or not, in one piece, in chunks or until the connection ends: the text is right, headers stay."""
    text = "Täglich geladen. " * 10_000
    body = gzip.compress(text.encode()) if encoding == "gzip" else text.encode()

    async def behaviour(peer: Peer) -> None:
        await peer.request()
        head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n"
        if encoding:
            head += f"Content-Encoding: {encoding}\r\n"
        if framing == "length":
            await peer.send(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        elif framing == "chunked":
            await peer.send(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
            for start in range(0, len(body), 9000):
                piece = body[start : start + 9000]
                await peer.send(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
            await peer.send(b"0\r\n\r\n")
        else:
            await peer.send(f"{head}\r\n".encode() + body)

    async with raw_server(behaviour) as server:
        response = await transport.send(make_request(server.address))

    assert text == response.text
    assert encoding == response.headers.get("content-encoding")


async def test_a_large_body_is_unpacked_in_pieces(transport: AiohttpTransport) -> None:
    """Other tasks have their turn in between."""
    text = "".join(chr(33 + number * number % 90) for number in range(90)) * 22_000
    packed = gzip.compress(random.Random(1).randbytes(200_000) + text.encode())

    async def behaviour(peer: Peer) -> None:
        await peer.request()
        await peer.respond(packed, "Content-Encoding: gzip")

    turns = 0

    async def tick() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    ticking = asyncio.create_task(tick())
    content = await unpacked(packed, ["gzip"], 2**30)
    counted = turns
    ticking.cancel()
    async with raw_server(behaviour) as server:
        response = await transport.send(make_request(server.address))

    assert content.endswith(text.encode())
    assert counted >= len(content) // 2**19
    assert content == response.content


async def test_rubbish_in_a_later_piece_is_a_decoding_error_too(
    transport: AiohttpTransport,
) -> None:
    """Whatever was unpacked before it."""
    packed = gzip.compress(random.Random(1).randbytes(200_000))[:50_000] + b"\xff" * 200_000

    async def behaviour(peer: Peer) -> None:
        await peer.request()
        await peer.respond(packed, "Content-Encoding: gzip")

    async with raw_server(behaviour) as server:
        with pytest.raises(errors.DecodingError):
            await transport.send(make_request(server.address))


async def test_a_body_that_is_not_what_its_encoding_says_is_a_decoding_error(
    transport: AiohttpTransport,
) -> None:
    """Rubbish under ``Content-Encoding: gzip`` is reported as such."""

    async def behaviour(peer: Peer) -> None:
        await peer.request()
        await peer.respond(b"rubbish", "Content-Encoding: gzip")

    async with raw_server(behaviour) as server:
        with pytest.raises(errors.DecodingError):
            await transport.send(make_request(server.address))


async def test_connections_are_reused(transport: AiohttpTransport) -> None:
    """Calls one after the other share a connection, those at the same time do not."""
    async with raw_server(respond_to_all) as server:
        for _ in range(3):
            await transport.send(make_request(server.address))
        assert server.accepted == 1
        requests = [make_request(server.address) for _ in range(5)]
        await asyncio.gather(*map(transport.send, requests))

    assert server.accepted == 5


async def test_there_is_a_connection_for_each_call() -> None:
    """Also where there are more than aiohttp allows by default: the client's limiter bounds them, and nothing else."""
    calls = 101

    async def behaviour(peer: Peer) -> None:
        await peer.request()
        await until(lambda: len(peer.server.requests) == calls)
        await peer.respond()

    async with (
        raw_server(behaviour) as server,
        AiohttpTransport(trust_env=False, max_connections=calls) as transport,
    ):
        requests = [make_request(server.address) for _ in range(calls)]
        responses = await asyncio.gather(*map(transport.send, requests))

    assert [200] * calls == [response.status_code for response in responses]


async def test_an_idle_connection_is_closed_after_its_time() -> None:
    """``keepalive_expiry`` seconds after the last response the connection is closed, also without another call."""
    ended = asyncio.Event()

    async def behaviour(peer: Peer) -> None:
        await respond_to_all(peer)
        ended.set()

    async with (
        raw_server(behaviour) as server,
        AiohttpTransport(keepalive_expiry=SHORT) as transport,
    ):
        await transport.send(make_request(server.address))
        async with asyncio.timeout(5):
            await ended.wait()
