"""No token comes: who is told, what is waited through, and how long the endpoint is left alone."""

from __future__ import annotations

import asyncio
import gc
import math
import ssl
import weakref

import httpx
import pytest

from matillion_async import MatillionClient
from matillion_async._errors import AuthenticationError, TokenUnavailableError
from matillion_async._tokens.token_cache import TokenCache
from matillion_async._tokens.token_source import Token
from tests.matillion_async.tokens.scripted_source import (
    FETCH,
    SECRET,
    ScriptedSource,
    advance_to,
    cache_over,
    now,
    unavailable,
)

pytestmark = pytest.mark.virtual_time


def refused() -> AuthenticationError:
    return AuthenticationError("no", status_code=401, error_code="invalid_client")


def lasting(grace: float = 0.0) -> TokenUnavailableError:
    return TokenUnavailableError("no certificate", startup_grace=grace)


async def test_what_does_not_pass_by_itself_is_final_before_the_first_token() -> None:
    """The first failure is raised at once; the next call after the pause asks again."""
    source = ScriptedSource(lasting(), lasting())
    cache = cache_over(source, retry_for=120.0)
    for _ in range(2):
        with pytest.raises(TokenUnavailableError, match="no certificate") as caught:
            await cache.get()
        assert 0 == caught.value.startup_grace
    assert [0.0] == source.asked_at
    await asyncio.sleep(1)
    with pytest.raises(TokenUnavailableError):
        await cache.get()
    await asyncio.sleep(2)
    assert "token-3" == await cache.get()


async def test_what_is_there_in_a_moment_is_waited_for_before_the_first_token() -> None:
    """A proxy that starts beside the client has some seconds to do so."""
    source = ScriptedSource(*[lasting(4.0) for _ in range(5)])
    cache = cache_over(source, retry_for=120.0)
    with pytest.raises(TokenUnavailableError):
        await cache.get()
    assert [0, 1, 3] == source.asked_at
    await asyncio.sleep(4)
    cache = cache_over(ScriptedSource(lasting(4.0), lasting(4.0)), retry_for=120.0)
    assert "token-3" == await cache.get()


async def test_a_source_of_ones_own_that_has_no_connection_is_no_exception() -> None:
    """What any transport raises of a certificate is known by the exception behind it; other failures are waited through."""
    refused = httpx.ConnectError("s3cr3t")
    refused.__cause__ = ssl.SSLCertVerificationError(1, "no")
    vars(refused.__cause__).update(verify_code=20, verify_message="unknown")
    cache = cache_over(ScriptedSource(refused), retry_for=120.0)
    with pytest.raises(TokenUnavailableError) as caught:
        await cache.get()
    assert f"the token source failed (ConnectError, {FETCH})" == caught.value.message
    cache = cache_over(ScriptedSource(httpx.ReadError("lost")), retry_for=120.0)
    assert "token-2" == await cache.get()


async def test_after_the_first_token_all_failures_are_waited_through() -> None:
    """A client that has had a token retries whatever comes, since it worked like this before."""
    source = ScriptedSource(Token("old", expires_in=1800), *[lasting() for _ in range(5)])
    cache = cache_over(source, retry_for=120.0)
    await cache.get()
    cache.invalidate("old")
    assert "token-7" == await cache.get()
    assert [0, 0, 1, 3, 7, 15, 31] == source.asked_at


async def test_the_last_failure_can_be_asked_for() -> None:
    """Why there is no new token is known while calls wait for one, and forgotten with the next token."""
    cache = cache_over(ScriptedSource(unavailable(), latency=1.0), retry_for=120.0)
    assert (None, False) == (cache.last_failure, cache.is_fetching)
    waiting = asyncio.create_task(cache.get())
    await asyncio.sleep(0.5)
    assert (None, True) == (cache.last_failure, cache.is_fetching)
    await asyncio.sleep(1)
    assert ("down", False) == (cache.last_failure, cache.is_fetching)
    await waiting
    assert (None, False) == (cache.last_failure, cache.is_fetching)


