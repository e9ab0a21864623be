"""What a client learns from the answers: lower at once, raise after a long stretch, within what was configured."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matillion_async._limits.pace import (
    FIRST_PAUSE,
    HIGHEST,
    LEAST_STEP,
    LONGEST_PAUSE,
    LOWEST,
    SLOWEST,
    STEP,
    STRETCH,
    Pace,
)
from matillion_async._limits.rates import RateLimit, parse_rate_limits

CONFIGURED = parse_rate_limits("60/min,5/s")


def send(pace: Pace, now: float, calls: int) -> float:
    """Send calls as early as the pace allows, each accepted at once; returns the time of the last."""
    for _ in range(calls):
        now = max(now, pace.schedule.ready_at)
        pace.schedule.take(now)
        pace.accepted(now, now)
    return now


def per_minute(pace: Pace) -> float:
    """The pace in requests per minute."""
    return pace.schedule.rate * 60


def burst(pace: Pace, now: float) -> int:
    """How many calls can be sent at this moment."""
    calls = 0
    while pace.schedule.ready_at <= now and calls < 2000:
        pace.schedule.take(now)
        calls += 1
    return calls


def test_what_was_configured_is_kept() -> None:
    """With limits given there is nothing to find out: the pace is theirs from the first call."""
    pace = Pace(CONFIGURED)

    assert not pace.proving
    assert per_minute(pace) == 60


def test_the_default_sends_a_probe_first() -> None:
    """Where nothing was set, more calls go at once than the older limit allows twice over, but no more."""
    pace = Pace(None)

    assert pace.proving
    assert burst(pace, 0.0) == 11


def test_an_accepted_probe_lets_the_rest_go_at_once() -> None:
    """Eleven calls accepted within a second disprove 5/s: the newest documented limit holds from then on."""
    pace = Pace(None)
    assert burst(pace, 0.0) == 11

    released = [pace.accepted(0.1, 0.0) for _ in range(11)]

    assert released == [False] * 10 + [True]
    assert not pace.proving
    assert burst(pace, 0.1) == 1000 - 11


def test_a_refused_probe_means_the_older_limit() -> None:
    """One 429 while nothing is proven, and the client keeps 60/min with 5/s."""
    pace = Pace(None)
    burst(pace, 0.0)
    for _ in range(5):
        pace.accepted(0.1, 0.0)

    pace.refused(0.1, 0.0, 1.0)

    assert not pace.proving
    assert per_minute(pace) == 60


def test_a_guess_that_is_raised_lets_no_burst_go() -> None:
    """The older limit is raised after a refusal, as it may be far too low; its burst is not, nor is it ever lost."""
    pace = Pace(None)
    burst(pace, 0.0)
    now = pace.refused(0.1, 0.0, 1.0)
    bursts = []
    while per_minute(pace) < 960:
        before = per_minute(pace)
        while per_minute(pace) == before:
            now = send(pace, now, 1)
        bursts.append((round(per_minute(pace)), burst(pace, now + 60)))

    assert [rate for rate, _ in bursts] == [120, 240, 480, 960]
    assert all(4 <= sent <= max(5, rate / 60) for rate, sent in bursts)


def test_a_guess_is_raised_twofold_and_then_by_halves() -> None:
    """A raise that is refused is taken back; the next goes half as far, as a factor, but not less than a tenth."""
    pace = Pace(None)
    burst(pace, 0.0)
    now = pace.refused(0.1, 0.0, 1.0)
    raised = []
    for _ in range(4):
        before = per_minute(pace)
        while per_minute(pace) == before:
            now = send(pace, now, 1)
        raised.append(per_minute(pace))
        if raised[-1] > 100:  # which is the limit
            now = pace.refused(now + 0.1, now + 0.1, 1.0)
            assert per_minute(pace) == before

    assert raised == pytest.approx([120, 60 * 2**0.5, 60 * 2**0.75, 60 * 2**0.5 * LEAST_STEP])


def test_a_refusal_of_a_proven_default_takes_the_pace_to_what_was_accepted() -> None:
    """At a limit in no document nothing in the default is worth keeping: 120/min are not met by halving 1000/min."""
    pace = Pace(None)
    for sent in range(120):
        pace.accepted(0.1 + sent / 100, 0.0 + sent / 100)
    pace.refused(1.3, 1.2, 30.0)

    assert per_minute(pace) == pytest.approx(120)


def test_answers_to_what_was_sent_before_a_refusal_raise_nothing() -> None:
    """A hundred calls are in flight when one is refused: that the others were accepted says nothing of the new pace."""
    pace = Pace(None)
    burst(pace, 0.0)
    pace.refused(0.1, 0.0, 1.0)
    for _ in range(100):
        pace.accepted(0.2, 0.0)

    assert per_minute(pace) == 60


def test_a_limit_that_grew_is_found_again() -> None:
    """Once what was refused is accepted, the steps and the stretches are as long as they were at first."""
    pace = Pace(None)
    now = pace.refused(0.1, 0.0, 1.0)
    for _ in range(6):
        while per_minute(pace) == 60:
            now = send(pace, now, 1)
        now = pace.refused(now + 1, now + 0.5, 1.0)
    began, calls = now, 0
    while per_minute(pace) < 1000:
        now = send(pace, now, 1)
        calls += 1

    assert calls < 2000
    assert now - began < 1400


def test_late_answers_prove_nothing() -> None:
    """Calls sent a second apart whose answers come all at once do not disprove 5/s."""
    pace = Pace(None)

    released = [pace.accepted(100.0, float(sent_at)) for sent_at in range(30)]

    assert not any(released)


def test_answers_out_of_order_prove_nothing() -> None:
    """Old answers between two of the same moment are not taken for calls of that moment."""
    pace = Pace(None)
    sent = [20.0, *map(float, range(10, 19)), 20.2]

    assert not any(pace.accepted(30.0, sent_at) for sent_at in sent)


def test_a_refusal_lowers_the_pace_at_once() -> None:
    """A 429 at the configured limit takes the pace down, but not below what was just accepted by much."""
    pace = Pace(CONFIGURED)
    now = send(pace, 0.0, 60)

    pace.refused(now, now, 1.0)

    assert 60 * LOWEST <= per_minute(pace) <= 60 * HIGHEST


def test_the_pace_falls_to_what_is_accepted() -> None:
    """Where the true limit is far lower, refusals take the pace there and not beyond."""
    pace = Pace(parse_rate_limits("1000/min"))
    now = 0.0
    for _ in range(6):
        now += 60
        for _ in range(100):
            pace.accepted(now, now)
        pace.refused(now, now, 60.0)

    assert per_minute(pace) <= 125
    assert per_minute(pace) >= 85


def test_refusals_of_calls_in_flight_together_count_once() -> None:
    """A hundred 429s for calls that were sent before the first of them lower the pace once."""
    pace = Pace(CONFIGURED)
    pace.refused(1.0, 0.5, None)
    once = per_minute(pace)

    for _ in range(100):
        pace.refused(1.2, 0.9, None)

    assert once == per_minute(pace)


def test_a_refusal_right_after_the_pause_makes_it_longer_not_slower() -> None:
    """If nothing was accepted in between, the pause was too short: it doubles, up to a bound."""
    pace = Pace(CONFIGURED)
    now = 1.0
    pauses: list[float] = []
    paces: set[float] = set()
    for _ in range(9):
        until = pace.refused(now, now, None)
        pauses.append(until - now)
        paces.add(per_minute(pace))
        now = until + 0.1

    assert pauses[:3] == pytest.approx([FIRST_PAUSE, 2 * FIRST_PAUSE, 4 * FIRST_PAUSE])
    assert pauses[-1] == pytest.approx(LONGEST_PAUSE)
    assert len(paces) == 1


def test_retry_after_is_obeyed() -> None:
    """The server's word decides how long nobody sends."""
    pace = Pace(CONFIGURED)

    assert pace.refused(10.0, 9.9, 33.0) == 43.0
    assert pace.schedule.ready_at >= 43.0


