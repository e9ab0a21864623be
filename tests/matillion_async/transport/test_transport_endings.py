"""Cancelled calls leave nothing behind, and closing ends everything."""

from __future__ import annotations

import asyncio
import gc
import math
import random
import ssl
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from matillion_async._errors import ClientStateError, ConfigurationError
from matillion_async._transport import errors
from matillion_async._transport import tls as tls_module
from matillion_async._transport.transport import AiohttpTransport
from matillion_async._transport.values import Request, Response
from tests.matillion_async.raw_server import Peer, raw_server, respond_to_all
from tests.matillion_async.transport.common import (
    NEVER_SENT,
    Tls,
    failure,
    make_request,
    until,
)


def open_files() -> int:
    """How many file descriptors this process has."""
    return len(list(Path("/proc/self/fd").iterdir()))


TURNS = 150
"""Turns of the event loop before a cancellation, at most; in a storm some calls get a response before, most are not."""


async def storm(
    transport: AiohttpTransport, calls: int, make: Callable[[], Request], seed: int
) -> int:
    """Begin many calls, cancel each at a random moment; returns how many got a response all the same."""
    choice = random.Random(seed)

    async def call() -> bool:
        task = asyncio.create_task(transport.send(make()))
        for _ in range(choice.randrange(TURNS)):
            await asyncio.sleep(0)
        task.cancel()
        (result,) = await asyncio.gather(task, return_exceptions=True)
        assert isinstance(result, Response | asyncio.CancelledError), result
        return isinstance(result, Response)

    completed = 0
    for _ in range(calls // 250):
        completed += sum(await asyncio.gather(*(call() for _ in range(250))))
    return completed


async def slow_responses(peer: Peer) -> None:
    """Respond to each request some turns of the event loop later."""
    while await peer.request():
        for _ in range(10):
            await asyncio.sleep(0)
        await peer.respond()


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts file descriptors in /proc")
async def test_a_storm_of_cancelled_calls_leaks_nothing(
    unhandled: list[dict[str, object]],
) -> None:
    """2,000 calls cancelled at random moments: the next calls work, no file descriptor is left."""
    async with raw_server(slow_responses) as server:
        before = open_files()
        async with AiohttpTransport() as transport:
            completed = await storm(transport, 2000, lambda: make_request(server.address), seed=7)
            assert 0 < completed < 2000
            requests = [make_request(server.address) for _ in range(100)]
            responses = await asyncio.gather(*map(transport.send, requests))
            assert {200} == {response.status_code for response in responses}
        gc.collect()
        await until(lambda: before == open_files())
    assert unhandled == []


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts file descriptors in /proc")
async def test_a_storm_of_calls_cancelled_while_connecting_leaks_nothing(
    tls: Tls, unhandled: list[dict[str, object]]
) -> None:
    """The same with TLS and a server that closes each connection, so that most calls are cancelled in a handshake."""

    async def respond_and_close(peer: Peer) -> None:
        await peer.request()
        await peer.respond(b"ok", "Connection: close")

    async with raw_server(respond_and_close, tls.server()) as server:
        before = open_files()
        async with AiohttpTransport(verify=tls.client()) as transport:
            completed = await storm(
                transport, 500, lambda: make_request(server.address, scheme="https"), seed=8
            )
            assert 0 < completed < 500
            response = await transport.send(make_request(server.address, scheme="https"))
            assert response.status_code == 200
        gc.collect()
        await until(lambda: before == open_files())
    assert unhandled == []


async def test_a_cancelled_upload_leaves_no_connection(transport: AiohttpTransport) -> None:
    """Cancelled in the middle of a body, the connection is closed and not used again."""
    started = asyncio.Event()

    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield bytes(10_000)
            started.set()

    async with raw_server(Peer.wait_for_the_end) as server:
        request = make_request(server.address, "POST", content=endless())
        task = asyncio.create_task(transport.send(request))
        await started.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    async with raw_server(respond_to_all) as server:
        assert (await transport.send(make_request(server.address))).status_code == 200


async def test_a_cancelled_upload_is_not_read_any_further(transport: AiohttpTransport) -> None:
    """Also where its source has nothing to give: what reads it ends with the call."""
    started, ended = asyncio.Event(), asyncio.Event()

    async def slow() -> AsyncIterator[bytes]:
        started.set()
        try:
            yield await asyncio.get_running_loop().create_future()
        finally:
            ended.set()

    async with raw_server(Peer.wait_for_the_end) as server:
        request = make_request(server.address, "POST", content=slow())
        task = asyncio.create_task(transport.send(request))
        await started.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await until(ended.is_set)


async def test_closing_ends_everything(unhandled: list[dict[str, object]]) -> None:
    """Calls on the wire fail, later calls fail; closing again is harmless."""

    async def behaviour(peer: Peer) -> None:
        await peer.request()
        await peer.wait_for_the_end()

    async with raw_server(behaviour) as server:
        transport = AiohttpTransport()
        calls = [
            asyncio.create_task(transport.send(make_request(server.address))) for _ in range(3)
        ]
        await until(lambda: len(server.requests) == 3)  # accepted by the server is not yet sent
        await transport.aclose()
        failures = await asyncio.gather(*calls, return_exceptions=True)
        await transport.aclose()

        for failed in failures:
            assert isinstance(failed, errors.TransportError)
            assert not isinstance(failed, NEVER_SENT)
        with pytest.raises(ClientStateError, match="closed"):
            await transport.send(make_request(server.address))
    gc.collect()
    assert unhandled == []


async def test_closing_while_certificates_are_loaded_opens_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The call that waits for them finds the transport closed."""
    is_loading, go_on = threading.Event(), threading.Event()

    def made(setting: object) -> ssl.SSLContext:
        is_loading.set()
        go_on.wait(10)
        return ssl.create_default_context()

    monkeypatch.setattr(tls_module, "_contexts", {})
    monkeypatch.setattr(tls_module, "_made", made)
    async with raw_server(respond_to_all) as server:
        transport = AiohttpTransport(trust_env=False)
        call = asyncio.create_task(transport.send(make_request(server.address, scheme="https")))
        await until(is_loading.is_set)
        await transport.aclose()
        go_on.set()
        with pytest.raises(ClientStateError, match="closed"):
            await call

        assert server.accepted == 0


async def test_closing_leaves_a_connection_that_is_being_made_to_its_call() -> None:
    """Its socket is in use: the call ends when the proxy has spoken, and was never sent."""
    is_closed = asyncio.Event()

    async def behaviour(peer: Peer) -> None:
        await peer.request()
        await is_closed.wait()
        await peer.respond(status="502 Bad Gateway")

    async with raw_server(behaviour) as proxy:
        transport = AiohttpTransport(proxy=f"http://{proxy.address}")
        request = make_request("api.example.com:443", "POST", scheme="https")
        call = asyncio.create_task(failure(transport, request))
        await until(lambda: bool(proxy.requests))
        await transport.aclose()
        is_closed.set()

        assert errors.ProxyError is type(await call)


async def test_closing_an_unused_transport_needs_nothing() -> None:
    """A transport that never sent anything has nothing open."""
    await AiohttpTransport().aclose()


def test_a_transport_belongs_to_the_event_loop_of_its_first_call() -> None:
    """It may be made outside of any event loop; a second event loop gets a clear error."""
    transport = AiohttpTransport(trust_env=False)

    async def first() -> None:
        async with raw_server(respond_to_all) as server:
            await transport.send(make_request(server.address))

    async def second() -> None:
        with pytest.raises(ClientStateError, match="event loop"):
            await transport.send(make_request("127.0.0.1:1"))

    with asyncio.Runner() as runner:
        runner.run(first())
        with asyncio.Runner() as other:
            other.run(second())
        runner.run(transport.aclose())


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"max_connections": 0}, "max_connections"),
        ({"keepalive_expiry": 0}, "keepalive_expiry"),
        ({"max_connections": 2.5}, "max_connections must be an integer"),
        ({"max_connections": None}, "max_connections must be an integer"),
        ({"max_connections": "5"}, "max_connections must be an integer"),
        ({"max_connections": True}, "max_connections must be an integer"),
        ({"keepalive_expiry": math.nan}, "keepalive_expiry"),
        ({"keepalive_expiry": None}, "keepalive_expiry must be a number of seconds"),
    ],
)
def test_bad_numbers_are_refused(options: dict[str, Any], said: str) -> None:
    """An option out of range, or of another type, is one clear error."""
    with pytest.raises(ConfigurationError, match=said):
        AiohttpTransport(**options)