async def test_a_failure_is_shared_by_all_who_waited() -> None:
    """All waiters of a failed request get its error, each an instance of its own without a history."""
    source = ScriptedSource(unavailable(retry_after=7.0), latency=1.0)
    cache = cache_over(source)

    errors = await asyncio.gather(*(cache.get() for _ in range(50)), return_exceptions=True)

    assert [0.0] == source.asked_at
    assert 50 == len({id(error) for error in errors})
    for error in errors:
        assert isinstance(error, TokenUnavailableError)
        assert ("down", 503, None, 7.0) == (
            error.message,
            error.status_code,
            error.error_code,
            error.retry_after,
        )
        assert error.__cause__ is None
        assert error.__context__ is None


async def test_without_time_to_retry_a_pause_gives_the_last_failure() -> None:
    """During the pause after a failure no request is made; the error says how long the pause still is."""
    source = ScriptedSource(unavailable(retry_after=30.0))
    cache = cache_over(source)
    with pytest.raises(TokenUnavailableError):
        await cache.get()
    await asyncio.sleep(10.0)

    with pytest.raises(TokenUnavailableError, match="down") as caught:
        await cache.get()

    assert 20.0 == caught.value.retry_after
    assert 10.0 == now()
    assert [0.0] == source.asked_at
    await asyncio.sleep(20.0)
    assert "token-2" == await cache.get()


async def test_invalidation_does_not_shorten_a_pause() -> None:
    """A refused token is not a reason to ask a failing endpoint before its pause is over."""
    source = ScriptedSource(Token("old", expires_in=1800), unavailable(retry_after=30.0))
    cache = cache_over(source)
    old = await cache.get()
    advance_to(1500.0)
    await cache.get()
    await asyncio.sleep(1.0)
    cache.invalidate(old)

    with pytest.raises(TokenUnavailableError) as caught:
        await cache.get()

    assert 29.0 == caught.value.retry_after
    assert [0.0, 1500.0] == source.asked_at


async def test_the_pause_grows_to_a_minute_and_starts_anew_after_a_success() -> None:
    """Pauses double from one second to sixty, and a token resets them."""
    source = ScriptedSource(*[unavailable() for _ in range(9)])
    cache = cache_over(source, retry_for=math.inf)

    await cache.get()

    assert [0, 1, 3, 7, 15, 31, 63, 123, 183, 243] == pytest.approx(source.asked_at)
    source.script.append(unavailable())
    cache.invalidate("token-10")
    await cache.get()
    assert [243, 244] == pytest.approx(source.asked_at[-2:])


async def test_an_outage_of_days_does_not_overflow_the_pause() -> None:
    """After thousands of failures the pause is still a minute."""
    source = ScriptedSource(*[unavailable() for _ in range(3000)])
    cache = cache_over(source, retry_for=math.inf)

    await cache.get()

    assert 60.0 == pytest.approx(source.asked_at[-1] - source.asked_at[-2])


async def test_jitter_only_lengthens_a_pause() -> None:
    """Pauses are spread over a quarter more than the server asked for, never less."""
    source = ScriptedSource(unavailable(), unavailable(retry_after=40.0))
    cache = TokenCache(source, retry_for=100.0, jitter=lambda: 1.0)

    await cache.get()

    assert [0.0, 1.25, 51.25] == pytest.approx(source.asked_at)


async def test_retry_after_is_capped() -> None:
    """An absurd Retry-After holds the client up for five minutes at most."""
    source = ScriptedSource(unavailable(retry_after=1e9))
    cache = cache_over(source, retry_for=math.inf)

    await cache.get()

    assert [0.0, 300.0] == pytest.approx(source.asked_at)


async def test_an_outage_of_a_minute_costs_hundreds_of_patient_callers_nothing() -> None:
    """While the endpoint is down for a minute few requests are made, and then all callers succeed."""

    class Outage(ScriptedSource):
        async def fetch(self) -> Token:
            if now() < 60.0:
                self.script = [unavailable()]
            return await super().fetch()

    source = Outage(latency=0.2)
    cache = TokenCache(source, retry_for=120.0)

    async def caller(delay: float) -> str:
        await asyncio.sleep(delay)
        return cache.current() or await cache.get()

    tokens = await asyncio.gather(*(caller(number / 10) for number in range(500)))

    assert 1 == len(set(tokens))
    assert len(source.asked_at) < 10
    assert not source.overlapped