def test_a_retry_after_of_zero_is_no_hot_loop() -> None:
    """A server that says 0 and refuses again and again is asked more and more rarely."""
    pace = Pace(CONFIGURED)
    now = 1.0
    for _ in range(6):
        now = pace.refused(now, now, 0.0) + 0.001

    assert now > 30


def test_a_long_stretch_raises_the_pace_again() -> None:
    """Accepted calls worth a stretch raise the pace by one step; a call fewer does not."""
    pace = Pace(CONFIGURED)
    until = pace.refused(1.0, 0.9, 1.0)
    lowered = per_minute(pace)
    calls = int(STRETCH * lowered / 60)

    now = send(pace, until, calls - 1)
    assert per_minute(pace) == lowered
    send(pace, now, 2)

    assert per_minute(pace) == pytest.approx(lowered * STEP)


def test_the_pace_comes_back_to_what_was_configured() -> None:
    """After long enough without a refusal the configured limits hold again, bursts included, and never more."""
    pace = Pace(CONFIGURED)
    now = pace.refused(1.0, 0.9, 1.0)
    highest = 0.0
    for _ in range(1000):
        now = send(pace, now, 1)
        highest = max(highest, per_minute(pace))

    assert highest == 60
    assert burst(pace, now + 100) == 4  # and the fifth after the margin


