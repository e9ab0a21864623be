"""The clients of a triggerer: one per connection, shared by all triggers of its event loop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from matillion_async import MatillionClient
from matillion_async.airflow._names import (
    AirflowNotFoundException,
    get_async_connection,
    get_async_extra_dejson,
)
from matillion_async.airflow._settings_of import ClientSettings, are_same, settings_of

_log = logging.getLogger(__name__)

LOOK_AGAIN = 60.0
"""Seconds for which a connection is taken to be what it was: a fleet of triggers that start looks it up once."""
LINGER = 300.0
"""Seconds for which a client that nobody uses is kept, with its token and what it has learned of the limits."""
PAUSES = (1.0, 2.0, 4.0, 8.0, 16.0)
"""Between looks for a connection: a database that is away for a moment should not fail a task."""


@dataclass(eq=False, slots=True)
class Held:
    """A client, and how many use it."""

    client: MatillionClient
    settings: ClientSettings
    looked_up: float
    users: int = 0
    timer: asyncio.TimerHandle | None = None
    done: asyncio.Event = field(default_factory=asyncio.Event)
    keeper: asyncio.Task[None] | None = None


class Clients:
    """The clients of one event loop."""

    def __init__(self) -> None:
        self._locks: dict[str, asyncio.Lock] = {}
        self._held: dict[str, Held] = {}

    @asynccontextmanager
    async def use(self, conn_id: str) -> AsyncGenerator[Held, None]:
        """The client of a connection, as long as the block goes on.

        Raises:
            AirflowNotFoundException: there is no such connection.
            ConfigurationError: a setting is missing or wrong.
        """
        async with self._lock(conn_id):
            held = await self._current(conn_id)
            held.users += 1
        if held.timer is not None:
            held.timer.cancel()
        try:
            yield held
        finally:
            held.users -= 1
            if not held.users:
                seconds = LINGER if self._held.get(conn_id) is held else 0.0
                loop = asyncio.get_running_loop()
                held.timer = loop.call_later(seconds, self._retire, conn_id, held)

    async def is_outdated(self, conn_id: str, held: Held) -> bool:
        """Whether the connection is another than when the client was made, as after its secret was changed."""
        async with self._lock(conn_id):
            if self._held.get(conn_id) is held:
                held.looked_up = float("-inf")
            return await self._current(conn_id) is not held

    def _lock(self, conn_id: str) -> asyncio.Lock:
        return self._locks.setdefault(conn_id, asyncio.Lock())

    async def _current(self, conn_id: str) -> Held:
        now = asyncio.get_running_loop().time()
        held = self._held.get(conn_id)
        if held is not None and now - held.looked_up < LOOK_AGAIN:
            return held
        settings = await _looked_up(conn_id, held)
        if held is None or not are_same(settings, held.settings):
            if held is not None and not held.users:
                self._retire(
                    conn_id, held
                )  # one that is in use is closed by the last who leaves it
            # In a thread: what it imports and reads for the first client takes a third of a second.
            client = await asyncio.to_thread(MatillionClient, **settings)
            self._held[conn_id] = held = Held(client, settings, now)
            held.keeper = asyncio.create_task(self._keep(held))
        held.looked_up = now
        return held

    def _retire(self, conn_id: str, held: Held) -> None:
        if held.users:
            return
        if self._held.get(conn_id) is held:
            del self._held[conn_id]
        held.done.set()

    async def _keep(self, held: Held) -> None:
        try:
            await held.done.wait()
        finally:  # also when the event loop ends
            await held.client.aclose()


async def _looked_up(conn_id: str, held: Held | None) -> ClientSettings:
    """The settings of a connection; those of the client that there is, if they cannot be looked up."""
    left = [*PAUSES] if held is None else []
    while True:
        try:
            connection = await get_async_connection(conn_id)
            extra = await get_async_extra_dejson(connection)
            break
        except Exception as error:
            if held is not None:
                text = "connection %s cannot be looked up; its client goes on: %s"
                _log.warning(text, conn_id, error)
                return held.settings
            if isinstance(error, AirflowNotFoundException) or not left:
                raise
            _log.warning("connection %s cannot be looked up, once more: %s", conn_id, error)
            await asyncio.sleep(left.pop(0))
    return settings_of(connection, extra)


_of_loops: WeakKeyDictionary[asyncio.AbstractEventLoop, Clients] = WeakKeyDictionary()


def clients() -> Clients:
    """Those of the running event loop."""
    return _of_loops.setdefault(asyncio.get_running_loop(), Clients())
