"""Start what goes on by itself, such as a run: a command that is stopped says whether it did, or how to find out."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar

from matillion_async._errors import MatillionError
from matillion_async.cli._connection import CliClient
from matillion_async.cli._lookup import project_id
from matillion_async.cli._streams import say

T = TypeVar("T")

_RESPONSE_WITHIN = 1.0
"""Seconds that an interruption gives a start which is on the wire: with its response what was started can be named."""
_NOTHING = "Nothing was started."


def project_of_start(connection: CliClient, text: str) -> str:
    """The id of a project (id or exact name); an interruption says that nothing was started."""
    try:
        return connection.run(project_id(connection, text))
    except KeyboardInterrupt:
        say(_NOTHING)
        raise


def start(connection: CliClient, work: Coroutine[Any, Any, T], look: Sequence[str]) -> T:
    """Start something.

    Args:
        connection: what it is started over.
        work: starts it, by way of :func:`response_to`.
        look: the words of the command that shows whether it was started, where that is open.
    """
    may_be_started = f"It may have been started; see: {shlex.join(look)}"
    try:
        return connection.run(work)
    except MatillionError as error:
        if error.may_have_been_processed:
            say(may_be_started)
        raise
    except KeyboardInterrupt:
        if connection.wire.change is None:
            say(_NOTHING)
        else:
            connection.wire.change = None  # this says it better
            say(may_be_started)
        raise


async def response_to(connection: CliClient, send: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """The response to a start, also if an interruption comes while it is on the wire and the response soon after."""
    starting = asyncio.ensure_future(send())
    try:
        return await asyncio.shield(starting)
    except asyncio.CancelledError:
        if connection.wire.change is not None:
            await asyncio.wait([starting], timeout=_RESPONSE_WITHIN)
        if starting.done():
            return await starting
        starting.cancel()
        await asyncio.wait([starting])
        raise
