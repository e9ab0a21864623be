"""Judges how each call ends."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from matillion_async import DeadlineExceededError, MatillionError, UnauthorizedError
from scripts._soak.witness import Witness

T = TypeVar("T")


@dataclass(eq=False, slots=True)
class _Open:
    """A call that has not ended."""

    kind: str
    marker: str
    began: float
    revocations: int


class Oracle:
    """Lets users call, and holds each end against the rules.

    Args:
        witness: who knows what the server saw.
        secrets: texts that no error may hold.
        lateness: seconds that a call may take beyond its deadline, and a cancellation to take effect.
    """

    def __init__(self, witness: Witness, secrets: tuple[str, ...], lateness: float) -> None:
        self._witness = witness
        self._secrets = secrets
        self._lateness = lateness
        self._open: set[_Open] = set()
        self.ends: Counter[tuple[str, str]] = Counter()
        """Ended calls by kind and end."""

    async def call(
        self,
        kind: str,
        marker: str,
        work: Callable[[], Awaitable[T]],
        check: Callable[[T], str | None],
        *,
        is_write: bool = False,
        cancel_after: float | None = None,
        deadline: float | None = None,
        check_error: Callable[[MatillionError], str | None] = lambda error: None,
    ) -> T | None:
        """Carry out a call, and judge its end.

        Args:
            kind: what is done.
            marker: what tells the call from all others.
            work: the call.
            check: what is wrong with a value, or None.
            is_write: whether the witness follows it.
            cancel_after: seconds after which the caller cancels it.
            deadline: seconds that it may take.
            check_error: what is wrong with an error, or None.

        Returns:
            The value; None if there is none.
        """
        loop = asyncio.get_running_loop()
        call = _Open(kind, marker, loop.time(), self._witness.revocations)
        self._open.add(call)
        if is_write:
            self._witness.expect(marker)
        self._witness.event(marker, f"caller: {kind}")
        task = asyncio.ensure_future(_awaited(work))
        cancelled_at = None
        try:
            await asyncio.wait([task], timeout=cancel_after)
            if not task.done():
                cancelled_at = loop.time()
                self._witness.event(marker, f"caller: {kind} cancelled")
                task.cancel()
                await asyncio.wait([task])
        except asyncio.CancelledError:  # the soak gives the call up
            task.cancel()
            raise
        self._open.discard(call)
        end = self._judged(call, task, cancelled_at, is_write, check, check_error)
        if cancelled_at is not None and loop.time() - cancelled_at > self._lateness:
            self._breach(
                "a cancellation took its time", call, f"{loop.time() - cancelled_at:.1f} s"
            )
        late = 0.0 if deadline is None else loop.time() - call.began - deadline
        if late > self._lateness:
            self._breach("a deadline was not kept", call, f"{late:.1f} s late, of {deadline:.1f} s")
        if is_write:
            self._witness.ended(marker)
        self.ends[kind, end] += 1
        self._witness.event(marker, f"caller: {kind} ended: {end}")
        return task.result() if end == "value" else None

    def failed(self, kind: str, marker: str, error: BaseException | None, is_write: bool) -> None:
        """Judge an error, also one that came in an outcome."""
        if not isinstance(error, MatillionError):
            name = type(error).__name__
            self._witness.breach("an error of a foreign type", f"{kind}: {name}: {error}", marker)
            return
        text = f"{error} {error!r}"
        if any(secret in text for secret in self._secrets):
            self._witness.breach("a secret in an error", kind, marker)
        if is_write and error.may_have_been_processed:
            self._witness.doubted(marker)
        elif is_write:
            self._witness.denied(marker, f"{kind}: {type(error).__name__}: {error.message}")

    def check_nothing_open(self, limit: float) -> None:
        """Note the calls that did not end although the server was well for long enough."""
        for call in self._open:
            self._breach("a call never ended", call, f"not within {limit:g} s of calm")
        self._open.clear()

    def _judged(
        self,
        call: _Open,
        task: asyncio.Future[T],
        cancelled_at: float | None,
        is_write: bool,
        check: Callable[[T], str | None],
        check_error: Callable[[MatillionError], str | None],
    ) -> str:
        """How it ended, in a word."""
        if task.cancelled():
            if cancelled_at is None:
                self._breach("cancelled, though nobody did", call, "CancelledError")
            return "cancelled"
        if cancelled_at is not None:
            self._breach("a cancellation was swallowed", call, repr(task.exception()))
        error = task.exception()
        if error is None:
            wrong = check(task.result())
            if wrong is not None:
                self._breach("a response that belongs to another call", call, wrong)
            return "value"
        self.failed(call.kind, call.marker, error, is_write)
        if isinstance(error, UnauthorizedError) and call.revocations == self._witness.revocations:
            self._breach("a call failed with 401 though new tokens worked", call, error.message)
        if isinstance(error, MatillionError):
            wrong = check_error(error)
            if wrong is not None:
                self._breach("an error that is not true", call, wrong)
        return "deadline" if isinstance(error, DeadlineExceededError) else "error"

    def _breach(self, rule: str, call: _Open, detail: str) -> None:
        self._witness.breach(
            rule, f"{call.kind}, marker {call.marker or '-'}: {detail}", call.marker
        )


async def _awaited(work: Callable[[], Awaitable[T]]) -> T:
    return await work()
