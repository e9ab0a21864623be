"""A token that the API refuses is replaced, once for all, and never in a hurry."""

from __future__ import annotations

import asyncio
import itertools
import traceback

import pytest

from tests.matillion_async.tokens.scripted_source import (
    ScriptedSource,
    cache_over,
    now,
)

pytestmark = pytest.mark.virtual_time


async def test_an_invalidated_token_is_replaced() -> None:
    """A token that was refused is handed out no more."""
    source = ScriptedSource()
    cache = cache_over(source)
    cache.invalidate(await cache.get())

    assert cache.current() is None
    assert "token-2" == await cache.get()


async def test_invalidating_an_old_token_does_nothing() -> None:
    """A late refusal of a former token leaves the current one alone, and so does an unknown token."""
    source = ScriptedSource()
    cache = cache_over(source)
    cache.invalidate("")
    old = await cache.get()
    cache.invalidate(old)
    await cache.get()

    cache.invalidate(old)
    cache.invalidate("unknown")
    cache.invalidate("")

    assert "token-2" == cache.current()
    assert 2 == len(source.asked_at)


async def test_a_new_token_that_is_refused_is_kept_for_a_pause_that_grows() -> None:
    """After the first refusal there is a new token at once, the next ones after 1, 2, 4 … 60 seconds."""
    source = ScriptedSource()
    cache = cache_over(source)
    renewed: list[float] = []
    for _ in range(400):
        if cache.invalidate(await cache.get()):
            renewed.append(now())
        await asyncio.sleep(0.5)
    gaps = [later - earlier for earlier, later in itertools.pairwise(renewed)]
    assert [1, 2, 4, 8, 16, 32, 60, 60] == pytest.approx(gaps)


async def test_the_pause_of_a_refused_token_is_forgotten_in_time() -> None:
    """A minute after the pause a refusal counts as the first again."""
    source = ScriptedSource()
    cache = cache_over(source)
    assert cache.invalidate(await cache.get())
    assert not cache.invalidate(await cache.get())
    await asyncio.sleep(62)
    assert cache.invalidate(await cache.get())
    await asyncio.sleep(1)
    assert cache.invalidate(await cache.get())


async def test_200_refusals_of_one_token_make_one_renewal() -> None:
    """A token that dies under many calls is renewed once for all of them."""
    source = ScriptedSource()
    cache = cache_over(source)
    dead = await cache.get()
    source.latency = 1.0

    async def replay(delay: float) -> str:
        await asyncio.sleep(delay)
        cache.invalidate(dead)
        return cache.current() or await cache.get()

    tokens = await asyncio.gather(*(replay(number / 100) for number in range(200)))

    assert {"token-2"} == set(tokens)
    assert 2 == len(source.asked_at)


async def test_a_token_that_worked_is_replaced_after_the_pause() -> None:
    """Where new tokens helped before, a refused call waits through the pause, and all of them share the new token."""
    source = ScriptedSource()
    cache = cache_over(source, retry_for=60.0)
    cache.worked = True
    assert await cache.replaced(await cache.get())
    token = await cache.get()
    await asyncio.sleep(0.4)

    assert [True] * 10 == await asyncio.gather(*(cache.replaced(token) for _ in range(10)))

    assert 1.0 == now()
    assert "token-3" == await cache.get()
    assert 3 == len(source.asked_at)


async def test_a_timer_that_is_early_does_not_end_the_pause(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """uvloop rounds to milliseconds; a call that wakes up before the pause is over is not told that it is for nothing."""
    cache = cache_over(ScriptedSource(), retry_for=60.0)
    cache.worked = True
    assert await cache.replaced(await cache.get())
    token, sleep = await cache.get(), asyncio.sleep
    monkeypatch.setattr(asyncio, "sleep", lambda s: sleep(s - 0.0005 if s > 0.001 else s))
    assert await cache.replaced(token)
    assert now() == pytest.approx(1.0)


async def test_a_token_that_never_worked_is_kept_through_the_pause() -> None:
    """Before a first success, and without time to retry, a refused call is told at once that there is no other token."""
    for worked, retry_for in ((False, 60.0), (True, 0.0)):
        cache = cache_over(ScriptedSource(), retry_for=retry_for)
        cache.worked = worked
        assert await cache.replaced(await cache.get())
        began = now()
        assert not await cache.replaced(await cache.get())
        assert began == now()


async def test_a_wait_for_another_token_has_no_token_in_its_frames() -> None:
    """A call that is cancelled while it waits shows its token in no traceback."""
    cache = cache_over(ScriptedSource(), retry_for=60.0)
    cache.worked = True
    await cache.replaced(await cache.get())
    waiting = asyncio.create_task(cache.replaced(await cache.get()))
    await asyncio.sleep(0.5)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError) as caught:
        await waiting
    frames = traceback.walk_tb(caught.value.__traceback__)
    ours = [frame.f_locals for frame, _ in frames if frame.f_code.co_name == "replaced"]
    assert 1 == len(ours)
    assert "token-2" not in repr(ours)


async def test_the_pause_grows_until_a_new_token_helps() -> None:
    """New tokens that are refused are asked for ever less often; one that works makes the next pause short."""
    source = ScriptedSource()
    cache = cache_over(source, retry_for=60.0)
    cache.worked = True
    waits = []
    for _ in range(6):
        began = now()
        is_replaced = await cache.replaced(await cache.get())
        waits.append((now() - began, is_replaced))
    assert [(0, True), (1, True), (2, True), (4, True), (8, True), (0, False)] == waits

    await asyncio.sleep(16)
    assert await cache.replaced(await cache.get())
    cache.renewal_helped()
    await asyncio.sleep(32)
    assert await cache.replaced(await cache.get())
    began = now()
    assert await cache.replaced(await cache.get())
    assert 1.0 == now() - began
