"""Limits as text, and the schedule that keeps them."""

from __future__ import annotations

import heapq
import math
import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matillion_async._errors import ConfigurationError
from matillion_async._limits.rates import CLOCK_SHARE, RateLimit, Schedule, parse_rate_limits
from matillion_async.sandbox._limits import Algorithm, ServerLimit

VENDOR = parse_rate_limits("60/min,5/s")

limits_strategy = st.lists(
    st.builds(RateLimit, st.integers(1, 20), st.sampled_from([0.5, 1.0, 2.0, 10.0, 60.0])),
    min_size=1,
    max_size=3,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("60/min", RateLimit(60, 60)),
        ("5/s", RateLimit(5, 1)),
        ("1000/minute", RateLimit(1000, 60)),
        ("3600/h", RateLimit(3600, 3600)),
        ("10/2s", RateLimit(10, 2)),
        ("1/0.5s", RateLimit(1, 0.5)),
        (" 5 / SEC ", RateLimit(5, 1)),
    ],
)
def test_a_limit_is_read(text: str, expected: RateLimit) -> None:
    """A count, a slash, an optional number and a unit; spaces and case do not matter."""
    assert expected == RateLimit.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "60",
        "60/",
        "/min",
        "0/min",
        "-1/min",
        "60/day",
        "60/0s",
        "1.5/s",
        "60 per min",
        "9" * 5000,
    ],
)
def test_what_is_no_limit_is_refused_clearly(text: str) -> None:
    """The error names the argument, the environment variable and an example of what to write."""
    with pytest.raises(ConfigurationError) as caught:
        RateLimit.parse(text)

    message = str(caught.value)
    assert "rate_limits" in message
    assert "MATILLION_RATE_LIMITS" in message
    assert '"60/min"' in message


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("none", ()),
        (" OFF ", ()),
        ("1000/min", (RateLimit(1000, 60),)),
        ("60/min, 5/s", VENDOR),
        (["60/min", "5/s"], VENDOR),
    ],
)
def test_limits_of_a_client(value: str | Sequence[str], expected: object) -> None:
    """One string as in the environment, several strings, or a word for no limit."""
    assert expected == parse_rate_limits(value)


@pytest.mark.parametrize("value", ["", "60/min,", "none,5/s", ["60/min", ""], 60, [60], None, []])
def test_limits_that_cannot_be_read_are_refused(value: object) -> None:
    """An empty or unreadable entry is a mistake, not a limit left out."""
    with pytest.raises(ConfigurationError, match="MATILLION_RATE_LIMITS"):
        parse_rate_limits(value)  # type: ignore[arg-type]  # what a user may pass all the same


@pytest.mark.parametrize("text", ["60/min", "5/s", "3600/h", "10/2s"])
def test_a_limit_prints_as_it_is_written(text: str) -> None:
    """What is shown to a user can be given back as a setting."""
    assert text == str(RateLimit.parse(text))


def drive(
    schedule: Schedule, gaps: Sequence[float], travel: Sequence[tuple[float, float]]
) -> list[float]:
    """When requests arrive that are sent as early as they may be, each so long after the one before at least.

    Args:
        schedule: what says when they may be sent.
        gaps: seconds between two of them, at least.
        travel: of each, the seconds there and the seconds back.
    """
    now = 0.0
    responses: list[float] = []
    arrivals: list[float] = []
    for gap, (there, back) in zip(gaps, travel, strict=True):
        now += gap
        while True:
            while responses and responses[0] <= now:
                schedule.end(heapq.heappop(responses))
            ready_at = schedule.ready_at(now, len(responses))
            if ready_at <= now:
                break
            now = min([ready_at, *responses[:1]])
        arrivals.append(now + there)
        heapq.heappush(responses, now + there + back)
    return arrivals


def greedy(schedule: Schedule, calls: int) -> list[float]:
    """When calls are sent that all come at once, and travel in no time."""
    return drive(schedule, [0.0] * calls, [(0.0, 0.0)] * calls)


