"""Which kept connections are used again: none on which anything came meanwhile, or whose end may be on its way."""

from __future__ import annotations

import asyncio
import collections
import contextlib
import math
import os
import socket
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any, cast

import aiohttp
import pytest

from matillion_async._transport import connector, errors
from matillion_async._transport.connector import Outgoing
from matillion_async._transport.pool import KeptConnection, Lease, Pool, Route
from matillion_async._transport.transport import AiohttpTransport
from matillion_async._transport.values import Request
from tests.matillion_async.raw_server import Peer, RawServer, header, raw_server, respond_to_all
from tests.matillion_async.transport.common import (
    METHODS,
    Tls,
    failure,
    make_request,
    until,
)

LATE = b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 4\r\n\r\nlate"


async def numbered(peer: Peer) -> None:
    """Respond to each request with its own number."""
    while request := await peer.request():
        await peer.respond((header(request, "x-number") or "").encode())


def number(server: RawServer, value: int, method: str = "GET", scheme: str = "http") -> Request:
    """A request that says its number."""
    content = b"{}" if method in ("PUT", "POST", "PATCH") else b""
    headers = {"X-Number": str(value)}
    return make_request(server.address, method, scheme=scheme, headers=headers, content=content)


def only_peer(server: RawServer) -> Peer:
    """The server's end of its only connection."""
    (peer,) = server.peers
    return peer


def send_unasked(peer: Peer, data: bytes | None) -> None:
    """Write to the socket at once, or end the connection, while the event loop has no turn."""
    if data is None:  # uvloop's own way waits for the end of the turn
        number = peer.writer.get_extra_info("socket").fileno()
        with socket.socket(fileno=os.dup(number)) as end:
            end.shutdown(socket.SHUT_WR)
    else:
        peer.writer.write(data)


UNASKED = {
    "a complete response": LATE,
    "two responses": LATE * 2,
    "a part of a response": LATE[:20],
    "a line break": b"\r\n",
    "no HTTP": b"\x00",
    "the end": None,
}


@pytest.mark.parametrize("is_seen", [False, True], ids=["unseen", "seen"])
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("name", UNASKED)
async def test_unsolicited_bytes_are_not_the_response_to_a_call(
    transport: AiohttpTransport,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    method: str,
    is_seen: bool,
) -> None:
    """Bytes or the end of an idle connection, also where the event loop has not seen them: the next request goes out
    once, on another connection, and gets its own response."""
    monkeypatch.setattr(connector, "MAX_IDLE", 60.0)
    async with raw_server(numbered) as server:
        await transport.send(number(server, 1, method))
        send_unasked(only_peer(server), UNASKED[name])
        if is_seen:
            await until(lambda: not server.peers)
        response = await transport.send(number(server, 2, method))

        assert (response.status_code, response.text) == (200, "2")
        assert (server.accepted, len(server.requests)) == (2, 2)


@pytest.mark.parametrize("is_cut", [False, True])
async def test_a_second_response_beside_the_first_belongs_to_no_call(
    transport: AiohttpTransport, is_cut: bool
) -> None:
    """A server that sends two responses to one request, at once or the second with the end of the first: it is thrown
    away with its connection."""

    async def twice(peer: Peer) -> None:
        while request := await peer.request():
            value = (header(request, "x-number") or "").encode()
            response = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(value), value)
            start = len(response) - 1 if is_cut else 0
            await peer.send(response[:start])
            for _ in range(50 * is_cut):  # so that they come in two pieces
                await asyncio.sleep(0)
            await peer.send(response[start:] + response)

    async with raw_server(twice) as server:
        for value in range(10, 15):
            response = await transport.send(number(server, value))
            assert str(value) == response.text
        assert (server.accepted, len(server.requests)) == (5, 5)


