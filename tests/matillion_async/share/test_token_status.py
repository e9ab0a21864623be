"""What people are told of the token that processes share."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

import pytest

from matillion_async._errors import AuthenticationError
from matillion_async._settings import Settings
from matillion_async._share.place import TIMEOUT
from matillion_async._share.token_status import TokenStatus, token_status
from matillion_async._share.tokens import SharedTokens, token_place
from matillion_async._tokens.token_cache import TokenCache
from matillion_async._tokens.token_source import Secret
from tests.matillion_async.share.token_world import Issuer, Memory, Place

pytestmark = pytest.mark.virtual_time


def settings(secret: str = "a-secret", audience: str = "https://api.example.com") -> Settings:
    return Settings("id", Secret(secret), "https://x/dpc", "https://x/token", audience)


def cache_in(memory: Memory, issuer: Issuer) -> TokenCache:
    """The cache of one process."""
    return TokenCache(
        SharedTokens(issuer, Place(memory), *token_place(settings()), patience=30.0), retry_for=0.0
    )


def ask(memory: Memory, given: Settings | None = None) -> Awaitable[TokenStatus | None]:
    return token_status(Place(memory), given or settings())


async def test_a_token_and_who_fetches_one() -> None:
    """First there is nothing, then somebody who fetches, then a token that gets older."""
    memory, issuer = Memory(), Issuer(latency=1.0)
    assert await ask(memory) is None
    fetching = asyncio.create_task(cache_in(memory, issuer).get())
    await asyncio.sleep(0.5)
    assert TokenStatus(None, None, None, True, None) == await ask(memory)
    await fetching
    await asyncio.sleep(600 - 1.0)
    found = await ask(memory)
    assert found is not None
    times = [found.age, found.renewed_in, found.good_for]
    assert [pytest.approx(each) for each in (600.0, 900.0, 1200.0)] == times
    assert (False, None) == (found.is_fetched, found.failure)


async def test_why_there_is_none() -> None:
    """The reason of the latest failure, as long as nobody asks again for it."""
    memory, issuer = Memory(), Issuer()
    issuer.failure = AuthenticationError("no such client", status_code=401)
    with pytest.raises(AuthenticationError):
        await cache_in(memory, issuer).get()
    assert TokenStatus(None, None, None, False, "no such client") == await ask(memory)
    await asyncio.sleep(1.0)
    assert TokenStatus(None, None, None, False, None) == await ask(memory)


async def test_nothing_is_told_without_the_secret() -> None:
    """Whoever has no secret, another one, or another audience is told nothing."""
    memory = Memory()
    await cache_in(memory, Issuer()).get()
    assert await ask(memory) is not None
    for other in (settings(""), settings("another"), settings(audience="https://b.example.com")):
        assert await ask(memory, other) is None


async def test_a_place_that_does_not_answer() -> None:
    """It is given up after half a second."""
    place = Place(Memory(), travel=3600.0)
    began = asyncio.get_running_loop().time()
    with pytest.raises(TimeoutError):
        await token_status(place, settings())
    assert TIMEOUT == asyncio.get_running_loop().time() - began
