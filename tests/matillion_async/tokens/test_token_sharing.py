"""A token and the first use of it: fetched once, whoever asks, and shown to nobody."""

from __future__ import annotations

import asyncio

import pytest

from matillion_async._tokens.token_cache import TokenCache
from matillion_async._tokens.token_source import Secret, Token
from matillion_async.sandbox import VirtualTimeLoop
from tests.matillion_async.tokens.scripted_source import (
    SECRET,
    ScriptedSource,
    cache_over,
)

pytestmark = pytest.mark.virtual_time


def test_a_secret_shows_its_value_only_when_asked() -> None:
    """Neither repr, str nor format of a secret, or of what contains it, shows its value."""
    secret = Secret(SECRET)

    assert SECRET not in f"{secret!r} {secret} {[secret]}"
    assert SECRET == secret.reveal()


def test_a_token_hides_its_value_in_its_repr() -> None:
    """The repr of a token shows its life but not its value."""
    assert "Token(expires_in=60)" == repr(Token(SECRET, expires_in=60))


@pytest.mark.parametrize("value", ["", "two words", "line\nbreak", "caf\xe9", "nul\0"])
def test_a_token_must_fit_into_a_header(value: str) -> None:
    """A value that cannot be sent in an Authorization header makes no token, and is not repeated."""
    with pytest.raises(ValueError, match="visible ASCII") as caught:
        Token(value)

    assert not value or value not in str(caught.value)


async def test_nothing_is_fetched_before_the_first_use() -> None:
    """A cache that nobody asked has asked nobody."""
    source = ScriptedSource()
    cache = cache_over(source)

    assert cache.current() is None
    await asyncio.sleep(10)
    assert [] == source.asked_at


async def test_a_valid_token_is_reused() -> None:
    """The first call fetches a token, the following ones get the same without a request."""
    source = ScriptedSource()
    cache = cache_over(source)

    assert "token-1" == await cache.get()
    assert "token-1" == cache.current()
    assert "token-1" == await cache.get()
    assert 1 == len(source.asked_at)


async def test_200_callers_share_one_request() -> None:
    """However many callers come while a token is on its way, one request is made for all."""
    source = ScriptedSource(latency=1.0)
    cache = cache_over(source)

    tokens = await asyncio.gather(*(cache.get() for _ in range(200)))

    assert {"token-1"} == set(tokens)
    assert [0.0] == source.asked_at


async def test_the_cancellation_of_the_first_caller_does_not_harm_the_others() -> None:
    """The request goes on when the caller that caused it is cancelled."""
    source = ScriptedSource(latency=1.0)
    cache = cache_over(source)
    leader = asyncio.create_task(cache.get())
    followers = [asyncio.create_task(cache.get()) for _ in range(5)]
    await asyncio.sleep(0.5)

    leader.cancel()
    tokens = await asyncio.gather(*followers)

    assert leader.cancelled()
    assert ["token-1"] * 5 == tokens
    assert [0.0] == source.asked_at


async def test_a_token_is_kept_although_its_only_caller_timed_out() -> None:
    """A token that arrives after its caller gave up serves the next one."""
    source = ScriptedSource(latency=1.0)
    cache = cache_over(source)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.5):
            await cache.get()

    await asyncio.sleep(1.0)

    assert "token-1" == cache.current()
    assert not source.cancelled


def test_a_cache_may_be_made_before_any_event_loop_runs() -> None:
    """Nothing of a cache belongs to an event loop until it is used."""
    cache = TokenCache(ScriptedSource())

    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        assert "token-1" == runner.run(cache.get())
