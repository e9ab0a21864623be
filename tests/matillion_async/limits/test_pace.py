"""What a client learns from the answers: lower at once, raise after a long stretch, within what was configured."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matillion_async._limits.pace import (
    FIRST_PAUSE,
    GUESSED_STEP,
    GUESSED_STRETCH,
    HIGHEST,
    LONGEST_PAUSE,
    LONGEST_STRETCH,
    LOWEST,
    PER_STRAY,
    SLOWEST,
    STEP,
    STRAYS,
    STRETCH,
    Pace,
)
from matillion_async._limits.rates import RateLimit, parse_rate_limits

CONFIGURED = parse_rate_limits("60/min,5/s")


def send(pace: Pace, now: float, calls: int) -> float:
    """Send calls as early as the pace allows, each accepted at once; returns the time of the last."""
    for _ in range(calls):
        now = max(now, pace.schedule.ready_at(now, 0))
        pace.schedule.end(now)
        pace.accepted(now, now)
    return now


def refuse(pace: Pace, now: float) -> float:
    """Have calls refused one right after the other until the pace is lowered; returns the end of the last pause.

    Between two of them one is accepted. Where nothing was configured they may as well have been in flight together.
    """
    before = pace.schedule.rate
    until = now
    for number in range(int(STRAYS) + 1):
        at = now + number * 1e-4
        until = pace.refused(at, at - 1e-5, 1.0)
        if pace.schedule.rate != before:
            break
        pace.accepted(at + 5e-5, at + 4e-5)
    return until


def per_minute(pace: Pace) -> float:
    """The pace in requests per minute."""
    return pace.schedule.rate * 60


def burst(pace: Pace, now: float) -> int:
    """How many calls can be sent at this moment."""
    calls = 0
    while pace.schedule.ready_at(now, 0) <= now and calls < 2000:
        pace.schedule.end(now)
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
    """Two 429s while nothing is proven, and the client keeps 60/min with 5/s."""
    pace = Pace(None)
    burst(pace, 0.0)
    for _ in range(5):
        pace.accepted(0.1, 0.0)

    refuse(pace, 0.1)

    assert not pace.proving
    assert per_minute(pace) == 60


def test_a_guess_that_is_raised_lets_no_burst_go() -> None:
    """The older limit is raised after a refusal, as it may be far too low; its burst is not, nor is it ever lost."""
    pace = Pace(None)
    burst(pace, 0.0)
    now = refuse(pace, 0.1)
    bursts = []
    while per_minute(pace) < 1000:
        before = per_minute(pace)
        while per_minute(pace) == before:
            now = send(pace, now, 1)
        bursts.append((round(per_minute(pace)), burst(pace, now + 60)))
        now += 60

    assert [rate for rate, _ in bursts][:3] == [160, 260, 360]
    assert all(4 <= sent <= max(5, rate / 60) for rate, sent in bursts[:-1])


def test_a_refusal_of_a_proven_default_takes_the_pace_to_what_was_accepted() -> None:
    """At a limit in no document nothing in the default is worth keeping: 120/min are not met by halving 1000/min."""
    pace = Pace(None)
    for sent in range(120):
        pace.accepted(0.1 + sent / 100, 0.0 + sent / 100)
    for _ in range(3):
        pace.refused(1.3, 1.2, 30.0)

    assert per_minute(pace) == pytest.approx(120)


def test_answers_to_what_was_sent_before_a_refusal_raise_nothing() -> None:
    """A hundred calls are in flight when one is refused: that the others were accepted says nothing of the new pace."""
    pace = Pace(None)
    burst(pace, 0.0)
    refuse(pace, 0.1)
    for _ in range(100):
        pace.accepted(0.2, 0.0)

    assert per_minute(pace) == 60


def test_what_was_under_way_at_a_refusal_is_reckoned_with() -> None:
    """Of a flight of which some are refused and some accepted, the order of the answers does not matter."""
    early, late = Pace(None), Pace(None)
    for pace in (early, late):
        burst(pace, 0.0)
        for _ in range(11):
            pace.accepted(0.1, 0.0)
    for _ in range(109):
        early.accepted(0.3, 0.2)
    for pace in (early, late):
        for _ in range(400):
            pace.refused(0.3, 0.2, 30.0)
    for _ in range(109):
        late.accepted(0.3, 0.2)

    assert per_minute(early) == per_minute(late) == 120
    assert late.schedule.ready_at(0.3, 0) == pytest.approx(30.3)


def test_a_limit_that_grew_is_found_again() -> None:
    """Once what was refused is accepted, the pace is back at the default within half an hour."""
    pace = Pace(None)
    now = refuse(pace, 0.1)
    for _ in range(6):
        while per_minute(pace) == 60:
            now = send(pace, now, 1)
        now = refuse(pace, now + 1)
    began = now
    while per_minute(pace) < 1000:
        now = send(pace, now, 1)

    assert now - began < 1800


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


def test_a_single_refusal_is_a_pause() -> None:
    """A 429 may have nothing to do with the pace: a gateway, or another client."""
    pace = Pace(CONFIGURED)
    now = send(pace, 0.0, 60)

    assert pace.refused(now, now, 1.0) == now + 1.0
    assert per_minute(pace) == 60


def test_one_refusal_in_a_hundred_calls_lowers_nothing() -> None:
    """Strays at regular intervals are put up with for ever."""
    pace = Pace(parse_rate_limits("600/min,20/s"))
    now = 0.0
    for _ in range(100):
        now = send(pace, now, 99)
        now = pace.refused(now, now, None)

    assert per_minute(pace) == 600


def test_refusals_of_one_moment_count_less() -> None:
    """A gateway in trouble or another client may refuse all that are in flight: a limit that was given holds until it repeats."""
    pace = Pace(parse_rate_limits("200/s,6000/min"))
    now = send(pace, 0.0, 500)
    moments = 0
    while per_minute(pace) == 6000:
        moments += 1
        for _ in range(100):
            until = pace.refused(now + 0.1, now, 1.0)
        now = send(pace, until, 10)
    assert moments == 3


def test_a_probe_of_which_one_call_is_refused_is_repeated() -> None:
    """One 429 at first may have nothing to do with the limit: if all are accepted the next time, the default holds."""
    pace = Pace(None)
    burst(pace, 0.0)
    until = pace.refused(0.1, 0.0, 1.0)
    for _ in range(10):
        pace.accepted(0.1, 0.0)
    assert pace.proving

    assert burst(pace, until + 0.1) == 11
    for _ in range(11):
        pace.accepted(until + 0.2, until + 0.1)

    assert not pace.proving
    assert per_minute(pace) == pytest.approx(1000)


def test_refusals_that_repeat_lower_the_pace() -> None:
    """More refusals than strays explain take the pace down, but not below what was just accepted by much."""
    pace = Pace(CONFIGURED)
    now = send(pace, 0.0, 60)
    for _ in range(int(STRAYS)):
        now = send(pace, pace.refused(now, now, 1.0), 1)
    assert per_minute(pace) == 60

    pace.refused(now, now, 1.0)

    assert 60 * LOWEST <= per_minute(pace) <= 60 * HIGHEST


def test_what_was_put_down_to_strays_is_forgotten_by_and_by() -> None:
    """After enough accepted calls as many refusals are put up with again."""
    pace = Pace(CONFIGURED)
    now = 0.0
    for _ in range(3):
        for _ in range(int(STRAYS)):
            now = send(pace, pace.refused(now, now, 1.0), 1)
        now = send(pace, now, int(STRAYS) * PER_STRAY)

    assert per_minute(pace) == 60


def test_the_pace_falls_to_what_is_accepted() -> None:
    """Where the true limit is far lower, refusals take the pace there and not beyond."""
    pace = Pace(parse_rate_limits("1000/min"))
    now = 0.0
    while per_minute(pace) > 125:
        now += 60
        for _ in range(100):
            pace.accepted(now, now)
        refuse(pace, now)

    assert 85 <= per_minute(pace)
    assert now < 15 * 60


def test_what_was_accepted_is_reckoned_over_the_time_of_sending() -> None:
    """A client that has been sending for two seconds did not accept its calls in a minute, and pauses count for nothing."""
    young, paused = Pace(parse_rate_limits("1200/min,100/s")), Pace(parse_rate_limits("60/min,5/s"))
    now = send(young, 0.0, 140)
    refuse(young, now + 0.2)
    now = send(paused, 0.0, 300)
    for _ in range(3):
        now = send(paused, paused.refused(now, now, 30.0), 10)
    refuse(paused, now + 0.2)

    assert per_minute(young) == pytest.approx(1200 * HIGHEST)
    assert per_minute(paused) == pytest.approx(60 * HIGHEST)


def test_a_pace_of_more_than_is_remembered_is_reckoned_over_what_is() -> None:
    """A thousand calls are remembered, which are ten seconds of 6000 a minute, and not a minute's worth."""
    pace = Pace(parse_rate_limits("6000/min,200/s"))
    refuse(pace, send(pace, 0.0, 5000))
    assert per_minute(pace) == pytest.approx(6000 * HIGHEST)