async def test_a_caller_that_retries_for_too_short_a_time_fails_at_once() -> None:
    """An error is raised when the next request would come too late, without waiting for nothing."""
    source = ScriptedSource(*[unavailable() for _ in range(9)])
    cache = cache_over(source, retry_for=14.5)

    with pytest.raises(TokenUnavailableError) as caught:
        await cache.get()

    assert 7.0 == pytest.approx(now())
    assert 8.0 == pytest.approx(caught.value.retry_after)


async def test_a_refusal_fails_everybody_at_once() -> None:
    """However long their deadlines, callers get a refusal at once, and again without a request during its pause."""
    source = ScriptedSource(refused(), latency=1.0)
    cache = cache_over(source, retry_for=120.0)

    first = await asyncio.gather(*(cache.get() for _ in range(20)), return_exceptions=True)
    later = await asyncio.gather(*(cache.get() for _ in range(20)), return_exceptions=True)

    assert 1.0 == now()
    assert [0.0] == source.asked_at
    assert 40 == len({id(error) for error in [*first, *later]})
    for error in [*first, *later]:
        assert type(error) is AuthenticationError
        assert ("no", 401, "invalid_client") == (error.message, error.status_code, error.error_code)
    await asyncio.sleep(1.0)
    assert "token-2" == await cache.get()


async def test_an_exception_of_another_kind_is_passed_on_by_type_only() -> None:
    """What a source of the user's own raises may hold a secret: callers learn its type, and the line of the source."""
    source = ScriptedSource(RuntimeError(f"login with {SECRET} failed"))
    cache = cache_over(source)

    with pytest.raises(TokenUnavailableError) as caught:
        await cache.get()

    assert f"the token source failed (RuntimeError, {FETCH})" == caught.value.message
    assert caught.value.__context__ is None


async def test_a_failure_that_is_kept_keeps_no_frame_alive() -> None:
    """What the source had in its hands when it failed is not kept along with the failure."""

    class Belongings:
        pass

    left: list[weakref.ref[Belongings]] = []

    class Careless:
        async def fetch(self) -> Token:
            belongings = Belongings()
            left.append(weakref.ref(belongings))
            raise unavailable()

    cache = TokenCache(Careless(), retry_for=0.0)
    with pytest.raises(TokenUnavailableError):
        await cache.get()
    gc.collect()

    assert [None] == [reference() for reference in left]


async def test_a_renewal_that_somebody_cancels_does_not_cancel_its_waiters() -> None:
    """Callers get an error, not a cancellation of their own, and the next call asks again."""
    source = ScriptedSource(latency=1.0)
    cache = cache_over(source)
    caller = asyncio.create_task(cache.get())
    await asyncio.sleep(0.5)
    (renewal,) = (task for task in asyncio.all_tasks() if "renewal" in task.get_name())

    renewal.cancel()

    with pytest.raises(TokenUnavailableError, match="cancelled"):
        await caller
    assert "token-2" == await cache.get()


@pytest.mark.parametrize(("given", "kind"), [(None, "NoneType"), (SECRET, "str")])
async def test_a_source_that_gives_no_token_is_told_so(given: object, kind: str) -> None:
    """It is a mistake in a program, so that it is final, and what came is not shown."""

    class Careless:
        async def fetch(self) -> Token:
            return given  # type: ignore[return-value]  # that is the mistake

    with pytest.raises(AuthenticationError) as caught:
        await TokenCache(Careless()).get()
    assert f"fetch() of the token source must return a Token, not {kind}" == str(caught.value)
    assert type(caught.value) is AuthenticationError


async def test_a_source_that_is_not_asynchronous_is_told_so() -> None:
    """Likewise: it is final, and is not waited through for two minutes."""

    class Plain:
        def fetch(self) -> Token:
            return Token(SECRET)

    settings = {"client_id": "a", "client_secret": "b", "region": "eu1"}
    async with MatillionClient(token_source=Plain(), **settings) as client:  # type: ignore[arg-type]  # that is the mistake
        with pytest.raises(AuthenticationError) as caught:
            await client.projects.list()
    assert (
        "fetch() of the token source must be made by async def: it returned Token, which cannot be awaited"
        == caught.value.message
    )
    assert 0 == now()