@pytest.mark.parametrize("version", ["TLSv1_2", "TLSv1_3"])
async def test_connections_are_reused_under_tls(tls: Tls, version: str) -> None:
    """What TLS itself sends, such as tickets, does not count as unasked; a response that came unasked does."""
    context = tls.client()
    context.minimum_version = context.maximum_version = getattr(
        __import__("ssl").TLSVersion, version
    )
    async with (
        raw_server(numbered, tls.server()) as server,
        AiohttpTransport(verify=context) as transport,
    ):
        for value in range(5):
            response = await transport.send(number(server, value, scheme="https"))
            assert str(value) == response.text
        assert server.accepted == 1
        only_peer(server).writer.write(LATE)
        response = await transport.send(number(server, 5, scheme="https"))

    assert (response.text, server.accepted) == ("5", 2)


async def test_only_what_may_be_sent_twice_goes_on_a_connection_that_idled(
    transport: AiohttpTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a moment a POST or PATCH takes a new connection, in place of an old one; others use the old one."""
    async with raw_server(respond_to_all) as server:
        monkeypatch.setattr(connector, "MAX_IDLE", 60.0)
        for method in ("GET", "POST", "PATCH"):
            await transport.send(number(server, 1, method))
        assert server.accepted == 1
        monkeypatch.setattr(
            connector, "MAX_IDLE", -1.0
        )  # the clock of uvloop stands still in a turn
        for method in ("GET", "OPTIONS", "PUT", "DELETE"):
            await transport.send(number(server, 2, method))
        assert server.accepted == 1
        for method in ("POST", "PATCH"):
            await transport.send(number(server, 3, method))
        assert server.accepted == 3
        await until(lambda: len(server.peers) == 1)


async def test_an_upload_that_must_not_be_sent_twice_has_a_connection_of_its_own(
    transport: AiohttpTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    """aiohttp begins to write a body in pieces in a later turn of the event loop, when the connection may have ended."""
    monkeypatch.setattr(connector, "MAX_IDLE", 60.0)

    async def body() -> AsyncIterator[bytes]:
        yield b"part"

    async with raw_server(respond_to_all) as server:
        await transport.send(number(server, 1))
        await transport.send(make_request(server.address, "POST", content=body()))
        assert server.accepted == 2


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system does not tell")
async def test_the_time_in_which_the_event_loop_was_blocked_counts(
    transport: AiohttpTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The response came, the event loop was blocked, and a POST follows at once: for the server the connection idled."""
    monkeypatch.setattr(connector, "MAX_IDLE", 0.1)
    async with raw_server(respond_to_all) as server:
        await transport.send(number(server, 1, "POST"))
        (kept,) = idle_connections(transport)
        time.sleep(0.2)  # noqa: ASYNC251 - blocking the event loop is what this is about
        kept.idle_since = asyncio.get_running_loop().time()
        await transport.send(number(server, 2, "POST"))

        assert server.accepted == 2


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("timeout=5", 4.0),
        ("timeout=5, max=100", 4.0),
        ("max=100, Timeout = 5", 4.0),
        ("timeout=1", 0.5),
        ("timeout=0", 0.0),
        ("timeout=75", 15.0),
        ("max=100", 15.0),
        ("timeout=soon", 15.0),
        ("timeout=-1", 15.0),
        ("", 15.0),
    ],
)
async def test_the_server_says_how_long_a_connection_may_idle(said: str, expected: float) -> None:
    """``Keep-Alive: timeout=`` is obeyed up to a second before, but not beyond the transport's own limit."""
    pool = Pool(asyncio.get_running_loop(), 15.0)
    place = Route(15.0)
    pool.expect(place, said)

    assert expected == place.expiry


async def test_a_connection_is_not_used_beyond_what_the_server_said(
    transport: AiohttpTransport,
) -> None:
    """A server that says 0 seconds gets a new connection each time, and its neighbour does not."""

    async def behaviour(peer: Peer) -> None:
        while await peer.request():
            await peer.respond(b"ok", "Keep-Alive: timeout=0")

    async with raw_server(behaviour) as server, raw_server(respond_to_all) as other:
        for _ in range(3):
            await transport.send(number(server, 1))
            await transport.send(number(other, 1))
        assert (server.accepted, other.accepted) == (3, 1)


