"""What becomes of waits whose listing cannot be read."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from matillion_async._errors import (
    AuthenticationError,
    ClientStateError,
    MatillionError,
    is_of_the_caller,
)
from matillion_async._runs.seat import News, Seat
from matillion_async._runs.trouble import Trouble

if TYPE_CHECKING:
    from matillion_async._runs.gathering import Reading

T = TypeVar("T")

_PATIENCE = 60.0
"""Seconds for which a listing may fail before one asks by itself: if that succeeds, all do for some minutes."""


class ListingTrouble(Generic[T]):
    """Keeps how long listings have been failing, and says so in the log.

    Args:
        what: what is waited for, such as ``runs``.
    """

    def __init__(self, what: str) -> None:
        self._what = what
        self._since: dict[object, float] = {}
        self._final: set[object] = set()
        self._trouble = Trouble()

    def over(self, scope: object) -> None:
        """Note that a listing was read."""
        self._since.pop(scope, None)
        self._final.discard(scope)
        if not self._since and not self._final:
            self._trouble.over()

    def is_final(
        self,
        scope: object,
        listing: str,
        missing: dict[Seat[T], None],
        error: MatillionError,
        reading: Reading[T],
    ) -> bool:
        """What to do about a failure: those that it concerns hear of it, or ask by themselves.

        Args:
            scope: which listing it was.
            listing: the same in words.
            missing: those who waited for it.
            error: the failure.
            reading: gets those who are to ask by themselves.

        Returns:
            Whether the listing is not to be read again for some time.

        Raises:
            MatillionError: the failure, if no wait of this client can go on with it.
        """
        if is_of_the_caller(error):
            raise error
        now = asyncio.get_running_loop().time()
        since = self._since.setdefault(scope, now)
        if error.is_temporary:
            if now - since < _PATIENCE:
                text = f"{len(missing)} {self._what} cannot be read ({error}); still waiting"
                self._trouble.met(now, text)
                _tell(missing, error)
                return False
            if not any(seat.answered_at > since for seat in missing):
                probe = min(missing, key=lambda seat: seat.asked_at)
                reading.left.append(probe)
                _tell(missing.keys() - {probe}, error)
                return False
        elif isinstance(error, AuthenticationError | ClientStateError):
            raise error
        text = f"{listing} cannot be listed ({error}); each is asked for by itself"
        self._trouble.met(now, text)
        del self._since[scope]
        self._final.add(scope)
        reading.left += missing
        return True


def _tell(seats: Any, error: MatillionError) -> None:
    for seat in seats:
        seat.tell(News(trouble=error))
