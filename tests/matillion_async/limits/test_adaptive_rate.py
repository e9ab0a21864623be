"""What a client learns from the responses: lower at once, raise after many calls, within what was configured."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matillion_async._limits.adaptive_rate import (
    BACKOFF,
    GUESSED_RAISE_AFTER,
    GUESSED_STEP,
    MAX_RAISE_AFTER,
    MAX_SHARE,
    MIN_RATE,
    MIN_SHARE,
    RAISE_AFTER,
    STEP,
    AdaptiveRate,
)
from matillion_async._limits.bursts import BURST_AFTER, BURST_REFUSED
from matillion_async._limits.rates import RateLimit, parse_rate_limits
from matillion_async._limits.strays import CALLS_PER_STRAY, MOMENT, STRAYS

CONFIGURED = parse_rate_limits("60/min,5/s")


def send(rate: AdaptiveRate, now: float, calls: int) -> float:
    """Send calls as early as the rate allows, each accepted at once; returns the time of the last."""
    for _ in range(calls):
        now = max(now, rate.schedule.ready_at(now, 0))
        rate.schedule.end(now)
        rate.accepted(now, now)
    return now


def refuse(rate: AdaptiveRate, now: float) -> float:
    """Have one call refused in each moment until the rate is lowered; returns the end of the last pause.

    Between two of them one is accepted. Where nothing was configured they may as well have been in flight together.
    """
    before = rate.schedule.rate
    until = now
    for number in range(int(STRAYS) + 1):
        at = now + number * MOMENT
        until = rate.refused(at, at - 1e-5, 1.0)
        if rate.schedule.rate != before:
            break
        rate.accepted(at + 5e-5, at + 4e-5)
    return until


def per_minute(rate: AdaptiveRate) -> float:
    """The rate in requests per minute."""
    return rate.schedule.rate * 60


def burst(rate: AdaptiveRate, now: float) -> int:
    """How many calls can be sent at this moment."""
    calls = 0
    while rate.schedule.ready_at(now, 0) <= now and calls < 2000:
        rate.schedule.end(now)
        calls += 1
    return calls


def test_what_was_configured_is_kept() -> None:
    """With limits given there is nothing to find out: the rate is theirs from the first call."""
    rate = AdaptiveRate(CONFIGURED)

    assert not rate.is_probing
    assert per_minute(rate) == 60


def test_the_default_sends_a_probe_first() -> None:
    """Where nothing was set, more calls go at once than the older limit allows twice over, but no more."""
    rate = AdaptiveRate(None)

    assert rate.is_probing
    assert burst(rate, 0.0) == 11


def test_an_accepted_probe_lets_the_rest_go_at_once() -> None:
    """Eleven calls accepted within a second disprove 5/s: the newest documented limit holds from then on."""
    rate = AdaptiveRate(None)
    assert burst(rate, 0.0) == 11

    released = [rate.accepted(0.1, 0.0) for _ in range(11)]

    assert released == [False] * 10 + [True]
    assert not rate.is_probing
    assert burst(rate, 0.1) == 1000 - 11


def test_a_refused_probe_means_the_older_limit() -> None:
    """Two 429s while nothing is proven, and the client keeps 60/min with 5/s."""
    rate = AdaptiveRate(None)
    burst(rate, 0.0)
    for _ in range(5):
        rate.accepted(0.1, 0.0)

    refuse(rate, 0.1)

    assert not rate.is_probing
    assert per_minute(rate) == 60


def test_what_a_wrong_guess_sent_holds_up_nobody_for_a_minute() -> None:
    """At 600 a minute and 20 a second: what was refused of the first second would fill the window of the older limit."""
    rate = AdaptiveRate(None)
    assert burst(rate, 0.0) == 11
    for _ in range(11):
        rate.accepted(0.1, 0.0)
    for _ in range(100):
        rate.schedule.end(0.3)
    for _ in range(9):
        rate.accepted(0.3, 0.2)
    until = [rate.refused(0.3, 0.2, 1.0) for _ in range(91)][-1]
    assert per_minute(rate) == 60
    assert send(rate, until, 10) <= until + 10


def test_refusals_of_the_first_calls_count_as_sent() -> None:
    """There are servers that count what they refuse, and one with the older limit may be one of them."""
    rate = AdaptiveRate(None)
    assert burst(rate, 0.0) == 11
    for _ in range(5):
        rate.accepted(0.1, 0.0)
    for _ in range(6):
        rate.refused(0.1, 0.0, 1.0)
    assert per_minute(rate) == 60
    assert len(rate.schedule.ends) == 11


def test_a_guess_that_is_raised_lets_no_burst_go() -> None:
    """The older limit is raised after a refusal, as it may be far too low; its burst is not, nor is it ever lost."""
    rate = AdaptiveRate(None)
    burst(rate, 0.0)
    now = refuse(rate, 0.1)
    bursts = []
    while per_minute(rate) < 1000:
        before = per_minute(rate)
        while per_minute(rate) == before:
            now = send(rate, now, 1)
        bursts.append((round(per_minute(rate)), burst(rate, now + 60)))
        now += 60

    assert [each for each, _ in bursts][:3] == [160, 260, 360]
    assert all(4 <= sent <= max(5, rate / 60) for rate, sent in bursts[:-1])


def test_a_refusal_of_a_proven_default_takes_the_rate_to_what_was_accepted() -> None:
    """At a limit in no document nothing in the default is worth keeping: 120/min are not met by halving 1000/min."""
    rate = AdaptiveRate(None)
    for sent in range(120):
        rate.accepted(0.1 + sent / 100, 0.0 + sent / 100)
    for _ in range(3):
        rate.refused(1.3, 1.2, 30.0)

    assert per_minute(rate) == pytest.approx(120)


def test_responses_to_what_was_sent_before_a_refusal_raise_nothing() -> None:
    """A hundred calls are in flight when one is refused: that the others were accepted says nothing of the new rate."""
    rate = AdaptiveRate(None)
    burst(rate, 0.0)
    refuse(rate, 0.1)
    for _ in range(100):
        rate.accepted(0.2, 0.0)

    assert per_minute(rate) == 60


def test_what_was_under_way_at_a_refusal_is_reckoned_with() -> None:
    """Of a flight of which some are refused and some accepted, the order of the responses does not matter."""
    early, late = AdaptiveRate(None), AdaptiveRate(None)
    for rate in (early, late):
        burst(rate, 0.0)
        for _ in range(11):
            rate.accepted(0.1, 0.0)
    for _ in range(109):
        early.accepted(0.3, 0.2)
    for rate in (early, late):
        for _ in range(400):
            rate.refused(0.3, 0.2, 30.0)
    for _ in range(109):
        late.accepted(0.3, 0.2)

    assert per_minute(early) == per_minute(late) == 120
    assert late.schedule.ready_at(0.3, 0) == pytest.approx(30.3)


def test_a_limit_that_grew_is_found_again() -> None:
    """Once what was refused is accepted, the rate is back at the default within half an hour."""
    rate = AdaptiveRate(None)
    now = refuse(rate, 0.1)
    for _ in range(6):
        while per_minute(rate) == 60:
            now = send(rate, now, 1)
        now = refuse(rate, now + 1)
    began = now
    while per_minute(rate) < 1000:
        now = send(rate, now, 1)

    assert now - began < 1800


def test_late_responses_prove_nothing() -> None:
    """Calls sent a second apart whose responses come all at once do not disprove 5/s."""
    rate = AdaptiveRate(None)

    released = [rate.accepted(100.0, float(sent_at)) for sent_at in range(30)]

    assert not any(released)


def test_responses_out_of_order_prove_nothing() -> None:
    """Old responses between two of the same moment are not taken for calls of that moment."""
    rate = AdaptiveRate(None)
    sent = [20.0, *map(float, range(10, 19)), 20.2]

    assert not any(rate.accepted(30.0, sent_at) for sent_at in sent)


def test_a_single_refusal_is_a_pause() -> None:
    """A 429 may have nothing to do with the rate: a gateway, or another client."""
    rate = AdaptiveRate(CONFIGURED)
    now = send(rate, 0.0, 60)

    assert rate.refused(now, now, 1.0) == now + 1.0
    assert per_minute(rate) == 60


def test_one_refusal_in_a_hundred_calls_lowers_nothing() -> None:
    """Strays at regular intervals are put up with for ever."""
    rate = AdaptiveRate(parse_rate_limits("600/min,20/s"))
    now = 0.0
    for _ in range(100):
        now = send(rate, now, 99)
        now = rate.refused(now, now, None)

    assert per_minute(rate) == 600


def test_refusals_of_one_moment_count_less() -> None:
    """A gateway in trouble or another client may refuse all that are in flight: a limit that was given holds until it repeats."""
    rate = AdaptiveRate(parse_rate_limits("200/s,6000/min"))
    now = send(rate, 0.0, 500)
    moments = 0
    while per_minute(rate) == 6000:
        moments += 1
        for _ in range(100):
            until = rate.refused(now + 0.1, now, 1.0)
        now = send(rate, until, 10)
    assert moments == 3


def test_a_probe_of_which_one_call_is_refused_is_repeated() -> None:
    """One 429 at first may have nothing to do with the limit: if all are accepted the next time, the default holds."""
    rate = AdaptiveRate(None)
    burst(rate, 0.0)
    until = rate.refused(0.1, 0.0, 1.0)
    for _ in range(10):
        rate.accepted(0.1, 0.0)
    assert rate.is_probing

    assert burst(rate, until + 0.1) == 11
    for _ in range(11):
        rate.accepted(until + 0.2, until + 0.1)

    assert not rate.is_probing
    assert per_minute(rate) == pytest.approx(1000)


def test_refusals_that_repeat_lower_the_rate() -> None:
    """More refusals than strays explain take the rate down, but not below what was just accepted by much."""
    rate = AdaptiveRate(CONFIGURED)
    now = send(rate, 0.0, 60)
    for _ in range(int(STRAYS)):
        now = send(rate, rate.refused(now, now, 1.0), 1)
    assert per_minute(rate) == 60

    rate.refused(now, now, 1.0)

    assert 60 * MIN_SHARE <= per_minute(rate) <= 60 * MAX_SHARE


def test_what_was_put_down_to_strays_is_forgotten_by_and_by() -> None:
    """After enough accepted calls as many refusals are put up with again."""
    rate = AdaptiveRate(CONFIGURED)
    now = 0.0
    for _ in range(3):
        for _ in range(int(STRAYS)):
            now = send(rate, rate.refused(now, now, 1.0), 1)
        now = send(rate, now, int(STRAYS) * CALLS_PER_STRAY)

    assert per_minute(rate) == 60


def test_the_rate_falls_to_what_is_accepted() -> None:
    """Where the true limit is far lower, refusals take the rate there and not beyond."""
    rate = AdaptiveRate(parse_rate_limits("1000/min"))
    now = 0.0
    while per_minute(rate) > 125:
        now += 60
        for _ in range(100):
            rate.accepted(now, now)
        refuse(rate, now)

    assert 85 <= per_minute(rate)
    assert now < 15 * 60


def test_what_was_accepted_is_reckoned_over_the_time_of_sending() -> None:
    """A client that has been sending for two seconds did not accept its calls in a minute, and pauses count for nothing."""
    young, paused = (
        AdaptiveRate(parse_rate_limits("1200/min,100/s")),
        AdaptiveRate(parse_rate_limits("60/min,5/s")),
    )
    now = send(young, 0.0, 140)
    refuse(young, now + 0.2)
    now = send(paused, 0.0, 300)
    for _ in range(3):
        now = send(paused, paused.refused(now, now, 30.0), 10)
    refuse(paused, now + 0.2)

    assert per_minute(young) == pytest.approx(1200 * MAX_SHARE)
    assert per_minute(paused) == pytest.approx(60 * MAX_SHARE)


def test_a_rate_of_more_than_is_remembered_is_computed_over_what_is() -> None:
    """A thousand calls are remembered, which are ten seconds of 6000 a minute, and not a minute's worth."""
    rate = AdaptiveRate(parse_rate_limits("6000/min,200/s"))
    refuse(rate, send(rate, 0.0, 5000))
    assert per_minute(rate) == pytest.approx(6000 * MAX_SHARE)