def test_a_refused_raise_is_taken_back_and_waits_twice_as_long() -> None:
    """At the true limit the client goes back to the pace that was good, and tries again ever more rarely."""
    pace = Pace(None)
    now = pace.refused(0.1, 0.0, 1.0)
    tries: list[int] = []
    for _ in range(4):
        calls = 0
        while per_minute(pace) == 60:
            now = send(pace, now, 1)
            calls += 1
        tries.append(calls)
        now = pace.refused(now + 1, now + 0.5, 1.0)
        assert per_minute(pace) == 60

    assert tries == [10, 20, 40, 80]


def test_a_larger_limit_is_found_out_after_a_wrong_guess() -> None:
    """Where the first 429 was a passing trouble, the default limit comes back within minutes."""
    pace = Pace(None)
    now = pace.refused(0.1, 0.0, 1.0)

    send(pace, now, 700)

    assert per_minute(pace) == pytest.approx(1000)


def test_without_a_limit_a_refusal_still_gives_a_pace() -> None:
    """After a 429 calls do not go in a burst even where no limit was set; later that is forgotten."""
    pace = Pace(())
    now = pace.refused(1.0, 0.9, 1.0)
    assert burst(pace, now) == 1
    assert per_minute(pace) < 100

    send(pace, now, 20_000)

    assert per_minute(pace) == float("inf")


@given(
    text=st.sampled_from(["60/min,5/s", "1000/min", "10/h", "none", "default"]),
    events=st.lists(
        st.tuples(
            st.floats(0, 200),
            st.sampled_from(["accepted", "refused"]),
            st.none() | st.floats(0, 100),
        ),
        max_size=200,
    ),
)
def test_whatever_happens_the_pace_stays_in_its_bounds(
    text: str, events: list[tuple[float, str, float | None]]
) -> None:
    """Never above what was configured, never so slow that it stands still, and no call before a pause is over."""
    limits = None if text == "default" else parse_rate_limits(text)
    pace = Pace(limits)
    top = min((limit.rate for limit in limits or ()), default=float("inf"))
    if limits is None:
        top = 1000 / 60
    now = 0.0
    for gap, kind, retry_after in events:
        now += gap
        if kind == "accepted":
            pace.accepted(now, now)
        else:
            until = pace.refused(now, now, retry_after)
            assert pace.schedule.ready_at >= until >= now
        assert min(SLOWEST, LOWEST * top) * 0.999 <= pace.schedule.rate <= top * 1.001


def test_one_refusal_does_not_outlive_the_configured_floor() -> None:
    """A limit that is slower than the slowest learned pace is still kept."""
    limit = RateLimit(10, 3600)
    pace = Pace((limit,))
    for now in range(10, 1000, 100):
        pace.refused(float(now), now - 1.0, 1.0)

    assert limit.rate * LOWEST <= pace.schedule.rate <= limit.rate
