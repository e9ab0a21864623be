"""A token that processes share: one of them fetches it, all others take it from the place they share."""

from __future__ import annotations

import asyncio
import logging
import os
import random
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from inspect import isawaitable
from typing import TypeVar

from matillion_async._errors import AuthenticationError
from matillion_async._settings import Settings
from matillion_async._share.choice import account_name
from matillion_async._share.place import (
    NOT_GIVEN_BACK,
    TIMEOUT,
    CrowdedError,
    Share,
    ShareError,
    reason,
)
from matillion_async._share.sealing import Seal
from matillion_async._share.token_record import (
    LEASE,
    Answer,
    Asker,
    Failed,
    Issued,
    TokenRecord,
    Turn,
    decode,
    encode,
)
from matillion_async._tokens.token_cache import lifetime_of
from matillion_async._tokens.token_source import DatedToken, Secret, Token, TokenSource

logger = logging.getLogger("matillion_async")
T = TypeVar("T")

FIRST_LOOK, LAST_LOOK, LOOK_FACTOR = 0.02, 0.2, 1.5
"""Seconds between two looks for the token that another process fetches; they grow by this factor."""
_CROWDED_FOR = 5.0
"""Seconds after which a place where others are always first is taken for gone: then a call is sent with a token of its own."""
_MOST_REFUSED = 8


def token_place(settings: Settings) -> tuple[str, Seal]:
    """The name under which a token is kept, and what seals it: others for each account, secret, token URL and audience.

    Raises:
        ConfigurationError: there is nothing that names the account.
    """
    account = account_name(settings)
    context = f"{account}\n{settings.token_url}\n{settings.audience}"
    seal = Seal(settings.client_secret, context)
    return f"{account}:token:{seal.name}", seal


def opened(kept: bytes | None, name: str, seal: Seal, now: float) -> TokenRecord:
    """The record that is kept; an empty one if there is none, or none that can be read, which is as good as lost."""
    if kept is not None:
        with suppress(ValueError):
            return decode(seal.open(kept, name), now)
    return TokenRecord()