def test_refusals_of_calls_in_flight_together_count_once() -> None:
    """A hundred 429s for calls that were sent before the first of them lower the rate once."""
    rate = AdaptiveRate(CONFIGURED)
    refuse(rate, 1.0)
    once = per_minute(rate)

    for _ in range(100):
        rate.refused(1.2, 0.9, None)

    assert once < 60
    assert once == per_minute(rate)


def test_a_refusal_right_after_the_pause_makes_it_longer_not_slower() -> None:
    """If nothing was accepted in between, the pause was too short: it doubles, up to a bound."""
    rate = AdaptiveRate(CONFIGURED)
    now = 1.0
    pauses: list[float] = []
    rates: set[float] = set()
    for _ in range(9):
        until = rate.refused(now, now, None)
        pauses.append(until - now)
        rates.add(per_minute(rate))
        now = until + 0.1

    assert pauses[:3] == pytest.approx([BACKOFF.first, 2 * BACKOFF.first, 4 * BACKOFF.first])
    assert pauses[-1] == pytest.approx(BACKOFF.longest)
    assert len(rates) == 1


def row(rate: AdaptiveRate, now: float) -> float:
    """Have the first call after each pause refused until strays explain the row no more; returns the end of the last pause."""
    for _ in range(int(STRAYS) + 1):
        now = rate.refused(now + 0.1, now, None)
    return now


