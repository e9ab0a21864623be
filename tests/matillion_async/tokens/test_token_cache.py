"""One token for everybody: fetched once, renewed ahead of expiry, and never asked for in a hurry."""

from __future__ import annotations

import asyncio
import gc
import itertools
import logging
import math
import ssl
import traceback
import weakref

import httpx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from matillion_async import MatillionClient
from matillion_async._errors import AuthenticationError, ClientStateError, TokenUnavailableError
from matillion_async._tokens.token_cache import DEFAULT_LIFETIME, TokenCache
from matillion_async._tokens.token_source import Secret, Token
from matillion_async.sandbox import VirtualTimeLoop

pytestmark = pytest.mark.virtual_time

SECRET = "s3cr3t-value"


class ScriptedSource:
    """Gives what is scripted, then new tokens that live half an hour; notes when it was asked."""

    def __init__(self, *script: Token | Exception, latency: float = 0.0) -> None:
        self.script: list[Token | Exception] = list(script)
        self.latency = latency
        self.asked_at: list[float] = []
        self.overlapped = False
        self.cancelled = False
        self._busy = False

    async def fetch(self) -> Token:
        self.overlapped = self.overlapped or self._busy
        self._busy = True
        self.asked_at.append(now())
        number = len(self.asked_at)
        try:
            await asyncio.sleep(self.latency)
        except asyncio.CancelledError:
            self.cancelled = True
            raise
        finally:
            self._busy = False
        outcome = self.script.pop(0) if self.script else Token(f"token-{number}", expires_in=1800)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


FETCH = f"test_token_cache.py line {ScriptedSource.fetch.__code__.co_firstlineno + 14}"
"""Where it raises."""


def now() -> float:
    return asyncio.get_running_loop().time()


def advance_to(when: float) -> None:
    loop = asyncio.get_running_loop()
    assert isinstance(loop, VirtualTimeLoop)
    loop.advance(when - loop.time())


def cache_over(source: ScriptedSource, *, retry_for: float = 0.0) -> TokenCache:
    return TokenCache(source, retry_for=retry_for, jitter=lambda: 0.0)


def unavailable(retry_after: float = 0.0) -> TokenUnavailableError:
    return TokenUnavailableError("down", status_code=503, retry_after=retry_after)


def refused() -> AuthenticationError:
    return AuthenticationError("no", status_code=401, error_code="invalid_client")


# The values


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


# First use, and sharing


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


# Renewal


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


# Refused tokens


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


# Before the first token


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


# Failures


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


# Closing


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


# Any order of events


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