def test_both_readings_of_the_vendors_limit() -> None:
    """60/min with 5/s: a burst of 5, one a second after it, and never more than 60 in a minute."""
    times = greedy(Schedule(VENDOR), 66)

    assert times[:7] == pytest.approx([0, 0, 0, 0, 0, 1, 2], abs=0.01)
    assert times[59] == pytest.approx(55, abs=0.1)
    assert times[60:] == pytest.approx([60, 60, 60, 60, 60, 61], abs=0.1)


@pytest.mark.parametrize("text", ["5/s", "1/s", "60/min,1/s", "1/min", "100/min,10/s"])
def test_the_share_for_the_clock_costs_little(text: str) -> None:
    """The rate in the long run stays within a thousandth of what was configured."""
    limits = parse_rate_limits(text)

    seconds = greedy(Schedule(limits), 1000)[-1]

    assert seconds <= (1 + 2 * CLOCK_SHARE) * 1000 / min(limit.rate for limit in limits)


@given(limits=limits_strategy, gaps=st.lists(st.floats(0, 30), max_size=150))
def test_no_window_holds_more_than_its_limit(limits: list[RateLimit], gaps: list[float]) -> None:
    """However the calls come, no limit's period holds more than its count, wherever it begins."""
    times = drive(Schedule(limits), gaps, [(0.0, 0.0)] * len(gaps))

    for limit in limits:
        for first, last in zip(times, times[limit.count :], strict=False):
            assert last - first >= limit.seconds


@pytest.mark.parametrize("algorithm", ["bucket", "sliding-window", "fixed-window"])
@given(
    limits=limits_strategy,
    requests=st.lists(
        st.tuples(st.sampled_from([0.0, 0.0, 0.1, 3.0]), st.floats(0, 3), st.floats(0, 3)),
        max_size=120,
    ),
    phase=st.floats(0, 60),
)
def test_no_server_refuses(
    algorithm: Algorithm,
    limits: list[RateLimit],
    requests: list[tuple[float, float, float]],
    phase: float,
) -> None:
    """A server with the same limits accepts every call, by any algorithm, however long each travels there and back."""
    server = ServerLimit(algorithm, limits, phase=phase)
    gaps = [gap for gap, _, _ in requests]
    travel = [(there, back) for _, there, back in requests]

    arrivals = sorted(drive(Schedule(limits), gaps, travel))

    assert [server.hit(arrival) for arrival in arrivals] == [0.0] * len(arrivals)


def test_travel_costs_nothing_where_the_long_limit_is_the_tighter_one() -> None:
    """60/min with 5/s is used up in full by requests that get their response after half a second."""
    there = greedy(Schedule(VENDOR), 300)[-1]

    far = drive(Schedule(VENDOR), [0.0] * 300, [(0.25, 0.25)] * 300)[-1]

    assert far <= there + 3


def test_with_all_under_way_only_an_end_tells_when_the_next_may_go() -> None:
    """Five requests without a response use up a burst of five, for as long as it takes."""
    schedule = Schedule(VENDOR)

    assert schedule.ready_at(1000.0, 5) == math.inf
    assert schedule.ready_at(1000.0, 4) <= 1000.0


def test_one_that_does_not_count_leaves_the_window() -> None:
    """And the bucket as it was; where nothing was sent, nothing happens."""
    schedule = Schedule(parse_rate_limits("2/min"))
    schedule.uncount()
    for _ in range(2):
        schedule.end(0.0)
    schedule.uncount()
    assert schedule.ends == (0.0,)
    assert schedule.ready_at(1.0, 0) == pytest.approx(30.0, rel=0.01)


def test_after_a_restart_calls_go_at_the_rate() -> None:
    """A pause does not save up a burst: after it comes one call, and then one at a time."""
    schedule = Schedule(parse_rate_limits("1000/min"))
    schedule.restart(100.0)

    times = greedy(schedule, 4)

    assert times == pytest.approx([100.0, 100.06, 100.12, 100.18], abs=0.001)


def test_a_restart_never_lets_calls_go_earlier() -> None:
    """The longest pause wins."""
    schedule = Schedule(VENDOR)
    schedule.restart(100.0)
    schedule.restart(50.0)

    assert schedule.ready_at(0.0, 0) == 100.0