def test_a_row_of_refusals_makes_the_next_one_count() -> None:
    """A window that is used up refuses until it ends, and then accepts enough to excuse the next row."""
    rate = AdaptiveRate(CONFIGURED)
    before = rate.schedule.rate
    now = row(rate, send(rate, 0.0, 30))
    assert rate.schedule.rate == before
    for _ in range(
        int(STRAYS + 2) * CALLS_PER_STRAY
    ):  # all at once, since only their number matters
        rate.accepted(now + 0.1, now)
    assert rate.schedule.rate == before
    rate.refused(now + 1.1, now + 1, None)
    assert rate.schedule.rate < before


def refused_for_half_a_second(rate: AdaptiveRate, now: float) -> float:
    """Have a call and the one after its pause refused by a server that rounds its Retry-After down to 0."""
    return rate.refused(rate.refused(now, now, 0.0) + 0.1, now + 0.1, 0.0)


def test_refusals_within_a_second_are_of_one_moment() -> None:
    """Another client's burst refuses until its second is over, and with a Retry-After of 0 it does so twice."""
    rate = AdaptiveRate(parse_rate_limits("200/s,6000/min"))
    now = send(rate, 0.0, 500)
    for _ in range(2):
        now = send(rate, refused_for_half_a_second(rate, now), 1)
    for _ in range(2):
        now = send(rate, rate.refused(now, now, 1.0), 1)
    assert per_minute(rate) == 6000


