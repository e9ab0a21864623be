"""The server of the shared place is gone for a while, or has lost what it kept: no call fails, and hardly one is refused."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import Awaitable, Callable

import pytest

from matillion_async import AiohttpTransport, MatillionClient
from matillion_async._share.record import decode
from tests.matillion_async.share.fleet import OF_ANY_LOOP, LimitedServer, Worker, run_fleet
from tests.matillion_async.share.real_server import RealServer
from tests.matillion_async.share.relay import Relay
from tests.matillion_async.share.worker import Tokens

LIMITS = ["20/s"]
PROCESSES = 4
MOST_REFUSED = 0.02
"""The share of requests that the server may refuse."""


async def test_it_is_killed_and_comes_back_empty(
    real_server: RealServer, caplog: pytest.LogCaptureFixture
) -> None:
    """Three clients go on with their parts, with one warning each, and find each other again by themselves."""
    caplog.set_level(logging.INFO, "matillion_async")
    server = LimitedServer(LIMITS)
    async with server.serving(), contextlib.AsyncExitStack() as stack:
        clients = [
            await stack.enter_async_context(
                MatillionClient(
                    client_id="the-account",
                    base_url=server.url,
                    token_source=Tokens(),
                    rate_limits=LIMITS,
                    share=real_server.url,
                    transport=AiohttpTransport(trust_env=False),
                )
            )
            for _ in range(3)
        ]
        is_over = asyncio.Event()

        async def call(client: MatillionClient) -> int:
            done = 0
            while not is_over.is_set():
                await client.projects.list(size=1)
                done += 1
            return done

        calls = [asyncio.create_task(call(client)) for client in clients for _ in range(3)]

        def told(what: str) -> int:
            return sum(what in record.getMessage() for record in caplog.records)

        await until(lambda: len(server.accepted) >= 20)
        # Who has just come is not known to the others yet: they hear of it within half a second.
        await until(lambda: all(client.limiter.stats().processes == 3 for client in clients))
        real_server.kill()
        await until(lambda: told("is gone") == 3)
        before = len(server.accepted)
        await until(lambda: len(server.accepted) >= before + 20)
        real_server.start()
        await until(lambda: told("is back") == 3)
        before = len(server.accepted)
        await until(lambda: len(server.accepted) >= before + 40)
        is_over.set()
        done = await asyncio.gather(*calls)
    assert all(done)
    assert server.share_refused <= MOST_REFUSED
    assert 3 == sum(record.levelno >= logging.WARNING for record in caplog.records)


async def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(20):
        while not is_so():  # noqa: ASYNC110 - servers and clients tell of nothing
            await asyncio.sleep(0.01)


def members(store: RealServer) -> int:
    """How many processes know of each other."""
    with store.client() as client:
        values = [client.get(key) for key in client.scan_iter("*:limit")]
    return sum(len(decode(value[40:]).members) for value in values)


async def killed(store: RealServer, relays: list[Relay]) -> None:
    """It crashes, and begins anew with nothing."""
    store.kill()
    await asyncio.sleep(5)
    store.start()


async def frozen(store: RealServer, relays: list[Relay]) -> None:
    """It hangs, and then goes on."""
    store.freeze()
    await asyncio.sleep(5)
    store.thaw()


async def silent(store: RealServer, relays: list[Relay]) -> None:
    """The network loses everything."""
    for relay in relays:
        relay.is_silent = True
    await asyncio.sleep(4)
    for relay in relays:
        relay.is_silent = False


async def cut(store: RealServer, relays: list[Relay]) -> None:
    """The network refuses."""
    for relay in relays:
        relay.cut()
    await asyncio.sleep(3)
    for relay in relays:
        relay.is_cut = False


async def briefly(store: RealServer, relays: list[Relay]) -> None:
    """It crashes, and begins anew, before all know."""
    store.kill()
    await asyncio.sleep(0.9)
    store.start()


async def one(store: RealServer, relays: list[Relay]) -> None:
    """The network refuses what one process sends."""
    await cut(store, relays[:1])


async def flushed(store: RealServer, relays: list[Relay]) -> None:
    """It forgets, without being gone."""
    with store.client() as client:
        client.flushall()


async def older(store: RealServer, relays: list[Relay]) -> None:
    """It is set back by some seconds, as by a replica that lagged."""
    with store.client() as client:
        (key,) = client.scan_iter("*:limit")
        old = client.get(key)
        await asyncio.sleep(1.5)
        client.set(key, old)


@pytest.mark.long
@OF_ANY_LOOP
@pytest.mark.parametrize("what", [killed, frozen, briefly, silent, cut, one, flushed, older])
async def test_processes_go_on(
    real_server: RealServer, what: Callable[[RealServer, list[Relay]], Awaitable[None]]
) -> None:
    """Four processes: no error, at most 2 % refused, no more than one warning of each."""
    server, relays = LimitedServer(LIMITS), [Relay(real_server.port) for _ in range(PROCESSES)]
    async with server.serving(), contextlib.AsyncExitStack() as stack:
        for relay in relays:
            await stack.enter_async_context(relay.serving())

        async def meanwhile(workers: list[Worker]) -> None:
            await until(lambda: members(real_server) == PROCESSES)
            await asyncio.sleep(1)
            await what(real_server, relays)

        outcomes = await run_fleet(
            *(server, [f"redis://127.0.0.1:{relay.port}" for relay in relays], LIMITS),
            seconds=11 if what in (killed, frozen) else 9,
            meanwhile=meanwhile,
        )
    for outcome in outcomes:
        assert [] == outcome.errors
        assert len(outcome.warnings) <= 1
        assert outcome.done > 0
    assert server.share_refused <= MOST_REFUSED


@pytest.mark.long
@OF_ANY_LOOP
@pytest.mark.parametrize(
    "delays",
    [
        pytest.param([(0.0005, 0.025)] * PROCESSES, id="1 to 50 ms"),
        pytest.param([(0.001, 0.05)] * PROCESSES, id="1 to 50 ms each way"),
        pytest.param([(0.0, 0.001), (0.02, 0.03)] * 2, id="two hosts"),
    ],
)
async def test_a_place_that_is_far(
    real_server: RealServer, delays: list[tuple[float, float]]
) -> None:
    """Each process has its own way to the server, as on several hosts, with other clocks as far as it knows."""
    server = LimitedServer(LIMITS)
    relays = [Relay(real_server.port, delay) for delay in delays]
    async with server.serving(), contextlib.AsyncExitStack() as stack:
        for relay in relays:
            await stack.enter_async_context(relay.serving())
        shares = [f"redis://127.0.0.1:{relay.port}" for relay in relays]
        outcomes = await run_fleet(server, shares, LIMITS, seconds=8)
    for outcome in outcomes:
        assert [] == outcome.errors
        assert outcome.done > 0
    assert server.share_refused <= MOST_REFUSED


@pytest.mark.long
@OF_ANY_LOOP
@pytest.mark.parametrize("algorithm", ["bucket", "sliding-window", "fixed-window"])
async def test_many_processes(real_server: RealServer, algorithm: str) -> None:
    """Eight processes with fifty callers: nothing is refused, and nobody is left out."""
    limits = ["600/min", "20/s"]
    server = LimitedServer(limits, algorithm)  # type: ignore[arg-type]
    async with server.serving():
        outcomes = await run_fleet(server, [real_server.url] * 8, limits, seconds=8, callers=50)
    assert [] == server.refused
    done = [outcome.done for outcome in outcomes]
    assert min(done) >= 0.7 * sum(done) / len(done)


@pytest.mark.long
@OF_ANY_LOOP
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
async def test_a_process_that_dies_or_is_stopped(
    real_server: RealServer, how: signal.Signals
) -> None:
    """In the middle of everything: the limit is kept, and what it had goes to the others."""
    server = LimitedServer(LIMITS)

    async def meanwhile(workers: list[Worker]) -> None:
        await until(lambda: members(real_server) == PROCESSES)
        await asyncio.sleep(1.03)
        workers[0].process.send_signal(how)
        await asyncio.sleep(3)
        if how == signal.SIGSTOP:
            workers[0].process.send_signal(signal.SIGCONT)

    async with server.serving():
        outcomes = await run_fleet(
            server, [real_server.url] * PROCESSES, LIMITS, seconds=11, meanwhile=meanwhile
        )
    assert [] == server.refused
    others = outcomes[1:] if how == signal.SIGKILL else outcomes
    assert all(outcome.done > 0 and not outcome.errors for outcome in others)
    late = [at for at in server.accepted if at > server.accepted[0] + 9]
    assert late
