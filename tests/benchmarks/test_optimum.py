"""The optimum that the benchmark of limits compares with."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks._optimum import earliest_times, optimum
from matillion_async._limits.rates import RateLimit, parse_rate_limits
from matillion_async.sandbox._limits import Algorithm, ServerLimit

OLDER = parse_rate_limits("60/min,5/s")


def test_calls_within_the_burst_go_at_once() -> None:
    """As many as the smaller count may go in the first moment."""
    assert [0.0] * 5 + [1.0] == earliest_times(OLDER, 6)


def test_300_calls_at_60_a_minute_take_under_five_minutes() -> None:
    """Four minutes for 240 of them, and 55 seconds more until the last: a burst of 5, then one a second."""
    assert optimum(OLDER, 300, 0.1) == pytest.approx(295.1)


def test_one_window_is_filled_at_once() -> None:
    """With a single limit its whole count may go in the first moment, and again when the window has passed."""
    times = earliest_times([RateLimit(1000, 60)], 2001)

    assert [0.0, 0.0, 60.0, 60.0, 120.0] == [times[call] for call in (0, 999, 1000, 1999, 2000)]


@given(
    counts=st.lists(st.integers(1, 6), min_size=1, max_size=2),
    calls=st.integers(1, 40),
    shift=st.integers(0, 7),
)
def test_no_server_refuses_a_call_of_the_optimum(counts: list[int], calls: int, shift: int) -> None:
    """Whatever the algorithm, and whenever its windows start: the optimum is possible."""
    limits = [RateLimit(count, seconds) for count, seconds in zip(counts, (4, 1), strict=False)]
    times = earliest_times(limits, calls)
    algorithms: tuple[Algorithm, ...] = ("bucket", "sliding-window", "fixed-window")
    servers = [ServerLimit(algorithm, limits, phase=shift / 2) for algorithm in algorithms]

    assert [0.0] * 3 * calls == [server.hit(at) for server in servers for at in times]


@given(counts=st.lists(st.integers(1, 6), min_size=1, max_size=2), calls=st.integers(2, 40))
def test_no_call_of_the_optimum_could_go_earlier(counts: list[int], calls: int) -> None:
    """A hundredth of a second before its time, each call that had to wait is refused by a bucket or a sliding window."""
    limits = [RateLimit(count, seconds) for count, seconds in zip(counts, (4, 1), strict=False)]
    times = earliest_times(limits, calls)
    waited = [number for number, (a, b) in enumerate(itertools.pairwise(times), 1) if b > a]
    accepted: list[int] = []
    for number in waited:
        servers = [ServerLimit("bucket", limits), ServerLimit("sliding-window", limits)]
        for at, server in itertools.product(times[:number], servers):
            server.hit(at)
        if not any(server.hit(times[number] - 0.01) for server in servers):
            accepted.append(number)

    assert [] == accepted
