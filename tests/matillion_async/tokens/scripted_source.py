"""A source of tokens that gives what is scripted, and caches over it, on a virtual clock."""

from __future__ import annotations

import asyncio

from matillion_async._errors import TokenUnavailableError
from matillion_async._tokens.token_cache import TokenCache
from matillion_async._tokens.token_source import Token
from matillion_async.sandbox import VirtualTimeLoop

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


FETCH = f"scripted_source.py line {ScriptedSource.fetch.__code__.co_firstlineno + 14}"
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
