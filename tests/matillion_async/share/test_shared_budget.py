"""Several clients that share a limit, on a virtual clock: what each may send, and what becomes of it when the place is gone."""

from __future__ import annotations

import asyncio
import logging
import random
import statistics
from dataclasses import dataclass
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matillion_async import MatillionClient, RetryPolicy
from matillion_async._limits.rates import parse_rate_limits
from matillion_async._share.budget import STOCK_VALID
from matillion_async._share.place import Change, T
from matillion_async.sandbox._limits import Algorithm
from tests.matillion_async.limits.far_server import FarServer, Network
from tests.matillion_async.limits.test_far_servers import make_calls, networks, run
from tests.matillion_async.share.memory import MemoryShare

ALGORITHMS: tuple[Algorithm, ...] = get_args(Algorithm)
NEAR = Network(travel=0.01, jitter=0.02, connecting=0.05, token=0.1)


def client_of(server: FarServer, share: MemoryShare | str, limits: str | None) -> MatillionClient:
    """One of several clients of one account."""
    return MatillionClient(
        client_id="account",
        base_url="https://api.example.com/dpc",
        token_source=server,
        transport=server,
        rate_limits=None if limits is None else limits.split(","),
        share=share,
        retry=RetryPolicy(max_attempts=20),
    )


async def calls(client: MatillionClient, number: int) -> None:
    """So many calls at once."""
    await asyncio.gather(*(client.projects.list(size=1) for _ in range(number)))


@dataclass(frozen=True, slots=True)
class History:
    """Processes of one account, what is between them, the place and the server, and the share of the calls that are given up."""

    limits: str
    network: Network
    processes: int
    travel: float
    given_up: float
    seed: int


HISTORIES = st.builds(
    History,
    limits=st.sampled_from(("60/min, 5/s", "1200/min, 100/s", "20/10s, 4/s")),
    network=networks,
    processes=st.integers(2, 4),
    travel=st.sampled_from((0.0, 0.001, 0.1)),
    given_up=st.sampled_from((0.0, 0.5)),
    seed=st.integers(0, 10**6),
)


def carry_out(history: History) -> None:
    """Nothing is refused meanwhile."""

    async def story() -> None:
        server = FarServer(
            parse_rate_limits(history.limits), "every", history.network, seed=history.seed
        )
        share = MemoryShare(travel=history.travel, seed=history.seed)
        clients = [client_of(server, share, history.limits) for _ in range(history.processes)]
        async with asyncio.TaskGroup() as group:
            for n, client in enumerate(clients):
                group.create_task(
                    make_calls(client, random.Random(history.seed + n), history.given_up)
                )
        for client in clients:
            await client.aclose()
        assert 0 == server.refused
        assert history.processes == share.closed

    run(story())


@settings(max_examples=4)
@given(history=HISTORIES)
def test_no_request_of_any_process_is_refused(history: History) -> None:
    """Whatever the network does, and however far the shared place is."""
    carry_out(history)


@pytest.mark.long
@settings(max_examples=25)
@given(history=HISTORIES)
def test_no_request_is_refused_in_many_histories(history: History) -> None:
    """As above, with what few of them show."""
    carry_out(history)