def test_refusals_of_calls_in_flight_together_count_once() -> None:
    """A hundred 429s for calls that were sent before the first of them lower the pace once."""
    pace = Pace(CONFIGURED)
    refuse(pace, 1.0)
    once = per_minute(pace)

    for _ in range(100):
        pace.refused(1.2, 0.9, None)

    assert once < 60
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


def row(pace: Pace, now: float) -> float:
    """Have the first call after each pause refused until strays explain the row no more; returns the end of the last pause."""
    for _ in range(int(STRAYS) + 1):
        now = pace.refused(now + 0.1, now, None)
    return now


def test_a_row_of_refusals_makes_the_next_one_count() -> None:
    """A window that is used up refuses until it ends, and then accepts enough to excuse the next row."""
    pace = Pace(CONFIGURED)
    before = pace.schedule.rate
    now = row(pace, send(pace, 0.0, 30))
    assert pace.schedule.rate == before
    for _ in range(int(STRAYS + 2) * PER_STRAY):  # all at once, since only their number matters
        pace.accepted(now + 0.1, now)
    assert pace.schedule.rate == before
    pace.refused(now + 1.1, now + 1, None)
    assert pace.schedule.rate < before


def test_a_row_of_refusals_long_ago_is_forgotten() -> None:
    """It was an outage, which says nothing of the pace."""
    pace = Pace(CONFIGURED)
    before = pace.schedule.rate
    now = row(pace, send(pace, 0.0, 30))
    now = send(pace, now, int(STRAYS + 2) * PER_STRAY)
    pace.refused(now + 0.1, now + 0.05, None)
    assert pace.schedule.rate == before


