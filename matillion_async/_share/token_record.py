"""What processes keep of their token in common, and whose turn it is to fetch one. No I/O: decisions only."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from enum import Enum, auto
from typing import Any, TypeAlias

from matillion_async._backoff import Backoff
from matillion_async._errors import AuthenticationError, TokenUnavailableError
from matillion_async._tokens.token_cache import LONGEST_PAUSE, LONGEST_RETRY_AFTER, windows
from matillion_async._tokens.token_source import Secret

LEASE = 1.5
"""Seconds for which a process has the turn to fetch; it says again that it is there while its request takes longer."""
NEWS_FOR = 2.0
"""Seconds for which a failure counts for a process that begins: who starts one later may have mended what was wrong."""
CLOCK_SLACK = 1.0
"""Seconds by which the clock of a place may be behind what is kept in it; more, and it began anew."""
_BACKOFF = Backoff(first=1.0, factor=2.0, longest=LONGEST_PAUSE)


@dataclass(frozen=True, slots=True)
class Issued:
    """A token, and since when it is good for how long, on the clock of the place."""

    generation: str
    value: Secret
    since: float
    lifetime: float


@dataclass(frozen=True, slots=True)
class Failed:
    """Why the token endpoint gave no token, and until when it is not asked again, on the clock of the place."""

    message: str
    status_code: int | None
    error_code: str | None
    advice: list[str]
    is_temporary: bool
    startup_grace: float
    at: float
    until: float

    def error(self, now: float) -> AuthenticationError:
        """The error for a process that asks at this time."""
        if self.is_temporary:
            error: AuthenticationError = TokenUnavailableError(
                self.message,
                status_code=self.status_code,
                error_code=self.error_code,
                retry_after=max(0.0, self.until - now),
                startup_grace=self.startup_grace,
            )
        else:
            error = AuthenticationError(
                self.message, status_code=self.status_code, error_code=self.error_code
            )
        error.advice = [*self.advice]
        return error


class Turn(Enum):
    """Who fetches a token."""

    OURS = auto()
    THEIRS = auto()


@dataclass(frozen=True, slots=True)
class Asker:
    """A process that needs a token.

    Args:
        name: of this request of it, unlike all others.
        held: generation of the token that it has, and that is to be renewed; None if it has none.
        refused: generations that the API refused to it.
        begins: whether it is the first time that it asks.
    """

    name: str
    held: str | None
    refused: Collection[str]
    begins: bool


Answer: TypeAlias = Issued | Failed | Turn


@dataclass(slots=True)
class TokenRecord:
    """What is kept: a token, why there is no newer one, and who is just fetching one."""

    token: Issued | None = None
    failed: Failed | None = None
    failures: int = 0
    fetcher: str = ""
    fetches_until: float = 0.0

    def answer(self, asker: Asker, now: float) -> Answer:
        """The token to use, the failure to report, or whose turn it is. The record has changed if it is the asker's."""
        token = self.spare(asker, now)
        if token is not None and now < token.since + windows(token.lifetime)[0]:
            return token
        if self.fetcher not in ("", asker.name) and now < self.fetches_until:
            return token or Turn.THEIRS
        if self.failed is not None:
            until = self.failed.until
            if now < (min(until, self.failed.at + NEWS_FOR) if asker.begins else until):
                return token or self.failed
        if self.token is not None and self.token.generation in asker.refused:
            self.token = None  # one that begins now would be refused as well
        self.fetcher = asker.name
        self.fetches_until = now + LEASE
        return Turn.OURS

    def spare(self, asker: Asker, now: float) -> Issued | None:
        """A token that is to be renewed, but is good enough for a process that has no such token."""
        token = self.token
        if token is None or token.generation in (asker.held, *asker.refused):
            return None
        return token if now < token.since + windows(token.lifetime)[1] else None

    def extend(self, asker: Asker, now: float) -> bool:
        """Note that the process whose turn it is goes on; False if it is not its turn any more."""
        if self.fetcher != asker.name:
            return False
        self.fetches_until = now + LEASE
        return True

    def store(self, token: Issued) -> None:
        """Keep a token that was fetched. The one that came last counts: some identity providers revoke those before."""
        self.token = token
        self.failed = None
        self.failures = 0
        self.fetcher = ""

    def give_up(self, asker: Asker) -> bool:
        """Let the next one have its turn; False if it was not this one's."""
        if self.fetcher != asker.name:
            return False
        self.fetcher = ""
        return True

    def fail(self, asker: Asker, error: AuthenticationError, now: float) -> bool:
        """Note that a request failed: for all, if it is the token endpoint's answer to all; else the next one tries.

        Returns:
            False if it was not the turn of this process any more.
        """
        if not self.give_up(asker):
            return False
        if is_for_all(error):
            self.failures += 1
            pause = _BACKOFF.pause(self.failures)
            grace = 0.0
            if isinstance(error, TokenUnavailableError):
                pause = max(pause, min(error.retry_after, LONGEST_RETRY_AFTER))
                grace = error.startup_grace
            self.failed = Failed(
                error.message,
                error.status_code,
                error.error_code,
                [*error.advice],
                isinstance(error, TokenUnavailableError),
                grace,
                now,
                now + pause,
            )
        return True


def is_for_all(error: AuthenticationError) -> bool:
    """Whether the token endpoint would say the same to every process; anything else may lie in the way of this one only."""
    status = error.status_code or 0
    if isinstance(error, TokenUnavailableError):
        return status == 429 or status >= 500
    return 400 <= status < 500


def encode(record: TokenRecord) -> Secret:
    """The record as text, with the token in it."""
    token = record.token
    return Secret(
        json.dumps(
            {
                "token": token
                and (token.generation, token.value.reveal(), token.since, token.lifetime),
                "failed": record.failed and asdict(record.failed),
                "failures": record.failures,
                "fetcher": (record.fetcher, record.fetches_until),
            }
        )
    )


def decode(text: Secret, now: float) -> TokenRecord:
    """The record that was encoded, without what lies in the future, for its clock was another.

    Raises:
        ValueError: the text is not a record.
    """
    latest = now + CLOCK_SLACK
    try:
        document: dict[str, Any] = json.loads(text.reveal())
        record = TokenRecord(failures=document["failures"])
        if document["token"] is not None:
            generation, value, since, lifetime = document["token"]
            if since <= latest:
                record.token = Issued(generation, Secret(value), since, lifetime)
        if document["failed"] is not None:
            failed = Failed(**document["failed"])
            record.failed = failed if failed.at <= latest else None
        fetcher, until = document["fetcher"]
        if until <= latest + LEASE:
            record.fetcher, record.fetches_until = fetcher, until
    except (ValueError, KeyError, TypeError):
        raise ValueError("what is kept is not a record of a token") from None
    return record
