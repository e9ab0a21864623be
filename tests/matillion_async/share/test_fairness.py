"""What one process does must not keep another from its part: slow responses, few connections, long idleness, slow limits."""

from __future__ import annotations

import asyncio

import pytest

from matillion_async._limits.limiter import Limiter
from matillion_async._limits.queue import Permit
from matillion_async._limits.rates import parse_rate_limits
from matillion_async._share.account import Account
from matillion_async._share.budget import SharedBudget
from matillion_async._share.record import decode
from matillion_async._share.report import Report
from tests.matillion_async.limits.far_server import FarServer, Network
from tests.matillion_async.limits.test_far_servers import run
from tests.matillion_async.share.memory import MemoryShare
from tests.matillion_async.share.test_shared_budget import NEAR, calls, client_of

LIMITS = parse_rate_limits("60/min, 5/s")


def limiter_of(
    share: MemoryShare, limits: str = "60/min, 5/s", connections: int | None = None
) -> Limiter:
    """The limiter of one of several processes."""
    return Limiter(
        SharedBudget(share, "account", parse_rate_limits(limits)), max_in_flight=connections
    )


async def requests(limiter: Limiter, number: int, seconds: float) -> None:
    """So many at once, each with a response that takes so long."""

    async def one() -> None:
        permit = await limiter.acquire()
        began = asyncio.get_running_loop().time()
        limiter.sending(permit)
        await asyncio.sleep(seconds)
        limiter.responded(permit, began)

    await asyncio.gather(*(one() for _ in range(number)))


def test_slow_responses_of_one_process_hold_up_no_other() -> None:
    """A request has arrived some seconds after it was written, also if nothing else happens in its process."""

    async def story() -> None:
        share = MemoryShare()
        slow, quick = limiter_of(share), limiter_of(share)
        task = asyncio.ensure_future(requests(slow, 5, 120.0))
        await asyncio.sleep(0.1)
        loop = asyncio.get_running_loop()
        began = loop.time()
        await requests(quick, 5, 0.01)
        assert loop.time() - began < 12
        before = share.changes
        await asyncio.sleep(60)
        assert share.changes - before < 10  # and there is nothing more to tell
        await task
        for limiter in (slow, quick):
            await limiter.aclose()

    run(story())


def test_a_process_asks_for_no_more_than_it_can_send() -> None:
    """The rest would be lost to the others until it is too old."""

    async def story() -> None:
        share = MemoryShare()
        narrow = limiter_of(share, "600/min, 20/s", 1)
        task = asyncio.ensure_future(requests(narrow, 40, 0.5))
        for _ in range(30):
            await asyncio.sleep(0.1)
            (member,) = decode(share.values["account"]).members.values()
            assert member.waiting <= 1
        await task
        await narrow.aclose()

    run(story())


@pytest.mark.parametrize("idle", [1.0, 30.0])
def test_a_process_that_was_first_gets_its_part_when_it_comes_back(idle: float) -> None:
    """However many permits it had before a newcomer came."""
    account = Account(parse_rate_limits("600/min, 20/s"))
    now = 0.0
    had = {"first": 0, "newcomer": 0}

    def ask(name: str, wanted: int) -> int:
        report = Report(name, account.limits, 0, wanted, [0.0] * had[name])
        had[name] = account.exchange(report, now).permits
        return had[name]

    while now < 60:
        ask("first", 1)
        now += 0.1
    now += idle
    got = {"first": 0, "newcomer": 0}
    for n in range(600):
        now += 0.1
        got["newcomer"] += ask("newcomer", 10)
        if n > 5:
            got["first"] += ask("first", 10)
    assert got["first"] > 0.4 * sum(got.values())


@pytest.mark.parametrize("limits", ["60/min,5/s", "60/min", "6/min"])
def test_slow_limits_are_shared_evenly(limits: str) -> None:
    """Also where nobody has anything to tell between two permits."""

    async def story() -> None:
        server = FarServer(parse_rate_limits(limits), "bucket", NEAR)
        share = MemoryShare()
        clients = [client_of(server, share, limits) for _ in range(3)]
        minute = 60 * 60 / parse_rate_limits(limits)[0].count
        tasks = [asyncio.ensure_future(calls(client, 400)) for client in clients]
        await asyncio.sleep(minute)
        before = [client.limiter.stats().sent for client in clients]
        await asyncio.sleep(minute)
        sent = [client.limiter.stats().sent - n for client, n in zip(clients, before, strict=True)]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for client in clients:
            await client.aclose()
        assert min(sent) >= 0.8 * sum(sent) / 3, sent

    run(story())