def test_two_refusals_are_no_row_that_makes_the_next_one_count() -> None:
    """What strays did not explain at the time is forgotten with the calls that are accepted."""
    rate = AdaptiveRate(parse_rate_limits("200/s,6000/min"))
    now = send(rate, 0.0, 500)
    for _ in range(int(STRAYS) - 1):
        now = send(rate, rate.refused(now, now, 1.0), 1)
    now = send(rate, refused_for_half_a_second(rate, now), 2 * CALLS_PER_STRAY)
    rate.refused(now, now, 1.0)
    assert per_minute(rate) == 6000


def test_a_row_of_refusals_long_ago_is_forgotten() -> None:
    """It was an outage, which says nothing of the rate."""
    rate = AdaptiveRate(CONFIGURED)
    before = rate.schedule.rate
    now = row(rate, send(rate, 0.0, 30))
    now = send(rate, now, int(STRAYS + 2) * CALLS_PER_STRAY)
    rate.refused(now + 0.1, now + 0.05, None)
    assert rate.schedule.rate == before


def send_burst(rate: AdaptiveRate, now: float, accepted: int, refused: int) -> float:
    """Send calls at once, of which the server accepts only the first; returns when the pause ends."""
    for _ in range(accepted + refused):
        assert rate.schedule.ready_at(now, 0) <= now
        rate.schedule.end(now)
    for _ in range(accepted):
        rate.accepted(now + 0.1, now)
    return max([rate.refused(now + 0.1, now, 1.0) for _ in range(refused)], default=now)


def test_a_burst_that_is_refused_is_not_sent_again() -> None:
    """Limits that name no second leave it open; the rate is as good as it was, and an hour later a burst may go again."""
    rate = AdaptiveRate(parse_rate_limits("30/min"))
    now = send_burst(rate, 0.0, accepted=5, refused=7)
    assert per_minute(rate) == 30
    for idle in (100.0, 300.0, 1200.0):
        now = send(rate, now + idle, 1)
        assert burst(rate, now + 10) == 1
    assert per_minute(rate) == 30

    now = send(rate, BURST_AFTER + 1, 1)
    assert burst(rate, now + 120) == 30


