"""What the sessions of a client share, and what they may differ in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypedDict, TypeVar

from matillion_async._arguments import check, check_hook, seconds_fault
from matillion_async._calls.reports import AttemptHook, AttemptLog
from matillion_async._calls.request import RequestBuilder
from matillion_async._calls.retry import Attempt, RetryPolicy
from matillion_async._calls.server_clock import ServerClock
from matillion_async._errors import ClientStateError, ConfigurationError, client_is_closed
from matillion_async._limits.limiter import Limiter
from matillion_async._limits.queue import Priority
from matillion_async._observing.observer import Observer
from matillion_async._observing.observers import ClientObservers
from matillion_async._tokens.token_cache import TokenCache
from matillion_async._transport.addresses import origin
from matillion_async._transport.values import Transport

T = TypeVar("T")

_LOG = AttemptLog()


class Connection:
    """What all sessions of a client share: its transport, token, limiter, and the event loop they live on."""

    def __init__(
        self,
        *,
        base_url: str,
        headers: dict[str, str],
        transport: Transport,
        tokens: TokenCache,
        limiter: Limiter,
    ) -> None:
        self.base_url = base_url
        self.origin = origin(base_url)
        self.server = (self.origin.host, self.origin.port)
        self.headers = headers
        self.requests = RequestBuilder(base_url, headers)
        self.transport = transport
        self.tokens = tokens
        self.limiter = limiter
        self.clock = ServerClock()
        self.reading = asyncio.Lock()
        """Held while a large response is read in slices: slices of several would follow each other without a pause."""
        self._shared: dict[type, Any] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = False

    def shared(self, kind: type[T]) -> T:
        """The one object of a class that all who use this connection share; made when it is first asked for.

        It is for what higher layers share, of which this one knows nothing.
        """
        found: T = self._shared.setdefault(kind, kind())
        return found

    @property
    def loop(self) -> asyncio.AbstractEventLoop | None:
        """The event loop that it belongs to; None before its first use."""
        return self._loop

    def enter_loop(self) -> asyncio.AbstractEventLoop:
        """The running event loop; the first one that is seen is the client's for good."""
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            if self._loop is not None:
                raise ClientStateError(
                    "this client belongs to another event loop: make one client per event loop"
                )
            self._loop = loop
        if self._closed:
            raise client_is_closed()
        return loop

    async def aclose(self) -> None:
        """Close what the client opened; calls that still wait fail."""
        if self._closed:
            return
        if self._loop is not None and self._loop is not asyncio.get_running_loop():
            if not self._loop.is_closed():
                raise ClientStateError("close a client on the event loop it was used on")
            self._closed = True
            try:
                await self.limiter.abandon()  # all that waited ended with the event loop
            finally:
                await self.transport.aclose()
            return
        self._closed = True
        self.limiter.close()
        try:
            await self.tokens.aclose()
        finally:
            try:
                await self.limiter.aclose()
            finally:
                await self.transport.aclose()


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What may differ from call to call."""

    timeout: float
    """Seconds for one attempt."""
    deadline: float | None
    """Seconds for a whole call, waiting included; None for no limit."""
    retry: RetryPolicy
    priority: Priority | None
    """Which calls get permits first; None for NORMAL, or BULK in a bulk."""
    on_attempt: Callable[[Attempt], None] | None
    observers: Sequence[Observer] = ()
    told: ClientObservers = field(init=False, repr=False, compare=False)
    """All who are told of calls: the log and the hook as well."""

    def __post_init__(self) -> None:
        observers = _checked(self.observers)
        hook = () if self.on_attempt is None else (AttemptHook(self.on_attempt),)
        object.__setattr__(self, "observers", observers)
        object.__setattr__(self, "told", ClientObservers((_LOG, *hook, *observers)))
        for name in ("timeout", "deadline"):
            fault = seconds_fault(getattr(self, name), or_none=name == "deadline")
            check(ConfigurationError, **{name: fault})
        if self.priority is not None and not isinstance(self.priority, Priority):
            names = ", ".join(f"Priority.{each.name}" for each in Priority)
            raise ConfigurationError(f"priority must be one of {names}, not {self.priority!r}")


_TOLD = [name for name in vars(Observer) if name.endswith(("_began", "_ended", "_judged"))]


def _checked(observers: Any) -> tuple[Observer, ...]:
    is_list = isinstance(observers, Iterable) and not isinstance(observers, str | bytes)
    listed: tuple[Any, ...] = tuple(observers) if is_list else (observers,)
    if is_list and all(
        isinstance(each, Observer) and not isinstance(each, type) for each in listed
    ):
        for each in listed:
            for name in _TOLD:
                check_hook(f"{type(each).__name__}.{name}", getattr(each, name))
        return listed
    given = ", ".join(type(each).__name__ for each in listed)
    raise ConfigurationError(
        f"observers must be objects of classes that are derived from Observer, in a list, not {given}"
    )


class CallOptions(TypedDict, total=False):
    """Arguments of :meth:`MatillionClient.with_options`."""

    timeout: float
    deadline: float | None
    retry: RetryPolicy | None
    priority: Priority | None
    on_attempt: Callable[[Attempt], None] | None
    observers: Sequence[Observer]