def test_no_permit_in_a_pause_that_began_while_the_place_was_asked() -> None:
    """What was given before a 429 came is not used after it."""

    async def story() -> None:
        share = MemoryShare()
        limiter = limiter_of(share, "600/min, 20/s")
        permit = limiter.try_acquire()
        assert isinstance(permit, Permit)
        await asyncio.sleep(1)
        share.hangs = 0.2
        waiting = [asyncio.ensure_future(limiter.acquire()) for _ in range(20)]
        await asyncio.sleep(0.1)
        limiter.refused(permit, 30.0)
        loop = asyncio.get_running_loop()
        began = loop.time()
        await waiting[0]
        assert loop.time() - began > 29
        for task in waiting:
            task.cancel()
        await limiter.aclose()

    run(story())


def test_limits_in_another_order_are_the_same(caplog: pytest.LogCaptureFixture) -> None:
    """Nobody is warned."""

    async def story() -> None:
        server = FarServer(LIMITS, "bucket", NEAR)
        share = MemoryShare()
        one, other = client_of(server, share, "60/min,5/s"), client_of(server, share, "5/s,60/60s")
        for client in (one, other):
            await calls(client, 1)
        for client in (one, other):
            await client.aclose()

    run(story())
    assert [] == [record.getMessage() for record in caplog.records]


@pytest.mark.parametrize("processes", [6, pytest.param(12, marks=pytest.mark.long)])
@pytest.mark.parametrize("limits", ["30/2s,10/s", "60/min,5/s"])
def test_nothing_is_lost_by_keeping_permits_for_others(limits: str, processes: int) -> None:
    """All that wait together get what one would get alone, and each the same."""

    async def story() -> None:
        server = FarServer(parse_rate_limits(limits), "bucket", Network(0.005, 0.01, 0.01, 0.05))
        share = MemoryShare()
        clients = [client_of(server, share, limits) for _ in range(processes)]
        tasks = [asyncio.ensure_future(calls(client, 300)) for client in clients]
        await asyncio.sleep(8)
        before = [client.limiter.stats().sent for client in clients]
        await asyncio.sleep(60)
        sent = [client.limiter.stats().sent - n for client, n in zip(clients, before, strict=True)]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for client in clients:
            await client.aclose()
        rate = min(limit.rate for limit in parse_rate_limits(limits))
        assert sum(sent) > 0.97 * 60 * rate
        assert max(sent) - min(sent) <= max(2, 0.2 * max(sent))
        assert 0 == server.refused

    run(story())


@pytest.mark.parametrize(("limits", "half"), [("60/min", 30), ("6/min", 2)])
def test_permits_in_advance_that_come_back_are_used_by_who_waits(limits: str, half: int) -> None:
    """Who was told that the next one is free in a minute, when those are used, does not sleep for so long."""

    async def story() -> None:
        share = MemoryShare()
        one, other = limiter_of(share, limits), limiter_of(share, limits)
        await requests(one, half, 0.01)
        await asyncio.sleep(0.2)
        account = decode(share.values["account"])
        free = parse_rate_limits(limits)[0].count - half
        assert account.under_way
        loop = asyncio.get_running_loop()
        began = loop.time()
        await requests(other, free, 0.01)
        assert loop.time() - began < 2
        for limiter in (one, other):
            await limiter.aclose()

    run(story())


@pytest.mark.parametrize("deadline", [None, 0.03])
def test_who_waits_no_longer_keeps_nothing_from_the_others(deadline: float | None) -> None:
    """Processes whose calls are all given up while they are silent are neither waited for nor taken for absent."""

    async def story() -> None:
        share = MemoryShare()
        limiters = [limiter_of(share, "10/s") for _ in range(4)]
        steady = limiters.pop()
        task = asyncio.ensure_future(requests(steady, 500, 0.01))
        await asyncio.sleep(3)
        until = deadline and asyncio.get_running_loop().time() + deadline
        calls = [asyncio.ensure_future(each.acquire(deadline=until)) for each in limiters * 5]
        await asyncio.sleep(0.03)
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)
        before = steady.stats().sent
        await asyncio.sleep(10)
        assert steady.stats().sent - before > 0.97 * 10 * 10
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        for limiter in (*limiters, steady):
            await limiter.aclose()

    run(story())
