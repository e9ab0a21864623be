"""Connections that are kept open between requests, and which of them the next request may have."""

from __future__ import annotations

import asyncio
import math
import select
import socket
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiohttp.client_proto import ResponseHandler
    from aiohttp.client_reqrep import ConnectionKey
    from aiohttp.connector import BaseConnector, Connection


# In struct tcp_info of linux/tcp.h: the end and the beginning of tcpi_last_data_recv, which is in milliseconds.
_TCP_INFO_SIZE = 56
_LAST_DATA_RECEIVED = 52


class Route:
    """One way to one server, directly or through a proxy, and its idle connections, the last used at the end.

    Attributes:
        expiry: seconds after which an idle connection is closed.
    """

    __slots__ = ("expiry", "idle")

    def __init__(self, expiry: float) -> None:
        self.expiry = expiry
        self.idle: dict[KeptConnection, None] = {}


class Pool:
    """The idle connections of a transport, the last used first.

    A connection on which anything arrived while it was idle is not used again, whether the event loop has seen it or not.

    Args:
        loop: the event loop they belong to.
        keepalive_expiry: seconds after which an idle connection is closed.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, keepalive_expiry: float) -> None:
        self._loop = loop
        self._expiry = keepalive_expiry
        self._routes: dict[ConnectionKey, Route] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._timer_at = math.inf

    def route(self, key: ConnectionKey) -> Route:
        """The route of the connections with a key of aiohttp's."""
        route = self._routes.get(key)
        if route is None:
            route = self._routes[key] = Route(self._expiry)
        return route

    def expect(self, route: Route, keep_alive: str) -> None:
        """Note the idle limit of a server, as it says in a header such as ``Keep-Alive: timeout=5, max=100``."""
        for part in keep_alive.split(","):
            name, _, value = part.partition("=")
            if name.strip().lower() == "timeout" and value.strip().isdecimal():
                seconds = float(value)
                # The server counts from an earlier moment, and might close while a request is on its way.
                expiry = min(self._expiry, seconds - min(1.0, seconds / 2))
                if expiry != route.expiry:
                    route.expiry = expiry
                    self._sweep()  # the connection whose response said so may be idle already

    def is_fresh(self, route: Route, seconds: float) -> bool:
        """Whether the connection that was used last has been idle for less."""
        last = next(reversed(route.idle), None)
        return last is not None and self._loop.time() - last.idle_since < seconds

    def take(self, route: Route, min_idle: float, max_idle: float) -> KeptConnection | None:
        """The connection that was used last and can be used now; None if there has to be a new one.

        Args:
            route: where it must lead.
            min_idle: seconds that it must have been idle.
            max_idle: seconds that it may have been idle; below 0 for none.
        """
        idle = route.idle
        now = self._loop.time()
        while True:
            settled = (each for each in reversed(idle) if now - each.idle_since >= min_idle)
            connection = next(settled, None)
            if connection is None:
                return None
            age = now - connection.idle_since
            if max_idle < math.inf and max(age, connection.quiet_for()) > max_idle:
                oldest = next(iter(idle))  # replaced by a new one
                del idle[oldest]
                oldest.close()
                return None
            del idle[connection]
            if age < route.expiry and connection.wake():
                return connection
            connection.close()

    def put(self, connection: KeptConnection) -> None:
        """Keep a connection whose response was read, if it can be kept."""
        if not connection.rest():
            connection.close()
            return
        route = connection.route
        connection.idle_since = now = self._loop.time()
        route.idle[connection] = None
        due = now + route.expiry
        if due < self._timer_at:
            self._sweep_at(due)

    def stop(self) -> None:
        """Close none for its age any more: those that are left are the connector's to close."""
        self._sweep_at(None)

    def abandon(self) -> None:
        """Forget all, because their event loop is closed."""
        for route in self._routes.values():
            for connection in route.idle:
                connection.close()

    def _sweep_at(self, moment: float | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None if moment is None else self._loop.call_at(moment, self._sweep)
        self._timer_at = math.inf if moment is None else moment

    def _sweep(self) -> None:
        """Close what has been idle for too long, and set the timer for the next."""
        now = self._loop.time()
        next_due: list[float] = []
        for route in self._routes.values():
            idle = route.idle
            while idle:
                oldest = next(iter(idle))
                due = oldest.idle_since + route.expiry
                if due > now:
                    next_due.append(due)
                    break
                del idle[oldest]
                oldest.close()
        self._sweep_at(min(next_due, default=None))


class KeptConnection(asyncio.Protocol):
    """A connection that outlives its requests; while it is idle it is its own protocol, and whatever arrives then ends it.

    aiohttp's own would take it for the response to the next request.
    """

    def __init__(self, route: Route, connection: Connection) -> None:
        assert connection.protocol is not None
        assert connection.transport is not None
        self.route = route
        self.idle_since = 0.0
        self.handler: ResponseHandler = connection.protocol
        self._transport = connection.transport
        self._connection = connection
        self._socket = self._transport.get_extra_info("socket")
        self._has_unread = _has_unread(self._socket)

    def rest(self) -> bool:
        """Begin to be idle; False if it must not be used again."""
        if self.handler.should_close or self._transport.get_write_buffer_size():
            return False
        self._transport.set_protocol(self)
        return True

    def wake(self) -> bool:
        """Cease to be idle; False if it must not be used again."""
        # A second response may have followed in what the handler was reading when it gave the connection back.
        handler = self.handler
        if handler.should_close or self._transport.is_closing() or self._has_unread():
            return False
        self._transport.set_protocol(handler)
        return True

    def quiet_for(self) -> float:
        """Seconds since bytes came, as the system knows it: the event loop may have seen them much later.

        Only Linux tells; elsewhere it is 0.
        """
        if sys.platform != "linux":
            return 0.0
        try:
            info = self._socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _TCP_INFO_SIZE)
        except (AttributeError, OSError):
            return 0.0
        return int.from_bytes(info[_LAST_DATA_RECEIVED:_TCP_INFO_SIZE], sys.byteorder) / 1000

    def close(self) -> None:
        """Close it."""
        self._connection.close()

    def data_received(self, data: bytes) -> None:
        self.close()

    def connection_lost(self, exc: Exception | None) -> None:
        self.route.idle.pop(self, None)
        self.handler.connection_lost(exc)
        self.close()


