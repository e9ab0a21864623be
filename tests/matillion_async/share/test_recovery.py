"""What is known of a limit when the shared place was lost, and what becomes of clients that end, wait or fail meanwhile."""

from __future__ import annotations

import asyncio
import gc
import os
import time

import pytest

from matillion_async import DeadlineExceededError
from matillion_async._limits.failed_waits import GIVE_UP_AFTER
from matillion_async._limits.limiter import Limiter
from matillion_async._limits.queue import Permit
from matillion_async._limits.rates import parse_rate_limits
from matillion_async._share.budget import SharedBudget
from matillion_async._share.membership import Membership
from matillion_async._share.place import Change, CrowdedError, T
from matillion_async._share.record import decode
from tests.matillion_async.limits.far_server import FarServer
from tests.matillion_async.limits.test_far_servers import run
from tests.matillion_async.share.memory import MemoryShare
from tests.matillion_async.share.test_fairness import limiter_of, requests
from tests.matillion_async.share.test_shared_budget import NEAR, calls, client_of


def budget_of(limiter: Limiter) -> SharedBudget:
    """That of a limiter of these tests."""
    budget = limiter._budget
    assert isinstance(budget, SharedBudget)
    return budget


@pytest.mark.parametrize("lost", ["all", "the last minute", "the last second", "gone"])
def test_what_was_sent_counts_once_when_the_place_was_lost(lost: str) -> None:
    """Each process tells what it sent, but not what another one knows already."""

    async def story() -> None:
        share = MemoryShare()
        limiters = [limiter_of(share, "400/h") for _ in range(3)]
        before = dict(share.values)
        for n in range(20):
            if (lost, n) in (("the last minute", 5), ("the last second", 19)):
                before = dict(share.values)
            for limiter in limiters:
                await requests(limiter, 2, 0.01)
            await asyncio.sleep(1)
        await requests(
            limiters[0], 1, 0.01
        )  # what the others had in advance it knows to be given back
        sent = 121
        if lost == "gone":
            share.is_gone = True
            for _ in range(10):
                await asyncio.sleep(1)
                for limiter in limiters:
                    if limiter.try_acquire():
                        limiter.dropped(Permit(0.0), may_arrive=False)
                        sent += 1
            share.is_gone = False
            before = {}
        share.values.clear()
        share.values.update(before)
        await asyncio.sleep(2)
        for _ in range(3):
            for limiter in limiters:
                await requests(limiter, 1, 0.01)
                sent += 1
            await asyncio.sleep(3)
        (value,) = share.values.values()
        known = len(decode(value).rate.schedule.ends)
        # Who is silent for long is taken for dead, with what he had in advance.
        assert sent <= known <= sent + (36 if lost == "gone" else 6)
        for limiter in limiters:
            await limiter.aclose()

    run(story())


def test_old_refusals_do_not_make_later_ones_fail() -> None:
    """Minutes of nothing but 429s count from the first of them, whoever had it."""

    async def story() -> None:
        share = MemoryShare()
        one, other = limiter_of(share, "600/min, 20/s"), limiter_of(share, "600/min, 20/s")

        async def refused(limiter: Limiter) -> None:
            permit = await limiter.acquire()
            limiter.refused(permit, 0.1)
            await asyncio.sleep(0.2)

        await refused(one)
        await requests(one, 3, 0.01)
        await asyncio.sleep(2 * GIVE_UP_AFTER)
        await refused(other)
        await refused(other)
        waiting = asyncio.ensure_future(one.acquire(after_429=True))
        await asyncio.sleep(0)
        permit = await other.acquire()
        task = asyncio.ensure_future(one.acquire(after_429=True))
        other.refused(permit, 20.0)
        await asyncio.sleep(0.5)
        for limiter in (one, other):
            held = Permit(asyncio.get_running_loop().time())
            budget_of(limiter).under_way += 1
            limiter._dispatcher.in_flight += 1
            limiter.refused(held, 5.0)
            await asyncio.sleep(0.3)
        await waiting
        await task
        for limiter in (one, other):
            await limiter.aclose()

    run(story())


def test_what_cannot_be_told_is_not_kept_for_ever() -> None:
    """While the place is gone, no more than the longest limit looks back to."""

    async def story() -> None:
        share = MemoryShare()
        limiter = limiter_of(share, "600/min")
        await requests(limiter, 1, 0.01)
        share.is_gone = True
        for _ in range(50):
            await requests(limiter, 100, 0.0)
        news = budget_of(limiter)._membership._news
        assert len(news.arrived) < 1300
        before = share.changes
        await asyncio.sleep(1000)
        assert share.changes - before < 80  # who has nothing to tell does not try for ever
        await limiter.aclose()

    run(story())


@pytest.mark.parametrize("travel", [0.0, 0.2])
async def test_a_client_that_is_closed_while_it_asks(travel: float) -> None:
    """Nothing is left behind: no task, no coroutine, no timer, no permit that others wait for."""
    share = MemoryShare(travel=travel)
    limiter = limiter_of(share)
    before = asyncio.all_tasks()
    waiting = asyncio.ensure_future(limiter.acquire())
    await asyncio.sleep(0)
    await limiter.aclose()
    await asyncio.gather(waiting, return_exceptions=True)
    await asyncio.sleep(0)
    gc.collect()
    assert before == asyncio.all_tasks()
    assert share.closed == 1


