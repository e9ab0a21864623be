"""The clock of a server, from what it tells: never behind it, and ahead by the fastest of the recent requests."""

from __future__ import annotations

import random

import pytest

from matillion_async._share.clock import RECENT, RemoteClock


def test_it_is_ahead_by_the_fastest_request() -> None:
    """Requests that were slower change nothing, faster ones do."""
    clock, ahead = RemoteClock(), 1000.0
    for now, there, back in ((1.0, 0.2, 0.1), (1.3, 0.05, 0.3), (1.6, 0.4, 0.0)):
        clock.learn(now, now + there + back, now + there + ahead)
    assert pytest.approx(ahead + 0.05) == clock.ahead


def test_what_it_knows_gets_old() -> None:
    """A sample says nothing of the time much later."""
    clock = RemoteClock()
    assert not clock.is_known(0.0)
    clock.learn(0.0, 0.1, 500.0)
    assert clock.is_known(RECENT)
    assert not clock.is_known(0.1 + RECENT)


def test_a_clock_that_was_set_is_followed_at_once() -> None:
    """Forwards and backwards."""
    clock = RemoteClock()
    clock.learn(0.0, 0.01, 100.0)
    clock.learn(0.1, 0.11, 105.1)
    assert pytest.approx(105.0) == clock.ahead
    clock.learn(0.2, 0.21, 90.2)
    assert pytest.approx(90.0) == clock.ahead


@pytest.mark.parametrize("drift", [-3e-4, 0.0, 3e-4])
def test_it_is_not_behind(drift: float) -> None:
    """By no more than a thousandth of a second, with any delays, on a clock that is faster or slower."""
    chance, clock, now = random.Random(0), RemoteClock(), 0.0
    for _ in range(20_000):
        now += chance.choice((0.001, 0.05, 0.4, 0.9, 3.0))
        if clock.is_known(now):
            assert 40.0 + drift * now - 0.001 <= clock.ahead <= 40.0 + drift * now + 0.052
        there, back = chance.uniform(0, 0.05), chance.uniform(0, 0.05)
        at = now + there
        clock.learn(now, at + back, at * (1 + drift) + 40.0)
        now = at + back
