"""The arithmetic that processes share, over histories of several of them: with deaths, pauses and late permits."""

from __future__ import annotations

import heapq
import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matillion_async._limits.adaptive_rate import AdaptiveRate
from matillion_async._limits.budget import MAX_TRANSIT
from matillion_async._limits.rates import parse_rate_limits
from matillion_async._share.account import PRESENT, SILENT, VALID, Account
from matillion_async._share.record import decode, encode
from matillion_async._share.report import Refusal, Report
from tests.matillion_async.limits.far_server import EveryLimit

LIMITS = ("60/min, 5/s", "30/10s, 5/s", "10/s", "50/20s")


class World:
    """A server, a shared account, and what happens when."""

    def __init__(self, limits: str, seed: int) -> None:
        self.limits = parse_rate_limits(limits)
        self.now = 0.0
        self.chance = random.Random(seed)
        self.server = EveryLimit(self.limits, phase=self.chance.uniform(0, 60))
        self.account = Account(self.limits)
        self.refused = self.arrived = 0
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._order = itertools.count()

    def at(self, when: float, what: Callable[[], None]) -> None:
        """Do something at a time."""
        heapq.heappush(self._events, (when, next(self._order), what))

    def run(self, until: float) -> None:
        """Let time pass."""
        while self._events and self._events[0][0] <= until:
            self.now, _, what = heapq.heappop(self._events)
            what()
        self.now = until

    def arrive(self) -> None:
        """A request arrives at the server."""
        self.arrived += 1
        self.refused += self.server.hit(self.now) > 0


class Process:
    """A process that always has calls that wait, and may die or be stopped at any moment."""

    def __init__(self, world: World, name: str, *, demand: int, stops: float) -> None:
        self.world, self.name, self.demand, self.stops = world, name, demand, stops
        self.under_way = self.sent = 0
        self.arrived: list[float] = []
        self.heard_at = self.void_before = 0.0
        self.frozen_until = 0.0
        self.is_dead = False
        world.at(world.now + world.chance.uniform(0, 2), self.ask)

    def ask(self) -> None:
        world = self.world
        if self.is_dead:
            return
        if world.now < self.frozen_until:
            world.at(self.frozen_until, self.ask)
            return
        report = Report(self.name, world.limits, self.under_way, self.demand)
        report.arrived = [world.now - at for at in self.arrived]
        self.arrived = []
        if world.chance.random() < 0.1:
            world.account = decode(encode(world.account))
        given = world.account.exchange(report, world.now)
        self.heard_at = world.now
        if given.is_revived:
            self.void_before = world.now
        self.under_way += given.permits
        send = partial(self.send, world.now)
        for _ in range(given.permits):
            world.at(world.now + world.chance.choice((0.0, 0.01, 0.3)), send)
        if world.chance.random() < self.stops:
            self.frozen_until = world.now + world.chance.choice((0.1, 2.0, 9.0))
        again = min(max(given.retry_at, world.now + 0.05), world.now + 0.4)
        world.at(again + world.chance.uniform(0, 0.02), self.ask)

    def send(self, given_at: float) -> None:
        """Use a permit that was given at a time."""
        world = self.world
        if self.is_dead:
            return
        if world.now < self.frozen_until:
            world.at(self.frozen_until, partial(self.send, given_at))
            return
        if given_at < self.void_before or world.now > self.heard_at + VALID:
            self.end()  # it is too late, and is given up
            return
        self.sent += 1
        travel = world.chance.choice((0.0, 0.05, 1.0)) * world.chance.random()
        world.at(world.now + travel, world.arrive)
        world.at(world.now + 2 * travel, self.end)

    def end(self) -> None:
        if self.world.now < self.frozen_until:
            self.world.at(self.frozen_until, self.end)
            return
        self.under_way -= 1
        self.arrived.append(self.world.now)


@dataclass(frozen=True, slots=True)
class History:
    """Processes of one account, how much they want, and what becomes of them."""

    limits: str
    processes: int
    demand: int
    stops: float
    deaths: int
    seed: int


HISTORIES = st.builds(
    History,
    limits=st.sampled_from(LIMITS),
    processes=st.integers(1, 6),
    demand=st.sampled_from((1, 3, 50)),
    stops=st.sampled_from((0.0, 0.02)),
    deaths=st.integers(0, 3),
    seed=st.integers(0, 10**6),
)


def carry_out(history: History) -> None:
    """Nothing is refused meanwhile, and the limit is used."""
    world = World(history.limits, history.seed)
    demand, stops = history.demand, history.stops
    members = [Process(world, str(n), demand=demand, stops=stops) for n in range(history.processes)]
    for victim in members[: history.deaths]:

        def die(victim: Process = victim) -> None:
            victim.is_dead = True
            Process(world, f"after {victim.name}", demand=demand, stops=stops)

        world.at(world.chance.uniform(0, 30), die)
    world.run(30.0)
    assert 0 == world.refused
    before = world.arrived
    world.run(70.0)
    assert 0 == world.refused
    rate = min(limit.rate for limit in world.limits)
    if not stops and demand == 50 and len(world.limits) > 1:  # else the model itself is too slow
        assert world.arrived - before > 0.8 * 40 * rate


