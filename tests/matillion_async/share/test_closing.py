"""A client that shares is closed: the others know what it sent, and nothing of it is left."""

from __future__ import annotations

import asyncio
import gc

import pytest

from matillion_async import AiohttpTransport, MatillionClient, MatillionError
from matillion_async._share.record import decode
from tests.matillion_async.share.fleet import LimitedServer
from tests.matillion_async.share.real_server import RealServer
from tests.matillion_async.share.relay import Relay
from tests.matillion_async.share.worker import Tokens


def client_of(server: LimitedServer, port: int) -> MatillionClient:
    """A client that shares with those that use the store behind this port."""
    return MatillionClient(
        client_id="the-account",
        base_url=server.url,
        token_source=Tokens(),
        rate_limits=["10/min"],
        share=f"redis://127.0.0.1:{port}",
        transport=AiohttpTransport(trust_env=False),
    )


@pytest.mark.parametrize("seconds", [0.0, 0.42])
async def test_what_was_sent_is_told(real_server: RealServer, seconds: float) -> None:
    """Also if the client is just telling it; the process is not waited for any more."""
    server, relay = LimitedServer(["10/min"]), Relay(real_server.port, (0.03, 0.03))
    async with server.serving(), relay.serving(), client_of(server, relay.port) as client:
        await asyncio.gather(*(client.projects.list(size=1) for _ in range(3)))
        await asyncio.sleep(seconds)  # a report is due 0.4 s after the last one
    with real_server.client() as store:
        (key,) = store.keys()
        account = decode(store.get(key)[40:])
    assert 3 == len(account.rate.schedule.ends)
    assert {} == account.members


@pytest.mark.parametrize("turns", [0, 1, 2, 3, 8])
async def test_while_it_asks(real_server: RealServer, turns: int) -> None:
    """The call that waits for its permit fails as those of any client that is closed; no task is left."""
    server = LimitedServer(["10/min"])
    async with server.serving():
        async with client_of(server, real_server.port) as client:
            call = asyncio.ensure_future(client.projects.list(size=1))
            for _ in range(turns):
                await asyncio.sleep(0)
        with pytest.raises(MatillionError, match="closed"):
            await call
        assert [] == [each for each in asyncio.all_tasks() if "matillion" in each.get_name()]
    gc.collect()


def test_whose_event_loop_is_gone(real_server: RealServer) -> None:
    """The connection to the store is closed with the client, on another event loop."""
    server = LimitedServer(["10/min"])

    async def call() -> MatillionClient:
        async with server.serving():
            client = client_of(server, real_server.port)
            await client.projects.list(size=1)
            return client

    loop = asyncio.new_event_loop()
    client = loop.run_until_complete(call())
    loop.close()
    asyncio.run(client.aclose())
    with pytest.warns(ResourceWarning):
        gc.collect()  # asyncio says of each connection that its event loop was closed too early
    with real_server.client() as store:
        assert 1 == len(store.client_list())
    assert client is not None  # it is still there: its connection was not just collected
