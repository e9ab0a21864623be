"""The place of one wait among those that go on at once: what is known for it, and whose turn it is to ask."""

from __future__ import annotations

import asyncio
import copy
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from matillion_async._errors import MatillionError

T = TypeVar("T")

STRAY = 2
"""After so many listings in a row that should have shown what is waited for and did not, it is asked for by itself."""


class Ground(Protocol):
    """What a seat needs of where it stands."""

    @property
    def is_gathered(self) -> bool: ...

    def stirred(self, seat: Seat[Any], /) -> None: ...


@dataclass(frozen=True, slots=True)
class News(Generic[T]):
    """What somebody else learnt for a wait."""

    row: T | None = None
    """What a listing shows."""
    trouble: MatillionError | None = None
    """Why it could not be read; it is asked for again, and the log has it."""


class Seat(Generic[T]):
    """One wait. In its own task it rests until there is news, or it is its turn to ask by itself.

    Args:
        ground: where it stands.
        project_id: the project of what is waited for; None if that is not known.
        key: the id of what is waited for.
        interval: seconds between two questions at least, if the user said so.
        pause: seconds until the next question, as long as it waits by itself.

    Attributes:
        began: when it began by the server's clock, once that is known.
        changed_at: when there was something new last: it began to wait, or its status changed.
        told_at: when it was told, or asked, last.
        asked_at: when it asked by itself last.
        answered_at: when that had a good response last.
        missed: listings in a row that did not show it.
        urgency: how much it has to ask by itself, as listings show: 0 for no more than others.
    """

    def __init__(
        self,
        ground: Ground,
        project_id: str | None,
        key: str,
        interval: float | None,
        pause: Callable[[], float],
    ) -> None:
        self.project_id = project_id
        self.key = key.lower()
        self.interval = interval
        self.began: datetime | None = None
        self.told_at: float | None = None
        self.changed_at = self.asked_at = asyncio.get_running_loop().time()
        self.answered_at = -math.inf
        self.missed = 0
        self.urgency = 0
        self._is_its_turn = False
        self._is_out = False  # asking, since it took its turn
        self._ground = ground
        self._pause = pause
        self._news: News[T] | None = None
        self._failure: BaseException | None = None
        self._stirred: asyncio.Future[None] | None = None

    @property
    def is_stray(self) -> bool:
        """Whether listings do not show it."""
        return self.missed >= STRAY

    @property
    def is_asking(self) -> bool:
        """Whether it is its turn to ask by itself, and it has not come back."""
        return self._is_its_turn or self._is_out

    @property
    def has_news(self) -> bool:
        """Whether it was told something that it has not taken yet."""
        return self._news is not None

    async def rest(self) -> None:
        """Return when there is something to :meth:`take`."""
        loop = asyncio.get_running_loop()
        self._is_out = False
        self._ground.stirred(self)
        if self.told_at is None:
            await asyncio.sleep(0)  # those that begin together know of each other then
        until = loop.time() + (0.0 if self.told_at is None else self._pause())
        while not (self._news or self._failure or self._is_its_turn):
            if self._ground.is_gathered:
                await self._until_stirred(None)
            elif (left := until - loop.time()) > 0:
                await self._until_stirred(left)
            else:
                self.ask()

    def take(self) -> News[T] | None:
        """The news; None if it is its turn to ask by itself.

        Raises:
            BaseException: what ended the gathering.
        """
        if self._failure is not None:
            failure, self._failure = self._failure, None
            raise failure
        news, self._news = self._news, None
        self._is_its_turn, self._is_out = False, news is None
        return news

    def tell(self, news: News[T]) -> None:
        """Give it news, in place of older ones."""
        self.told_at = asyncio.get_running_loop().time()
        self._news = news
        if news.row is not None:
            self.missed = 0
        self.stir()

    def ask(self) -> None:
        """Have it ask by itself."""
        self.told_at = self.asked_at = asyncio.get_running_loop().time()
        self._is_its_turn = True
        self.urgency = 0
        self.stir()

    def learn(self, began: datetime | None) -> None:
        """Note when it began; a listing from that moment on should show it."""
        if began is not None and began != self.began:
            self.began = began
            self.missed = 0

    def answered(self, began: datetime | None) -> None:
        """Note that its own question had a good response."""
        self.answered_at = asyncio.get_running_loop().time()
        self.learn(began)

    def changed(self) -> None:
        """Note that its status is another than before."""
        self.changed_at = asyncio.get_running_loop().time()

    def fail(self, failure: BaseException) -> None:
        """End it with an error of its own: a traceback of one for all would grow with each that raises it."""
        is_ours = isinstance(failure, MatillionError)
        self._failure = copy.copy(failure) if is_ours else failure
        self.stir()

    def stir(self) -> None:
        """Have it look whether it has something to do."""
        if self._stirred is not None and not self._stirred.done():
            self._stirred.set_result(None)

    async def _until_stirred(self, seconds: float | None) -> None:
        loop = asyncio.get_running_loop()
        self._stirred = loop.create_future()
        timer = None if seconds is None else loop.call_later(seconds, self.stir)
        try:
            await self._stirred
        finally:
            self._stirred = None
            if timer is not None:
                timer.cancel()
