"""One operation over many items: nothing lost, nothing done twice, memory bounded."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    AsyncIterator,
    Awaitable,
    Callable,
    Generator,
    Iterable,
    Iterator,
    Sized,
)
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from matillion_async._call import BulkScope, bulk_scope
from matillion_async._errors import InvalidRequestError
from matillion_async._paging import PagedListing

ItemT = TypeVar("ItemT")
ValueT = TypeVar("ValueT")

DEFAULT_IN_FLIGHT = 64


@dataclass(frozen=True, slots=True)
class Outcome(Generic[ItemT, ValueT]):
    """What became of one item: a value, or an error.

    Attributes:
        index: position of the item, from 0.
        is_unknown: the request was sent, is not idempotent, and its answer was lost: look before you repeat it.
    """

    index: int
    item: ItemT
    value: ValueT | None = None
    error: Exception | None = None
    is_unknown: bool = False

    def unwrap(self) -> ValueT:
        """The value; raises the error instead if there is one."""
        if self.error is not None:
            raise self.error
        return self.value  # type: ignore[return-value]  # None only where the operation returns None


@dataclass(frozen=True, slots=True)
class BulkProgress:
    """How far a bulk is."""

    done: int
    """Items with an outcome, failed ones included."""
    failed: int
    total: int | None
    """Number of items, where it is known."""
    rate: float
    """Items per second since the start."""
    eta: float | None
    """Seconds left at that rate; None without a total."""


@dataclass(slots=True)
class BulkResult(Generic[ItemT, ValueT]):
    """All outcomes of a bulk, in the order of the items."""

    outcomes: list[Outcome[ItemT, ValueT]] = field(default_factory=list)

    @property
    def values(self) -> list[ValueT]:
        """The values of the items that succeeded."""
        return [outcome.unwrap() for outcome in self.outcomes if outcome.error is None]

    @property
    def errors(self) -> list[Exception]:
        """The errors of the items that failed."""
        return [outcome.error for outcome in self.outcomes if outcome.error is not None]

    @property
    def remaining(self) -> list[ItemT]:
        """The items that failed and can be run again without harm."""
        return [
            outcome.item
            for outcome in self.outcomes
            if outcome.error is not None and not outcome.is_unknown
        ]

    @property
    def unknown(self) -> list[ItemT]:
        """The items that may have taken effect although they failed: look before you repeat them."""
        return [outcome.item for outcome in self.outcomes if outcome.is_unknown]

    def raise_for_errors(self) -> None:
        """Raise an ExceptionGroup with the errors, if there are any."""
        errors = self.errors
        if errors:
            raise ExceptionGroup(f"{len(errors)} of {len(self.outcomes)} items failed", errors)


class Bulk(Generic[ItemT, ValueT]):
    """An operation over many items, not started yet; made by :meth:`MatillionClient.bulk`.

    ``async for outcome in bulk`` gives outcomes as they come; ``await bulk`` runs everything and gives a
    :class:`BulkResult`. It runs once. After a cancellation, or when the walk is left early, ``undelivered`` holds
    outcomes that were not given out, ``unfinished`` the items under way, and ``remaining()`` what can be run again.
    """

    def __init__(
        self,
        operation: Callable[[ItemT], Awaitable[Any] | PagedListing[Any, Any]],
        items: Iterable[ItemT] | AsyncIterable[ItemT],
        *,
        priority: Any,
        max_in_flight: int | None,
        ordered: bool,
        on_progress: Callable[[BulkProgress], None] | None,
    ) -> None:
        in_flight = DEFAULT_IN_FLIGHT if max_in_flight is None else max_in_flight
        if in_flight < 1:
            raise InvalidRequestError(f"bulk: max_in_flight must be at least 1, not {in_flight}")
        self._operation = operation
        self._total = len(items) if isinstance(items, Sized) else None
        self._source = _Source(items)
        self._priority = priority
        self._in_flight = in_flight
        self._ordered = ordered
        self._on_progress = on_progress
        self._started = False
        self._done = self._failed = 0
        self._kept: list[Outcome[ItemT, ValueT]] = []
        self.unfinished: list[Outcome[ItemT, ValueT]] = []
        """Items that were under way when the walk ended early; see ``Outcome.is_unknown``."""
        self.undelivered: list[Outcome[ItemT, ValueT]] = []
        """Outcomes that were there when the walk ended early, and were not given out."""

    def __await__(self) -> Generator[Any, None, BulkResult[ItemT, ValueT]]:
        return self._collect().__await__()

    def __aiter__(self) -> AsyncIterator[Outcome[ItemT, ValueT]]:
        return self._walk()

    def result(self) -> BulkResult[ItemT, ValueT]:
        """What ``await`` gathered, also after it was cancelled."""
        return BulkResult(
            sorted([*self._kept, *self.undelivered], key=lambda outcome: outcome.index)
        )

    async def remaining(self) -> AsyncIterator[ItemT]:
        """After an early end: the items that were not done and can be run, the untouched ones included."""
        for outcome in self.unfinished:
            if not outcome.is_unknown:
                yield outcome.item
        while (taken := await self._source.take()) is not None:
            yield taken[1]

    async def _collect(self) -> BulkResult[ItemT, ValueT]:
        async for outcome in self:
            self._kept.append(outcome)
        return self.result()

    async def _walk(self) -> AsyncIterator[Outcome[ItemT, ValueT]]:
        if self._started:
            raise InvalidRequestError("bulk: it has run already; make a new one")
        self._started = True
        run: _Run[ItemT, ValueT] = _Run(
            self._operation, self._source, self._in_flight, self._priority
        )
        started = asyncio.get_running_loop().time()
        outcomes = run.in_order() if self._ordered else run.as_they_come()
        try:
            async with aclosing(outcomes):
                async for outcome in outcomes:
                    self._count(outcome, started)
                    yield outcome
        finally:
            await run.stop()
            self.unfinished = run.unfinished
            self.undelivered = run.undelivered

    def _count(self, outcome: Outcome[ItemT, ValueT], started: float) -> None:
        self._done += 1
        self._failed += outcome.error is not None
        if self._on_progress is None:
            return
        seconds = asyncio.get_running_loop().time() - started
        rate = self._done / seconds if seconds > 0 else 0.0
        left = None if self._total is None else self._total - self._done
        self._on_progress(
            BulkProgress(
                done=self._done,
                failed=self._failed,
                total=self._total,
                rate=rate,
                eta=left / rate if left is not None and rate else None,
            )
        )


class _Source(Generic[ItemT]):
    """The items, taken one at a time with their index, by whoever is free."""

    def __init__(self, items: Iterable[ItemT] | AsyncIterable[ItemT]) -> None:
        self._items: Iterator[ItemT] | AsyncIterator[ItemT] = (
            aiter(items) if isinstance(items, AsyncIterable) else iter(items)
        )
        self._index = itertools.count()
        self._lock = asyncio.Lock()

    async def take(self) -> tuple[int, ItemT] | None:
        """The next item and its index; None when there are no more."""
        async with self._lock:
            try:
                if isinstance(self._items, AsyncIterator):
                    item = await anext(self._items)
                else:
                    item = next(self._items)
            except (StopIteration, StopAsyncIteration):
                return None
            return next(self._index), item


class _Run(Generic[ItemT, ValueT]):
    """Workers that take items and hand over outcomes; never more outcomes wait than twice the workers."""

    def __init__(
        self,
        operation: Callable[[ItemT], Awaitable[Any] | PagedListing[Any, Any]],
        source: _Source[ItemT],
        in_flight: int,
        priority: Any,
    ) -> None:
        self.unfinished: list[Outcome[ItemT, ValueT]] = []
        self.undelivered: list[Outcome[ItemT, ValueT]] = []
        self._early: dict[int, Outcome[ItemT, ValueT]] = {}
        self._operation = operation
        self._source = source
        self._priority = priority
        self._room = asyncio.Semaphore(2 * in_flight)
        self._outcomes: asyncio.Queue[Outcome[ItemT, ValueT] | None] = asyncio.Queue()
        self._failure: Exception | None = None
        self._workers = [asyncio.create_task(self._work()) for _ in range(in_flight)]
        self._at_work = in_flight

    async def as_they_come(self) -> AsyncGenerator[Outcome[ItemT, ValueT], None]:
        """Outcomes in the order of completion; then the error of the source, if it failed."""
        while (outcome := await self._outcomes.get()) is not None:
            self._room.release()
            yield outcome
        if self._failure is not None:
            raise self._failure

    async def in_order(self) -> AsyncGenerator[Outcome[ItemT, ValueT], None]:
        """Outcomes in the order of the items."""
        expected = 0
        while (outcome := await self._outcomes.get()) is not None:
            self._early[outcome.index] = outcome
            while expected in self._early:
                self._room.release()
                yield self._early.pop(expected)
                expected += 1
        if self._failure is not None:
            raise self._failure

    async def stop(self) -> None:
        """End the workers, and keep what nobody came to fetch."""
        for worker in self._workers:
            worker.cancel()
        await asyncio.gather(*self._workers, return_exceptions=True)
        self.undelivered = list(self._early.values())
        while not self._outcomes.empty():
            outcome = self._outcomes.get_nowait()
            if outcome is not None:
                self.undelivered.append(outcome)

    async def _work(self) -> None:
        try:
            while True:
                await self._room.acquire()
                taken = await self._source.take()
                if taken is None:
                    return
                self._outcomes.put_nowait(await self._outcome(*taken))
        except Exception as error:  # noqa: BLE001 - the caller's items; the walk raises it at its end
            self._failure = error
        finally:
            self._at_work -= 1
            if not self._at_work:
                self._outcomes.put_nowait(None)

    async def _outcome(self, index: int, item: ItemT) -> Outcome[ItemT, ValueT]:
        scope = BulkScope(self._priority)
        bulk_scope.set(scope)
        try:
            pending = self._operation(item)
            value: Any = await (pending.all() if isinstance(pending, PagedListing) else pending)
        except asyncio.CancelledError:
            self.unfinished.append(Outcome(index, item, is_unknown=scope.is_unknown))
            raise
        except Exception as error:  # noqa: BLE001 - one item's failure is that item's outcome
            return Outcome(index, item, error=error, is_unknown=scope.is_unknown)
        return Outcome(index, item, value=value)
