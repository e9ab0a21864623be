"""The queue and the pause before every request: order, limits, pauses, deadlines, cancellation."""

from __future__ import annotations

import asyncio
import itertools
import math
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matillion_async._details import Timing
from matillion_async._errors import ClientStateError, DeadlineExceededError
from matillion_async._limits.budget import MAX_TRANSIT
from matillion_async._limits.limiter import Limiter
from matillion_async._limits.pauses import MAX_PAUSE
from matillion_async._limits.queue import Priority
from matillion_async._limits.rates import RateLimit, parse_rate_limits
from matillion_async._limits.strays import STRAYS
from matillion_async.sandbox import VirtualTimeLoop
from tests.matillion_async.scripted import shut

pytestmark = pytest.mark.virtual_time

T = TypeVar("T")

ONE_A_SECOND = parse_rate_limits("1/s")
STEP = 1.001
"""Seconds between two calls at 1/s that get their response at once, with the share for the clock."""


def now() -> float:
    """The virtual time."""
    return asyncio.get_running_loop().time()


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run on a virtual clock; for tests that hypothesis repeats."""
    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        return runner.run(coroutine)


def pending_timers() -> int:
    """Timers of the event loop that will still fire."""
    scheduled = asyncio.get_running_loop()._scheduled  # type: ignore[attr-defined]  # no public way
    return sum(not timer.cancelled() for timer in scheduled)


async def turns(count: int = 3) -> None:
    """Let everything that is ready run, without letting time pass."""
    for _ in range(count):
        await asyncio.sleep(0)


async def busy(limiter: Limiter) -> None:
    """Use up what may go now, in requests that get their response at once, so that the next call has to wait."""
    while (permit := limiter.try_acquire()) is not None:
        limiter.responded(permit, now())


async def send(limiter: Limiter, **options: Any) -> Timing:
    """Wait for a permit, and have the response arrive at once."""
    timing = Timing()
    permit = await limiter.acquire(timing=timing, **options)
    limiter.responded(permit, now())
    return timing


def test_it_is_made_without_an_event_loop() -> None:
    """A limiter made at import time works on the loop that runs later."""
    limiter = Limiter(ONE_A_SECOND)

    assert run(send(limiter)) == Timing()


async def test_without_a_limit_nobody_waits() -> None:
    """No limit: every call goes at once."""
    limiter = Limiter(())

    assert all(limiter.try_acquire() is not None for _ in range(10_000))
    assert limiter.stats().sent == 10_000
    assert limiter.stats().requests_per_minute == math.inf


async def test_a_free_permit_is_not_taken_from_those_who_wait() -> None:
    """The fast path is for when nobody waits, even at the moment a permit becomes free."""
    limiter = Limiter(ONE_A_SECOND)
    await busy(limiter)
    waiting = asyncio.create_task(send(limiter))
    await turns()
    asyncio.get_running_loop().advance(10)  # type: ignore[attr-defined]  # the virtual clock's

    assert limiter.try_acquire() is None
    await waiting


async def test_first_come_first_served_at_the_rate() -> None:
    """Calls that wait go in the order they came, at intervals of the limit, and know how long they waited."""
    limiter = Limiter(ONE_A_SECOND)
    went: list[tuple[int, float]] = []

    async def call(number: int) -> None:
        waited = await send(limiter)
        assert waited.queue == pytest.approx(now())
        assert waited.pause == 0.0
        went.append((number, now()))

    await asyncio.gather(*(call(number) for number in range(5)))

    assert [number for number, _ in went] == [0, 1, 2, 3, 4]
    assert [at for _, at in went] == pytest.approx([STEP * number for number in range(5)])


async def test_interactive_calls_pass_a_bulk() -> None:
    """A call that somebody watches gets the very next permit, before 10,000 that wait."""
    limiter = Limiter(ONE_A_SECOND)
    bulk = [asyncio.create_task(send(limiter, priority=Priority.BULK)) for _ in range(10_000)]
    await turns()

    await send(limiter, priority=Priority.INTERACTIVE)

    assert now() <= STEP + 0.001
    for task in bulk:
        task.cancel()
    await asyncio.gather(*bulk, return_exceptions=True)


async def test_no_priority_starves() -> None:
    """Under a flood of higher calls each lower priority that waits still gets a share."""
    limiter = Limiter(ONE_A_SECOND)
    served: list[Priority] = []

    async def call(priority: Priority) -> None:
        await send(limiter, priority=priority)
        served.append(priority)

    await busy(limiter)
    tasks = [asyncio.create_task(call(priority)) for priority in Priority for _ in range(200)]
    await asyncio.sleep(200 * STEP + 0.5)

    for priority in (Priority.NORMAL, Priority.BULK):
        assert 15 <= served[:200].count(priority) <= 25
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_refused_calls_go_first_in_their_old_order() -> None:
    """Calls that had a permit and got a 429 go before those of their priority, in the order they come back."""
    limiter = Limiter(ONE_A_SECOND)
    await busy(limiter)
    order: list[str] = []

    async def call(name: str, priority: Priority, after_429: bool) -> None:
        await send(limiter, priority=priority, after_429=after_429)
        order.append(name)

    await asyncio.gather(
        call("normal", Priority.NORMAL, False),
        call("again 1", Priority.NORMAL, True),
        call("again 2", Priority.NORMAL, True),
        call("watched", Priority.INTERACTIVE, False),
    )

    assert order == ["watched", "again 1", "again 2", "normal"]


async def test_one_429_pauses_everybody() -> None:
    """After a 429 nobody sends until Retry-After is over; then one after the other, and time is accounted for."""
    limiter = Limiter(parse_rate_limits("1000/min"))
    permit = await limiter.acquire()
    await asyncio.sleep(1)
    limiter.refused(permit, 30.0)
    assert limiter.try_acquire() is None
    went: list[float] = []

    async def call() -> Timing:
        waited = await send(limiter)
        went.append(now())
        return waited

    waited = await asyncio.gather(*(call() for _ in range(20)))

    assert went[0] == pytest.approx(31.0)
    assert all(later - earlier > 0.05 for earlier, later in itertools.pairwise(went))
    assert [w.pause for w in waited] == pytest.approx([30.0] * 20)
    assert [w.queue for w in waited] == pytest.approx([at - 31.0 for at in went])


async def test_the_longest_pause_wins() -> None:
    """A shorter pause does not end a longer one, and pauses that overlap count once."""
    limiter = Limiter(parse_rate_limits("1000/min"))
    shut(limiter, 10.0)
    task = asyncio.create_task(send(limiter))
    await asyncio.sleep(4)
    shut(limiter, 1.0)
    assert limiter.stats().paused_for == pytest.approx(6.0)
    shut(limiter, 20.0)

    waited = await task

    assert now() == pytest.approx(24.0)
    assert waited.pause == pytest.approx(24.0)


@pytest.mark.parametrize("retry_after", [None, 0.0, -5.0])
async def test_a_pause_without_a_length_still_ends(retry_after: float | None) -> None:
    """Whatever the server says or does not say, the pause ends."""
    limiter = Limiter(())
    shut(limiter, retry_after)

    await send(limiter)

    assert now() <= 5


async def test_a_refusal_teaches_nothing_and_many_do() -> None:
    """The rate stays after one 429, and falls after many, which are counted."""
    limiter = Limiter(parse_rate_limits("60/min,5/s"))
    permits = [await limiter.acquire() for _ in range(5)]
    limiter.refused(permits[0], 1.0)
    assert limiter.stats().requests_per_minute == 60

    for permit in permits[1:]:
        limiter.dropped(permit, may_arrive=False)
    for _ in range(int(STRAYS)):
        await asyncio.sleep(1)
        limiter.responded(limiter._dispatcher.grant(now()), now())
        await asyncio.sleep(1)
        limiter.refused(limiter._dispatcher.grant(now()), 1.0)

    assert limiter.stats().requests_per_minute < 60
    assert limiter.stats().refused == 1 + STRAYS


async def test_refusals_of_what_had_a_permit_are_one() -> None:
    """However late a request is sent that had its permit before a 429, it says nothing new, and makes no pause longer."""
    limiter = Limiter(())
    permits = [await limiter.acquire() for _ in range(60)]
    for permit in permits:
        await asyncio.sleep(0.01)
        limiter.sending(permit)
        limiter.refused(permit, 1.0)

    assert limiter.stats().paused_for == pytest.approx(1.0)


async def test_a_deadline_that_cannot_be_met_fails_at_once() -> None:
    """A call that many others precede does not wait for a permit that comes too late."""
    limiter = Limiter(ONE_A_SECOND)
    tasks = [asyncio.create_task(send(limiter)) for _ in range(100)]
    await turns()

    with pytest.raises(DeadlineExceededError, match="no free permit before the deadline"):
        await send(limiter, deadline=50.0)

    assert now() == 0
    assert limiter.stats().waiting == 99
    await asyncio.gather(*tasks)


async def test_a_deadline_that_can_be_met_is() -> None:
    """A permit just before the deadline is waited for."""
    limiter = Limiter(ONE_A_SECOND)
    await busy(limiter)

    waited = await send(limiter, deadline=1.05)

    assert waited.queue == pytest.approx(STEP)


async def test_a_pause_beyond_the_deadline_fails_those_who_wait_at_once() -> None:
    """When a pause is longer than a call may wait, the call learns it now; others go on waiting."""
    limiter = Limiter(ONE_A_SECOND)
    await busy(limiter)
    patient = asyncio.create_task(send(limiter, deadline=100.0))
    hasty = [asyncio.create_task(send(limiter, deadline=20.0 + n)) for n in range(3)]
    await turns()

    shut(limiter, 60.0)
    results = await asyncio.gather(*hasty, return_exceptions=True)

    assert all(isinstance(result, DeadlineExceededError) for result in results)
    assert now() == 0
    assert limiter.stats().waiting == 1
    await patient
    assert now() == pytest.approx(60.0)


async def test_a_deadline_that_others_use_up_is_kept() -> None:
    """A bulk call with a deadline fails by it when calls of higher priority keep coming before it."""
    limiter = Limiter(ONE_A_SECOND)
    await busy(limiter)
    bulk = asyncio.create_task(send(limiter, priority=Priority.BULK, deadline=5.0))
    await turns()
    others = [asyncio.create_task(send(limiter)) for _ in range(20)]

    with pytest.raises(DeadlineExceededError):
        await bulk

    assert now() <= 5.0
    await asyncio.gather(*others)


async def test_a_wait_that_fails_tells_where_its_time_went() -> None:
    """Seconds in the queue and in a pause are noted also if the call fails or is cancelled."""
    limiter = Limiter(ONE_A_SECOND)
    await busy(limiter)
    failed, cancelled = Timing(), Timing()
    waits = [
        asyncio.create_task(limiter.acquire(deadline=60.0, timing=failed)),
        asyncio.create_task(limiter.acquire(timing=cancelled)),
    ]
    await asyncio.sleep(0.5)
    shut(limiter, 10.0)
    await asyncio.sleep(2)
    shut(limiter, 100.0)
    waits[1].cancel()
    await asyncio.gather(*waits, return_exceptions=True)

    for timing in (failed, cancelled):
        assert (timing.queue, timing.pause) == pytest.approx((0.5, 2.0))


async def test_while_the_default_is_unproven_deadlines_are_not_failed_early() -> None:
    """The next responses may let all go at once, so no call is failed by an estimate before they come."""
    limiter = Limiter()
    tasks = [asyncio.create_task(limiter.acquire(deadline=0.5)) for _ in range(300)]
    await asyncio.sleep(0.2)
    assert limiter.stats().sent == 11

    for task in tasks[:11]:
        limiter.responded(task.result(), 0.0)
    await asyncio.gather(*tasks)

    assert now() == pytest.approx(0.2)


async def test_while_the_default_is_unproven_deadlines_are_kept() -> None:
    """If no response comes, the calls behind the probe fail each at its deadline, not at the next permit."""
    limiter = Limiter()
    permits = [await limiter.acquire() for _ in range(11)]
    failed: list[float] = []

    async def call(deadline: float | None) -> None:
        try:
            await limiter.acquire(deadline=deadline)
        except DeadlineExceededError:
            failed.append(now())

    calls = [asyncio.create_task(call(deadline)) for deadline in (None, 0.5, 0.3, 0.5)]
    await asyncio.sleep(1)
    for permit in permits:
        limiter.responded(permit, 0.0)
    await asyncio.gather(*calls)

    assert failed == pytest.approx([0.3, 0.5, 0.5])


async def test_no_more_are_under_way_than_may_be() -> None:
    """Where their number is bounded, the next call goes when one before it ended, in order."""
    limiter = Limiter((), max_in_flight=2)
    went: list[int] = []

    async def call(number: int) -> None:
        permit = await limiter.acquire()
        went.append(number)
        await asyncio.sleep(10)
        limiter.responded(permit, now() - 10)

    tasks = [asyncio.create_task(call(number)) for number in range(5)]
    await asyncio.sleep(1)
    assert limiter.try_acquire() is None
    assert (limiter.stats().in_flight, limiter.stats().waiting) == (2, 3)
    await asyncio.gather(*tasks)

    assert went == [0, 1, 2, 3, 4]
    assert now() == 30
    assert limiter.stats().in_flight == 0


async def test_a_request_counts_until_its_response_and_a_period_after_it() -> None:
    """The server may count a request as late as just before it responds."""
    limiter = Limiter(parse_rate_limits("2/10s"))
    first, second = await limiter.acquire(), await limiter.acquire()
    third = asyncio.create_task(limiter.acquire())

    await asyncio.sleep(3)
    limiter.responded(first, 0.0)
    await asyncio.sleep(4)
    limiter.responded(second, 0.0)
    await third

    assert now() == pytest.approx(3 + 10 * 1.001)


@pytest.mark.parametrize("accepted", [True, False])
async def test_a_response_counts_whatever_its_status(accepted: bool) -> None:
    """A 500 may have been counted by the server like any other response."""
    limiter = Limiter(ONE_A_SECOND)
    limiter.responded(await limiter.acquire(), 0.0, accepted=accepted)

    await limiter.acquire()

    assert now() == pytest.approx(STEP)


async def test_what_may_still_arrive_takes_its_place_until_it_has() -> None:
    """A call that was given up may be counted by the server later."""
    limiter = Limiter(ONE_A_SECOND)
    limiter.dropped(await limiter.acquire(), may_arrive=True)

    await limiter.acquire()

    assert now() == pytest.approx(MAX_TRANSIT + STEP)
    assert limiter.stats().in_flight == 1


async def test_what_was_never_sent_counts_as_sent_now() -> None:
    """Connections that fail do not make a client hammer on the server's door."""
    limiter = Limiter(ONE_A_SECOND)
    limiter.dropped(await limiter.acquire(), may_arrive=False)

    await limiter.acquire()

    assert now() == pytest.approx(STEP)