@pytest.mark.parametrize("processes", [1, 4])
def test_together_they_are_as_fast_as_one(processes: int) -> None:
    """What the limit allows is used, however many share it."""

    async def story() -> None:
        limits = "600/min,20/s"
        server = FarServer(parse_rate_limits(limits), "bucket", NEAR)
        share = MemoryShare(travel=0.0005)
        clients = [client_of(server, share, limits) for _ in range(processes)]
        loop = asyncio.get_running_loop()
        began = loop.time()
        await asyncio.gather(*(calls(client, 600 // processes) for client in clients))
        best = (600 - 20) / 10
        assert loop.time() - began < 1.05 * best + 1
        assert 0 == server.refused
        for client in clients:
            await client.aclose()

    run(story())


async def learned(
    processes: int, limits: str, algorithm: Algorithm, number: int, seed: int
) -> tuple[float, int, int]:
    """How long calls take that find out the limits, and how many are refused: at all, and after the first minute."""
    server = FarServer(parse_rate_limits(limits), algorithm, NEAR, seed=seed)
    place = MemoryShare(travel=0.005 * (seed % 2), seed=seed)
    share = place if processes > 1 else "none"
    clients = [client_of(server, share, None) for _ in range(processes)]
    loop = asyncio.get_running_loop()
    began = loop.time()
    in_first_minute: list[int] = []
    loop.call_later(60, lambda: in_first_minute.append(server.refused))
    await asyncio.gather(*(calls(client, number // processes) for client in clients))
    took = loop.time() - began
    for client in clients:
        await client.aclose()
    return took, server.refused, server.refused - in_first_minute[0]


def check_learning(limits: str, algorithm: Algorithm, number: int) -> None:
    """Four processes learn as one does that shares nothing, in the mean of some histories."""

    def means(processes: int) -> list[float]:
        histories: list[tuple[float, int, int]] = []

        async def one(seed: int) -> None:
            histories.append(await learned(processes, limits, algorithm, number, seed))

        for seed in range(4):
            run(one(seed))
        return [statistics.mean(numbers) for numbers in zip(*histories, strict=True)]

    (alone_time, alone, alone_later), (time, together, later) = means(1), means(4)
    assert time < 1.1 * alone_time
    assert together <= 1.1 * alone + 3
    assert later <= 1.1 * alone_later + 1


@pytest.mark.parametrize(
    "algorithm",
    [pytest.param(each, marks=[pytest.mark.long] * (each != "bucket")) for each in ALGORITHMS],
)
def test_what_is_learned_is_learned_by_all(algorithm: Algorithm) -> None:
    """Without configured limits, all processes together find out the server's as one does alone."""
    check_learning("60/min, 5/s", algorithm, 240)


@pytest.mark.long
@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_what_is_learned_of_limits_in_no_document(algorithm: Algorithm) -> None:
    """They are below what was guessed and above what is believed after that, so that the rate has a way to go."""
    check_learning("600/min, 20/s", algorithm, 1200)


def test_a_pause_is_for_all() -> None:
    """A 429 to one process makes the others wait as well."""

    async def story() -> None:
        limits = "600/min,20/s"
        server = FarServer(parse_rate_limits("1000/min"), "bucket", NEAR)
        share = MemoryShare()
        one, other = (client_of(server, share, limits) for _ in range(2))
        await calls(one, 1)
        await calls(other, 1)
        permit = one.limiter.try_acquire()
        assert permit is not None
        one.limiter.refused(permit, 30.0)
        loop = asyncio.get_running_loop()
        await asyncio.sleep(STOCK_VALID)  # what it has in advance may still be used
        began = loop.time()
        await calls(other, 1)
        assert 29.4 < loop.time() - began < 31
        await one.aclose()
        await other.aclose()

    run(story())


@pytest.mark.parametrize("hangs", [0.0, 60.0])
@pytest.mark.parametrize("comes_back", ["as it was", "empty", "older"])
def test_a_place_that_is_gone(
    comes_back: str, hangs: float, caplog: pytest.LogCaptureFixture
) -> None:
    """No call fails, each process goes on with its part, one warning tells, and it comes back by itself, without a burst."""
    caplog.set_level(logging.INFO, logger="matillion_async")

    async def story() -> None:
        limits = "300/min,10/s"
        server = FarServer(parse_rate_limits(limits), "sliding-window", NEAR)
        share = MemoryShare()
        clients = [client_of(server, share, limits) for _ in range(3)]

        async def outage() -> None:
            await asyncio.sleep(10)
            before = dict(share.values)
            await asyncio.sleep(5)
            share.is_gone, share.hangs = True, hangs
            await asyncio.sleep(20)
            if comes_back == "empty":
                share.values.clear()
            elif comes_back == "older":
                share.values.update(before)
            share.is_gone, share.hangs = False, 0.0

        loop = asyncio.get_running_loop()
        began = loop.time()
        await asyncio.gather(outage(), *(calls(client, 150) for client in clients))
        assert server.refused <= 0.02 * server.arrived
        assert loop.time() - began < 1.3 * 450 / 5
        assert all(client.limiter.stats().refused <= 3 for client in clients)
        for client in clients:
            await client.aclose()

    run(story())
    lost = [r for r in caplog.records if "gone" in r.getMessage()]
    back = [r for r in caplog.records if "is back" in r.getMessage()]
    assert 3 == len(lost) == len(back)
    assert {logging.WARNING} == {record.levelno for record in lost}


def test_a_process_that_dies_takes_nothing_with_it() -> None:
    """Its permits are given to others once its requests can have arrived at the latest."""

    async def story() -> None:
        limits = "600/min,20/s"
        server = FarServer(parse_rate_limits(limits), "bucket", NEAR)
        share = MemoryShare()
        victim, survivor = (client_of(server, share, limits) for _ in range(2))
        flight = [
            asyncio.ensure_future(calls(victim, 300)),
            asyncio.ensure_future(calls(survivor, 300)),
        ]
        await asyncio.sleep(2)
        victim.limiter._budget.close()  # as if it were killed: nothing is told any more
        victim.limiter.close()
        await flight[1]
        loop = asyncio.get_running_loop()
        began = loop.time()
        await calls(survivor, 100)
        assert loop.time() - began < 12
        assert 0 == server.refused
        await survivor.aclose()
        await asyncio.gather(*flight, return_exceptions=True)
        await victim.aclose()

    run(story())


def test_other_limits_than_those_of_the_others(caplog: pytest.LogCaptureFixture) -> None:
    """One set of limits holds for an account; a process that has others says so, once."""

    async def story() -> None:
        server = FarServer(parse_rate_limits("1000/min"), "bucket", NEAR)
        share = MemoryShare()
        one = client_of(server, share, "60/min,5/s")
        other = client_of(server, share, "600/min")
        third = client_of(server, share, None)
        for client in (one, other, third, other):
            await calls(client, 1)
        assert {60.0} == {
            client.limiter.stats().requests_per_minute for client in (one, other, third)
        }
        for client in (one, other, third):
            await client.aclose()

    run(story())
    (warning,) = [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING]
    assert "rate_limits is 600/min here, but 5/s,60/min" in warning.replace(
        "60/min,5/s", "5/s,60/min"
    )


def test_a_place_that_gives_back_anything_else(caplog: pytest.LogCaptureFixture) -> None:
    """It is taken for gone: no call fails."""

    class Broken(MemoryShare):
        def update(self, name: str, change: Change[T]) -> T:
            return None  # type: ignore[return-value]

    async def story() -> None:
        server = FarServer(parse_rate_limits("1000/min"), "bucket", NEAR)
        client = client_of(server, Broken(), "600/min")
        await calls(client, 5)
        await client.aclose()

    run(story())
    assert 1 == sum("gone" in record.getMessage() for record in caplog.records)
