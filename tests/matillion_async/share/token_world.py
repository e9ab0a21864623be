"""Processes that share a token on one event loop: an issuer, a place in memory, and what can become of each."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import NoReturn

from matillion_async._share.place import Change, T
from matillion_async._share.sealing import Seal
from matillion_async._share.tokens import SharedTokens
from matillion_async._tokens.token_cache import TokenCache
from matillion_async._tokens.token_source import Secret, Token

SECRET = "the-secret-of-the-client"


def now() -> float:
    """The time of the event loop."""
    return asyncio.get_running_loop().time()


class GoneError(Exception):
    """The place is not there."""


class Issuer:
    """Issues tokens that live half an hour.

    Attributes:
        asked_at: when it was asked.
        latency: seconds until it responds.
        failure: raised in place of a token.
        keeps_one: whether each token revokes those before.
    """

    def __init__(self, *, lifetime: float = 1800.0, latency: float = 0.3) -> None:
        self.asked_at: list[float] = []
        self.latency = latency
        self.failure: Exception | None = None
        self.keeps_one = False
        self._lifetime = lifetime
        self._valid: dict[str, float] = {}

    async def fetch(self) -> Token:
        """A new token."""
        self.asked_at.append(now())
        value = f"token-{len(self.asked_at)}"
        issued_at = now()
        await asyncio.sleep(self.latency)
        if self.failure is not None:
            raise self.failure
        if self.keeps_one:
            self._valid.clear()
        self._valid[value] = issued_at + self._lifetime
        return Token(value, self._lifetime)

    def takes(self, token: str) -> bool:
        """Whether the API takes a token."""
        return now() < self._valid.get(token, now())

    def revoke(self, token: str) -> None:
        """Make one token invalid."""
        del self._valid[token]

    def revoke_all(self) -> None:
        """Make all tokens invalid that were issued so far."""
        self._valid.clear()


class Memory:
    """What is kept in a place."""

    def __init__(self) -> None:
        self.values: dict[str, bytes] = {}
        self.ahead = 1e6


class Place:
    """One process's way to a place in memory.

    Attributes:
        travel: seconds of each way; 0 for a place that answers at once.
        is_gone: whether it fails.
        is_dead: whether the process has been killed: nothing of it happens any more.
    """

    def __init__(self, memory: Memory, *, travel: float = 0.0) -> None:
        self.travel = travel
        self.is_gone = False
        self.is_dead = False
        self._memory = memory

    def update(self, name: str, change: Change[T]) -> T | Awaitable[T]:
        """Change a value as one step."""
        if self.is_dead:
            return _never()
        return self._later(name, change) if self.travel else self._now(name, change)

    async def aclose(self) -> None:
        """Nothing is open."""

    def _now(self, name: str, change: Change[T]) -> T:
        if self.is_gone:
            raise GoneError
        kept = self._memory.values.get(name)
        at = now() + self._memory.ahead
        change(kept, at)  # somebody else was faster: it is called again
        value, result = change(kept, at)
        if value is not None:
            self._memory.values[name] = value
        return result

    async def _later(self, name: str, change: Change[T]) -> T:
        await asyncio.sleep(self.travel)
        result = self._now(name, change)
        await asyncio.sleep(self.travel)
        return result


async def _never() -> NoReturn:
    await asyncio.Event().wait()
    raise AssertionError


class Process:
    """A process with a client: its cache of tokens over the place.

    Attributes:
        place: its way to the place.
        tokens: its cache.
    """

    def __init__(
        self, issuer: Issuer, memory: Memory, *, secret: str = SECRET, travel: float = 0.0
    ) -> None:
        self.place = Place(memory, travel=travel)
        seal = Seal(Secret(secret), "account\nurl\naudience")
        shared = SharedTokens(issuer, self.place, f"account:token:{seal.name}", seal, patience=30.0)
        self.tokens = TokenCache(shared, retry_for=120.0, on_refused=shared.refused)
        self._issuer = issuer

    async def call(self) -> str:
        """Make one call as a session does, and give the token that it succeeded with."""
        for _ in range(3):
            token = self.tokens.current() or await self.tokens.get()
            if self._issuer.takes(token):
                self.tokens.worked = True
                return token
            assert await self.tokens.replaced(token)
        raise AssertionError("every token was refused")

    async def calls(self, number: int) -> set[str]:
        """Make many at once; gives the tokens that they succeeded with."""
        return set(await asyncio.gather(*(self.call() for _ in range(number))))


class World:
    """An issuer, a place, and processes."""

    def __init__(self, **options: float) -> None:
        self.issuer = Issuer(**options)
        self.memory = Memory()

    def process(self, *, secret: str = SECRET, travel: float = 0.0) -> Process:
        """One more process."""
        return Process(self.issuer, self.memory, secret=secret, travel=travel)

    def processes(self, number: int, *, travel: float = 0.0) -> list[Process]:
        """So many more."""
        return [self.process(travel=travel) for _ in range(number)]

    @property
    def fetched(self) -> int:
        """How often the issuer was asked."""
        return len(self.issuer.asked_at)