async def test_a_slow_response_does_not_count_for_longer() -> None:
    """A request that was written has arrived some seconds later, however long the server works on it."""
    limiter = Limiter(ONE_A_SECOND)
    slow = await limiter.acquire()
    limiter.sending(slow)

    permit = await limiter.acquire()

    assert now() == pytest.approx(MAX_TRANSIT + STEP)
    assert limiter.stats().in_flight == 2
    await asyncio.sleep(60)
    for ended in (slow, permit):
        limiter.responded(ended, 0.0)
    assert limiter.stats().in_flight == 0


async def test_a_given_up_request_that_was_written_is_waited_for_no_longer() -> None:
    """The time in which it has arrived counts from when it was written, not from when it was given up."""
    limiter = Limiter(ONE_A_SECOND)
    permit = await limiter.acquire()
    limiter.sending(permit)
    await asyncio.sleep(3)
    limiter.dropped(permit, may_arrive=True)

    await limiter.acquire()

    assert now() == pytest.approx(MAX_TRANSIT + STEP)


async def test_a_pause_is_the_servers_up_to_a_bound() -> None:
    """A server that asks for an hour is asked again after minutes, by one request."""
    limiter = Limiter(())
    limiter.refused(await limiter.acquire(), 3600.0)

    await limiter.acquire()

    assert now() == pytest.approx(MAX_PAUSE)


