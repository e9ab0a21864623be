"""What is known of a token in a shared place: for people who look."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from inspect import isawaitable

from matillion_async._settings import Settings
from matillion_async._share.place import TIMEOUT, Share
from matillion_async._share.token_record import TokenRecord
from matillion_async._share.tokens import opened, token_place
from matillion_async._tokens.token_cache import windows


@dataclass(frozen=True, slots=True)
class TokenStatus:
    """The token of an account, as its processes know it; all times in seconds."""

    age: float | None
    """Since it was asked for; None if there is none."""
    renewed_in: float | None
    """Until one of the processes renews it: with its next call, if this is not above 0."""
    good_for: float | None
    """Until it ends; below 0 if it has."""
    is_fetched: bool
    """Whether a process is just fetching one."""
    failure: str | None
    """Why the latest request for one failed; None if it did not, or if it is too long ago to matter."""


async def token_status(share: Share, settings: Settings) -> TokenStatus | None:
    """What is known of the token of an account; None if there is no secret to open it with, or nothing that it opens.

    Raises:
        ConfigurationError: there is nothing that names the account.
        Exception: of any kind, the place is gone.
    """
    if not settings.client_secret.reveal():
        return None
    name, seal = token_place(settings)

    def look(kept: bytes | None, now: float) -> tuple[None, TokenStatus | None]:
        record = opened(kept, name, seal, now)
        return None, None if record == TokenRecord() else _status(record, now)

    found = share.update(name, look)
    if not isawaitable(found):
        return found
    async with asyncio.timeout(TIMEOUT):
        return await found


def _status(record: TokenRecord, now: float) -> TokenStatus:
    token, failed = record.token, record.failed
    age = None if token is None else now - token.since
    has_failed = failed is not None and now < failed.until
    return TokenStatus(
        age=age,
        renewed_in=None if token is None else token.since + windows(token.lifetime)[0] - now,
        good_for=None if token is None else token.since + token.lifetime - now,
        is_fetched=bool(record.fetcher) and now < record.fetches_until,
        failure=failed.error(now).explanation if failed is not None and has_failed else None,
    )
