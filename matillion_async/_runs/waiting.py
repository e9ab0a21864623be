"""Ask until there is a response, through failures of the server, the network and the token endpoint."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from matillion_async._arguments import check, hook_fault, seconds_fault
from matillion_async._errors import (
    InvalidRequestError,
    MatillionError,
    ResponseDecodingError,
    is_of_the_caller,
)
from matillion_async._runs.statuses import UNREADABLE
from matillion_async._runs.trouble import Trouble

T = TypeVar("T")


def check_wait(
    *, timeout: object = None, poll_interval: object = None, on_update: object = None
) -> None:
    """Refuse arguments of a wait that cannot be meant; None stands for what is left out.

    Raises:
        InvalidRequestError: it names the argument.
    """
    check(
        InvalidRequestError,
        timeout=seconds_fault(timeout, may_be_zero=True, or_none=True),
        poll_interval=seconds_fault(poll_interval, may_be_zero=True, must_end=True, or_none=True),
        on_update=None if on_update is None else hook_fault(on_update),
    )


async def ask_until_known(
    ask: Callable[[], Awaitable[T | None]],
    *,
    what: str,
    trouble: Trouble,
    on_failure: Callable[[MatillionError], None],
    rest: Callable[[], Awaitable[None]],
) -> T:
    """Ask again and again, and log what is in the way.

    Args:
        ask: gives None as long as there is nothing to give.
        what: what is read, for the log.
        trouble: logs each failure after which the question is asked again; that it is over, ``ask`` has to note.
        on_failure: told of each of those.
        rest: awaited before the next question.

    Raises:
        MatillionError: a failure that asking again would not change, or the fifth response in a row that cannot be read.
    """
    unreadable = 0
    while True:
        try:
            known = await ask()
        except MatillionError as error:
            if is_of_the_caller(error):
                raise
            is_unreadable = isinstance(error, ResponseDecodingError)
            unreadable += is_unreadable
            if not (unreadable < UNREADABLE if is_unreadable else error.is_temporary):
                raise
            now = asyncio.get_running_loop().time()
            trouble.met(now, f"{what} cannot be read ({error}); still waiting")
            on_failure(error)
        else:
            if known is not None:
                return known
            unreadable = 0
        await rest()
