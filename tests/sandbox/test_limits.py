"""Rate limits as servers enforce them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matillion_async._limits.rates import parse_rate_limits
from matillion_async.sandbox._limits import Algorithm, ServerLimit

ALGORITHMS: tuple[Algorithm, ...] = ("bucket", "sliding-window", "fixed-window")
VENDOR = parse_rate_limits("60/min,5/s")


def accepted(server: ServerLimit, times: list[float]) -> int:
    """How many of the calls at these times are accepted."""
    return sum(server.hit(at) == 0.0 for at in times)


def test_a_bucket_holds_a_burst_and_refills_at_the_average() -> None:
    """Of 200 calls in the first minute 5 pass at once and one a second after them."""
    server = ServerLimit("bucket", VENDOR)

    assert accepted(server, [0.0] * 20) == 5
    assert server.hit(0.0) == pytest.approx(1.0)
    assert accepted(server, [float(at) for at in range(1, 61) for _ in range(3)]) == 60


def test_sliding_windows_do_not_forget_at_the_turn_of_a_minute() -> None:
    """60 calls pass as fast as 5 a second; the next has to wait for a minute after the first."""
    server = ServerLimit("sliding-window", VENDOR)

    assert accepted(server, [float(at) for at in range(12) for _ in range(6)]) == 60
    assert server.hit(12.0) == pytest.approx(48.0)
    assert server.hit(60.0) == 0.0


def test_fixed_windows_let_two_full_ones_meet() -> None:
    """A full window at its end and another at the start of the next pass: twice the count within moments."""
    server = ServerLimit("fixed-window", parse_rate_limits("10/min"), phase=7.0)

    assert accepted(server, [66.9] * 15) == 10
    assert server.hit(66.9) == pytest.approx(0.1)
    assert accepted(server, [67.0] * 15) == 10
    assert server.hit(67.0) == pytest.approx(60.0)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_limit_alone_is_its_own_burst(algorithm: Algorithm) -> None:
    """1000/min without a burst accepts 1000 calls at once, and no more."""
    server = ServerLimit(algorithm, parse_rate_limits("1000/min"))

    assert accepted(server, [0.0] * 1200) == 1000


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_without_limits_everything_passes(algorithm: Algorithm) -> None:
    """No limit, no refusal."""
    assert accepted(ServerLimit(algorithm, ()), [0.0] * 100) == 100


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@given(gaps=st.lists(st.floats(0, 5), min_size=1, max_size=120))
def test_who_waits_as_told_is_accepted(algorithm: Algorithm, gaps: list[float]) -> None:
    """The seconds given with a refusal are enough, and refused calls delay nobody."""
    server = ServerLimit(algorithm, parse_rate_limits("20/10s,5/s"), phase=3.0)
    now = 0.0
    for gap in gaps:
        now += gap
        wait = server.hit(now)
        assert wait >= 0
        if wait:
            now += wait
            assert server.hit(now) == 0.0
