"""Clients whose event loop is gone, or is another one."""

from __future__ import annotations

import asyncio
import gc
import os
import queue
import socket
import stat
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from matillion_async import ClientStateError, MatillionClient, Token
from matillion_async._transport.transport import AiohttpTransport
from tests.matillion_async.raw_server import Peer, raw_server
from tests.matillion_async.transport.common import make_request
from tests.matillion_async.transport.test_transport_endings import open_files

PAGE = b'{"page": 0, "size": 25, "total": 0, "results": []}'


class Source:
    """Gives one token."""

    async def fetch(self) -> Token:
        return Token("a-token", expires_in=1800.0)


async def pages(peer: Peer) -> None:
    """Respond to each request with an empty page."""
    while await peer.request():
        await peer.respond(PAGE)


@contextmanager
def server_of_its_own() -> Iterator[str]:
    """The address of a server on an event loop in a thread of its own."""
    addresses: queue.Queue[str] = queue.Queue()
    loop = asyncio.new_event_loop()
    end = asyncio.Event()

    async def serve() -> None:
        async with raw_server(pages) as server:
            addresses.put(server.address)
            await end.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    try:
        yield addresses.get(timeout=10)
    finally:
        loop.call_soon_threadsafe(end.set)
        thread.join()
        loop.close()
        gc.collect()  # connections that it had not accepted yet are complained of here, and not in another test


def client_of(address: str) -> MatillionClient:
    """A client that is not closed."""
    return MatillionClient(
        base_url=f"http://{address}", token_source=Source(), rate_limits="1000/s"
    )


def wait_for_open_files(expected: int) -> None:
    """The server, in another thread, closes its ends when it sees that ours are closed."""
    end = time.monotonic() + 10
    while expected != open_files():
        assert time.monotonic() < end, (expected, open_files())
        time.sleep(0.01)


async def use(client: MatillionClient) -> None:
    """Leave three idle connections."""
    await asyncio.gather(*(client.projects.list() for _ in range(3)))


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")  # uvloop hangs where it is an error
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("loop", ["asyncio", "uvloop"])
@pytest.mark.parametrize("is_under_way", [False, True])
def test_a_client_whose_event_loop_is_gone_can_be_closed(loop: str, is_under_way: bool) -> None:
    """From another event loop, also if a call was under way on an event loop that was closed without a word: nothing
    is left open, and the client is closed."""
    factory = asyncio.new_event_loop
    if loop == "uvloop":
        factory = pytest.importorskip("uvloop").new_event_loop
    with server_of_its_own() as address:
        with asyncio.Runner(loop_factory=factory) as runner:
            runner.run(asyncio.sleep(0))  # what the first event loop of a process opens for good
        before = open_files()
        gone = factory()
        client = client_of(address)
        gone.run_until_complete(use(client))
        task = None
        if is_under_way:
            task = gone.create_task(use(client))
            gone.run_until_complete(asyncio.sleep(0))
            assert not task.done()
            task._log_destroy_pending = False  # type: ignore[attr-defined] # the test is about it
        gone.close()
        asyncio.run(client.aclose())
        asyncio.run(client.aclose())
        with pytest.raises(ClientStateError):
            asyncio.run(use(client))
        if not is_under_way:
            wait_for_open_files(before)
        del client, task
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            gc.collect()  # asyncio says of each connection that its event loop was closed too early
        of_ours = [each for each in told if str(each.message).startswith("Unclosed connection")]
        assert is_under_way or not of_ours
        wait_for_open_files(before)


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")  # uvloop hangs where it is an error
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("loop", ["asyncio", "uvloop"])
def test_closing_a_client_closes_nothing_of_others(loop: str) -> None:
    """An event loop that was closed while connections were being made may have freed their descriptors, which others
    have taken since."""
    factory = asyncio.new_event_loop
    if loop == "uvloop":
        factory = pytest.importorskip("uvloop").new_event_loop
    with server_of_its_own() as address:
        for turns in range(1, 12):
            gone = factory()
            client = client_of(address)
            task = gone.create_task(use(client))
            for _ in range(turns):
                gone.run_until_complete(asyncio.sleep(0))
            task._log_destroy_pending = False  # type: ignore[attr-defined] # the test is about it
            gone.close()
            others = [end for _ in range(6) for end in socket.socketpair()]
            try:
                asyncio.run(client.aclose())
                del client, task
                gc.collect()
                for end in others:
                    end.getsockname()  # an OSError where it was closed
                    assert stat.S_ISSOCK(os.fstat(end.fileno()).st_mode)
            finally:
                for end in others:
                    with suppress(OSError):
                        end.close()


async def test_closing_on_a_foreign_event_loop_is_refused() -> None:
    """While the client's own event loop lives, whether it runs or not, closing it on another is one clear error; after
    that it still works."""
    with server_of_its_own() as address:
        client = client_of(address)
        await use(client)
        transport = AiohttpTransport(trust_env=False)
        await transport.send(make_request(address))

        def elsewhere() -> None:
            for closing in (client, transport):
                with pytest.raises(ClientStateError, match="event loop"):
                    asyncio.run(closing.aclose())

        await asyncio.to_thread(elsewhere)
        await use(client)
        assert (await transport.send(make_request(address))).status_code == 200
        await transport.aclose()
        await client.aclose()


def test_closing_while_the_own_event_loop_rests_is_refused() -> None:
    """An event loop that is not closed may go on."""
    with server_of_its_own() as address, asyncio.Runner() as runner:
        client = client_of(address)
        runner.run(use(client))

        def elsewhere() -> None:
            with pytest.raises(ClientStateError, match="event loop"):
                asyncio.run(client.aclose())

        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()
        runner.run(use(client))
        runner.run(client.aclose())


def test_a_client_that_was_not_used_is_closed_anywhere() -> None:
    """It belongs to no event loop yet."""
    asyncio.run(client_of("127.0.0.1:1").aclose())
