"""The token cache: it fetches, renews and shares access tokens of any token source."""

from __future__ import annotations

import asyncio
import logging
import math
import random
from collections.abc import Callable
from contextlib import suppress
from typing import TypeAlias

from matillion_async._backoff import Backoff
from matillion_async._errors import AuthenticationError, TokenUnavailableError, client_is_closed
from matillion_async._text import where
from matillion_async._tokens.failure import BystanderFailed, Failure, without_history
from matillion_async._tokens.token_source import DatedToken, Secret, Token, TokenSource
from matillion_async._trouble import startup_grace

logger = logging.getLogger("matillion_async")

DEFAULT_LIFETIME = 300.0
"""Seconds; used if the token endpoint does not tell ``expires_in``. The documented one is 1,800 s: a sixth of that costs a
request every few minutes, and is safe with tokens that expire sooner."""

# Before expiry by this share of the lifetime, but at most by so many seconds, a renewal in the background begins
# (advisory), and callers wait for it (mandatory). The shares let a token with a lifetime of a second be used repeatedly.
ADVISORY_SHARE, ADVISORY_SECONDS = 0.20, 300.0
MANDATORY_SHARE, MANDATORY_SECONDS = 0.05, 30.0

LONGEST_PAUSE = 60.0
_BACKOFF = Backoff(first=1.0, factor=2.0, longest=LONGEST_PAUSE)
"""Between token requests that fail, and between tokens that are all refused."""
# This jitter lengthens a pause, that of a Retry-After too, while the back-off's own shortens it: processes that failed
# together do not retry together, and none retries before the time that the server gave.
LONGEST_RETRY_AFTER = 300.0
JITTER_SHARE = 0.25

_Outcome: TypeAlias = Secret | Failure | BystanderFailed

SHORT_PAUSE = 8.0
"""Seconds; a refused call waits through pauses up to this. Longer ones have grown because new tokens did not help."""


def lifetime_of(token: Token) -> float:
    """Seconds for which a token is taken to be valid."""
    seconds = token.expires_in
    return DEFAULT_LIFETIME if seconds is None or not seconds > 0 else seconds


def windows(lifetime: float) -> tuple[float, float]:
    """Seconds from its beginning for which a token is not to be renewed yet, and for which calls get it."""
    return (
        lifetime - min(lifetime * ADVISORY_SHARE, ADVISORY_SECONDS),
        lifetime - min(lifetime * MANDATORY_SHARE, MANDATORY_SECONDS),
    )


