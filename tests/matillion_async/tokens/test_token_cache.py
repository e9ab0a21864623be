"""A cache of a token keeps its promises in any order of events, and ends when it is closed."""

from __future__ import annotations

import asyncio
import math

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from matillion_async._errors import ClientStateError, TokenUnavailableError
from matillion_async._tokens.token_cache import TokenCache
from matillion_async._tokens.token_source import Token
from matillion_async.sandbox import VirtualTimeLoop
from tests.matillion_async.tokens.scripted_source import (
    ScriptedSource,
    cache_over,
    now,
    unavailable,
)

pytestmark = pytest.mark.virtual_time


async def test_closing_stops_a_renewal_and_whoever_waits_for_it() -> None:
    """Closing ends the request under way, its waiters get one clear error, and the token is forgotten."""
    source = ScriptedSource(latency=60.0)
    cache = cache_over(source)
    callers = [asyncio.create_task(cache.get()) for _ in range(3)]
    await asyncio.sleep(1.0)

    await cache.aclose()
    await cache.aclose()

    for outcome in await asyncio.gather(*callers, return_exceptions=True):
        assert isinstance(outcome, ClientStateError)
    assert source.cancelled
    assert 1.0 == now()


async def test_closing_ends_the_wait_for_the_end_of_a_pause() -> None:
    """A caller that waits through a pause learns at once that the cache was closed."""
    cache = cache_over(ScriptedSource(unavailable(retry_after=60.0)), retry_for=120.0)
    caller = asyncio.create_task(cache.get())
    await asyncio.sleep(1.0)

    await cache.aclose()

    with pytest.raises(ClientStateError):
        await caller
    assert 1.0 == now()


async def test_a_closed_cache_gives_no_token() -> None:
    """After closing neither the fast nor the slow way leads to a token."""
    source = ScriptedSource()
    cache = cache_over(source)
    await cache.get()

    await cache.aclose()

    assert cache.current() is None
    with pytest.raises(ClientStateError, match="closed"):
        await cache.get()
    assert 1 == len(source.asked_at)


@st.composite
def outcomes(draw: st.DrawFn) -> tuple[float, float | None]:
    """Latency, and the life of the token that comes then; None for a failure."""
    latency = draw(st.sampled_from([0.0, 0.5, 20.0]))
    return latency, draw(st.sampled_from([None, None, 1.0, 20.0, 1800.0]))


class PlayedSource:
    """Plays a list of outcomes over and over, and checks that it is never asked too early."""

    def __init__(self, played: list[tuple[float, float | None]]) -> None:
        self.played = played
        self.issued: dict[str, tuple[float, float]] = {}  # when asked for, and the life
        self.complaints: list[str] = []
        self._asked = 0
        self._busy = False
        self._failures = 0
        self._not_before = -math.inf

    async def fetch(self) -> Token:
        if self._busy:
            self.complaints.append("two requests at a time")
        if now() < self._not_before - 1e-6:
            self.complaints.append(f"asked {self._not_before - now()} s too early")
        latency, life = self.played[self._asked % len(self.played)]
        self._asked += 1
        started, self._busy = now(), True
        await asyncio.sleep(latency)
        self._busy = False
        if life is None:
            self._not_before = now() + min(2.0 ** min(self._failures, 6), 60.0)
            self._failures += 1
            raise unavailable()
        self._failures = 0
        token = Token(f"token-{self._asked}", expires_in=life)
        self.issued[token.value] = (started, life)
        return token


@settings(max_examples=150, deadline=None)
@given(
    played=st.lists(outcomes(), min_size=1, max_size=8),
    retry_for=st.sampled_from([0.0, 10.0, 100.0]),
    steps=st.lists(
        st.one_of(st.sampled_from(["get", "cancel", "invalidate"]), st.floats(0.01, 2000.0)),
        min_size=1,
        max_size=25,
    ),
)
@example(played=[(0.0, 1.0)], retry_for=0.0, steps=["get", "get", "get", "invalidate"])
def test_in_any_order_of_events_no_token_is_stale_and_no_request_too_early(
    played: list[tuple[float, float | None]], retry_for: float, steps: list[str | float]
) -> None:
    """Calls, cancellations, refusals, failures and time in any order keep the promises of the cache."""
    source = PlayedSource(played)
    cache = TokenCache(source, retry_for=retry_for, jitter=lambda: 0.0)
    dropped: set[str] = set()

    async def call() -> None:
        called = now()
        newest, (started, life) = next(reversed(source.issued.items()), ("", (0.0, 0.0)))
        last_call = started + life - min(life * 0.05, 30.0)
        usable = newest not in dropped and called < last_call - 1e-6
        try:
            token = cache.current() or await cache.get()
        except TokenUnavailableError:
            assert not usable
        else:
            started, life = source.issued[token]
            just_arrived = started + played_latency(token) >= called - 1e-6
            assert now() < started + life or just_arrived
            assert token not in dropped or now() > called
            assert not usable or called == now()

    def played_latency(token: str) -> float:
        return played[(int(token.removeprefix("token-")) - 1) % len(played)][0]

    async def play() -> None:
        calls: list[asyncio.Task[None]] = []
        for step in steps:
            if step == "get":
                calls.append(asyncio.create_task(call()))
                await asyncio.sleep(0)
            elif step == "cancel" and calls:
                calls.pop().cancel()
            elif step == "invalidate":
                token = cache.current()
                if token is not None and cache.invalidate(token):
                    dropped.add(token)
            elif isinstance(step, float):
                await asyncio.sleep(step)
        await asyncio.gather(*calls)
        await cache.aclose()

    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        runner.run(play())
    assert [] == source.complaints