def test_retry_after_is_obeyed() -> None:
    """The server's word decides how long nobody sends."""
    pace = Pace(CONFIGURED)

    assert pace.refused(10.0, 9.9, 33.0) == 43.0
    assert pace.schedule.ready_at(10.0, 0) >= 43.0


def test_a_retry_after_of_zero_is_no_hot_loop() -> None:
    """A server that says 0 and refuses again and again is asked more and more rarely."""
    pace = Pace(CONFIGURED)
    now = 1.0
    for _ in range(6):
        now = pace.refused(now, now, 0.0) + 0.001

    assert now > 30


def test_a_retry_after_of_zero_lets_time_pass() -> None:
    """What is sent again after it counts as new, also where the clock stands still between answer and request."""
    pace = Pace(())

    assert pace.refused(5.0, 5.0, 0.0) > 5.0


def test_a_long_stretch_raises_the_pace_again() -> None:
    """Accepted calls worth a stretch raise the pace by one step; a call fewer does not."""
    pace = Pace(CONFIGURED)
    until = refuse(pace, 1.0)
    lowered = per_minute(pace)
    calls = math.ceil(STRETCH * lowered / 60)

    now = send(pace, until, calls - 1)
    assert per_minute(pace) == lowered
    send(pace, now, 1)

    assert per_minute(pace) == pytest.approx(lowered + STEP * 60)