def test_a_schedule_goes_on_from_earlier_calls() -> None:
    """Calls sent under other limits fill the windows of the new ones."""
    schedule = Schedule([RateLimit(3, 10)], ends=[0.0, 1.0, 2.0, 3.0])

    assert schedule.ready_at(5.0, 0) == pytest.approx(11.0, abs=0.02)
    assert schedule.ends == (0.0, 1.0, 2.0, 3.0)


@given(st.lists(st.floats(0, 5), min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_ends_may_be_told_in_any_order(ends: list[float], order: random.Random) -> None:
    """Each leaves its window when it would have, and the bucket is not fuller than in the right order."""
    schedule, told = (Schedule(parse_rate_limits("60/min,10/s")) for _ in range(2))
    for at in sorted(ends):
        schedule.end(at)
    order.shuffle(ends)
    for at in ends:
        told.end(at)
    assert schedule.ends == told.ends
    for in_order, in_any in zip(schedule.full_at, told.full_at, strict=True):
        assert in_order - 1e-9 <= in_any


def test_a_bucket_is_never_emptier_than_empty() -> None:
    """Responses to a hundred calls that were sent under a wider limit do not delay the next one by their number."""
    schedule = Schedule([RateLimit(10, 1)])
    schedule.restart(5.0)
    for _ in range(100):
        schedule.end(1.0)

    assert schedule.ready_at(3.0, 0) == pytest.approx(5.1, abs=0.01)


@given(
    limits=limits_strategy,
    ends=st.lists(st.floats(0, 20), max_size=12).map(sorted),
    more=st.lists(st.floats(0, 20), max_size=12),
)
def test_what_had_ended_besides_counts_as_if_it_had_been_told_in_time(
    limits: list[RateLimit], ends: list[float], more: list[float]
) -> None:
    """In the windows and in the buckets, in whatever order."""
    schedule, expected = Schedule(limits), Schedule(limits)
    for at in ends:
        schedule.end(at)
    for at in sorted(ends + more):
        expected.end(at)
    both = schedule.with_ends(more)
    assert list(expected.ends) == list(both.ends)
    assert both.full_at == pytest.approx(expected.full_at)
    assert both.ready_at(20.0, 0) == pytest.approx(expected.ready_at(20.0, 0))
    assert sorted(ends) == list(schedule.ends)


def test_without_a_limit_nothing_waits() -> None:
    """No limit: a call may always go, at an infinite rate."""
    schedule = Schedule(())

    assert greedy(schedule, 1000) == [0.0] * 1000
    assert schedule.rate == float("inf")


@given(
    limits=limits_strategy,
    sent=st.integers(0, 40),
    under_way=st.integers(0, 10),
    ahead=st.integers(0, 60),
)
def test_the_earliest_moment_is_never_too_late(
    limits: list[RateLimit], sent: int, under_way: int, ahead: int
) -> None:
    """No call gets its permit before the moment given for it, so that none is failed that could have gone."""
    schedule = Schedule(limits)
    now = max([0.0, *greedy(schedule, sent)])
    under_way = min(under_way, *(limit.count for limit in limits))
    earliest = schedule.earliest(ahead, now, under_way)
    for _ in range(under_way):  # at best all get their response at once
        schedule.end(now)

    for _ in range(ahead):
        now = max(now, schedule.ready_at(now, 0))
        schedule.end(now)

    assert earliest <= max(now, schedule.ready_at(now, 0)) + 1e-6


def test_the_earliest_moment_is_near_the_truth() -> None:
    """600 calls ahead at 60 a minute are known to take about ten minutes."""
    assert 590 <= Schedule(VENDOR).earliest(600, 0.0, 0) <= 610


@pytest.mark.parametrize("rate", [0.01, 0.3, 1.0, 1.25, 7.0])
def test_a_limit_at_another_rate(rate: float) -> None:
    """Whatever the rate, counts stay whole and the rate exact."""
    changed = RateLimit(5, 1).at_rate(rate)

    assert changed.count >= 1
    assert changed.rate == pytest.approx(rate)
