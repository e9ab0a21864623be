"""An account as bytes: a line of JSON, then the times of what was sent and accepted."""

from __future__ import annotations

import json
import sys
from array import array
from contextlib import suppress

from matillion_async._limits.rates import RateLimit
from matillion_async._limits.snapshot import RateSnapshot
from matillion_async._share.account import Account
from matillion_async._share.turns import Member

FORMAT = 1
"""Of these bytes and of what they mean. It is a part of every name, so that versions that differ do not share."""
_MOST = 1_000_000


def encode(account: Account) -> bytes:
    """The account as bytes."""
    snapshot = account.rate.snapshot()
    head = {
        "limits": account.limits and [(limit.count, limit.seconds) for limit in account.limits],
        "rate": snapshot.learned,
        "members": {
            name: (
                *(member.seen_at, member.under_way, member.waiting, member.given),
                *(member.asks_at, member.alone_since, member.has_left, member.agrees),
            )
            for name, member in account.members.items()
        },
        "history": account.history,
        "changes": account.changes,
        "times": (
            account.changed_at,
            account.freed_at,
            account.covers_until,
        ),
        "ends": len(snapshot.ends),
    }
    times = snapshot.ends + snapshot.accepted
    if sys.byteorder == "big":
        times.byteswap()
    return json.dumps(head, separators=(",", ":")).encode() + b"\n" + times.tobytes()


def decode(data: bytes) -> Account:
    """The account that was encoded.

    Raises:
        ValueError: the bytes are not an account.
    """
    line, _, rest = data.partition(b"\n")
    try:
        head = json.loads(line)
        times = array("d")
        times.frombytes(rest)
        if sys.byteorder == "big":
            times.byteswap()
        limits = head["limits"]
        account = Account(
            None if limits is None else tuple(RateLimit(*limit) for limit in limits),
            members={name: _member(name, *values) for name, values in head["members"].items()},
            history=head["history"],
            changes=head["changes"],
        )
        account.changed_at, account.freed_at, account.covers_until = head["times"]
        ends = head["ends"]
        account.rate.restore(RateSnapshot(head["rate"], times[:ends], times[ends:]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("what is kept is not an account") from error
    return account


def account_of(kept: bytes | None) -> Account | None:
    """The account that is kept; None if there is none, or none that can be read, which is as good as lost."""
    if kept is not None:
        with suppress(ValueError):
            return decode(kept)
    return None


def _member(
    name: str,
    seen_at: float,
    under_way: int,
    waiting: int,
    given: int,
    asks_at: float,
    alone_since: float,
    has_left: bool,
    agrees: bool,
) -> Member:
    if not (0 <= under_way <= _MOST and 0 <= waiting <= _MOST):
        raise ValueError(
            "no process has so many requests"
        )  # and reckoning with them would have no end
    return Member(name, seen_at, under_way, waiting, given, asks_at, alone_since, has_left, agrees)