def test_the_pace_comes_back_to_what_was_configured() -> None:
    """After long enough without a refusal the configured limits hold again, bursts included, and never more."""
    pace = Pace(CONFIGURED)
    now = refuse(pace, 1.0)
    highest = 0.0
    for _ in range(1500):
        now = send(pace, now, 1)
        highest = max(highest, per_minute(pace))

    assert highest == 60
    assert burst(pace, now + 100) == 5


def test_a_refused_raise_is_taken_back_and_waits_twice_as_long() -> None:
    """At the true limit the client goes back to the pace that was good, and tries again ever more rarely."""
    pace = Pace(None)
    now = refuse(pace, 0.1)
    tries: list[int] = []
    for _ in range(6):
        calls = 0
        while per_minute(pace) == 60:
            now = send(pace, now, 1)
            calls += 1
        tries.append(calls)
        now = refuse(pace, now + 1)
        assert per_minute(pace) == 60

    assert tries == [GUESSED_STRETCH * factor for factor in (1, 2, 4, 8)] + [LONGEST_STRETCH] * 2


def test_a_raise_that_was_refused_goes_half_as_far_the_next_time() -> None:
    """The true limit lies between a pace that was good and one that was not."""
    pace = Pace(None)
    now = refuse(pace, 0.1)
    raised = []
    for _ in range(3):
        while per_minute(pace) == 60:
            now = send(pace, now, 1)
        raised.append(per_minute(pace) - 60)
        now = refuse(pace, now + 1)

    assert raised == pytest.approx([1000 * GUESSED_STEP / factor for factor in (1, 2, 4)])


def test_steps_are_as_long_as_at_first_once_the_configured_pace_was_reached() -> None:
    """A raise that was refused in an earlier trouble does not make the way back from a later one longer."""
    pace = Pace(CONFIGURED)
    now = send(pace, refuse(pace, 1.0), math.ceil(STRETCH))
    now = refuse(pace, now + 1)
    now = send(pace, now, 4000)
    assert per_minute(pace) == 60

    now = refuse(pace, now + 1)
    lowered = per_minute(pace)
    send(pace, now, math.ceil(STRETCH * lowered / 60))

    assert per_minute(pace) == pytest.approx(lowered + STEP * 60)


def test_a_larger_limit_is_found_out_after_a_wrong_guess() -> None:
    """Where the first 429 was a passing trouble, the default limit comes back within minutes."""
    pace = Pace(None)
    now = refuse(pace, 0.1)

    send(pace, now, 3000)

    assert per_minute(pace) == pytest.approx(1000)


def test_without_a_limit_a_refusal_still_gives_a_pace() -> None:
    """One 429 is a pause; after many calls do not go in a burst even where no limit was set; later that is forgotten."""
    pace = Pace(())
    assert pace.refused(1.0, 0.9, 1.0) == 2.0
    assert per_minute(pace) == float("inf")
    send(pace, 2.0, 1)
    now = refuse(pace, 3.0)
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
            assert pace.schedule.ready_at(now, 0) >= until >= now
        assert min(SLOWEST, LOWEST * top) * 0.999 <= pace.schedule.rate <= top * 1.001


def test_one_refusal_does_not_outlive_the_configured_floor() -> None:
    """A limit that is slower than the slowest learned pace is still kept."""
    limit = RateLimit(10, 3600)
    pace = Pace((limit,))
    for now in range(10, 1000, 100):
        refuse(pace, float(now))

    assert limit.rate * LOWEST <= pace.schedule.rate < limit.rate


def test_there_is_a_pace_below_which_no_refusals_take_a_client() -> None:
    """Refused however often, a client still sends one call a minute."""
    pace = Pace(CONFIGURED)
    rates = []
    for now in range(10, 3000, 100):
        refuse(pace, float(now))
        rates.append(pace.schedule.rate)
        pace.accepted(now + 50.0, now + 49.0)

    assert min(rates) == pytest.approx(SLOWEST)