class Lease:
    """A connection for one request: what aiohttp uses of a ``Connection``; given back, it goes to the pool."""

    __slots__ = ("_connector", "_kept", "_pool")

    def __init__(self, connector: BaseConnector, pool: Pool, kept: KeptConnection) -> None:
        self._connector = connector  # aiohttp asks it whether connections are kept
        self._pool = pool
        self._kept: KeptConnection | None = kept

    @property
    def protocol(self) -> ResponseHandler | None:
        return None if self._kept is None else self._kept.handler

    @property
    def transport(self) -> asyncio.Transport | None:
        return None if self._kept is None else self._kept.handler.transport

    def close(self) -> None:
        kept, self._kept = self._kept, None
        if kept is not None:
            kept.close()

    def release(self) -> None:
        kept, self._kept = self._kept, None
        if kept is not None:
            self._pool.put(kept)


def _has_unread(connection: socket.socket | None) -> Callable[[], bool]:
    """A function that says whether bytes or the end of a connection wait in its socket, unread by the event loop.

    Under TLS these are never a response: the tickets that a server sends unasked come before its first one.
    """
    if connection is None:
        return lambda: False
    number = connection.fileno()
    if sys.platform == "win32":  # has no poll(), and its select() takes sockets of any number
        return lambda: bool(select.select([number], [], [], 0)[0])
    poll = select.poll()
    poll.register(number, select.POLLIN)
    return lambda: bool(poll.poll(0))