async def test_a_call_cancelled_as_it_is_let_go_makes_room_for_the_next() -> None:
    """An end and a cancellation at the same moment: nobody waits for a request that was never made."""
    limiter = Limiter((), max_in_flight=1)
    permit = await limiter.acquire()
    first = asyncio.create_task(limiter.acquire())
    second = asyncio.create_task(limiter.acquire())
    await turns()

    limiter.responded(permit, 0.0)
    first.cancel()
    await asyncio.gather(first, second, return_exceptions=True)

    assert first.cancelled()
    assert second.exception() is None
    assert limiter.stats().in_flight == 1


async def test_a_call_cancelled_as_it_fails_gives_back_nothing() -> None:
    """It had no permit: the request that is under way still counts."""
    limiter = Limiter((), max_in_flight=1)
    await limiter.acquire()
    task = asyncio.create_task(limiter.acquire(deadline=5.0))
    await turns()
    asyncio.get_running_loop().call_at(5.0, task.cancel)  # after the timer of the deadline

    await asyncio.gather(task, return_exceptions=True)

    assert task.cancelled()
    assert limiter.stats().in_flight == 1


async def test_deadlines_are_kept_while_too_many_are_under_way() -> None:
    """Who waits for others to end fails at the deadline, and no timer waits for what no clock brings."""
    limiter = Limiter((), max_in_flight=1)
    permit = await limiter.acquire()
    patient = asyncio.create_task(limiter.acquire())
    await turns()
    assert pending_timers() == 0

    with pytest.raises(DeadlineExceededError, match="too many requests were under way"):
        await limiter.acquire(deadline=5.0)

    assert now() == 5
    limiter.responded(permit, 0.0)
    await patient
    assert pending_timers() == 0


