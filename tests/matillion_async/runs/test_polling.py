"""How often to ask."""

from __future__ import annotations

import math
from contextlib import ExitStack

import pytest

from matillion_async import (
    APITimeoutError,
    AuthenticationError,
    MatillionError,
    NotFoundError,
    ServerError,
    TokenUnavailableError,
)
from matillion_async._runs.polling import Polling
from matillion_async._runs.statuses import as_text


@pytest.mark.parametrize(("waited", "pause"), [(0, 1), (10, 1), (60, 6), (150, 15), (3600, 15)])
def test_often_at_first_and_seldom_later(waited: float, pause: float) -> None:
    """The pause is a tenth of the time waited, from 1 to 15 seconds."""
    assert pause == Polling().pause(waited, math.inf)


def test_an_interval_takes_its_place() -> None:
    """Who wants to ask in a rhythm of his own does."""
    assert 30 == Polling().pause(3600, math.inf, interval=30)


def test_all_together_use_half_of_the_rate() -> None:
    """At 60 calls a minute, ten who poll ask every 20 seconds each, whatever they would like."""
    polling = Polling()
    with ExitStack() as stack:
        for _ in range(10):
            stack.enter_context(polling.member())
        assert 20 == polling.pause(0, 60)
        assert 100 == polling.pause(0, 60, calls=5)
        assert 20 == polling.pause(0, 60, interval=1)
    assert 2 == polling.pause(0, 60)


def test_what_asking_again_may_change() -> None:
    """Failures of the server, the network and the token endpoint pass; refusals do not."""
    status = {"status_code": 503}
    passing = [APITimeoutError("x"), ServerError("x", **status), TokenUnavailableError("x")]  # type: ignore[arg-type]
    lasting: list[MatillionError] = [
        NotFoundError("x", status_code=404),
        AuthenticationError("x"),
        MatillionError("x"),
    ]
    assert [True] * 3 == [error.is_temporary for error in passing]
    assert [False] * 3 == [error.is_temporary for error in lasting]


def test_a_status_is_compared_in_capitals() -> None:
    """However it is written, and if there is none."""
    assert ["FAILURE", "", ""] == [as_text(status) for status in ("Failure", None, 3)]