@settings(max_examples=4)
@given(history=HISTORIES)
def test_no_request_is_refused_whatever_becomes_of_the_processes(history: History) -> None:
    """Never above a limit in any window; and what the dead had is given out again."""
    carry_out(history)


@pytest.mark.long
@settings(max_examples=100)
@given(history=HISTORIES)
def test_no_request_is_refused_in_many_histories(history: History) -> None:
    """As above, with what few of them show."""
    carry_out(history)


def test_equal_demand_gets_equal_shares() -> None:
    """Of processes that always wait, none is left behind, however often each asks."""
    world = World("600/min, 20/s", 1)
    members = [Process(world, str(n), demand=50, stops=0.0) for n in range(8)]
    world.run(60.0)
    least, mean = min(each.sent for each in members), sum(each.sent for each in members) / 8
    assert least > 0.9 * mean


def report(name: str, wanted: int = 0, under_way: int = 0) -> Report:
    """What a process tells that has no news."""
    return Report(name, parse_rate_limits("60/min, 5/s"), under_way, wanted)


def test_what_a_dead_process_had_counts_until_it_can_have_arrived() -> None:
    """Its last request was sent while its permits were valid, and is under way for so long."""
    account = Account(parse_rate_limits("60/min, 5/s"))
    assert 5 == account.exchange(report("a", wanted=5), 0.0).permits
    assert 0 == account.exchange(report("b", wanted=1), SILENT - 0.1).permits
    assert 0 == account.exchange(report("b", wanted=1), SILENT + 0.1).permits  # the bucket is empty
    assert 1 == account.exchange(report("b", wanted=1), SILENT + 1.2).permits
    assert SILENT == VALID + MAX_TRANSIT


def test_a_process_that_was_taken_for_dead_is_told_so() -> None:
    """Others may have used what it has: its permits are void."""
    account = Account(parse_rate_limits("60/min, 5/s"))
    account.exchange(report("a", wanted=5), 0.0)
    assert not account.exchange(report("a", under_way=5), 1.0).is_revived
    account.exchange(report("b", wanted=1), 8.0)
    assert account.exchange(report("a", under_way=5), 8.1).is_revived


def test_a_process_that_leaves_is_forgotten_at_once() -> None:
    """Its part is free for the others."""
    account = Account(parse_rate_limits("60/min, 5/s"))
    account.exchange(report("a", wanted=2), 0.0)
    account.leave(report("a"), 0.1)
    assert {} == account.members
    assert 5 == account.exchange(report("b", wanted=9), 0.2).permits


def test_permits_in_advance_leave_the_same_for_everybody_else() -> None:
    """A process that is alone in waiting gets some, but not those of the others."""
    limits = parse_rate_limits("1000/min")
    account = Account(limits)
    given = account.exchange(Report("a", limits, 0, 1), 1000.0)
    assert 17 == given.permits
    small = Account(parse_rate_limits("60/min, 5/s"))
    assert 2 >= small.exchange(report("a", wanted=1), 1000.0).permits - 1


def test_no_permits_in_advance_after_a_refusal() -> None:
    """Who has some does not hear of a pause."""
    limits = parse_rate_limits("1000/min")
    account = Account(limits)
    told = Report("a", limits, 0, 1)
    told.refused = [Refusal(0.0, 0.1, 1.0)]
    account.exchange(told, 1000.0)
    assert 1 == account.exchange(Report("a", limits, 0, 1), 1002.0).permits


def test_a_fleet_that_is_started_anew_with_other_limits() -> None:
    """The limits of processes that are gone are kept for as long as they may be there, and no longer, however many new ones there are."""
    old, new = parse_rate_limits("60/min"), parse_rate_limits("300/min")
    account = Account(old)
    for name in ("first", "second"):
        account.exchange(Report(name, old, 0, 0), 0.0)
    now = 10.0
    while now < 120:
        for name in ("third", "fourth", "learns"):
            limits = None if name == "learns" else new
            account = decode(encode(account))
            account.exchange(Report(name, limits, 0, 0), now)
        assert account.limits == (old if now <= PRESENT else new)
        now += 5
    account.exchange(Report("fifth", old, 0, 0), now)
    assert account.limits == new


def test_responses_count_in_the_order_in_which_they_came() -> None:
    """Who was alone tells of many at once: what was accepted between its refusals still says that they were not in a row."""
    limits = parse_rate_limits("60/min, 5/s")
    account, alone, now = Account(limits), AdaptiveRate(limits), 1010.0
    accepted = [(float(second), second - 0.1) for second in range(1001, 1010)]
    refused = [(at + 0.5, at + 0.4) for at, _ in accepted]
    for success, refusal in zip(accepted, refused, strict=True):
        alone.accepted(*success)
        alone.refused(*refusal, 1.0)
    told = Report("a", limits, 0, 0, alone_for=9.0)
    told.accepted = [(now - at, now - sent_at) for at, sent_at in accepted]
    told.refused = [Refusal(now - at, now - given_at, 1.0) for at, given_at in refused]
    account.exchange(told, now)
    assert (1, 1010.5) == (alone.refusals, alone.schedule.paused_until)
    assert (1, 1010.5) == (account.rate.refusals, account.rate.schedule.paused_until)