async def test_an_end_lets_nobody_go_during_a_pause() -> None:
    """What a refused request taught holds before its place is given to the next."""
    limiter = Limiter((), max_in_flight=1)
    permit = await limiter.acquire()
    waiting = Timing()
    task = asyncio.create_task(limiter.acquire(timing=waiting))
    await turns()

    limiter.refused(permit, 30.0)
    await task

    assert waiting.pause == pytest.approx(30.0)


async def test_a_cancelled_call_leaves_no_trace() -> None:
    """Who gives up costs no permit and no time of those behind, and no timer stays when nobody is left."""
    limiter = Limiter(ONE_A_SECOND)
    await busy(limiter)
    tasks = [asyncio.create_task(send(limiter, deadline=1e6)) for _ in range(1000)]
    last = asyncio.create_task(send(limiter))
    await turns()
    assert pending_timers() == 1
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert limiter.stats().waiting == 1

    await last

    assert now() == pytest.approx(STEP)
    assert limiter.stats().sent == 2
    assert pending_timers() == 0
    assert not limiter._queue._deadlines


async def test_the_last_one_to_be_cancelled_takes_the_timer_along() -> None:
    """Nothing of the limiter stays on the event loop when all have given up."""
    limiter = Limiter(ONE_A_SECOND)
    await busy(limiter)
    task = asyncio.create_task(send(limiter, deadline=10.0))
    await turns()
    assert pending_timers() == 1

    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    assert pending_timers() == 0
    assert not limiter._queue._deadlines


