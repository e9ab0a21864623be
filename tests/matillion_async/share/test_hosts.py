"""Two hosts that share a limit over a network: packets that vanish, of which nobody is told, as with a cable that is pulled."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest
import trustme

from tests.matillion_async.share.fleet import LimitedServer, Worker, run_fleet
from tests.matillion_async.share.hosts import Host, Switch, why_not
from tests.matillion_async.share.real_server import RealServer, running
from tests.matillion_async.share.test_redis_gone import MOST_REFUSED, members, until
from tests.matillion_async.share.worker import Outcome

WHY_NOT = why_not()
pytestmark = [pytest.mark.long, pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT)]

STORE, API, ONE, OTHER = (f"10.213.0.{number}" for number in (1, 2, 3, 4))
LIMITS = ["20/s"]
DELAY = 0.002
"""Seconds that a packet takes."""
PROCESSES, CALLERS = 4, 5
"""On two hosts, and in each process."""
CUT_FOR = 5.0
"""Seconds: a connection that was there before tries again seconds later only."""
PASSWORD = "s3cret-of-the-store"


class World:
    """The hosts, and what runs on them."""

    def __init__(self, folder: Path) -> None:
        self.switch = Switch(DELAY)
        self.server = LimitedServer(LIMITS)
        self.store: RealServer
        self.at_store: Host
        self.hosts: list[Host]
        self._authority = trustme.CA()
        self._bundle = folder / "ca.pem"

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[World]:
        """All of them, without the processes that call."""
        self._authority.cert_pem.write_to_path(self._bundle)
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._authority.issue_cert(API).configure_cert(tls)
        async with contextlib.AsyncExitStack() as stack:
            found = stack.enter_context(self.switch.between(STORE, API, ONE, OTHER))
            self.at_store, at_api, *self.hosts = found
            with self.at_store:
                running_store = running(f"bind {STORE} 127.0.0.1", password=PASSWORD)
                self.store = stack.enter_context(running_store)
            with at_api:
                await stack.enter_async_context(self.server.serving(API, tls))
            yield self

    async def fleet(self, seconds: float, fault: AbstractContextManager[object]) -> list[Outcome]:
        """What becomes of processes on both hosts; there is the fault for some seconds once all know of each other."""

        async def meanwhile(workers: list[Worker]) -> None:
            await until(lambda: self.processes() == PROCESSES)
            await asyncio.sleep(1)
            with fault:
                await asyncio.sleep(CUT_FOR)

        return await run_fleet(
            self.server,
            [self.store.url.replace("127.0.0.1", STORE)] * PROCESSES,
            LIMITS,
            seconds=seconds,
            callers=CALLERS,
            authority=str(self._bundle),
            secret="secret",
            hosts=[self.hosts[number % 2] for number in range(PROCESSES)],
            meanwhile=meanwhile,
        )

    def processes(self) -> int:
        """How many know of each other."""
        with self.at_store:
            return members(self.store)


def run(
    folder: Path, seconds: float, fault: Callable[[World], AbstractContextManager[object]]
) -> tuple[World, list[Outcome]]:
    """The world after it, and what became of its processes."""

    async def running() -> tuple[World, list[Outcome]]:
        async with World(folder).running() as world:
            return world, await world.fleet(seconds, fault(world))

    return asyncio.run(running())


def test_two_hosts(tmp_path: Path) -> None:
    """They keep the limit together, use all of it, each process as much as any other, and have one token."""
    world, outcomes = run(tmp_path, 6, lambda world: nullcontext())
    assert [] == world.server.refused
    assert 1 == world.server.tokens
    assert len(world.server.accepted) >= 0.8 * 20 * 6
    done = [outcome.done for outcome in outcomes]
    assert min(done) >= 0.7 * sum(done) / len(done)
    for outcome in outcomes:
        assert ([], []) == (outcome.errors, outcome.warnings)
        assert PROCESSES == outcome.processes


def test_a_host_that_cannot_reach_the_store(tmp_path: Path) -> None:
    """Its packets vanish on the way there and back: its processes go on with their part, and come back by themselves."""
    world, outcomes = run(tmp_path, 10, lambda world: world.switch.losing(ONE, STORE))
    _went_on(world, outcomes)
    assert world.server.share_refused <= MOST_REFUSED
    assert [1, 0, 1, 0] == [len(outcome.warnings) for outcome in outcomes]


def test_a_store_that_nobody_can_reach(tmp_path: Path) -> None:
    """Its cable is pulled: all go on with their parts, and come back by themselves."""
    world, outcomes = run(tmp_path, 10, lambda world: world.at_store.unplugged())
    _went_on(world, outcomes)
    assert world.server.share_refused <= MOST_REFUSED
    assert [1] * PROCESSES == [len(outcome.warnings) for outcome in outcomes]


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(lambda world: world.switch.losing(ONE, STORE, API), id="packets vanish"),
        pytest.param(lambda world: world.hosts[0].unplugged(), id="its cable is pulled"),
    ],
)
def test_a_host_that_cannot_reach_anything(
    tmp_path: Path, fault: Callable[[World], AbstractContextManager[object]]
) -> None:
    """Its own calls may fail meanwhile; those of the other one do not, and when it is back, it shares the limit.

    What it had under way arrives when its TCP tries again, eight seconds after it was sent: that may be refused, and nothing else.
    """
    world, outcomes = run(tmp_path, 12, fault)
    for outcome in outcomes[::2]:
        assert all("Connect" in error for error in outcome.errors)
        outcome.errors.clear()
    _went_on(world, outcomes)
    assert len(world.server.refused) <= CALLERS * len(outcomes[::2])


def _went_on(world: World, outcomes: list[Outcome]) -> None:
    """No call failed, and all are there again."""
    for outcome in outcomes:
        assert [] == outcome.errors
        assert len(outcome.warnings) <= 1
        assert outcome.done > 0
        assert PROCESSES == outcome.processes
    assert 1 == world.server.tokens