class SharedTokens:
    """A token source over another one, which only one of all processes asks at a time.

    While the place is gone, each process fetches a token of its own.

    Args:
        source: where tokens come from.
        share: the place.
        name: of the value in it.
        seal: seals it.
        patience: seconds for which the request of another process is waited for; then the source is asked all the same.
    """

    def __init__(
        self, source: TokenSource, share: Share, name: str, seal: Seal, *, patience: float
    ) -> None:
        self._source = source
        self._share = share
        self._name = name
        self._seal = seal
        self._patience = patience
        self._held: str | None = None
        self._refused: deque[str] = deque(maxlen=_MOST_REFUSED)
        self._begins = True
        self._is_gone = False

    def refused(self) -> None:
        """Note that the API refused the token that :meth:`fetch` gave last."""
        if self._held is not None:
            self._refused.append(self._held)
            self._held = None

    async def fetch(self) -> Token:
        """The token that all use: one that another process has fetched or is just fetching, or a new one.

        Raises:
            AuthenticationError: the token endpoint refused to issue one, to this process or to another one a moment ago.
            TokenUnavailableError: it did not respond, or not with a token.
        """
        asker = Asker(os.urandom(8).hex(), self._held, tuple(self._refused), self._begins)
        self._begins = False
        loop = asyncio.get_running_loop()
        give_up_at = loop.time() + self._patience
        pause = FIRST_LOOK
        while True:
            asked_at = loop.time()
            answer, now = await self._ask(asker)
            if answer is None:
                self._held = None
                return await self._source.fetch()
            if isinstance(answer, Issued):
                return self._taken(answer, asked_at - (now - answer.since))
            if isinstance(answer, Failed):
                raise answer.error(now)
            if answer is Turn.OURS or asked_at >= give_up_at:
                return await self._fetch(asker)
            await asyncio.sleep(random.uniform(0.5, 1.0) * pause)
            pause = min(pause * LOOK_FACTOR, LAST_LOOK)

    async def _ask(self, asker: Asker) -> tuple[Answer | None, float]:
        """What the record says, and the time of the place; None if that is gone."""

        def ask(record: TokenRecord, now: float) -> tuple[bool, tuple[Answer, float]]:
            answer = record.answer(asker, now)
            return answer is Turn.OURS, (answer, now)

        try:
            answer, moment = await self._update(ask)
        except Exception as error:  # noqa: BLE001 - of any place
            self._lost(error)
            return None, 0.0
        if self._is_gone:
            self._is_gone = False
            logger.info("the shared token is back")
        return answer, moment

    async def _fetch(self, asker: Asker) -> Token:
        """Ask the source, and tell the others what became of it."""
        loop = asyncio.get_running_loop()
        started = loop.time()
        here = asyncio.create_task(self._say_it_goes_on(asker), name="matillion token turn")
        try:
            token = await self._source.fetch()
        except AuthenticationError as error:
            spare = await self._failed(asker, error)
            if spare is None:
                raise
            return spare
        except BaseException:
            await self._try(lambda record, now: (record.give_up(asker), None))
            raise
        finally:
            here.cancel()
        generation, lifetime = os.urandom(8).hex(), lifetime_of(token)

        def store(record: TokenRecord, now: float) -> tuple[bool, None]:
            since = now - (loop.time() - started)
            record.store(Issued(generation, Secret(token.value), since, lifetime))
            return True, None

        await self._try(store)
        self._held = generation
        return DatedToken(token.value, lifetime, began=started)

    async def _failed(self, asker: Asker, error: AuthenticationError) -> Token | None:
        """Tell the others of a failure; a token that is there in spite of it, if this process has none."""

        def fail(record: TokenRecord, now: float) -> tuple[bool, tuple[Issued | None, float]]:
            return record.fail(asker, error, now), (record.spare(asker, now), now)

        asked_at = asyncio.get_running_loop().time()
        spare, now = await self._try(fail) or (None, 0.0)
        return None if spare is None else self._taken(spare, asked_at - (now - spare.since))

    def _taken(self, issued: Issued, began: float) -> Token:
        self._held = issued.generation
        return DatedToken(issued.value.reveal(), issued.lifetime, began=began)

    async def _say_it_goes_on(self, asker: Asker) -> None:
        """Keep the turn of this process while its request is under way."""

        def extend(record: TokenRecord, now: float) -> tuple[bool, bool]:
            is_ours = record.extend(asker, now)
            return is_ours, is_ours

        is_ours: bool | None = True
        while is_ours is not False:  # None: the place is gone, perhaps for this moment only
            await asyncio.sleep(LEASE / 4)
            is_ours = await self._try(extend)

    async def _try(self, change: Callable[[TokenRecord, float], tuple[bool, T]]) -> T | None:
        """Change the record; None if the place is gone."""
        try:
            return await self._update(change)
        except Exception as error:  # noqa: BLE001 - of any place
            self._lost(error)
            return None

    async def _update(self, change: Callable[[TokenRecord, float], tuple[bool, T]]) -> T:
        """Change the record as one step; ``change`` tells whether it did, and its result."""

        made: list[T] = []

        def changed(kept: bytes | None, now: float) -> tuple[bytes | None, T]:
            record = opened(kept, self._name, self._seal, now)
            is_changed, result = change(record, now)
            made[:] = [result]
            return self._seal.seal(encode(record), self._name) if is_changed else None, result

        loop = asyncio.get_running_loop()
        give_up_at = loop.time() + _CROWDED_FOR
        while True:
            try:
                told = self._share.update(self._name, changed)
                if isawaitable(told):
                    async with asyncio.timeout(TIMEOUT):
                        told = await told
                if not made or told is not made[0]:  # only a place of the user's own
                    raise ShareError(NOT_GIVEN_BACK)
                return made[0]
            except CrowdedError:
                if loop.time() >= give_up_at:
                    raise
            await asyncio.sleep(random.uniform(0.5, 1.0) * FIRST_LOOK)

    def _lost(self, error: Exception) -> None:
        if not self._is_gone:
            self._is_gone = True
            logger.info(
                "the place of the shared token is gone (%s): this process fetches its own",
                reason(error),
            )
