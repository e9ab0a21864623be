"""Ask until there is an answer, through failures of the server, the network and the token endpoint."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from matillion_async._errors import MatillionError, ResponseDecodingError
from matillion_async._runs.statuses import is_temporary

T = TypeVar("T")

UNREADABLE = 5
"""So many answers in a row that cannot be read are no accident."""


async def until_answered(
    ask: Callable[[], Awaitable[T | None]],
    *,
    on_trouble: Callable[[MatillionError], None],
    pause: Callable[[], float],
) -> T:
    """Ask again and again.

    Args:
        ask: gives None as long as there is nothing to give.
        on_trouble: told of each failure after which the question is asked again.
        pause: seconds until the next question.

    Raises:
        MatillionError: a failure that asking again would not change, or the fifth answer in a row that cannot be read.
    """
    unreadable = 0
    while True:
        try:
            answer = await ask()
        except MatillionError as error:
            is_unreadable = isinstance(error, ResponseDecodingError)
            unreadable += is_unreadable
            if not (unreadable < UNREADABLE if is_unreadable else is_temporary(error)):
                raise
            on_trouble(error)
        else:
            if answer is not None:
                return answer
            unreadable = 0
        await asyncio.sleep(pause())
