"""Transports and clients that break one rule each, for the oracle to find."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from typing import Any, ClassVar

import httpx

from matillion_async import APIConnectionError, Attempt, MatillionClient

EVERY = 20
"""A rule is broken by one request in so many."""


class Broken(httpx.AsyncBaseTransport):
    """A transport between the client and the server that does something wrong now and then.

    Args:
        inner: the server's door.
    """

    client: MatillionClient
    workload: ClassVar[dict[str, Any]] = {}
    """Of users who are sure to notice."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self.inner = inner
        self.max_connections = getattr(inner, "max_connections", None)
        self._seen = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/token"):
            return await self.inner.handle_async_request(request)
        self._seen += 1
        return await self.wrong(request, is_due=self._seen % EVERY == 0)

    async def wrong(self, request: httpx.Request, *, is_due: bool) -> httpx.Response:
        """Send a request; if it is due, break the rule."""
        raise NotImplementedError

    def undo(self) -> None:
        """Take back what outlives the soak."""


class SendsTwice(Broken):
    """Sends a POST twice."""

    async def wrong(self, request: httpx.Request, *, is_due: bool) -> httpx.Response:
        if request.method == "POST":
            await self.inner.handle_async_request(request)
        return await self.inner.handle_async_request(request)


class RepeatsAfterServerErrors(Broken):
    """Sends a POST again that was refused with 5xx."""

    async def wrong(self, request: httpx.Request, *, is_due: bool) -> httpx.Response:
        response = await self.inner.handle_async_request(request)
        if request.method == "POST" and response.status_code >= 500:
            return await self.inner.handle_async_request(request)
        return response


class Denies(Broken):
    """Says that nothing was sent where the response was lost."""

    async def wrong(self, request: httpx.Request, *, is_due: bool) -> httpx.Response:
        try:
            return await self.inner.handle_async_request(request)
        except httpx.TransportError:
            raise httpx.ConnectError("not sent") from None


class Swaps(Broken):
    """Gives a call the response of the one before it."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        super().__init__(inner)
        self._before: dict[str, bytes] = {}

    async def wrong(self, request: httpx.Request, *, is_due: bool) -> httpx.Response:
        response = await self.inner.handle_async_request(request)
        if response.status_code not in (200, 201):
            return response
        kind = f"{request.method} {request.url.path.rpartition('/')[2][:4]}"
        before, self._before[kind] = self._before.get(kind), response.content
        return httpx.Response(response.status_code, content=before or response.content)


class Hangs(Broken):
    """Never responds."""

    async def wrong(self, request: httpx.Request, *, is_due: bool) -> httpx.Response:
        if is_due:
            await asyncio.get_running_loop().create_future()
        return await self.inner.handle_async_request(request)


class LeaksSlots(Broken):
    """Takes a permit of the limiter and does not give it back."""

    async def wrong(self, request: httpx.Request, *, is_due: bool) -> httpx.Response:
        if is_due:
            self.client.limiter.try_acquire()
        return await self.inner.handle_async_request(request)


class Hammers(Broken):
    """Repeats what was refused by itself, so that nobody learns of it."""

    async def wrong(self, request: httpx.Request, *, is_due: bool) -> httpx.Response:
        while True:
            response = await self.inner.handle_async_request(request)
            if response.status_code != 429:
                return response


class SwallowsCancellations(Broken):
    """Takes a cancellation for a failure of the network."""

    workload: ClassVar[dict[str, Any]] = {"deadlines": 0.0, "cancels": 1.0}

    async def wrong(self, request: httpx.Request, *, is_due: bool) -> httpx.Response:
        try:
            if self._seen % 3 == 0:  # long enough to be cancelled meanwhile
                await asyncio.sleep(5)
            return await self.inner.handle_async_request(request)
        except asyncio.CancelledError:
            raise httpx.ReadError("swallowed") from None


class TakesItsTime(Broken):
    """Hangs often, and ends some time after it was told to."""

    workload: ClassVar[dict[str, Any]] = {"deadlines": 0.5, "cancels": 1.0}

    async def wrong(self, request: httpx.Request, *, is_due: bool) -> httpx.Response:
        try:
            if self._seen % 3 == 0:
                await asyncio.sleep(20)
            return await self.inner.handle_async_request(request)
        except asyncio.CancelledError:
            await asyncio.sleep(5)
            raise


class LeavesTasks(Broken):
    """Starts a task that nobody ends."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        super().__init__(inner)
        self._tasks: list[asyncio.Task[None]] = []

    async def wrong(self, request: httpx.Request, *, is_due: bool) -> httpx.Response:
        if is_due:
            self._tasks.append(asyncio.create_task(asyncio.sleep(1e9)))
        return await self.inner.handle_async_request(request)

    def undo(self) -> None:
        for task in self._tasks:
            task.cancel()


class LeavesFiles(Broken):
    """Opens a file and does not close it."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        super().__init__(inner)
        self._files: list[int] = []

    async def wrong(self, request: httpx.Request, *, is_due: bool) -> httpx.Response:
        if is_due:
            self._files.append(os.open(os.devnull, os.O_RDONLY))
        return await self.inner.handle_async_request(request)

    def undo(self) -> None:
        for file in self._files:
            os.close(file)


class TellsSecrets(Broken):
    """Quotes the token in what it raises, as an error that the client passes on as it is."""

    async def wrong(self, request: httpx.Request, *, is_due: bool) -> httpx.Response:
        if request.method == "POST" and is_due:
            raise APIConnectionError(request.headers["authorization"])
        return await self.inner.handle_async_request(request)


class Refuses(Broken):
    """Refuses with 401 whatever the token is."""

    async def wrong(self, request: httpx.Request, *, is_due: bool) -> httpx.Response:
        if request.method == "DELETE":
            return httpx.Response(401)
        return await self.inner.handle_async_request(request)


class Complains(Broken):
    """Lets a callback of the event loop fail."""

    async def wrong(self, request: httpx.Request, *, is_due: bool) -> httpx.Response:
        if is_due:
            asyncio.get_running_loop().call_soon(_fail)
        return await self.inner.handle_async_request(request)


class LosesItems(MatillionClient):
    """A client whose bulks leave out an item."""

    def bulk(self, operation: Any, items: Any, **options: Any) -> Any:
        return super().bulk(operation, list(items)[:-1], **options)


def told(limits: str) -> Callable[..., MatillionClient]:
    """A client that was told other limits than the server has."""

    def make(**options: Any) -> MatillionClient:
        changed: dict[str, Any] = {**options, "rate_limits": limits}
        return MatillionClient(**changed)

    return make


def patient(**options: Any) -> MatillionClient:
    """A client without a limit on the time of an attempt."""
    changed: dict[str, Any] = {**options, "timeout": 1e9}
    return MatillionClient(**changed)


def final(**options: Any) -> MatillionClient:
    """A client that repeats nothing."""
    return MatillionClient(**options, retry=None)


def foreign(**options: Any) -> MatillionClient:
    """A client that fails with an error that is not one of its own."""
    seen = 0

    def fail_now_and_then(_: Attempt) -> None:
        nonlocal seen
        seen += 1
        if seen % EVERY == 0:
            raise KeyError("foreign")

    return MatillionClient(**options, on_attempt=fail_now_and_then)


def _fail() -> None:
    raise ValueError("in a callback")
