"""Limits that are configured exactly are kept where the server counts: when a request arrives, however it travelled."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Coroutine
from typing import Any, get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from matillion_async import MatillionClient
from matillion_async._limits.rates import parse_rate_limits
from matillion_async.sandbox import VirtualTimeLoop
from matillion_async.sandbox._limits import Algorithm
from tests.matillion_async.limits.far_server import FarServer, Network

ALGORITHMS: tuple[Algorithm, ...] = get_args(Algorithm)
LIMITS = ("60/min, 5/s", "1200/min, 100/s", "30/s", "20/10s, 4/s", "100/min")
CALLS = 70
TIMEOUT = 15.0
QUIET = 200.0
"""Seconds after which nothing is counted any more, in any window."""

networks = st.builds(
    Network,
    travel=st.floats(0, 2),
    jitter=st.floats(0, 1),
    connecting=st.floats(0, 2),
    token=st.floats(0, 3),
)
SLOW_START = Network(travel=0.05, jitter=0.0, connecting=0.5, token=0.5)


def client_of(server: FarServer, limits: str) -> MatillionClient:
    """A client that knows the limits."""
    return MatillionClient(
        base_url="https://api.example.com/dpc",
        token_source=server,
        transport=server,
        rate_limits=limits.split(","),
        timeout=TIMEOUT,
    )


def run(story: Coroutine[Any, Any, None]) -> None:
    """Run on a virtual clock of its own; for tests that hypothesis repeats. A call that waits for ever fails it."""

    async def bounded() -> None:
        async with asyncio.timeout(86_400):
            await story

    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        runner.run(bounded())


async def make_calls(client: MatillionClient, chance: random.Random, given_up: float) -> None:
    """Calls in bursts; that share of them is cancelled, or has a deadline."""
    tasks: list[asyncio.Task[Any]] = []
    loop = asyncio.get_running_loop()
    while len(tasks) < CALLS:
        for _ in range(chance.choice((1, 3, 20, 60))):
            options: dict[str, Any] = {}
            gives_up = chance.random() < given_up
            if gives_up and chance.random() < 0.5:
                options["deadline"] = chance.uniform(0.01, 20)
            call = client.with_options(**options).projects.list(size=1)
            task = asyncio.ensure_future(_awaited(call))
            tasks.append(task)
            if gives_up and not options:
                loop.call_later(chance.uniform(0, 8), task.cancel)
        await asyncio.sleep(chance.choice((0.0, 0.1, 1.0, 5.0)) * chance.random())
    await asyncio.gather(*tasks, return_exceptions=True)


async def _awaited(call: Any) -> Any:
    return await call


@settings(max_examples=25)
@given(
    limits=st.sampled_from(LIMITS),
    network=networks,
    phase=st.floats(0, 60),
    troubles=st.sampled_from((0.0, 0.3)),
    connections=st.sampled_from((None, 3, 100)),
    seed=st.integers(0, 10**6),
)
@example(
    limits="1200/min, 100/s",
    network=SLOW_START,
    phase=0.0,
    troubles=0.0,
    connections=None,
    seed=0,
)
def test_no_request_is_refused_whatever_the_network_does(
    limits: str,
    network: Network,
    phase: float,
    troubles: float,
    connections: int | None,
    seed: int,
) -> None:
    """Slow tokens, connections opened under way, journeys of any length, and every end that an exchange has."""

    async def story() -> None:
        server = FarServer(
            parse_rate_limits(limits),
            "every",
            network,
            phase=phase,
            troubles=troubles,
            connections=connections,
            seed=seed,
        )
        async with client_of(server, limits) as client:
            await make_calls(client, random.Random(seed), given_up=0.0)
        assert 0 == server.refused
        assert server.arrived >= CALLS * (1 - troubles)

    run(story())


@settings(max_examples=25)
@given(
    limits=st.sampled_from(LIMITS),
    network=networks,
    phase=st.floats(0, 60),
    troubles=st.sampled_from((0.0, 0.3)),
    given_up=st.sampled_from((0.2, 0.8)),
    seed=st.integers(0, 10**6),
)
@example(limits="30/s", network=SLOW_START, phase=0.0, troubles=0.0, given_up=0.8, seed=0)
def test_requests_whose_callers_gave_up_count_too(
    limits: str,
    network: Network,
    phase: float,
    troubles: float,
    given_up: float,
    seed: int,
) -> None:
    """A call that was cancelled or ran out of time may have sent its request: it arrives, and the server counts it."""

    async def story() -> None:
        server = FarServer(
            parse_rate_limits(limits), "every", network, phase=phase, troubles=troubles, seed=seed
        )
        async with client_of(server, limits) as client:
            await make_calls(client, random.Random(seed), given_up)
            assert 0 == client.limiter.stats().waiting
        assert 0 == server.refused

    run(story())


@settings(max_examples=25)
@given(
    limits=st.sampled_from(("1200/min, 100/s", "30/s", "100/min")),  # which allow so many at once
    network=networks,
    connections=st.integers(1, 4),
    given_up=st.sampled_from((0.0, 0.3, 1.0)),
    seed=st.integers(0, 10**6),
)
def test_no_permit_is_lost(
    limits: str, network: Network, connections: int, given_up: float, seed: int
) -> None:
    """However requests ended, nothing is under way afterwards, and as many as there are connections go at once."""

    async def story() -> None:
        server = FarServer(
            parse_rate_limits(limits),
            "sliding-window",
            network,
            troubles=0.5,
            connections=connections,
            seed=seed,
        )
        async with client_of(server, limits) as client:
            await make_calls(client, random.Random(seed), given_up)
            stats = client.limiter.stats()
            assert (0, 0) == (stats.waiting, stats.in_flight)
            assert server.most_under_way <= connections
            await asyncio.sleep(QUIET)
            server.troubles = 0.0
            server.most_under_way = 0
            began = asyncio.get_running_loop().time()
            await asyncio.gather(*(client.projects.list(size=1) for _ in range(connections)))
            slowest = network.connecting + 2 * (network.travel + network.jitter)
            assert asyncio.get_running_loop().time() - began <= slowest + 1e-6
            assert connections == server.most_under_way
            assert 0 == client.limiter.stats().in_flight

    run(story())


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.virtual_time
async def test_a_slow_token_costs_its_own_time(algorithm: Algorithm) -> None:
    """60 calls at 60/min with bursts of 5 take as long as with a token at hand, and the wait for it besides."""
    limits = "60/min, 5/s"
    network = Network(travel=0.0, jitter=0.0, connecting=0.0, token=0.5)
    server = FarServer(parse_rate_limits(limits), algorithm, network)
    async with client_of(server, limits) as client:
        await asyncio.gather(*(client.projects.list(size=1) for _ in range(60)))
    assert (60, 0) == (server.arrived, server.refused)
    assert asyncio.get_running_loop().time() < 0.5 + 55 * 1.05
