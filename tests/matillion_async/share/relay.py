"""A way to a server that has faults: slow, cut, or silent."""

from __future__ import annotations

import asyncio
import contextlib
import random
import ssl
from collections.abc import AsyncIterator


class Relay:
    """Forwards connections to a port of this machine.

    Attributes:
        delay: seconds that each piece takes, at least and at most; the order of the pieces stays.
        is_silent: whether all that comes is swallowed.
        is_cut: whether connections are closed as soon as they are made.
        loses_next_response: whether the connection is closed in place of the next that the server says.
        port: where it listens.
    """

    def __init__(self, target: int, delay: tuple[float, float] = (0.0, 0.0)) -> None:
        self.delay = delay
        self.is_silent = self.is_cut = self.loses_next_response = False
        self.port = 0
        self._target = target
        self._chance = random.Random(0)
        self._writers: set[asyncio.StreamWriter] = set()

    def cut(self) -> None:
        """Close all connections, and those to come."""
        self.is_cut = True
        for writer in self._writers:
            writer.transport.abort()

    @contextlib.asynccontextmanager
    async def serving(self, tls: ssl.SSLContext | None = None) -> AsyncIterator[Relay]:
        """Listen, with TLS on request; the server behind it has none."""
        tasks: set[asyncio.Task[None]] = set()

        def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.create_task(self._connection(reader, writer))
            tasks.add(task)
            task.add_done_callback(tasks.discard)

        server = await asyncio.start_server(connected, "127.0.0.1", 0, ssl=tls)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            for task in list(tasks):
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _connection(self, near: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        other: asyncio.StreamWriter | None = None
        try:
            if self.is_cut:
                return
            far, other = await asyncio.open_connection("127.0.0.1", self._target)
            self._writers.add(other)
            ends = [
                asyncio.create_task(self._forward(near, other, is_response=False)),
                asyncio.create_task(self._forward(far, writer, is_response=True)),
            ]
            try:
                await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for end in ends:
                    end.cancel()
                await asyncio.gather(*ends, return_exceptions=True)
        except OSError:
            return
        finally:
            for each in (writer, other):
                if each is not None:
                    self._writers.discard(each)
                    each.transport.abort()

    async def _forward(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, is_response: bool
    ) -> None:
        while piece := await reader.read(65536):
            if is_response and self.loses_next_response:
                self.loses_next_response = False
                return
            await asyncio.sleep(self._chance.uniform(*self.delay))
            if not self.is_silent:
                writer.write(piece)
