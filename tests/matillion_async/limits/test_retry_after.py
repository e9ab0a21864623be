"""Reading Retry-After, whatever a server puts there."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matillion_async._limits.retry_after import parse_retry_after

SERVER_TIME = "Sun, 06 Nov 1994 08:49:37 GMT"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("120", 120.0),
        (" 120 ", 120.0),
        ("0", 0.0),
        ("1.5", 1.5),
        (".25", 0.25),
        ("2.", 2.0),
        ("-5", 0.0),
        ("999999999", 999999999.0),
    ],
)
def test_seconds(value: str, expected: float) -> None:
    """Seconds and fractions are read as they are, however large; a negative number means now."""
    assert expected == parse_retry_after(value)


@pytest.mark.parametrize(
    "value",
    ["", " ", "soon", "nan", "inf", "1e3", "1,5", "1 2", "٣", "--1", ".", "Sun, 99 Nov 1994"],
)
def test_rubbish_says_nothing(value: str) -> None:
    """What is neither a number nor a date is as good as no header."""
    assert parse_retry_after(value) is None


def test_no_header_says_nothing() -> None:
    """Without a header there is nothing to read."""
    assert parse_retry_after(None, date=SERVER_TIME) is None


@pytest.mark.parametrize(
    "value",
    [
        "Sun, 06 Nov 1994 08:50:37 GMT",
        "Sunday, 06-Nov-94 08:50:37 GMT",
        "Sun Nov  6 08:50:37 1994",
        "Sun, 06 Nov 1994 09:50:37 +0100",
    ],
)
def test_a_date_is_read_on_the_clock_of_the_server(value: str) -> None:
    """All three formats of HTTP dates count from the response's own Date, years ago by this machine's clock."""
    assert parse_retry_after(value, date=SERVER_TIME) == 60.0


def test_a_date_in_the_past_means_now() -> None:
    """A date before the response's own is not a reason to wait."""
    assert parse_retry_after("Sun, 06 Nov 1994 08:00:00 GMT", date=SERVER_TIME) == 0.0


@pytest.mark.parametrize("date", [None, "rubbish"])
def test_a_date_without_a_usable_clock_of_the_server(date: str | None) -> None:
    """Without a Date that can be read, this machine's clock is used."""
    value = format_datetime(datetime.now(UTC) + timedelta(hours=2), usegmt=True)

    seconds = parse_retry_after(value, date=date)

    assert seconds is not None
    assert 7000 < seconds <= 7200


@given(value=st.text(), date=st.none() | st.text())
def test_any_text_gives_seconds_or_nothing(value: str, date: str | None) -> None:
    """No text makes it fail, and none gives a number that cannot be waited for."""
    seconds = parse_retry_after(value, date=date)

    assert seconds is None or (seconds >= 0 and not math.isnan(seconds))
