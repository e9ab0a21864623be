"""One operation over many items: nothing lost, nothing done twice, memory bounded."""

from __future__ import annotations

import asyncio
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    AsyncIterator,
    Callable,
    Generator,
    Iterable,
    Sized,
)
from contextlib import aclosing
from typing import Any, Generic, TypeVar

from matillion_async._arguments import check, count_fault, flag_fault, hook_fault
from matillion_async._bulk.mistakes import ItemCheck
from matillion_async._bulk.outcomes import BulkProgress, BulkResult, ItemUnfinished, Outcome
from matillion_async._bulk.workers import Source, Work, Workers
from matillion_async._errors import InvalidRequestError
from matillion_async._limits.queue import Priority

ItemT = TypeVar("ItemT")
ValueT = TypeVar("ValueT")

DEFAULT_IN_FLIGHT = 64


class Bulk(Generic[ItemT, ValueT]):
    """An operation over many items, not started yet; made by :meth:`MatillionClient.bulk`.

    ``async for outcome in bulk`` gives outcomes as they come; ``await bulk`` runs everything and gives a
    :class:`BulkResult`. It runs once. If it ends early, because the walk is left, the task is cancelled or the items
    cannot be produced, nothing is lost:

    - ``undelivered`` holds outcomes that were there and were not given out,
    - ``unfinished`` the items under way, of which those marked ``is_unknown`` may have taken effect,
    - ``remaining()`` gives what can be run again without harm: the other unfinished items, and those not begun.

    A walk that is left with ``break`` is over when ``remaining()`` or ``aclose()`` has been awaited.
    """

    def __init__(
        self,
        operation: Work[ItemT],
        items: Iterable[ItemT] | AsyncIterable[ItemT],
        *,
        priority: Priority,
        max_in_flight: int | None,
        ordered: bool,
        on_progress: Callable[[BulkProgress], None] | None,
        waiting: Callable[[], int] = int,
    ) -> None:
        in_flight = DEFAULT_IN_FLIGHT if max_in_flight is None else max_in_flight
        check(
            InvalidRequestError,
            "bulk: ",
            max_in_flight=count_fault(in_flight),
            ordered=flag_fault(ordered),
            on_progress=None if on_progress is None else hook_fault(on_progress),
        )
        item_check = ItemCheck(operation, items)
        self._operation = operation
        self._total = len(items) if isinstance(items, Sized) else None
        self._source = Source(items, item_check)
        self._priority = priority
        self._in_flight = in_flight
        self._ordered = ordered
        self._on_progress = on_progress
        self._waiting = waiting
        self._walked: AsyncGenerator[Outcome[ItemT, ValueT], None] | None = None
        self._done = self._failed = 0
        self._kept: list[Outcome[ItemT, ValueT]] = []
        self.unfinished: list[ItemUnfinished[ItemT]] = []
        """Items that were under way when it ended early; see their ``is_unknown``."""
        self.undelivered: list[Outcome[ItemT, ValueT]] = []
        """Outcomes that were there when it ended early, and were not given out."""

    def __await__(self) -> Generator[Any, None, BulkResult[ItemT, ValueT]]:
        return self._collect().__await__()

    def __aiter__(self) -> AsyncIterator[Outcome[ItemT, ValueT]]:
        if self._walked is not None:
            raise InvalidRequestError("bulk: it has run already; make a new one")
        self._walked = self._walk()
        return self._walked

    def result(self) -> BulkResult[ItemT, ValueT]:
        """What ``await`` gathered, also after it was cancelled."""
        return BulkResult(
            sorted([*self._kept, *self.undelivered], key=lambda outcome: outcome.index)
        )

    async def remaining(self) -> AsyncIterator[ItemT]:
        """After an early end: the items that were not done and can be run, the untouched ones included."""
        await self.aclose()
        for outcome in self.unfinished:
            if not outcome.is_unknown:
                yield outcome.item
        while (taken := await self._source.take()) is not None:
            yield taken[1]

    async def aclose(self) -> None:
        """End a walk that was left early: what is under way is cancelled and sorted into ``unfinished``."""
        if self._walked is not None:
            await self._walked.aclose()

    async def _collect(self) -> BulkResult[ItemT, ValueT]:
        async for outcome in self:
            self._kept.append(outcome)
        return self.result()

    async def _walk(self) -> AsyncGenerator[Outcome[ItemT, ValueT], None]:
        workers: Workers[ItemT, ValueT] = Workers(
            self._operation, self._source, self._in_flight, self._priority, self._waiting
        )
        started = asyncio.get_running_loop().time()
        outcomes = workers.in_order() if self._ordered else workers.as_they_come()
        in_hand: Outcome[ItemT, ValueT] | None = None
        try:
            async with aclosing(outcomes):
                async for in_hand in outcomes:
                    self._count(in_hand, started)
                    delivered, in_hand = in_hand, None
                    yield delivered
        finally:
            self.unfinished = workers.unfinished
            try:
                await workers.stop()
            finally:
                left = workers.left()
                self.undelivered = left if in_hand is None else [in_hand, *left]

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
