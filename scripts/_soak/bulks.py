"""Bulks as users run them: to the end, left early, cancelled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

from matillion_async import Bulk, Outcome
from scripts._soak.caller import Caller, differs
from scripts._soak.world import SYNTHETIC, created_id


class Bulks:
    """Runs bulks, and looks for items that were lost."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    async def reads(self) -> None:
        """Many GETs."""
        items = [f"{SYNTHETIC}{self._caller.marker()}" for _ in range(self._items())]
        get = self._caller.client.pipeline_executions.get
        await self._bulk(
            items,
            lambda item: get(self._caller.marker_of(item), item),
            lambda item, found: differs(item, found.pipeline_execution_id),
            is_write=False,
        )

    async def writes(self) -> None:
        """Many POSTs."""
        items = [self._caller.marker() for _ in range(self._items() // 4)]
        await self._bulk(
            items,
            lambda item: self._caller.created(self._caller.client, item),
            lambda item, made: differs(created_id(item), made.project_id),
            is_write=True,
        )

    async def _bulk(
        self,
        items: list[str],
        operation: Callable[[str], Awaitable[Any]],
        check: Callable[[str, Any], str | None],
        *,
        is_write: bool,
    ) -> None:
        kind = "bulk of writes" if is_write else "bulk of reads"
        for item in items if is_write else ():
            self._caller.witness.expect(item)
        bulk: Bulk[str, Any] = self._caller.client.bulk(
            operation,
            items,
            max_in_flight=self._caller.chance.choice((None, 5)),
            ordered=self._caller.chance.random() < 0.5,
        )
        given: list[Outcome[str, Any]] = []
        enough = self._caller.chance.choice((len(items), len(items), len(items) // 2))

        async def walked() -> None:
            async for outcome in bulk:
                given.append(outcome)
                if len(given) >= enough:
                    break

        await self._caller.oracle.call(
            kind,
            items[0],
            walked,
            lambda _: None,
            cancel_after=self._caller.often(0.2, self._caller.workload.longest_wait),
        )
        remaining = [item async for item in bulk.remaining()]
        outcomes = [*given, *bulk.undelivered]
        unknown = [outcome.item for outcome in bulk.unfinished if outcome.is_unknown]
        found = Counter([*(outcome.item for outcome in outcomes), *unknown, *remaining])
        if found != Counter(items):
            lost, twice = Counter(items) - found, found - Counter(items)
            self._caller.witness.breach(
                "a bulk lost an item, or had one twice",
                f"{kind}: lost {list(lost)[:3]}, too many {list(twice)[:3]}",
                next(iter(lost or twice), ""),
            )
        for outcome in outcomes:
            self._judge(kind, outcome, check, is_write)
        for item in remaining if is_write else ():
            self._caller.witness.denied(item, f"{kind}: among what remains")
        for item in items if is_write else ():
            self._caller.witness.ended(item)

    def _judge(
        self,
        kind: str,
        outcome: Outcome[str, Any],
        check: Callable[[str, Any], str | None],
        is_write: bool,
    ) -> None:
        if outcome.error is not None:
            self._caller.oracle.failed(f"{kind}, an item", outcome.item, outcome.error, is_write)
            if is_write and not outcome.is_unknown:
                self._caller.witness.denied(outcome.item, f"{kind}: an outcome that is not unknown")
            return
        wrong = check(outcome.item, outcome.value)
        if wrong is not None:
            self._caller.witness.breach(
                "a response that belongs to another call", f"{kind}: {wrong}", outcome.item
            )

    def _items(self) -> int:
        return self._caller.chance.randint(20, self._caller.workload.most_items)
