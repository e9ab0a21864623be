"""What responses say of the server's clock."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from multidict import CIMultiDict

from matillion_async._calls.server_clock import DRIFT, ServerClock, next_strike

EPOCH = 1_767_225_600.0  # 2026, by the server's clock, when the event loop's begins
TRAVEL = st.floats(0, 2)
OFFSETS = st.floats(-3600, 3600)
HISTORY = st.lists(st.tuples(st.floats(0, 600), TRAVEL, TRAVEL), min_size=1, max_size=30)
"""Requests: seconds since the one before was sent, until it was responded to, until the response was there."""


def date(seconds: float) -> str:
    """A time of the server's as HTTP writes it."""
    moment = datetime.fromtimestamp(0, UTC) + timedelta(seconds=math.floor(seconds))
    return format_datetime(moment, usegmt=True)


def learn(clock: ServerClock, seconds: float, sent: float, received: float) -> None:
    """A response that was made at a time of the server's."""
    clock.learn({"Content-Type": "text/plain", "Date": date(seconds)}, sent, received)


@given(HISTORY, OFFSETS, st.floats(-DRIFT, DRIFT), st.floats(-4000, 4000))
def test_the_difference_is_always_within(
    history: list[tuple[float, float, float]], offset: float, drift: float, away: float
) -> None:
    """Whatever the clocks, the travel times and the order of the responses, and at any time before and after."""

    def ahead(moment: float) -> float:
        return EPOCH + offset + drift * moment

    responses = []
    sent = 0.0
    for pause, out, back in history:
        sent += pause
        responses.append((sent + out + back, sent, sent + out))
    clock = ServerClock()
    for received, sent, made in sorted(responses):
        learn(clock, made + ahead(made), sent, received)
        for moment in (sent, received, received + away):
            known = clock.ahead(moment)
            assert known is not None
            assert known.least < ahead(moment) < known.most


@given(st.lists(st.floats(0, 1), min_size=200, max_size=200), OFFSETS)
def test_many_responses_say_more_than_one(pauses: list[float], offset: float) -> None:
    """The interval becomes as small as the time of travel allows."""
    clock = ServerClock()
    sent = 0.0
    for number, pause in enumerate(pauses):
        sent += 1 + number / 200 + pause * 1e-3
        learn(clock, EPOCH + offset + sent + 0.05, sent, sent + 0.1)
    known = clock.ahead(sent)
    assert known is not None
    assert known.most - known.least < 0.5


@given(
    st.floats(5, 3600),
    st.booleans(),
    st.floats(0.1, 2000),
    st.lists(st.tuples(st.floats(0.1, 5), st.floats(0, 1), st.floats(0, 1)), min_size=2),
)
def test_a_clock_that_is_set(
    change: float, is_put_back: bool, idle: float, history: list[tuple[float, float, float]]
) -> None:
    """The new difference is known from the next response on; what may bear a date of both times is within both."""
    clock = ServerClock()
    learn(clock, EPOCH, 0.0, 0.2)
    change = -change if is_put_back else change
    now = idle
    for pause, out, back in history:
        sent = now + pause
        now = sent + out + back
        learn(clock, EPOCH + change + sent + out, sent, now)
    for moment in (idle, now, now + abs(change) + 10):
        known = clock.ahead(moment)
        assert known is not None
        assert known.least < EPOCH + change < known.most
    twice = clock.ahead(idle - 0.01 if not is_put_back else idle - change - 1)
    assert twice is not None
    assert twice.least < EPOCH + change < twice.most
    if is_put_back:
        assert EPOCH - DRIFT * idle < twice.most
    later = clock.ahead(now + max(0.0, -change) + 20)
    assert later is not None
    assert later.most < EPOCH + change + 4 + DRIFT * (abs(change) + 20)


def test_servers_that_disagree() -> None:
    """As long as both respond, the difference is that of either."""
    clock = ServerClock()
    for number in range(100):
        learn(clock, EPOCH + number + 7 * (number % 2), number, number + 0.1)
    known = clock.ahead(100)
    assert known is not None
    assert known.least < EPOCH < EPOCH + 7 < known.most


def test_contradictions_leave_a_doubt() -> None:
    """For minutes, and for as long as a clock that was put back repeats; that machines differ a little is not one."""
    clock = ServerClock()
    learn(clock, EPOCH + 0.9999, 0.9999, 0.9999)
    learn(clock, EPOCH + 2.02, 2.0, 2.0)
    learn(clock, EPOCH + 2.98, 3.01, 3.01)
    assert [False, False] == [clock.is_doubted(moment) for moment in (0.0, 3.01)]
    learn(clock, EPOCH - 3596, 4.0, 4.0)
    assert [True, True, True, False] == [
        clock.is_doubted(moment) for moment in (0.0, 604.0, 4000.0, 4300.0)
    ]


def test_a_date_that_stands_still() -> None:
    """A cache that gives no age leaves a doubt, however many of its responses there are."""
    clock = ServerClock()
    for number in range(2000):
        learn(clock, EPOCH, number, number + 0.01)
    assert clock.is_doubted(1500.0)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Date": ""},
        {"Date": "yesterday"},
        {"Date": "Thu, 01 Jan 2026 00:00:60 GMT"},
        {"Date": "Thu, 01 Jan 2026 00:00:00 +0100"},
        {"Date": "Thu, 01 Jan 2026 00:00:00"},
        {"Date": "2026-01-01T00:00:00Z"},
        {"Date": "Thu, 32 Jan 2026 00:00:00 GMT"},
        {"Date": "\udcff GMT"},
        {"Date": "Thu, 01 Jan 2026 00:00:00 GMT", "Age": "0"},
        {"age": "17", "date": "Thu, 01 Jan 2026 00:00:00 GMT"},
        CIMultiDict([("Date", "Thu, 01 Jan 2026 00:00:00 GMT")] * 2),
    ],
)
def test_responses_that_say_nothing_of_it(headers: Mapping[str, str]) -> None:
    """Without a date, with one that cannot be read, or from a cache."""
    clock = ServerClock()
    clock.learn(headers, 0.0, 1.0)
    assert clock.ahead(0.0) is None


def test_what_was_just_received_counts_at_once() -> None:
    """Also where many responses come in a moment, of which the newest are enough."""
    clock = ServerClock()
    for number in range(100):
        sent = 5 + number / 101
        learn(clock, EPOCH + sent, sent, sent)
    known = clock.ahead(sent)
    assert known is not None
    assert EPOCH < known.most < EPOCH + 0.03
    assert len(clock._unread) == 0


def test_names_of_headers_have_no_case() -> None:
    """HTTP compares them without."""
    clock = ServerClock()
    clock.learn({"dAtE": "Thu, 01 Jan 2026 00:00:00 GMT"}, 0.0, 0.5)
    known = clock.ahead(0.5)
    assert known is not None
    assert known.least < EPOCH - 0.5 < EPOCH + 0.999 < known.most


@given(st.floats(0, 10_000), OFFSETS)
def test_the_next_second(moment: float, offset: float) -> None:
    """It strikes within a second, just as the server's clock comes to a whole one."""
    at = next_strike(EPOCH + offset, moment)
    assert moment - 1e-5 <= at <= moment + 1 + 1e-5
    assert abs((at + EPOCH + offset) - round(at + EPOCH + offset)) < 1e-5