@pytest.mark.parametrize(
    ("accepted", "refused", "limits"),
    [
        (9, BURST_REFUSED - 1, "30/min"),
        (990, BURST_REFUSED, "1000/min"),
        (0, BURST_REFUSED, "600/min"),
        (2, BURST_REFUSED, "60/min,5/s"),
    ],
    ids=["few", "a small share", "no more than in any second", "a burst that was asked for"],
)
def test_refusals_that_no_burst_explains(accepted: int, refused: int, limits: str) -> None:
    """They are of a gateway, or another client: a pause, after which all goes on as before."""
    rate = AdaptiveRate(parse_rate_limits(limits))
    size = burst(AdaptiveRate(parse_rate_limits(limits)), 0.0)
    now = send_burst(rate, 0.0, accepted, refused)
    assert burst(rate, now + 120) == size


def test_a_rate_that_is_too_high_is_lowered_whatever_became_of_a_burst() -> None:
    """Refusals that go on without bursts are the rate's; once it is back where it was, there is still no burst."""
    rate = AdaptiveRate(parse_rate_limits("30/min"))
    now = refuse(rate, send_burst(rate, 0.0, accepted=5, refused=7) + 10)
    assert per_minute(rate) < 30
    while per_minute(rate) < 30:
        now = send(rate, now, 1)
    now = send(rate, now, 40)
    assert now < BURST_AFTER
    assert burst(rate, now + 120) == 1
    now = send(rate, BURST_AFTER + now, 1)
    assert burst(rate, now + 120) == 30


def test_retry_after_is_obeyed() -> None:
    """The server's word decides how long nobody sends."""
    rate = AdaptiveRate(CONFIGURED)

    assert rate.refused(10.0, 9.9, 33.0) == 43.0
    assert rate.schedule.ready_at(10.0, 0) >= 43.0


def test_a_retry_after_of_zero_is_no_hot_loop() -> None:
    """A server that says 0 and refuses again and again is asked more and more rarely."""
    rate = AdaptiveRate(CONFIGURED)
    now = 1.0
    for _ in range(6):
        now = rate.refused(now, now, 0.0) + 0.001

    assert now > 30


def test_a_retry_after_of_zero_lets_time_pass() -> None:
    """What is sent again after it counts as new, also where the clock stands still between response and request."""
    rate = AdaptiveRate(())

    assert rate.refused(5.0, 5.0, 0.0) > 5.0


def test_accepted_calls_raise_the_rate_again() -> None:
    """Accepted calls raise the rate by one step once there were enough; a call fewer does not."""
    rate = AdaptiveRate(CONFIGURED)
    until = refuse(rate, 1.0)
    lowered = per_minute(rate)
    calls = math.ceil(RAISE_AFTER * lowered / 60)

    now = send(rate, until, calls - 1)
    assert per_minute(rate) == lowered
    send(rate, now, 1)

    assert per_minute(rate) == pytest.approx(lowered + STEP * 60)


def test_the_rate_comes_back_to_what_was_configured() -> None:
    """After long enough without a refusal the configured limits hold again, bursts included, and never more."""
    rate = AdaptiveRate(CONFIGURED)
    now = refuse(rate, 1.0)
    highest = 0.0
    for _ in range(1500):
        now = send(rate, now, 1)
        highest = max(highest, per_minute(rate))

    assert highest == 60
    assert burst(rate, now + 100) == 5


def test_a_refused_raise_is_taken_back_and_waits_twice_as_long() -> None:
    """At the true limit the client goes back to the rate that was good, and tries again ever more rarely."""
    rate = AdaptiveRate(None)
    now = refuse(rate, 0.1)
    tries: list[int] = []
    for _ in range(6):
        calls = 0
        while per_minute(rate) == 60:
            now = send(rate, now, 1)
            calls += 1
        tries.append(calls)
        now = refuse(rate, now + 1)
        assert per_minute(rate) == 60

    assert (
        tries == [GUESSED_RAISE_AFTER * factor for factor in (1, 2, 4, 8)] + [MAX_RAISE_AFTER] * 2
    )


