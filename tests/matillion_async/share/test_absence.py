"""Processes of which nothing is heard, and which go on alone: the limit is kept, and used, also when they come back."""

from __future__ import annotations

import asyncio
import gc
import math
from collections.abc import Awaitable
from typing import Any, get_args

import pytest

from matillion_async import MatillionClient
from matillion_async._limits.rates import parse_rate_limits
from matillion_async._share.account import SETTLING, SILENT, Account
from matillion_async._share.place import Change, T
from matillion_async._share.record import decode, encode
from matillion_async._share.report import Refusal, Report
from matillion_async._share.turns import WAITING
from matillion_async.sandbox._limits import Algorithm
from tests.matillion_async.limits.far_server import Counting, FarServer
from tests.matillion_async.limits.test_far_servers import run
from tests.matillion_async.share.memory import GoneError, MemoryShare
from tests.matillion_async.share.test_fairness import limiter_of, requests
from tests.matillion_async.share.test_recovery import budget_of
from tests.matillion_async.share.test_shared_budget import NEAR, calls, client_of

ALGORITHMS: tuple[Algorithm, ...] = get_args(Algorithm)
LIMITS, RATE = "20/s", 20
PROCESSES, CALLERS = 4, 5


class Way(MemoryShare):
    """A process's own way to a place.

    Attributes:
        is_cut: whether it refuses.
        is_silent: whether nothing comes through.
    """

    def __init__(self, place: MemoryShare) -> None:
        super().__init__()
        self.is_cut = self.is_silent = False
        self._place = place

    def update(self, name: str, change: Change[T]) -> T | Awaitable[T]:
        """Change a value on the other end."""
        if self.is_cut:
            raise GoneError
        if self.is_silent:
            return asyncio.get_running_loop().create_future()
        return self._place.update(name, change)


class Fleet:
    """Processes that always have calls that wait."""

    def __init__(self, algorithm: Counting) -> None:
        self.server = FarServer(parse_rate_limits(LIMITS), algorithm, NEAR)
        self.place = MemoryShare(travel=0.002)
        self.ways = [Way(self.place) for _ in range(PROCESSES)]
        self._clients = [client_of(self.server, way, LIMITS) for way in self.ways]
        self._calls = [
            asyncio.ensure_future(self._call(client))
            for client in self._clients
            for _ in range(CALLERS)
        ]

    async def _call(self, client: MatillionClient) -> None:
        while True:
            await client.projects.list(size=1)

    async def accepted(self, seconds: float) -> int:
        """How many are accepted in some time."""
        before = self.server.arrived - self.server.refused
        await asyncio.sleep(seconds)
        return self.server.arrived - self.server.refused - before

    async def end(self) -> None:
        """Let all end."""
        for call in self._calls:
            call.cancel()
        await asyncio.gather(*self._calls, return_exceptions=True)
        for client in self._clients:
            await client.aclose()


@pytest.mark.parametrize("seconds", [0.9, 5.0])
@pytest.mark.parametrize("what", ["empty", "as it was", "silent"])
def test_the_place_comes_back(seconds: float, what: str) -> None:
    """Nothing is refused, although some are back before others; and nobody has to pause."""

    async def story() -> None:
        fleet = Fleet("every")
        await asyncio.sleep(3)
        for way in fleet.ways:
            way.is_silent, way.is_cut = what == "silent", what != "silent"
        await asyncio.sleep(seconds)
        if what == "empty":
            fleet.place.values.clear()
        for way in fleet.ways:
            way.is_silent = way.is_cut = False
        assert await fleet.accepted(3) > 0.8 * 3 * RATE
        assert 0 == fleet.server.refused
        await fleet.end()

    run(story())


@pytest.mark.parametrize(
    ("algorithm", "seconds"),
    [*((algorithm, 5.0) for algorithm in ALGORITHMS), ("sliding-window", 20.0)],
)
def test_one_of_them_is_cut_off(algorithm: Algorithm, seconds: float) -> None:
    """It goes on with its part, and the others leave it that: also for longer, if something is refused."""

    async def story() -> None:
        fleet = Fleet(algorithm)
        await asyncio.sleep(3)
        fleet.ways[0].is_cut = True
        assert await fleet.accepted(seconds) > 0.7 * seconds * RATE
        fleet.ways[0].is_cut = False
        assert await fleet.accepted(3) > 0.8 * 3 * RATE
        assert fleet.server.refused <= 0.02 * fleet.server.arrived
        await fleet.end()

    run(story())


