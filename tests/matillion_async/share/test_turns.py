"""Whose turn it is among many processes that wait: each in its turn, and few that ask in vain."""

from __future__ import annotations

import asyncio
import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matillion_async._limits.rates import parse_rate_limits
from matillion_async._share.account import SPREAD, Account
from matillion_async._share.report import Report
from matillion_async._share.turns import Member, kept_until, part, turns_before
from tests.matillion_async.limits.far_server import FarServer
from tests.matillion_async.limits.test_far_servers import run
from tests.matillion_async.share.memory import MemoryShare
from tests.matillion_async.share.test_shared_budget import NEAR, calls, client_of

MEMBERS = st.lists(st.tuples(st.integers(0, 5), st.integers(1, 5)), min_size=1, max_size=6)


def members(values: list[tuple[int, int]]) -> list[Member]:
    """Processes that had so many permits, and want so many."""
    return [
        Member(f"{number:03}", 0.0, waiting=waiting, given=given)
        for number, (given, waiting) in enumerate(values)
    ]


def others(all_of_them: list[Member], member: Member) -> list[Member]:
    """All but one."""
    return [each for each in all_of_them if each is not member]


@given(MEMBERS, st.integers(0, 20))
def test_all_that_is_free_is_somebodys(values: list[tuple[int, int]], free: int) -> None:
    """Whoever comes first: if each takes its part, nothing is left that somebody wants, and who had fewer gets no less."""
    waiting = members(values)
    left = free
    for member in waiting:
        takes = min(part(member, others(waiting, member), left), member.waiting)
        member.given += takes
        member.waiting -= takes
        left -= takes
    assert left == max(0, free - sum(wanted for _, wanted in values))
    for poor in waiting:
        for rich in waiting:
            took = rich.given - values[int(rich.name)][0]
            if poor.waiting and took:
                assert rich.given <= poor.given + 1


@given(MEMBERS, st.data())
def test_each_has_a_turn_of_its_own(values: list[tuple[int, int]], data: st.DataObject) -> None:
    """Of all that wait, and take one each in turn, no two have the same."""
    waiting = members(values)
    order = []
    while any(member.waiting for member in waiting):
        here = [member for member in waiting if member.waiting]
        ahead = [turns_before(member, others(here, member)) for member in here]
        assert 1 == ahead.count(0)
        first = here[ahead.index(0)]
        assert first.given == min(member.given for member in here)
        assert 1 == part(first, others(here, first), 1)
        order.append(first.name)
        first.given += 1
        first.waiting -= 1
    assert len(order) == sum(wanted for _, wanted in values)


def test_a_permit_is_kept_for_who_had_fewer() -> None:
    """Until it was to come and some time on top, and never for long."""
    rich, poor = Member("a", 0.0, waiting=1, given=1), Member("b", 0.0, waiting=1)
    poor.asks_at = 10.1
    assert 10.1 < kept_until(10.0, rich, [poor]) < 10.2
    poor.asks_at = math.inf
    assert 10.2 < kept_until(10.0, rich, [poor]) < 10.3
    assert 10.0 < kept_until(10.0, poor, [rich]) < 10.05


@pytest.mark.parametrize("processes", [8, pytest.param(32, marks=pytest.mark.long)])
def test_few_of_many_ask_for_each_permit(processes: int) -> None:
    """Each asks to tell that a request has ended; of those that wait, the next asks and few of the others."""

    async def story() -> None:
        limits = "600/min,20/s"
        server = FarServer(parse_rate_limits(limits), "bucket", NEAR)
        share = MemoryShare()
        clients = [client_of(server, share, limits) for _ in range(processes)]
        tasks = [asyncio.ensure_future(calls(client, 300)) for client in clients]
        await asyncio.sleep(10)
        asked = share.changes
        sent = sum(client.limiter.stats().sent for client in clients)
        await asyncio.sleep(20)
        sent = sum(client.limiter.stats().sent for client in clients) - sent
        assert sent > 0.97 * 200
        assert share.changes - asked < 1.7 * (1 + math.log2(processes)) * sent
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for client in clients:
            await client.aclose()

    run(story())


def test_those_that_wait_come_one_after_another() -> None:
    """None of eight comes when another one does, which would find it writing."""
    limits = parse_rate_limits("600/min,20/s")
    account = Account(limits)
    names = [f"{number:03}" for number in range(8)]
    for name in names:
        account.exchange(Report(name, limits, 0, 10), 0.0)
    comes_at = [account.exchange(Report(name, limits, 2, 10), 0.5).retry_at for name in names]
    between = [later - earlier for earlier, later in pairwise(sorted(comes_at))]
    assert [] == [seconds for seconds in between if seconds < SPREAD / 2]
