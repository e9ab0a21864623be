"""A token is renewed ahead of its end, while the old one is good, however long or short it lives."""

from __future__ import annotations

import asyncio
import gc
import logging
import math

import pytest

from matillion_async._errors import TokenUnavailableError
from matillion_async._tokens.token_cache import DEFAULT_LIFETIME
from matillion_async._tokens.token_source import Token
from tests.matillion_async.tokens.scripted_source import (
    ScriptedSource,
    advance_to,
    cache_over,
    now,
    unavailable,
)

pytestmark = pytest.mark.virtual_time


async def test_a_token_is_renewed_in_the_background_while_the_old_one_is_good() -> None:
    """Five minutes before expiry a caller gets the old token at once, and a renewal begins."""
    source = ScriptedSource()
    cache = cache_over(source)
    await cache.get()
    source.latency = 5.0
    advance_to(1499.0)
    assert "token-1" == cache.current()
    advance_to(1500.0)
    assert cache.current() is None

    tokens = await asyncio.gather(*(cache.get() for _ in range(10)))

    assert ["token-1"] * 10 == tokens
    assert 1500.0 == now()
    assert "token-1" == cache.current()
    await asyncio.sleep(5.0)
    assert "token-2" == cache.current()
    assert [0.0, 1500.0] == source.asked_at


async def test_callers_wait_when_the_old_token_is_about_to_expire() -> None:
    """In the last thirty seconds of its life a token is no longer handed out."""
    source = ScriptedSource()
    cache = cache_over(source)
    await cache.get()
    source.latency = 5.0
    advance_to(1770.0)

    tokens = await asyncio.gather(*(cache.get() for _ in range(10)))

    assert ["token-2"] * 10 == tokens
    assert 1775.0 == now()
    assert [0.0, 1770.0] == source.asked_at


async def test_callers_join_a_background_renewal_when_the_old_token_expires_under_it() -> None:
    """A renewal that began in the background is the one that callers wait for later."""
    source = ScriptedSource()
    cache = cache_over(source)
    await cache.get()
    source.latency = 20.0
    advance_to(1760.0)
    assert "token-1" == await cache.get()
    await asyncio.sleep(12.0)

    assert "token-2" == await cache.get()
    assert [0.0, 1760.0] == source.asked_at


async def test_a_failure_in_the_background_is_only_logged(caplog: pytest.LogCaptureFixture) -> None:
    """While the old token is good its callers notice nothing of failures, which are followed by pauses and logged."""
    source = ScriptedSource(Token("old", expires_in=1800), *[unavailable() for _ in range(4)])
    cache = cache_over(source)
    await cache.get()
    advance_to(1500.0)

    for _ in range(148):
        assert "old" == (cache.current() or await cache.get())
        await asyncio.sleep(0.1)
    gc.collect()  # a task whose exception nobody asked for complains when it is collected

    assert [0.0, 1500, 1501, 1503, 1507] == pytest.approx(source.asked_at, abs=0.5)
    warnings = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert {"matillion_async"} == {record.name for record in warnings}
    assert 4 == len(warnings)
    assert "good for 270 s): down" in warnings[0].getMessage()


async def test_a_pause_beyond_the_life_of_the_token_makes_it_no_longer() -> None:
    """After a failure in the background the old token is given out until it is about to expire."""
    source = ScriptedSource(Token("old", expires_in=1800), unavailable(retry_after=100.0))
    cache = cache_over(source)
    await cache.get()
    advance_to(1765.0)
    assert "old" == await cache.get()
    await asyncio.sleep(1)
    assert "old" == cache.current()
    advance_to(1771.0)
    assert cache.current() is None
    with pytest.raises(TokenUnavailableError):
        await cache.get()


@pytest.mark.parametrize("life", [1.0, 2.0, 10.0])
async def test_a_short_life_is_used_to_its_advisory_window(life: float) -> None:
    """A token that lives a second or two is fetched once per life and not once per call."""
    source = ScriptedSource(Token("short", expires_in=life))
    cache = cache_over(source)

    for _ in range(79):
        assert "short" == (cache.current() or await cache.get())
        await asyncio.sleep(life / 100)
    assert [0.0] == source.asked_at

    await asyncio.sleep(life / 50)
    assert "short" == await cache.get()
    for _ in range(20):
        await cache.get()
        await asyncio.sleep(life / 100)
    assert [0.0, 0.8 * life] == pytest.approx(source.asked_at, abs=life / 50)


@pytest.mark.parametrize("life", [None, 0, -5, math.nan])
async def test_a_life_that_says_nothing_is_replaced_by_a_short_one(life: float | None) -> None:
    """Without a usable expires_in a token is used for a while, and renewed before long."""
    source = ScriptedSource(Token("vague", expires_in=life))
    cache = cache_over(source)
    await cache.get()

    advance_to(0.8 * DEFAULT_LIFETIME - 1)
    assert "vague" == cache.current()
    advance_to(0.95 * DEFAULT_LIFETIME)
    assert "token-2" == await cache.get()


async def test_a_life_shorter_than_its_request_still_serves_who_waited() -> None:
    """A token that is old when it arrives goes to those who waited for it, and to nobody else."""
    source = ScriptedSource(Token("slow", expires_in=1), latency=2.0)
    cache = cache_over(source)

    tokens = await asyncio.gather(*(cache.get() for _ in range(10)))

    assert ["slow"] * 10 == tokens
    assert [0.0] == source.asked_at
    assert cache.current() is None
    assert "token-2" == await cache.get()