def report(process: str, wanted: int = 0, under_way: int = 0, **told: Any) -> Report:
    """What a process tells."""
    return Report(process, parse_rate_limits("10/s"), under_way, wanted, **told)


def account_of(*processes: str) -> Account:
    """An account whose processes had something to do a moment before 100."""
    account = Account(parse_rate_limits("10/s"))
    account.rate.schedule.restart(0.0)
    for process in processes:
        account.exchange(report(process), 99.9)
    return account


@pytest.mark.parametrize("is_back", [True, False])
def test_what_others_may_have_sent_is_counted_until_they_are_back(*, is_back: bool) -> None:
    """One of two comes back to a place that was gone: half of the limit is the other's until it tells what it sent."""
    account = account_of("a", "b")
    account.exchange(report("a", alone_for=0.9), 101.0)
    if is_back:
        account.exchange(report("b", alone_for=0.9), 101.1)
    account.rate.schedule.full_at = [-math.inf]
    permits = account.exchange(report("a", 100), 101.5).permits
    assert permits == 10 if is_back else 4 <= permits <= 5


@pytest.mark.parametrize(("later", "most"), [(SETTLING - 0.1, 5), (SETTLING + 0.1, 10)])
def test_who_does_not_come_back_has_nothing_to_tell(later: float, most: int) -> None:
    """He is idle, or dead: his part is free then."""
    account = account_of("a", "b")
    account.exchange(report("a", alone_for=0.9), 101.0)
    account.rate.schedule.full_at = [-math.inf]
    permits = account.exchange(report("a", 100), 101.0 + later).permits
    assert most - 1 <= permits <= most


@pytest.mark.parametrize(
    ("later", "most"),
    [(WAITING - 0.1, 10), (WAITING + 1, 5), (SILENT - 0.1, 5), (SILENT + 0.1, 10)],
)
def test_who_waits_and_does_not_come_may_have_gone_on_alone(later: float, most: int) -> None:
    """His part is left to him for as long as for one that is dead."""
    account = account_of("a", "b")
    account.members["b"].waiting = 1
    account.members["b"].asks_at = 100.0
    permits = account.exchange(report("a", 100), 100.0 + later).permits
    assert most - 1 <= permits <= most


def test_one_part_is_left_for_longer_if_something_is_refused() -> None:
    """Somebody else is there; but not all who are silent are."""
    account = account_of("a", "b", "c", "d")
    for name in "bcd":
        account.members[name].under_way = 1
    at = 100.0 + 2 * SILENT
    account.exchange(report("a", refused=[Refusal(2.0, 2.1, 0.1)]), at)
    account.rate.schedule.full_at = [-math.inf]
    assert 6 <= account.exchange(report("a", 100), at).permits <= 8


def test_a_refusal_that_is_new_says_nothing_of_those_who_are_there() -> None:
    """Who is to come in a moment is not taken for absent."""
    account = account_of("a", "b")
    account.members["b"].under_way = 1
    account.exchange(report("a", refused=[Refusal(0.0, 0.1, 0.05)]), 100.0)
    account.rate.schedule.full_at = [-math.inf]
    assert 9 == account.exchange(report("a", 100), 100.3).permits


def test_without_a_limit_nobody_has_a_part() -> None:
    """There is nothing to divide."""
    account = Account(())
    for process in "ab":
        account.exchange(Report(process, (), 0, 0), 100.0)
    given = account.exchange(Report("a", (), 0, 7, alone_for=0.9), 101.0)
    assert given.permits >= 7


class Slow(MemoryShare):
    """A place that shows what is known of the requests of its only process as soon as that is told."""

    def __init__(self) -> None:
        super().__init__()
        self.known = 0

    def update(self, name: str, change: Change[T]) -> Awaitable[T]:
        """Change a value, on the other side of the world."""
        return self._slowly(name, change)

    async def _slowly(self, name: str, change: Change[T]) -> T:
        await asyncio.sleep(0.2)
        result = self._now(name, change)
        account = decode(self.values[name])
        self.known = account.under_way + len(account.rate.schedule.ends)
        await asyncio.sleep(0.2)
        return result


