"""What calls hold while they wait, what they leave behind, and how one follows the other."""

from __future__ import annotations

import asyncio
import collections
import contextlib
import gc
from collections.abc import AsyncIterator
from unittest import mock

import httpx
import pytest

from matillion_async import AiohttpTransport, MatillionClient, Request, Response
from tests.matillion_async.raw_server import Peer, raw_server
from tests.matillion_async.scripted import CountingTokens

MOST_OBJECTS = 18
"""Eight are those of any task of asyncio that waits for something, and two those of the listing."""
CALLS = 500


class Server:
    """Responds to requests as soon as it is let go."""

    def __init__(self) -> None:
        self.go = asyncio.Event()

    async def __call__(self, peer: Peer) -> None:
        while await peer.request():
            await self.go.wait()
            await peer.respond(b'{"page":0,"size":25,"total":0,"results":[]}')


@contextlib.asynccontextmanager
async def busy_client(
    server: Server, deadline: float | None = None
) -> AsyncIterator[MatillionClient]:
    """A client whose only connection is in use until the server is let go."""
    async with (
        raw_server(server) as raw,
        MatillionClient(
            base_url=f"http://{raw.address}",
            transport=AiohttpTransport(max_connections=1),
            token_source=CountingTokens(),
            rate_limits="none",
            deadline=deadline,
        ) as client,
    ):
        holding = asyncio.ensure_future(client.projects.list(size=25))
        while not raw.requests:  # noqa: ASYNC110 - nothing announces it
            await asyncio.sleep(0)
        yield client
        server.go.set()
        await holding


def tracked() -> collections.Counter[str]:
    """How many objects of each type the garbage collector walks over."""
    gc.collect()
    return collections.Counter(type(one).__name__ for one in gc.get_objects())


async def turns(count: int = 10) -> None:
    """Let the event loop run."""
    for _ in range(count):
        await asyncio.sleep(0)


async def test_a_call_that_waits_is_few_objects() -> None:
    """The garbage collector walks over all of them again and again, however long they wait."""
    async with busy_client(Server()) as client:

        async def call() -> None:
            await client.projects.list(size=25)

        before = tracked()
        tasks = [asyncio.create_task(call()) for _ in range(CALLS)]
        await turns()
        more = {name: count / CALLS for name, count in (tracked() - before).items()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    assert MOST_OBJECTS >= round(sum(more.values())), more


async def test_calls_that_wait_have_one_timer_together() -> None:
    """The event loop would keep those of finished calls until half of all its timers are cancelled."""
    async with busy_client(Server(), deadline=50) as client:
        loop = asyncio.get_running_loop()
        with mock.patch.object(loop, "call_at", wraps=loop.call_at) as call_at:
            calls = [asyncio.ensure_future(client.projects.list(size=25)) for _ in range(CALLS)]
            await turns()
            assert 1 == call_at.call_count
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)


async def test_a_call_on_the_wire_sets_one_timer() -> None:
    """That of the whole attempt, which ends every wait in it."""
    server = Server()
    async with busy_client(server) as client:
        server.go.set()
        await client.projects.list(size=25)
        loop = asyncio.get_running_loop()
        with mock.patch.object(loop, "call_at", wraps=loop.call_at) as call_at:
            for _ in range(10):
                await client.projects.list(size=25)
    assert 10 == call_at.call_count


async def test_a_finished_call_leaves_no_cycles() -> None:
    """All of it is freed at its end, and nothing is left for the garbage collector; also when others waited."""
    server = Server()
    async with busy_client(server) as client:
        server.go.set()
        await client.projects.list(size=25)
        gc.collect()
        gc.disable()
        try:
            await asyncio.gather(*(client.projects.list(size=25) for _ in range(CALLS)))
            await turns()
            garbage = gc.collect()
        finally:
            gc.enable()
    assert CALLS / 10 > garbage


async def test_the_next_request_is_sent_before_a_response_is_handed_out() -> None:
    """The connection is not idle while a response is read, and what calls drop and make comes in turn."""
    server = Server()
    async with busy_client(server) as client:
        events: list[str] = []
        transport = client._own_session.connection.transport
        handle = transport.send

        async def noted(request: Request) -> Response:
            events.append("sent")
            try:
                return await handle(request)
            finally:
                events.append("received")

        with mock.patch.object(transport, "send", noted):
            calls = [asyncio.ensure_future(client.projects.list(size=25)) for _ in range(3)]
            await turns()
            server.go.set()
            await asyncio.gather(*calls)
    assert ["sent", "sent", "received", "sent", "received", "received"] == events


@pytest.mark.parametrize("status", ["200 OK", "500 Broken", "429 Too Many Requests", "404 None"])
async def test_each_attempt_makes_room_for_one(status: str) -> None:
    """However it ends, and whether or not others wait, the number under way is right afterwards."""
    responses = iter([status])

    async def behaviour(peer: Peer) -> None:
        while await peer.request():
            await peer.respond(
                b'{"page":0,"size":25,"total":0,"results":[]}',
                "Retry-After: 0.01",
                status=next(responses, "200 OK"),
            )

    async with (
        raw_server(behaviour) as raw,
        MatillionClient(
            base_url=f"http://{raw.address}",
            transport=AiohttpTransport(max_connections=2),
            token_source=CountingTokens(),
            rate_limits="1000/s",
        ) as client,
    ):
        await asyncio.gather(
            *(client.projects.list(size=25) for _ in range(6)), return_exceptions=True
        )
        stats = client.limiter.stats()
    assert (0, 0) == (stats.in_flight, stats.waiting)


@pytest.mark.parametrize("built_in", [True, False])
async def test_the_limiter_learns_of_each_success_once(built_in: bool) -> None:
    """Over a transport that says when a response is there, and over one that only returns it."""
    server = Server()
    server.go.set()
    own = httpx.AsyncHTTPTransport()
    async with (
        own,
        raw_server(server) as raw,
        MatillionClient(
            base_url=f"http://{raw.address}",
            transport=None if built_in else own,
            token_source=CountingTokens(),
            rate_limits="none",
        ) as client,
    ):
        with mock.patch.object(
            client.limiter, "responded", wraps=client.limiter.responded
        ) as responded:
            await asyncio.gather(*(client.projects.list(size=25) for _ in range(5)))
    assert 5 == responded.call_count