class TokenCache:
    """Keeps one valid token: fetched on first use, renewed ahead of expiry, one request at a time.

    ``cache.current() or await cache.get()`` is a valid token.

    Args:
        source: where tokens come from.
        retry_for: seconds for which a caller waits while requests for a token fail. A request under way is always
            waited for; 0 raises the failure at once.
        jitter: gives numbers from 0 to 1 that lengthen the pauses.
        on_refused: called when the token that came from the source last was refused by the API and dropped.

    Attributes:
        worked: whether any call with a token has succeeded; set by whoever makes the calls.
    """

    def __init__(
        self,
        source: TokenSource,
        *,
        retry_for: float = 60.0,
        jitter: Callable[[], float] = random.random,
        on_refused: Callable[[], None] = lambda: None,
    ) -> None:
        self._source = source
        self._retry_for = retry_for
        self._jitter = jitter
        self._on_refused = on_refused
        self._token = Secret("")
        self._fresh_until = -math.inf  # then it is to be renewed
        self._usable_until = -math.inf  # then it is not given to calls any more
        self._renewal: asyncio.Task[_Outcome] | None = None
        self._failure: Failure | None = None
        self._failures_in_a_row = 0
        self._had_token = False
        self._refused_in_a_row = 0
        self._kept_for = 0.0  # seconds for which a token is kept although it is refused
        self._kept_until = -math.inf
        self.worked = False
        self._closed = asyncio.Event()

    def current(self) -> str | None:
        """The token if it is valid and not to be renewed yet, else None: then ``await get()``."""
        if asyncio.get_running_loop().time() < self._fresh_until:
            return self._token.reveal()
        return None

    async def get(self) -> str:
        """A valid token, fetched or waited for if need be.

        Raises:
            AuthenticationError: the source refuses to give one.
            TokenUnavailableError: requests for one failed for too long.
            ClientStateError: the cache is closed.
            Exception: what somebody raised who was told of the request.
        """
        loop = asyncio.get_running_loop()
        began = loop.time()
        while True:
            self._check_open()
            now = loop.time()
            failure = self._failure
            if failure is not None and now >= failure.until:
                failure = None  # its pause has ended
            if now < self._usable_until:
                if now >= self._fresh_until:
                    self._renew()
                return self._token.reveal()
            if failure is None:
                outcome = await self._outcome(self._renew())
                if isinstance(outcome, BystanderFailed):
                    raise outcome.error.with_traceback(None)
                if outcome is self._token:
                    return self._token.reveal()
                if isinstance(outcome, Secret):
                    continue  # the API refused it before this caller ran
                failure = outcome
            if failure.until > began + self._retry_seconds(failure.error):
                raise failure.copy(loop.time())
            with suppress(TimeoutError):
                async with asyncio.timeout_at(failure.until):
                    await self._closed.wait()

    async def replaced(self, token: str) -> bool:
        """Drop a token that the API refused, or wait until it may be dropped, if it worked before.

        A token that worked was revoked, perhaps by another process, where a token endpoint keeps but one token of
        each client: the pause between new tokens keeps such processes from revoking each other's all the time.

        Args:
            token: what was refused.

        Returns:
            True if ``get()`` will give another token, False if not yet.
        """
        held = self._token
        if not token or token != held.reveal():
            return True  # it has been replaced already
        del token  # a wait may be cancelled, and its traceback shown with what is in its frames
        loop = asyncio.get_running_loop()
        pause = self._kept_until - loop.time()
        if self.worked and self._kept_for <= SHORT_PAUSE and pause <= self._retry_for:
            while pause > 0 and held is self._token:
                await asyncio.sleep(pause)
                pause = (
                    self._kept_until - loop.time()
                )  # uvloop's timers are early by up to half a millisecond
        return self.invalidate(held.reveal())

    def invalidate(self, token: str) -> bool:
        """Drop a token that the API refused, unless it replaced another one that was refused a moment ago.

        If all tokens of a token endpoint are refused, not every call requests another one: until a pause ends that
        grows, the token stays in use, since it may be refused to some calls only.

        Returns:
            True if ``get()`` will give another token, False if not yet.
        """
        if not token or token != self._token.reveal():
            return True  # it has been replaced already
        now = asyncio.get_running_loop().time()
        if now < self._kept_until:
            return False
        if now > self._kept_until + LONGEST_PAUSE:
            self._refused_in_a_row = 0
        self._refused_in_a_row += 1
        self._kept_for = _BACKOFF.pause(self._refused_in_a_row)
        self._kept_until = now + self._kept_for * (1 + self._jitter())
        again = self._kept_for > SHORT_PAUSE
        logger.log(
            logging.WARNING if again else logging.INFO,
            "the API refused the access token%s: a new one is fetched with the next call",
            ", and so it did with those before" if again else "",
        )
        self._drop()
        self._on_refused()
        return True

    def renewal_helped(self) -> None:
        """Note that a refused call succeeded with the next token: the next pause is short."""
        self._refused_in_a_row = 0
        self._kept_for = 0.0

    @property
    def is_fetching(self) -> bool:
        """Whether a request for a token is under way."""
        return self._renewal is not None and not self._renewal.done()

    @property
    def last_failure(self) -> str | None:
        """Why there is no new token, if the latest request for one failed."""
        return None if self._failure is None else self._failure.error.explanation

    async def aclose(self) -> None:
        """Stop a renewal under way and drop the token; calls that wait for one fail with a ClientStateError."""
        self._closed.set()
        if self._renewal is not None and not self._renewal.done():
            self._renewal.cancel()
            await asyncio.wait([self._renewal])
        self._drop()

    def _retry_seconds(self, error: AuthenticationError) -> float:
        """Seconds for which a caller waits for a token after an error."""
        if not isinstance(error, TokenUnavailableError):
            return -math.inf
        return self._retry_for if self._had_token else min(self._retry_for, error.startup_grace)

    def _check_open(self) -> None:
        if self._closed.is_set():
            raise client_is_closed()

    def _drop(self) -> None:
        self._token = Secret("")
        self._fresh_until = self._usable_until = -math.inf

    def _renew(self) -> asyncio.Task[_Outcome]:
        """The renewal under way, or a new one: a task of its own, so that the cancellation of a caller does not end it."""
        if self._renewal is None or self._renewal.done():
            self._fresh_until = self._usable_until  # no other caller needs to renew it
            self._renewal = asyncio.create_task(self._fetch(), name="matillion token renewal")
        return self._renewal

    async def _outcome(self, renewal: asyncio.Task[_Outcome]) -> _Outcome:
        # wait() passes neither a caller's cancellation on to the task, nor the task's to the caller.
        await asyncio.wait([renewal])
        if renewal.cancelled():
            self._check_open()
            raise TokenUnavailableError("the request for an access token was cancelled")
        return renewal.result()

    async def _fetch(self) -> _Outcome:
        """Make one request for a token. It never raises: the outcome is for all callers that wait."""
        # The lifetime counts from before the request, as only the issuer knows when it began.
        started = asyncio.get_running_loop().time()
        failure: AuthenticationError
        try:
            token: object = await self._source.fetch()
            if isinstance(token, Token):
                return self._stored(token, started)
            failure = AuthenticationError(
                f"fetch() of the token source must return a Token, not {type(token).__name__}"
            )
        except AuthenticationError as error:
            failure = without_history(error)
        except BystanderFailed as failed:
            text = "an observer failed (%s): the token was not renewed"
            logger.error(text, failed)  # noqa: TRY400 - its frames hold the form
            return failed
        except Exception as error:  # noqa: BLE001 - any source; callers wait for an outcome
            failure = TokenUnavailableError(
                f"the token source failed ({type(error).__name__}{where(error)})",
                startup_grace=startup_grace(error),
            )
        return self._failed(failure)

    def _stored(self, token: Token, started: float) -> Secret:
        lifetime = lifetime_of(token)
        fresh, usable = windows(lifetime)
        began = token.began if isinstance(token, DatedToken) else started
        self._token = Secret(token.value)
        self._fresh_until = began + fresh
        self._usable_until = began + usable
        self._failure = None
        self._failures_in_a_row = 0
        self._had_token = True
        logger.info("new access token, good for %.0f s", lifetime - (started - began))
        return self._token

    def _failed(self, error: AuthenticationError) -> Failure:
        self._failures_in_a_row += 1
        pause = _BACKOFF.pause(self._failures_in_a_row)
        if isinstance(error, TokenUnavailableError):
            pause = max(pause, min(error.retry_after, LONGEST_RETRY_AFTER))
        pause *= 1 + JITTER_SHARE * self._jitter()
        now = asyncio.get_running_loop().time()
        self._failure = Failure(error, until=now + pause)
        self._fresh_until = min(self._failure.until, self._usable_until)
        left = self._usable_until - now
        current = f", the current one is good for {left:.0f} s" if left > 0 else ""
        logger.warning(
            "no new access token (next request in %.0f s%s): %s", pause, current, error.explanation
        )
        return self._failure
