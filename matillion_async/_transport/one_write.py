"""Requests written in one piece, so that a connection takes all of one or nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import aiohttp

if TYPE_CHECKING:
    from aiohttp.connector import Connection


class OneWrite:
    """What aiohttp uses of a connection, its protocol and its transport to write a head; the body goes with it.

    Written apart, the head may be taken and the body refused by a connection that is broken already: then nobody could
    tell that the server has no request.

    Args:
        connection: where to write.
        content: the body.
        written: called once the operating system has taken it.
    """

    __slots__ = ("_connector", "_content", "_transport", "_written")

    writing_paused = False  # nothing was written yet

    def __init__(self, connection: Connection, content: bytes, written: Callable[[], None]) -> None:
        self._connector = connection._connector  # aiohttp asks it whether connections are kept
        self._transport = connection.transport
        self._content = content
        self._written = written

    @property
    def protocol(self) -> OneWrite:
        return self

    @property
    def transport(self) -> OneWrite:
        return self

    def start_timeout(self) -> None:
        """There is none."""

    def is_closing(self) -> bool:
        return self._transport is None or self._transport.is_closing()

    def write(self, head: bytes) -> None:
        assert self._transport is not None
        self._transport.write(head + self._content)
        # Event loops hand the first bytes to the system at once, and close the transport if it takes none.
        if self._transport.is_closing():
            raise aiohttp.ClientConnectionResetError("Cannot write to closing transport")
        self._written()
