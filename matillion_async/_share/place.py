"""The place that processes share, as a Protocol: any store that can change a value as one step."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeAlias, TypeVar, runtime_checkable

from matillion_async._text import where

T = TypeVar("T")

Change: TypeAlias = Callable[[bytes | None, float], tuple[bytes | None, T]]
"""Makes of a value (None if there is none) and the time a new value (None to leave it as it is) and a result."""

TIMEOUT = 0.5
"""Seconds after which a place is taken for gone: calls go on without it."""
NOT_GIVEN_BACK = "update did not give back the result of change"
"""Why a place of the user's own cannot be used."""


class Share(Protocol):
    """A place where the processes that use one account keep what they have in common.

    The client asks nothing else of it. It keeps a few values of some kilobytes, whose names are hashes. Whatever fails, no call
    fails with it: while the place is gone, each process goes on with its part of the limit.
    """

    def update(self, name: str, change: Change[T]) -> T | Awaitable[T]:
        """Change a value as one step: nobody else changes it in between.

        Args:
            name: of the value; letters, digits and colons.
            change: called with the value and the time; returns the new value, or None to leave it as it is, and what
                ``update`` returns. It may be called again if the value was changed meanwhile; it is quick, and neither
                waits nor fails. The time is in seconds on one clock of the place, the same for all processes, that does
                not go back; it must not be behind by more than a thousandth of a second.

        Returns:
            What ``change`` returned the last time, or an awaitable of it.

        Raises:
            CrowdedError: the place is there, but others were always first.
            Exception: of any other kind, the place is gone. What takes longer than half a second is given up.
        """
        ...

    async def aclose(self) -> None:
        """Close what was opened; called once, with the client."""
        ...


@runtime_checkable
class ReadableShare(Share, Protocol):
    """A place where a process that has locked a value keeps nobody from reading it."""

    def look(self, name: str) -> tuple[bytes | None, float]:
        """What is kept under this name, None if there is nothing or it is just being made; and the time. It waits for nobody."""
        ...


class CrowdedError(TimeoutError):
    """Raised by ``update`` of a place of your own: the place is there, but others were always first, and the value is as it was.

    It is asked again soon, and nobody goes on without it, as with a place that is gone; only a call that needs a token gets
    one of its own after some seconds. Raise it before half a second has passed.
    """


class ShareError(Exception):
    """Why a place cannot be used, in words for its user."""


def shown(place: Share) -> str:
    """Which place it is; of one that is not ours no more than its class, since its repr may hold a secret."""
    kind = type(place)
    return str(place) if kind.__module__.startswith("matillion_async.") else kind.__name__


def reason(error: Exception) -> str:
    """Why a place is gone, without what a message of somebody else's may hold."""
    if isinstance(error, CrowdedError):
        return type(error).__name__
    if isinstance(error, TimeoutError):
        return f"no answer within {TIMEOUT:g} s"
    if isinstance(error, ShareError):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return f"{type(error).__name__}: {error.strerror}"
    found = where(error)
    if isinstance(error, TypeError) and not found:
        return "update cannot be called with a name and a change"
    return f"{type(error).__name__}{found}"
