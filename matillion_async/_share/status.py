"""What is known of the limit of an account in a shared place: for people who look."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from inspect import isawaitable

from matillion_async._share.account import Account
from matillion_async._share.place import TIMEOUT, Share, ShareError
from matillion_async._share.record import account_of


@dataclass(frozen=True, slots=True)
class ProcessStatus:
    """A process that shares a limit."""

    heard_of: float
    """Seconds ago."""
    under_way: int
    """Requests that the server may yet count, and permits in advance."""
    waiting: int
    """Calls that waited for a permit then."""


@dataclass(frozen=True, slots=True)
class LimitStatus:
    """The limit of an account, as its processes know it."""

    limits: str
    """As they were given; empty if they are found out."""
    requests_per_minute: float
    """The long-run rate, as configured or learned; infinite without a limit."""
    paused_for: float
    """Seconds until the pause after a 429 ends; 0 when there is none."""
    processes: tuple[ProcessStatus, ...]
    """Those that are present, the latest first."""


async def limit_status(share: Share, name: str) -> LimitStatus | None:
    """What is known of the limit of an account; None if no process has shared it, or what is kept cannot be read.

    Raises:
        Exception: of any kind, the place is gone.
    """
    try:
        kept, now = await _looked(share, name)
    except ShareError:  # what was broken is made anew by now
        kept, now = await _looked(share, name)
    account = account_of(kept)
    return None if account is None else _status(account, now)


async def _looked(share: Share, name: str) -> tuple[bytes | None, float]:
    def look(kept: bytes | None, now: float) -> tuple[None, tuple[bytes | None, float]]:
        return None, (kept, now)

    found = share.update(name, look)
    if isawaitable(found):
        async with asyncio.timeout(TIMEOUT):
            found = await found
    kept, now = found
    return kept, now


def _status(account: Account, now: float) -> LimitStatus:
    schedule = account.rate.schedule
    members = sorted(account.members.values(), key=lambda member: -member.seen_at)
    return LimitStatus(
        limits="" if account.limits is None else ", ".join(map(str, account.limits)) or "none",
        requests_per_minute=round(schedule.rate * 60, 1),
        paused_for=max(0.0, schedule.paused_until - now),
        processes=tuple(
            ProcessStatus(now - member.seen_at, member.under_way, member.waiting)
            for member in members
            if account.is_present(member, now)
        ),
    )