async def test_a_permit_granted_to_a_call_that_is_cancelled_is_spent() -> None:
    """A grant and a cancellation at the same moment: the permit is not given to anybody else."""
    limiter = Limiter(ONE_A_SECOND)
    await busy(limiter)
    first = asyncio.create_task(send(limiter))
    second = asyncio.create_task(send(limiter))
    await turns()
    loop = asyncio.get_running_loop()
    # Runs right after the timer that grants the permit, and before the task that got it.
    loop.call_at(limiter._dispatcher.ready_at(now()), first.cancel)

    await asyncio.gather(first, second, return_exceptions=True)

    assert first.cancelled()
    assert now() == pytest.approx(2 * STEP)
    assert limiter.stats().sent == 3


async def test_no_permit_goes_to_a_call_that_was_just_cancelled() -> None:
    """A cancellation just before the grant, not yet seen by the call: the permit goes to the next one."""
    limiter = Limiter(ONE_A_SECOND)
    await busy(limiter)
    first = asyncio.create_task(send(limiter))
    second = asyncio.create_task(send(limiter))
    await turns()
    # So near that the event loop runs both timers in one turn.
    asyncio.get_running_loop().call_at(limiter._dispatcher.ready_at(now()) - 1e-10, first.cancel)

    await asyncio.gather(first, second, return_exceptions=True)

    assert first.cancelled()
    assert now() == pytest.approx(STEP)
    assert limiter.stats().sent == 2


