"""The workers of a bulk: they take items as there is room, and hand over what became of each."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    AsyncIterator,
    Awaitable,
    Callable,
    Iterable,
    Iterator,
)
from contextvars import copy_context
from inspect import isawaitable
from typing import Any, Generic, TypeVar

from matillion_async._bulk.mistakes import ItemCheck, not_awaitable
from matillion_async._bulk.outcomes import ItemDone, ItemFailed, ItemUnfinished, Outcome
from matillion_async._calls.call import BulkScope, bulk_scope
from matillion_async._errors import MatillionError
from matillion_async._limits.queue import Priority
from matillion_async._listings.paging import PagedListing

ItemT = TypeVar("ItemT")
ValueT = TypeVar("ValueT")

_ALWAYS = 64
"""So many begin at once, and whatever calls wait for."""
_ENOUGH = 10_000
"""Calls that wait for the limiter: more of them get no permit for minutes, or even hours."""

Work = Callable[[ItemT], Awaitable[Any] | PagedListing[Any, Any]]


class Source(Generic[ItemT]):
    """The items, taken one at a time with their index, by whoever is free.

    Args:
        items: any number of them.
        check: refuses what is not an item.
    """

    def __init__(self, items: Iterable[ItemT] | AsyncIterable[ItemT], check: ItemCheck) -> None:
        self._check = check
        self._items: Iterator[ItemT] | AsyncIterator[ItemT] = (
            aiter(items) if isinstance(items, AsyncIterable) else iter(items)
        )
        self._index = itertools.count()
        self._lock = asyncio.Lock()
        self._next: asyncio.Task[ItemT] | None = None
        self._context = (
            copy_context()
        )  # the items are made in their owner's, not in that of another item

    async def take(self) -> tuple[int, ItemT] | None:
        """The next item and its index; None when there are no more. A cancelled call takes nothing."""
        async with self._lock:
            try:
                if isinstance(self._items, AsyncIterator):
                    item = await self._step(self._items)
                else:
                    item = next(self._items)
            except (StopIteration, StopAsyncIteration):
                return None
            index = next(self._index)
            self._check.check(index, item)
            return index, item

    async def _step(self, items: AsyncIterator[ItemT]) -> ItemT:
        # A task of its own: the cancellation of whoever waits would end an async generator for good.
        if self._next is None:
            self._next = asyncio.create_task(_anext(items), context=self._context)
            self._next.add_done_callback(_retrieve)
        await asyncio.wait([self._next])
        step, self._next = self._next, None
        if (
            step.cancelled()
        ):  # raised again it would end the worker, and the bulk as if there were no more items
            raise MatillionError(
                "bulk: what the items awaited was cancelled, though nobody cancelled the bulk"
            )
        return step.result()


class Workers(Generic[ItemT, ValueT]):
    """Tasks that take items and hand over outcomes; never more outcomes wait than twice the workers.

    Beyond the first few there are as many as have something to do: whoever takes an item while all others
    have one begins the next, unless so many calls wait for the limiter that one more would only wait as well.

    Args:
        work: called with each item.
        source: where the items come from.
        count: how many tasks at most.
        priority: of the calls that they make.
        waiting: how many calls wait for the limiter.
    """

    def __init__(
        self,
        work: Work[ItemT],
        source: Source[ItemT],
        count: int,
        priority: Priority,
        waiting: Callable[[], int],
    ) -> None:
        self.unfinished: list[ItemUnfinished[ItemT]] = []
        """Items that were under way when the workers were stopped."""
        self._work = work
        self._source = source
        self._priority = priority
        self._count = count
        self._waiting = waiting
        self._room = asyncio.Semaphore(0)
        self._outcomes: asyncio.Queue[Outcome[ItemT, ValueT] | None] = asyncio.Queue()
        self._early: dict[int, Outcome[ItemT, ValueT]] = {}
        self._failure: Exception | None = None
        self._stopped = False
        self._at_work = self._busy = 0
        self._tasks: list[asyncio.Task[None]] = []
        self._context = copy_context()  # that of whoever began, and not of an item
        for _ in range(min(count, _ALWAYS)):
            self._begin()

    async def as_they_come(self) -> AsyncGenerator[Outcome[ItemT, ValueT], None]:
        """Outcomes in the order of completion; then the error of the source, if it failed."""
        while (outcome := await self._outcomes.get()) is not None:
            self._room.release()
            yield outcome
        if self._failure is not None:
            raise self._failure

    async def in_order(self) -> AsyncGenerator[Outcome[ItemT, ValueT], None]:
        """Outcomes in the order of the items; then the error of the source, if it failed."""
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
        """End the workers; a cancellation ends the wait for them, and leaves them their time to end."""
        self._stopped = True
        for task in self._tasks:
            task.cancel()
        await asyncio.wait(self._tasks)

    def left(self) -> list[Outcome[ItemT, ValueT]]:
        """The outcomes that nobody came to fetch."""
        found = list(self._early.values())
        while not self._outcomes.empty():
            outcome = self._outcomes.get_nowait()
            if outcome is not None:
                found.append(outcome)
        return found

    def _begin(self) -> None:
        self._at_work += 1
        for _ in range(2):
            self._room.release()
        self._tasks.append(asyncio.create_task(self._run(), context=self._context.copy()))

    def _begin_next(self) -> None:
        is_wanted = self._busy == self._at_work < self._count and not self._stopped
        if is_wanted and self._waiting() < _ENOUGH:
            self._begin()

    async def _run(self) -> None:
        try:
            while self._failure is None and not self._stopped:
                await self._room.acquire()
                taken = await self._source.take()
                if taken is None:
                    return
                self._busy += 1
                self._begin_next()
                outcome: Outcome[ItemT, ValueT] = await self._outcome(*taken)
                self._busy -= 1
                self._outcomes.put_nowait(outcome)
        except Exception as error:  # noqa: BLE001 - the caller's items; the walk raises it at its end
            self._failure = self._failure or error
        finally:
            self._at_work -= 1
            if not self._at_work:
                self._outcomes.put_nowait(None)

    async def _outcome(self, index: int, item: ItemT) -> Outcome[ItemT, ValueT]:
        scope = BulkScope(self._priority, asyncio.get_running_loop().time())
        bulk_scope.set(scope)
        try:
            pending: Any = self._work(item)
            if isinstance(pending, PagedListing):
                pending = pending.all()
            gives_nothing = not isawaitable(pending)
            value = pending if gives_nothing else await pending
        except asyncio.CancelledError:
            worker = asyncio.current_task()
            if worker is not None and worker.cancelling():
                self.unfinished.append(ItemUnfinished(index, item, scope.is_unknown))
                raise
        except Exception as error:  # noqa: BLE001 - one item's failure is that item's outcome
            return ItemFailed(index, item, error, scope.is_unknown)
        else:
            if gives_nothing:  # for any item, so there is no use in going on
                self.unfinished.append(ItemUnfinished(index, item, scope.is_unknown))
                raise not_awaitable(index, value)
            return ItemDone(index, item, value)
        # Something that it awaited: a worker that ended by it would take its item, and all that are to come, along.
        cancelled = MatillionError(
            "what it awaited was cancelled, though nobody cancelled the bulk"
        )
        return ItemFailed(index, item, cancelled, scope.is_unknown)


async def _anext(items: AsyncIterator[ItemT]) -> ItemT:
    return await anext(items)


def _retrieve(step: asyncio.Task[Any]) -> None:
    """Mark the exception as retrieved, so that asyncio does not log it."""
    if not step.cancelled():
        step.exception()