def test_what_is_sent_while_it_tells_is_told() -> None:
    """A process that is alone goes on while it tries to come back; what it sends meanwhile is known to the others at once."""

    async def story() -> None:
        share = Slow()
        limiter = limiter_of(share, "600/min, 20/s")
        loop = asyncio.get_running_loop()

        async def call() -> None:
            while True:
                permit = await limiter.acquire()
                sent_at = loop.time()
                await asyncio.sleep(0.05)
                limiter.responded(permit, sent_at)

        calls = [asyncio.ensure_future(call()) for _ in range(8)]
        await asyncio.sleep(5)
        share.is_gone = True
        await asyncio.sleep(2)
        share.is_gone, share.known = False, 0
        for _ in range(2000):
            assert not share.known or share.known >= limiter.stats().sent
            await asyncio.sleep(0.001)
        assert share.known
        for each in calls:
            each.cancel()
        await asyncio.gather(*calls, return_exceptions=True)
        await limiter.aclose()

    run(story())


def test_who_is_cut_off_sends_nothing_until_the_others_can_know() -> None:
    """What it does not ask for is theirs until they take it for absent."""

    async def story() -> None:
        place = MemoryShare()
        ways = [Way(place) for _ in range(2)]
        one, other = (limiter_of(way, "20/s") for way in ways)
        for limiter in (one, other):
            await requests(limiter, 1, 0.01)
        loop = asyncio.get_running_loop()
        await asyncio.sleep(3)
        began = loop.time()
        await requests(one, 1, 0.01)
        ways[0].is_cut = True
        while budget_of(one)._alone is None:
            await requests(one, 1, 0.0)  # with a permit that it has in advance; the last one waits
        assert loop.time() >= began + WAITING
        for limiter in (one, other):
            await limiter.aclose()

    run(story())


def test_a_place_that_fails_after_the_end_is_not_complained_of() -> None:
    """Nobody waits for the answer any more."""

    async def story() -> None:
        complaints: list[dict[str, Any]] = []
        asyncio.get_running_loop().set_exception_handler(lambda _, what: complaints.append(what))
        share = MemoryShare()
        limiter = limiter_of(share)
        share.hangs, share.is_gone = 0.2, True
        waiting = asyncio.ensure_future(limiter.acquire())
        await asyncio.sleep(0.1)
        await limiter.aclose()
        await asyncio.gather(waiting, return_exceptions=True)
        del limiter, waiting
        gc.collect()
        await asyncio.sleep(0)
        assert [] == complaints

    run(story())


def test_an_empty_bucket_is_empty_without_the_others() -> None:
    """A place that goes when the bucket is empty, and comes back, gives nobody a request that the server refuses."""

    async def story() -> None:
        limits = "60/min,5/s"
        for number in range(10):
            server = FarServer(parse_rate_limits(limits), "every", NEAR, seed=number)
            share = MemoryShare()
            client = client_of(server, share, limits)
            working = asyncio.ensure_future(calls(client, 12))
            await asyncio.sleep(1.5 + 0.3 * number)
            share.is_gone = True
            await asyncio.sleep(0.9)
            share.is_gone = False
            await working
            await client.aclose()
            assert 0 == server.refused

    run(story())


def test_who_waits_alone_tries_to_come_back_every_second() -> None:
    """Also where its part of a slow limit gives it nothing for longer."""

    async def story() -> None:
        share = MemoryShare()
        one, other = limiter_of(share, "6/min"), limiter_of(share, "6/min")
        for limiter in (one, other):
            await requests(limiter, 3, 0.01)
        await asyncio.sleep(2)
        share.is_gone = True
        waiting = asyncio.ensure_future(one.acquire())
        await asyncio.sleep(3)
        assert budget_of(one)._alone is not None
        share.is_gone = False
        await asyncio.sleep(1.5)
        assert budget_of(one)._alone is None
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        for limiter in (one, other):
            await limiter.aclose()

    run(story())


def test_who_has_left_goes_on_with_nothing() -> None:
    """A client that is closed with requests under way holds nothing back but these, and is not there any more."""
    account = Account(parse_rate_limits("20/s"))
    limits = account.limits
    for name in ("stays", "leaves"):
        account.exchange(Report(name, limits, 0, 1), 0.0)
    account.leave(Report("leaves", limits, 4, 0), 0.1)
    assert 1 == account.present(0.2)
    now = 3.0
    account = decode(encode(account))
    assert 16 == account.exchange(Report("stays", limits, 0, 20, [2.9]), now).permits
    account.exchange(Report("stays", limits, 16, 0), 0.1 + SILENT + 0.1)
    assert ["stays"] == [*account.members]