async def test_close_fails_those_who_wait_and_those_who_come() -> None:
    """After close nobody gets a permit, nobody waits for ever, and no timer is left."""
    limiter = Limiter(ONE_A_SECOND)
    await busy(limiter)
    tasks = [asyncio.create_task(send(limiter, priority=priority)) for priority in Priority]
    tasks[0].cancel()
    await turns(1)
    limiter.close()

    results = await asyncio.gather(*tasks, return_exceptions=True)

    assert isinstance(results[0], asyncio.CancelledError)
    assert all(isinstance(result, ClientStateError) for result in results[1:])
    await asyncio.sleep(10)
    assert limiter.try_acquire() is None
    with pytest.raises(ClientStateError):
        await send(limiter)
    assert pending_timers() == 0


async def test_stats() -> None:
    """A user sees who waits, what was sent and refused, the rate, and when the queue will be empty."""
    limiter = Limiter(parse_rate_limits("60/min,5/s"))
    tasks = [asyncio.create_task(send(limiter)) for _ in range(125)]
    await turns()

    stats = limiter.stats()
    await asyncio.gather(*tasks)

    assert (stats.waiting, stats.sent, stats.refused, stats.paused_for) == (120, 5, 0, 0.0)
    assert stats.requests_per_minute == 60
    assert stats.seconds_to_drain == pytest.approx(now(), abs=6)
    assert limiter.stats().seconds_to_drain == 0


async def test_ten_thousand_calls_wait_at_the_price_of_one_timer() -> None:
    """However many wait there is one timer, and giving up from the middle does not look at the others."""
    limiter = Limiter((RateLimit(10_000, 3600), RateLimit(1, 0.001)))
    await busy(limiter)
    tasks = [
        asyncio.create_task(send(limiter, deadline=1e9, priority=Priority(n % 3)))
        for n in range(10_000)
    ]
    await turns()
    assert limiter.stats().waiting == 10_000
    assert pending_timers() == 1

    for task in tasks[::2]:
        task.cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)

    assert sum(isinstance(result, Timing) for result in results) == 5_000
    assert pending_timers() == 0


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


def test_a_pause_outlives_what_is_learned_meanwhile() -> None:
    """Responses that raise the rate during a pause let nothing go."""

    async def scenario() -> None:
        limiter = Limiter()
        flight = [limiter._dispatcher.grant(now()) for _ in range(200)]
        await asyncio.sleep(0.2)
        for permit in flight[:11]:
            limiter.responded(permit, 0.0)
        for permit in flight[11:20]:
            limiter.refused(permit, 30.0)
        lowered = limiter.stats().requests_per_minute
        for permit in flight[20:]:
            limiter.responded(permit, 0.1)
        assert limiter.stats().requests_per_minute > lowered
        await asyncio.wait_for(limiter.acquire(), 100)
        assert now() >= 30

    run(scenario())


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
