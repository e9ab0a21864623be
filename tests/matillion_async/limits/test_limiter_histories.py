"""Calls, cancellations, pauses, refusals and deadlines in any order."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matillion_async._errors import DeadlineExceededError
from matillion_async._limits.limiter import Limiter
from matillion_async._limits.queue import Priority
from matillion_async._limits.rates import parse_rate_limits
from tests.matillion_async.limits.limiters import (
    now,
    pending_timers,
    run,
)
from tests.matillion_async.scripted import shut

pytestmark = pytest.mark.virtual_time


@dataclass(frozen=True)
class Event:
    """Something that happens at a moment of a schedule."""

    at: float
    kind: Literal["call", "cancel", "pause", "refuse"]
    priority: Priority
    number: int
    seconds: float
    after_429: bool


CLOCK_RESOLUTION = 1e-6  # sums of tenths differ by less, and a timer may be early by as much
# Whole tenths, so that events often fall on the same moment, and on that of a permit.
moments = st.integers(0, 300).map(lambda tenths: tenths / 10)
events_strategy = st.lists(
    st.builds(
        Event,
        at=moments,
        kind=st.sampled_from(["call", "call", "call", "call", "cancel", "pause", "refuse"]),
        priority=st.sampled_from(Priority),
        number=st.integers(0, 60),
        seconds=st.integers(0, 50).map(lambda tenths: tenths / 10),
        after_429=st.booleans(),
    ),
    max_size=80,
)


@settings(max_examples=100, deadline=None)
@given(
    text=st.sampled_from(["1/s", "2/s", "6/10s,2/s", "60/min,5/s", "none", "default"]),
    events=events_strategy,
    deadlines=st.lists(st.none() | st.integers(0, 100), min_size=1, max_size=5),
    max_in_flight=st.sampled_from([None, 1, 3]),
)
def test_whatever_happens_when(
    text: str, events: list[Event], deadlines: list[int | None], max_in_flight: int | None
) -> None:
    """Calls, cancellations, pauses, refusals and deadlines in any order.

    No window ever holds more than its limit, no more are under way than may be, nothing goes during a pause,
    nobody overtakes within a priority, no permit is lost or forgotten, everybody who stays is served, and nothing is left
    behind.
    """
    limits = None if text == "default" else parse_rate_limits(text)

    async def scenario() -> None:
        limiter = Limiter(limits, max_in_flight=max_in_flight)
        went: list[tuple[float, int]] = []
        came: list[tuple[Priority, bool, float | None]] = []
        durations: list[float] = []
        tasks: list[asyncio.Task[None]] = []
        pauses: list[tuple[float, float]] = []
        joined: list[int] = []
        ended = 0
        ends: list[tuple[float, float]] = []

        async def call(number: int) -> None:
            nonlocal ended
            priority, after_429, deadline = came[number]
            joined.append(number)
            permit = await limiter.acquire(
                priority=priority, after_429=after_429, deadline=deadline
            )
            went.append((now(), number))
            sent_at = now()
            under_way = limiter.stats().in_flight
            assert under_way >= len(went) - ended  # more when others were let go in the same turn
            assert max_in_flight is None or under_way <= max_in_flight
            try:
                await asyncio.sleep(durations[number])
            except asyncio.CancelledError:
                ended += 1
                limiter.dropped(permit, may_arrive=True)
                raise
            ended += 1
            ends.append((sent_at, now()))
            limiter.responded(permit, sent_at)

        for event in sorted(events, key=lambda event: event.at):
            await asyncio.sleep(event.at - now())
            if event.kind == "call":
                wait = deadlines[len(came) % len(deadlines)]
                deadline = None if wait is None else now() + wait
                came.append((event.priority, event.after_429, deadline))
                durations.append(event.seconds)
                tasks.append(asyncio.create_task(call(len(tasks))))
            elif event.kind == "cancel" and tasks:
                tasks[event.number % len(tasks)].cancel()
            elif event.kind == "pause":
                shut(limiter, event.seconds)
                pauses.append((now(), now() + event.seconds))
            elif event.kind == "refuse":
                limiter.refused(limiter._dispatcher.grant(now()), event.seconds)
                pauses.append((now(), now() + event.seconds))
        async with asyncio.timeout(36_000):
            results = await asyncio.gather(*tasks, return_exceptions=True)

        times = [at for at, _ in went]
        for limit in limits or ():
            for first, last in zip(times, times[limit.count :], strict=False):
                assert last - first >= limit.seconds
            # A request counts until its response, and a period after it.
            for at, _ in went:
                before = [end for sent, end in ends if sent < at and end + limit.seconds > at]
                assert len(before) < limit.count
        for began, over in pauses:
            assert not [at for at in times if began < at < over - CLOCK_RESOLUTION]
        for priority in Priority:
            for after_429 in (True, False):
                same = [n for _, n in went if came[n][:2] == (priority, after_429)]
                assert same == [n for n in joined if n in set(same)]
        for number, result in enumerate(results):
            deadline = came[number][2]
            if isinstance(result, DeadlineExceededError):
                assert deadline is not None
            else:
                assert result is None or isinstance(result, asyncio.CancelledError)
        for at, number in went:
            deadline = came[number][2]
            assert deadline is None or at <= deadline + CLOCK_RESOLUTION
        stats = limiter.stats()
        assert (stats.waiting, stats.in_flight) == (0, 0)
        assert stats.sent >= len(went)
        assert pending_timers() == 0
        assert not limiter._queue._deadlines
        await asyncio.wait_for(limiter.acquire(), 3600)

    run(scenario())