@pytest.mark.parametrize("is_cut", [False, True])
async def test_an_idle_connection_is_closed_when_the_server_said(is_cut: bool) -> None:
    """Also without another call, although another connection is to be kept for longer, and whether it is idle before or
    after that was read."""
    ended = asyncio.Event()

    async def behaviour(peer: Peer) -> None:
        while await peer.request():
            await peer.send(
                b"HTTP/1.1 200 OK\r\nKeep-Alive: timeout=1\r\nContent-Length: 2\r\n\r\n"
            )
            for _ in range(50 * is_cut):  # so that they come in two pieces
                await asyncio.sleep(0)
            await peer.send(b"ok")
        ended.set()

    async with (
        raw_server(behaviour) as server,
        raw_server(respond_to_all) as other,
        AiohttpTransport(trust_env=False) as transport,
    ):
        await transport.send(number(other, 1))
        await transport.send(number(server, 1))
        async with asyncio.timeout(5):
            await ended.wait()
        assert len(other.peers) == 1


async def test_the_last_used_connection_is_used_first(transport: AiohttpTransport) -> None:
    """So that the others become idle for long enough to be closed."""
    peers: list[Peer] = []

    async def behaviour(peer: Peer) -> None:
        while await peer.request():
            peers.append(peer)
            await peer.respond()

    async with raw_server(behaviour) as server:
        await asyncio.gather(*(transport.send(number(server, 1)) for _ in range(3)))
        for _ in range(3):
            await transport.send(number(server, 2))

    assert len(set(peers[:3])) == 3
    assert len(set(peers[3:])) == 1