def test_a_raise_that_was_refused_goes_half_as_far_the_next_time() -> None:
    """The true limit lies between a rate that was good and one that was not."""
    rate = AdaptiveRate(None)
    now = refuse(rate, 0.1)
    raised = []
    for _ in range(3):
        while per_minute(rate) == 60:
            now = send(rate, now, 1)
        raised.append(per_minute(rate) - 60)
        now = refuse(rate, now + 1)

    assert raised == pytest.approx([1000 * GUESSED_STEP / factor for factor in (1, 2, 4)])


def test_steps_are_as_long_as_at_first_once_the_configured_rate_was_reached() -> None:
    """A raise that was refused in an earlier trouble does not make the way back from a later one longer."""
    rate = AdaptiveRate(CONFIGURED)
    now = send(rate, refuse(rate, 1.0), math.ceil(RAISE_AFTER))
    now = refuse(rate, now + 1)
    now = send(rate, now, 4000)
    assert per_minute(rate) == 60

    now = refuse(rate, now + 1)
    lowered = per_minute(rate)
    send(rate, now, math.ceil(RAISE_AFTER * lowered / 60))

    assert per_minute(rate) == pytest.approx(lowered + STEP * 60)


def test_a_larger_limit_is_found_out_after_a_wrong_guess() -> None:
    """Where the first 429 was a passing trouble, the default limit comes back within minutes."""
    rate = AdaptiveRate(None)
    now = refuse(rate, 0.1)

    send(rate, now, 3000)

    assert per_minute(rate) == pytest.approx(1000)


def test_without_a_limit_a_refusal_still_gives_a_rate() -> None:
    """One 429 is a pause; after many calls do not go in a burst even where no limit was set; later that is forgotten."""
    rate = AdaptiveRate(())
    assert rate.refused(1.0, 0.9, 1.0) == 2.0
    assert per_minute(rate) == float("inf")
    send(rate, 2.0, 1)
    now = refuse(rate, 3.0)
    assert burst(rate, now) == 1
    assert per_minute(rate) < 100

    send(rate, now, 20_000)

    assert per_minute(rate) == float("inf")


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
def test_whatever_happens_the_rate_stays_in_its_bounds(
    text: str, events: list[tuple[float, str, float | None]]
) -> None:
    """Never above what was configured, never so slow that it stands still, and no call before a pause is over."""
    limits = None if text == "default" else parse_rate_limits(text)
    rate = AdaptiveRate(limits)
    top = min((limit.rate for limit in limits or ()), default=float("inf"))
    if limits is None:
        top = 1000 / 60
    now = 0.0
    for gap, kind, retry_after in events:
        now += gap
        if kind == "accepted":
            rate.accepted(now, now)
        else:
            until = rate.refused(now, now, retry_after)
            assert rate.schedule.ready_at(now, 0) >= until >= now
        assert min(MIN_RATE, MIN_SHARE * top) * 0.999 <= rate.schedule.rate <= top * 1.001


def test_one_refusal_does_not_outlive_the_configured_floor() -> None:
    """A limit that is slower than the slowest learned rate is still kept."""
    limit = RateLimit(10, 3600)
    rate = AdaptiveRate((limit,))
    for now in range(10, 1000, 100):
        refuse(rate, float(now))

    assert limit.rate * MIN_SHARE <= rate.schedule.rate < limit.rate


def test_there_is_a_rate_below_which_no_refusals_take_a_client() -> None:
    """Refused however often, a client still sends one call a minute."""
    rate = AdaptiveRate(CONFIGURED)
    rates = []
    for now in range(10, 3000, 100):
        refuse(rate, float(now))
        rates.append(rate.schedule.rate)
        rate.accepted(now + 50.0, now + 49.0)

    assert min(rates) == pytest.approx(MIN_RATE)


def test_what_is_learned_has_one_home_for_each_name() -> None:
    """What processes tell each other by name would else be another part's for whoever hears it."""
    rate = AdaptiveRate(None)
    names = [name for part in rate._parts for name in part.LEARNED]
    of_the_schedule = ["schedule", "full_at", "paused_until"]
    assert sorted([*names, "_learned", *of_the_schedule]) == sorted(rate.snapshot().learned)
