"""Responses that come late, cut off, too large or with an odd status, and transports that raise errors of their own."""

from __future__ import annotations

import asyncio
import gzip
import json
import ssl
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from matillion_async import (
    APIConnectionError,
    APITimeoutError,
    Attempt,
    MatillionClient,
    ResponseDecodingError,
    RetryPolicy,
    StatusError,
    Token,
)
from matillion_async._calls.time_limit import TimeLimit
from matillion_async._transport.transport import AiohttpTransport
from tests.matillion_async.raw_server import Behaviour, Peer, RawServer, raw_server
from tests.matillion_async.skipping_loop import SKIPPING, SkippingLoop, skip
from tests.matillion_async.transport.common import responding_with, until

PAGE = json.dumps({"page": 0, "size": 25, "total": 0, "results": []}).encode()
PROJECT = {"name": "a", "warehouse": "SNOWFLAKE", "agent_deployment_type": "HYBRID"}


class Source:
    """Gives one token."""

    async def fetch(self) -> Token:
        return Token("a-token", expires_in=1800.0)


def client_of(address: str, **options: Any) -> MatillionClient:
    """A client that tries again at once."""
    options.setdefault("transport", AiohttpTransport(trust_env=False, max_response_size=2000))
    return MatillionClient(
        base_url=f"http://{address}",
        token_source=Source(),
        rate_limits="1000/s",
        **{"retry": RetryPolicy(max_attempts=3, backoff_base=0), **options},
    )


def in_turn(*responses: Behaviour) -> Behaviour:
    """One behaviour for each connection, in their order."""
    rest = list(responses)

    async def behaviour(peer: Peer) -> None:
        await rest.pop(0)(peer)

    return behaviour


async def page(peer: Peer) -> None:
    """Respond with an empty page."""
    while await peer.request():
        await peer.respond(PAGE)


def packed(body: bytes, encoding: str) -> Behaviour:
    """Respond once, in an encoding."""
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\nContent-Length: {len(body)}\r\n\r\n"
    return responding_with(head.encode() + body)


async def test_a_cut_compressed_response_is_asked_for_again() -> None:
    """As any cut response to a request that may be repeated."""
    cut = packed(gzip.compress(PAGE)[:-4], "gzip")
    async with raw_server(in_turn(cut, cut, page)) as server, client_of(server.address) as client:
        assert (await client.projects.list()).total == 0
        assert len(server.requests) == 3


@pytest.mark.parametrize(
    ("response", "said"),
    [
        (packed(PAGE, "br"), "'br'"),
        (packed(gzip.compress(bytes(3000)), "gzip"), "max_response_size"),
        (responding_with(b"HTTP/1.1 200 OK\r\n\r\n" + bytes(3000)), "max_response_size"),
    ],
)
async def test_what_would_be_the_same_again_is_not_asked_for_again(
    response: Behaviour, said: str
) -> None:
    """A success that is too large or in an unknown encoding: final at once, and not called a lost connection."""
    attempts: list[Attempt] = []
    async with (
        raw_server(response) as server,
        client_of(server.address, on_attempt=attempts.append) as client,
    ):
        for call in (lambda: client.projects.list(), lambda: client.projects.create(**PROJECT)):
            with pytest.raises(ResponseDecodingError, match=said) as caught:
                await call()
            assert (caught.value.status_code, caught.value.attempts) == (200, 1)
            assert caught.value.may_have_been_processed
        assert len(server.requests) == 2
        assert [("200", None)] * 2 == [(attempt.outcome, attempt.retry_in) for attempt in attempts]
        assert client.limiter.stats().in_flight == 0


@pytest.mark.parametrize(
    "response",
    [
        b"HTTP/1.1 303 See Other\r\nLocation: /v1/elsewhere\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 307 Temporary Redirect\r\nLocation: /\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: other\r\nConnection: upgrade\r\n\r\n",
    ],
)
async def test_an_odd_status_is_typed(response: bytes) -> None:
    """A POST that gets a redirect or another protocol: a StatusError that says it may have been processed."""

    async def behaviour(peer: Peer) -> None:
        while await peer.request():
            await peer.send(response)

    async with raw_server(behaviour) as server, client_of(server.address) as client:
        with pytest.raises(StatusError) as caught:
            await client.projects.create(**PROJECT)
        assert int(response.split()[1]) == caught.value.status_code
        assert caught.value.may_have_been_processed
        assert (server.accepted, len(server.requests)) == (1, 1)
        with pytest.raises(StatusError):
            await client.projects.list()
        assert server.accepted == (2 if caught.value.status_code == 101 else 1)


async def block_until(
    server: RawServer, requests: int, seconds: float, respond: Callable[[Peer], None]
) -> None:
    """When so many requests are there, respond to each, and block the event loop at once."""
    await until(lambda: len(server.requests) == requests)
    for peer in server.peers:
        respond(peer)
    if isinstance(asyncio.get_running_loop(), SkippingLoop):
        skip(seconds)
    else:
        time.sleep(seconds)  # noqa: ASYNC251 - blocking the event loop is what this is about


async def _created(client: MatillionClient) -> object:
    return await client.projects.create(**PROJECT)