@pytest.mark.parametrize("method", METHODS)
async def test_a_connection_that_ends_before_it_took_a_byte_was_never_sent(
    transport: AiohttpTransport, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    """The connection is found closed when the request is about to be written: a ConnectError."""
    send = Outgoing.send

    async def send_too_late(self: Outgoing, conn: Any) -> aiohttp.ClientResponse:
        conn.transport.abort()
        return await send(self, conn)

    async with raw_server(respond_to_all) as server:
        await transport.send(number(server, 1))
        monkeypatch.setattr(Outgoing, "send", send_too_late)
        error = await failure(transport, number(server, 2, method))

        assert errors.ConnectError is type(error)
        assert len(server.requests) == 1


@pytest.mark.parametrize("method", METHODS)
async def test_a_connection_that_takes_no_byte_never_sent_the_request(
    transport: AiohttpTransport, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    """The system refuses to take the request when it is written: a ConnectError."""
    send = Outgoing.send

    async def send_in_vain(self: Outgoing, conn: Any) -> aiohttp.ClientResponse:
        with open_socket(conn.transport) as wire:
            wire.shutdown(socket.SHUT_WR)
        return await send(self, conn)

    async with raw_server(Peer.wait_for_the_end) as server:
        monkeypatch.setattr(Outgoing, "send", send_in_vain)
        request = make_request(server.address, method, content=b"a body")
        error = await failure(transport, request)

    assert errors.ConnectError is type(error)


@pytest.mark.parametrize("size", [0, 1, 65_536])
async def test_a_head_and_its_body_are_written_in_one_go(
    transport: AiohttpTransport, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    """A connection that is broken takes neither then; a body up to the size that asyncio buffers counts as small."""
    written: list[bytes] = []

    class Recorder:
        def __init__(self, transport: asyncio.Transport) -> None:
            self.is_closing = transport.is_closing
            self.passed_on = transport.write

        def write(self, data: bytes) -> None:
            written.append(data)
            self.passed_on(data)

    def recorder(lease: Lease) -> Recorder:
        assert lease.protocol is not None
        assert lease.protocol.transport is not None
        return Recorder(lease.protocol.transport)

    async with raw_server(respond_to_all) as server:
        monkeypatch.setattr(Lease, "transport", property(recorder))
        request = make_request(server.address, "POST", content=b"x" * size)
        await transport.send(request)

        assert server.requests == written


async def test_a_post_looks_again_for_the_end_of_its_connection(
    transport: AiohttpTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that ends a connection right after a response, unsaid, may do so a moment after the response was read."""

    def end(peer: Peer) -> None:
        with open_socket(peer.writer.transport) as wire:
            wire.shutdown(socket.SHUT_RDWR)

    monkeypatch.setattr(connector, "MAX_IDLE", 60.0)
    monkeypatch.setattr(
        connector, "MIN_IDLE", 0.1
    )  # a busy machine takes longer than 2 milliseconds until it looks
    async with raw_server(respond_to_all) as server:
        await transport.send(number(server, 1, "POST"))
        asyncio.get_running_loop().call_soon(end, only_peer(server))
        await transport.send(number(server, 2, "POST"))

        assert server.accepted == 2
        assert len(server.requests) == 2


async def test_a_post_takes_no_connection_that_was_given_back_while_it_waited(
    transport: AiohttpTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others respond meanwhile: their connections are as fresh as the one was that it waited for."""
    monkeypatch.setattr(connector, "MAX_IDLE", 60.0)
    by_connection: dict[Peer, list[str | None]] = {}

    async def note(peer: Peer) -> None:
        while request := await peer.request():
            by_connection.setdefault(peer, []).append(header(request, "x-number"))
            await peer.respond()

    async with raw_server(note) as server:
        await asyncio.gather(*(transport.send(number(server, value)) for value in (1, 2)))
        settled, fresh = idle_connections(transport)
        settled.idle_since -= 1
        fresh.idle_since += 1
        await transport.send(number(server, 3, "POST"))
        assert idle_connections(transport) == [fresh, settled]

    assert sorted(map(len, by_connection.values())) == [1, 2]


async def test_a_connection_that_expired_unseen_is_not_used(transport: AiohttpTransport) -> None:
    """While the event loop was blocked nobody closed it; it is closed then."""
    async with raw_server(numbered) as server:
        await transport.send(number(server, 1))
        (kept,) = idle_connections(transport)
        kept.idle_since -= kept.route.expiry
        await transport.send(number(server, 2))

        assert server.accepted == 2
        await until(lambda: len(server.peers) == 1)


async def test_a_connection_is_given_back_once(transport: AiohttpTransport) -> None:
    """Whoever had it has no hold on it any more when another request has it."""
    async with raw_server(numbered) as server:
        await transport.send(number(server, 1))
        assert transport._exchanges is not None
        owner = transport._exchanges._connector
        (kept,) = idle_connections(transport)
        lease = Lease(owner, owner.pool, kept)
        lease.release()
        assert kept is owner.pool.take(kept.route, 0.0, math.inf)
        lease.release()
        lease.close()

        assert (lease.protocol, lease.transport) == (None, None)
        assert [] == idle_connections(transport)
        assert kept.handler.is_connected()
        lease = Lease(owner, owner.pool, kept)
        lease.close()
        lease.release()
        assert [] == idle_connections(transport)


async def test_a_connection_that_is_being_closed_is_not_used(transport: AiohttpTransport) -> None:
    """Its end is known, and told to nobody before the event loop's next turn."""
    async with raw_server(numbered) as server:
        await transport.send(number(server, 1))
        (kept,) = idle_connections(transport)
        kept._transport.abort()
        response = await transport.send(number(server, 2))

        assert (response.text, server.accepted) == ("2", 2)


async def test_a_connection_that_still_has_to_write_is_not_kept(
    transport: AiohttpTransport,
) -> None:
    """A server may respond without reading bodies, until the system takes no more: the next request would wait behind."""

    async def behaviour(peer: Peer) -> None:
        await peer.head()
        cast("asyncio.Transport", peer.writer.transport).pause_reading()
        await peer.wait_for_the_end()

    async with raw_server(behaviour) as server:
        is_kept = True
        while is_kept:
            request = make_request(server.address, "PUT", content=bytes(60_000))
            sending = asyncio.create_task(transport.send(request))
            await until(lambda: request.is_sent and bool(server.peers))  # noqa: B023 - of this turn
            await only_peer(server).respond()
            await sending
            is_kept = bool(idle_connections(transport))
            for kept in idle_connections(transport):
                assert kept._transport.get_write_buffer_size() == 0

        assert server.accepted == 1


async def test_what_may_be_sent_twice_waits_for_no_connection(
    transport: AiohttpTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes one on which a response has just come."""
    async with raw_server(respond_to_all) as server:
        await transport.send(number(server, 1))
        monkeypatch.setattr(connector, "MIN_IDLE", 600.0)
        for method in ("GET", "OPTIONS", "PUT", "DELETE"):
            async with asyncio.timeout(10):
                await transport.send(number(server, 2, method))

        assert server.accepted == 1


def idle_connections(transport: AiohttpTransport) -> list[KeptConnection]:
    """Those of a transport that has talked to one server, the last used at the end."""
    assert transport._exchanges is not None
    (place,) = transport._exchanges._connector.pool._routes.values()
    return list(place.idle)


def open_socket(transport: asyncio.BaseTransport) -> socket.socket:
    """The socket of a transport, which lets nobody shut it down; to be closed."""
    return socket.socket(fileno=os.dup(transport.get_extra_info("socket").fileno()))


IDLE_LIMIT = 0.06


async def closes_what_is_idle(peer: Peer) -> None:
    """Respond to requests; close the connection soon after a response."""
    limit = None
    while await request_within(limit, peer):
        await peer.respond()
        limit = IDLE_LIMIT


async def request_within(limit: float | None, peer: Peer) -> bytes | None:
    """A request that is there in time, also if the event loop was late; None if there is none."""
    for seconds in (limit, 0):
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                return await peer.request()
        await asyncio.sleep(0)  # what has come while the event loop was busy is read now
    return None


async def posts_at_the_idle_limit() -> None:
    """Send POSTs just when the server closes what is idle: all get a response, and each arrived once."""
    rounds, at_once = 5, 40
    async with (
        raw_server(closes_what_is_idle) as server,
        AiohttpTransport(trust_env=False) as transport,
    ):

        async def send(value: int, pause: float) -> None:
            await asyncio.sleep(pause)
            await transport.send(number(server, value, "POST"))

        for start in range(0, rounds * at_once, at_once):
            await asyncio.gather(
                *(
                    send(start + place, IDLE_LIMIT + (place - at_once / 2) * 1.5e-4)
                    for place in range(at_once)
                )
            )
        arrived = collections.Counter(header(request, "x-number") for request in server.requests)
    assert {str(value): 1 for value in range(rounds * at_once)} == arrived


async def unasked_on_any_event_loop() -> None:
    """What came unasked is found, and what did not is used again, on whatever event loop this runs."""
    async with raw_server(numbered) as server, AiohttpTransport(trust_env=False) as transport:
        for value in (1, 2):
            response = await transport.send(number(server, value))
            assert (str(value), 1) == (response.text, server.accepted)
        for value, data in enumerate(UNASKED.values(), 3):
            (peer,) = server.peers
            if data is None:
                peer.writer.write_eof()
            else:
                peer.writer.write(data)
            for _ in range(2):
                await asyncio.sleep(0)  # uvloop writes at the end of a turn
            response = await transport.send(number(server, value))
            assert (str(value), value - 1) == (response.text, server.accepted)
            await until(lambda: len(server.peers) == 1)


@pytest.mark.parametrize("scenario", [posts_at_the_idle_limit, unasked_on_any_event_loop])
@pytest.mark.parametrize("loop", ["asyncio", "uvloop"])
def test_on_either_event_loop(loop: str, scenario: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """asyncio's own event loop and uvloop, which keeps its sockets elsewhere."""
    factory = None if loop == "asyncio" else pytest.importorskip("uvloop").new_event_loop
    with asyncio.Runner(loop_factory=factory) as runner:
        runner.run(scenario())
