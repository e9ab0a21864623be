"""Good responses in bad company: what a server sends after them, and what it says twice."""

from __future__ import annotations

import asyncio

import pytest

from matillion_async._transport import errors
from matillion_async._transport.first_response import FirstResponseHandler
from matillion_async._transport.transport import AiohttpTransport
from tests.matillion_async.raw_server import Peer, raw_server
from tests.matillion_async.transport.common import failure, make_request, responding_with, until

GOOD_RESPONSES = {
    "204 and the end of chunks": (
        b"HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"",
    ),
    "204 and a body": (b"HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n{}", b""),
    "204 and a body of no length": (b"HTTP/1.1 204 No Content\r\n\r\n{}", b""),
    "304 and a body": (b"HTTP/1.1 304 Not Modified\r\nContent-Length: 2\r\n\r\n{}", b""),
    "a length and the end of chunks": (
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}0\r\n\r\n",
        b"{}",
    ),
    "chunks and rubbish": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\nrubbish",
        b"{}",
    ),
    "an announcement before": (
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}rubbish",
        b"{}",
    ),
    "the same length twice": (
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\ncontent-length:2\r\n\r\n{}",
        b"{}",
    ),
    "a length beside chunks": (
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        b"{}",
    ),
}
BAD_RESPONSES = {
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    "chunks that are not chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{}{}",
    "chunks beside a length, broken off": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n5\r\n{}",
    "half a head": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n",
    "no HTTP": b"rubbish\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
}


@pytest.mark.parametrize("method", ["DELETE", "POST"])
@pytest.mark.parametrize("is_cut", [False, True])
@pytest.mark.parametrize("kind", GOOD_RESPONSES)
async def test_a_good_response_counts_whatever_follows_it(
    transport: AiohttpTransport, kind: str, is_cut: bool, method: str
) -> None:
    """In one piece, or with a cut in its head; and the next request gets a new connection, and its own response."""
    sent, body = GOOD_RESPONSES[kind]

    async def behaviour(peer: Peer) -> None:
        while await peer.request():
            if is_cut:
                await peer.send(sent[:20])
                await asyncio.sleep(0.01)
                await peer.send(sent[20:])
            else:
                await peer.send(sent)

    async with raw_server(behaviour) as server:
        for _ in range(2):
            request = make_request(server.address, method, content=b"{}")
            response = await transport.send(request)

            status = int(sent.rpartition(b"HTTP/1.1 ")[2][:3])
            assert (status, body) == (response.status_code, response.content)
        await until(lambda: not server.peers)

    assert server.accepted == 2
    assert len(server.requests) == 2


@pytest.mark.parametrize("kind", BAD_RESPONSES)
async def test_a_bad_response_stays_one(transport: AiohttpTransport, kind: str) -> None:
    """What is not whole, or can be read in two ways, is an error after which the request may have been processed."""
    async with raw_server(responding_with(BAD_RESPONSES[kind])) as server:
        error = await failure(transport, make_request(server.address, "DELETE"))

    assert errors.RemoteProtocolError is type(error)


@pytest.mark.parametrize("is_broken", [False, True])
async def test_a_response_that_is_whole_outlives_its_connection(is_broken: bool) -> None:
    """Also where rubbish follows, or the connection breaks, before anybody has read it; it is not used again."""
    handler = FirstResponseHandler(loop=asyncio.get_running_loop())
    handler.connection_made(asyncio.Transport())
    handler.set_response_params(read_until_eof=True)
    handler.data_received(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
    if is_broken:
        handler.connection_lost(ConnectionResetError())
    else:
        handler.transport = None
        handler.data_received(b"rubbish\r\n\r\n")
    message, body = await handler.read()

    assert (200, b"{}", True) == (message.code, await body.read(), handler.should_close)