async def hold(peer: Peer) -> None:
    """Read a request, and leave the response to others."""
    await peer.request()
    await peer.wait_for_the_end()


@pytest.mark.parametrize("loop", ["skipping", "uvloop"])
def test_a_response_that_came_while_the_event_loop_was_blocked_is_used(loop: str) -> None:
    """It was there in time; that nobody looked for it is not a reason to send a request again, or to give up a POST."""
    size = 1900

    def respond(peer: Peer) -> None:
        body = json.dumps({"projectId": "p1", "x": "y" * size}).encode()
        head = f"HTTP/1.1 201 Created\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        peer.writer.write(head + body)

    async def scenario() -> None:
        async with raw_server(hold) as server, client_of(server.address) as client:
            blocking = asyncio.create_task(block_until(server, 2, 1.4, respond))
            created = await asyncio.gather(
                client.with_options(timeout=1.0).projects.create(**PROJECT),
                client.with_options(deadline=1.0).projects.create(**PROJECT),
            )
            assert ["p1", "p1"] == [each.project_id for each in created]
            await blocking
            assert len(server.requests) == 2

    factory = SkippingLoop if loop == "skipping" else pytest.importorskip("uvloop").new_event_loop
    with asyncio.Runner(loop_factory=factory) as runner:
        runner.run(scenario())


@pytest.mark.parametrize("anyio_backend", [SKIPPING], ids=[""])
async def test_no_response_is_waited_for_beyond_a_blocked_event_loop() -> None:
    """If nothing came, the limit holds, a second late at most."""
    async with (
        raw_server(hold) as server,
        client_of(server.address, timeout=1.0, retry=None) as client,
    ):
        blocking = asyncio.create_task(block_until(server, 1, 1.4, lambda peer: None))
        with pytest.raises(APITimeoutError, match="within 1 second"):
            await client.projects.list()
        await blocking


@pytest.mark.virtual_time
async def test_the_limit_is_the_moment_itself() -> None:
    """On an event loop that is not late nothing is added, and what ends in time is left alone."""
    loop = asyncio.get_running_loop()
    started = loop.time()
    with TimeLimit(loop, started + 5):
        await asyncio.sleep(4.9)
    with pytest.raises(TimeoutError), TimeLimit(loop, started + 10):
        await asyncio.sleep(60)
    assert started + 10 == loop.time()
    await asyncio.sleep(100)


@pytest.mark.parametrize(
    "error",
    [
        ConnectionResetError("gone"),
        BrokenPipeError("gone"),
        ssl.SSLError("a bad record"),
        EOFError("gone"),
        asyncio.IncompleteReadError(b"", 5),
        httpx.TooManyRedirects("too many"),
        httpx.StreamClosed(),
    ],
)
async def test_network_errors_of_any_transport_are_typed(error: Exception) -> None:
    """Not every transport makes httpx's own errors of them: repeated if they may be, and an APIConnectionError."""
    sent: list[str] = []

    async def fail(request: httpx.Request) -> httpx.Response:
        sent.append(request.method)
        raise error

    async with client_of("127.0.0.1:1", transport=httpx.MockTransport(fail)) as client:
        with pytest.raises(APIConnectionError, match=type(error).__name__):
            await client.projects.list()
        with pytest.raises(APIConnectionError, match="may have been processed"):
            await client.projects.create(**PROJECT)
    assert [*["GET"] * 3, "POST"] == sent


@pytest.mark.parametrize("anyio_backend", [SKIPPING], ids=[""])
async def test_a_post_whose_connection_was_not_made_in_time_did_nothing() -> None:
    """The deadline, or the caller, ends a call while its connection is made: not a byte of it was sent."""
    async with raw_server(Peer.wait_for_the_end) as server:
        async with MatillionClient(
            base_url=f"https://{server.address}",
            token_source=Source(),
            rate_limits="1000/s",
            transport=AiohttpTransport(verify=False),
            deadline=60.0,
        ) as client:
            call = asyncio.ensure_future(_created(client))
            await until(lambda: server.accepted == 1)
            skip(60.0)
            with pytest.raises(APITimeoutError) as caught:
                await call
        assert (server.accepted, server.requests) == (1, [])
        assert not caught.value.may_have_been_processed


@pytest.mark.virtual_time
async def test_a_limit_leaves_the_cancellation_of_others_alone() -> None:
    """Who cancels a task in the moment in which its limit passes gets the cancellation, and not a timeout."""
    loop = asyncio.get_running_loop()
    begun = asyncio.Event()

    async def work() -> None:
        with TimeLimit(loop, loop.time() + 5):
            begun.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(work())
    await begun.wait()
    loop.call_at(loop.time() + 5, task.cancel)
    with pytest.raises(asyncio.CancelledError):
        await task
    assert task.cancelled()


@pytest.mark.virtual_time
async def test_a_limit_within_another_ends_with_its_own() -> None:
    """The inner one passes first: its error can be caught, and the task goes on."""
    loop = asyncio.get_running_loop()
    with TimeLimit(loop, loop.time() + 10) as outer:
        with pytest.raises(TimeoutError), TimeLimit(loop, loop.time() + 5) as inner:
            await asyncio.sleep(60)
        await asyncio.sleep(1)
    assert (True, False) == (inner.has_passed, outer.has_passed)