def test_a_response_that_comes_after_the_end_asks_nobody() -> None:
    """The place is closed then."""

    async def story() -> None:
        share = MemoryShare()
        limiter = limiter_of(share)
        permits = [await limiter.acquire() for _ in range(3)]
        await limiter.aclose()
        before = share.changes
        limiter.refused(permits[0], 1.0)
        limiter.responded(permits[1], 0.0)
        limiter.dropped(permits[2], may_arrive=True)
        await asyncio.sleep(10)
        assert before == share.changes

    run(story())


def test_a_deadline_is_judged_by_what_is_known_now() -> None:
    """A process that has not heard of the others yet does not know which limits hold."""

    async def story() -> None:
        share = MemoryShare(travel=0.05)
        first, other = limiter_of(share, "600/min"), limiter_of(share, "1/min")
        await requests(first, 1, 0.01)
        loop = asyncio.get_running_loop()
        await asyncio.gather(*(other.acquire(deadline=loop.time() + 5) for _ in range(3)))
        for limiter in (first, other):
            await limiter.aclose()

    run(story())


def test_a_deadline_while_the_place_hangs() -> None:
    """The call fails in time."""

    async def story() -> None:
        share = MemoryShare()
        server = FarServer(parse_rate_limits("60/min, 5/s"), "bucket", NEAR)
        client = client_of(server, share, "60/min,5/s")
        await calls(client, 5)
        share.hangs = 60.0
        loop = asyncio.get_running_loop()
        began = loop.time()
        with pytest.raises(DeadlineExceededError):
            await client.with_options(deadline=0.3).projects.list(size=1)
        assert loop.time() - began <= 0.31
        await client.aclose()

    run(story())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_what_was_made_before_a_fork_is_another_process_after_it() -> None:
    """A client that is made once and used in each worker."""
    membership = Membership(MemoryShare(), "account", parse_rate_limits("60/min, 5/s"))

    async def name() -> str:
        heard = membership.exchange(0.0, 0, 1)
        del heard
        (process,) = membership.account.members
        return process

    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.write(writing, asyncio.run(name()).encode())
        os._exit(0)
    os.close(writing)
    ours = asyncio.run(name())
    with os.fdopen(reading) as pipe:
        theirs = pipe.read()
    os.waitpid(child, 0)
    assert theirs
    assert ours != theirs


async def test_a_loop_whose_clock_stands_still_uses_no_old_permit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """uvloop's does within a turn, whatever a callback does meanwhile."""
    share = MemoryShare()
    limiter = limiter_of(share, "1000/min")
    permit = limiter.try_acquire()
    assert permit is not None
    assert limiter.is_valid(permit)
    real = time.monotonic
    monkeypatch.setattr(time, "monotonic", lambda: real() + 3.0)
    stands_still = asyncio.get_running_loop().time()
    monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda: stands_still, raising=False)
    assert not limiter.is_valid(permit)
    monkeypatch.undo()
    limiter.dropped(permit, may_arrive=False)
    await limiter.aclose()


def test_an_idle_client_has_no_timer() -> None:
    """What it has is told, and then it is silent."""

    async def story() -> None:
        share = MemoryShare()
        server = FarServer(parse_rate_limits("60/min, 5/s"), "bucket", NEAR)
        clients = [client_of(server, share, "60/min,5/s") for _ in range(2)]
        for client in clients:
            await calls(client, 3)
        await asyncio.sleep(3)
        before = share.changes
        await asyncio.sleep(3000)
        assert before == share.changes
        assert [None, None] == [budget_of(client.limiter)._timer for client in clients]
        for client in clients:
            await client.aclose()

    run(story())


def test_no_more_than_its_part_while_the_place_hangs() -> None:
    """Also while it is asked again, and what is under way has to end before the next one."""

    async def story() -> None:
        share = MemoryShare()
        limiter = limiter_of(share, "60/min, 1/s")
        await requests(limiter, 1, 0.01)
        share.hangs = 60.0
        task = asyncio.ensure_future(requests(limiter, 500, 0.2))
        await asyncio.sleep(10)
        before = limiter.stats().sent
        await asyncio.sleep(60)
        assert limiter.stats().sent - before <= 61
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await limiter.aclose()

    run(story())


def test_a_crowded_place_is_asked_again() -> None:
    """Others were always first: that is no reason to go on without them."""

    class Crowded(MemoryShare):
        async def _later(self, name: str, change: Change[T]) -> T:
            if self.is_gone:
                await asyncio.sleep(0.4)
                raise CrowdedError
            return await super()._later(name, change)

    async def story() -> None:
        share = Crowded(travel=0.001)
        limiter = limiter_of(share, "600/min")
        share.is_gone = True
        asyncio.get_running_loop().call_later(3, setattr, share, "is_gone", False)
        began = asyncio.get_running_loop().time()
        await requests(limiter, 2, 0.01)
        assert 3 < asyncio.get_running_loop().time() - began < 4
        await limiter.aclose()

    run(story())
