"""What is known of one call while it is under way."""

from __future__ import annotations

import asyncio
from contextvars import ContextVar

from matillion_async._details import Timing
from matillion_async._errors import DeadlineExceededError, MatillionError, is_of_the_caller
from matillion_async._limits.queue import Permit, Priority
from matillion_async._observing.observers import Observers

NOT_REPEATED = "it was not repeated: check whether it took effect"
"""What an error advises when the server may have acted on a request that is not idempotent."""


class Call:
    """One call: what it may do, its deadline, and what happened to it so far.

    Args:
        operation: what it is called in errors and logs.
        idempotent: whether it may be sent again when the outcome of the first request is unknown.
        method: of HTTP.
        path_template: the path without the values in it; None where the operation is not known.
        server: host and port that it goes to.
        observers: who is told of it.
    """

    __slots__ = (
        "attempts",
        "deadline",
        "idempotent",
        "loop",
        "may_arrive",
        "may_have_been_processed",
        "method",
        "observers",
        "operation",
        "path_template",
        "permit",
        "renewals",
        "server",
        "timing",
        "uncounted_attempts",
    )

    def __init__(
        self,
        operation: str,
        idempotent: bool,
        method: str,
        path_template: str | None,
        server: tuple[str, int | None],
        observers: Observers,
    ) -> None:
        self.operation = operation
        self.method = method
        self.path_template = path_template
        self.idempotent = idempotent
        self.server = server
        self.observers = observers
        self.deadline: float | None = None
        self.attempts = 0
        self.permit: Permit | None = None
        """That of the limiter for the present attempt, until the limiter is told how the request ended."""
        self.may_arrive = False
        """Whether the server may yet get the request of the present attempt."""
        self.timing = Timing()
        self.renewals = 0
        """How often a 401 made it go on with another token."""
        self.uncounted_attempts = 0
        """Attempts that got a 429, but were in flight when another call got the first one."""
        self.may_have_been_processed = False
        """Whether a request succeeded, or may yet have had effect."""

    def start(self, loop: asyncio.AbstractEventLoop, deadline: float | None) -> None:
        """Note the event loop, and the moment of the deadline on its clock."""
        self.loop = loop
        self.deadline = deadline

    @property
    def counted_attempts(self) -> int:
        """Those that count for ``max_attempts``, and for how long the back-off is."""
        return self.attempts - self.uncounted_attempts

    def now(self) -> float:
        """The time of the event loop, in seconds."""
        return self.loop.time()

    def describe(self, error: MatillionError) -> None:
        """Add to an error what an operator asks for."""
        error.operation = self.operation
        error.attempts = self.attempts
        error.timing = self.timing
        error.may_have_been_processed = self.may_have_been_processed
        is_late = isinstance(error, DeadlineExceededError)
        is_ours = not is_late and not is_of_the_caller(error)
        if self.may_have_been_processed and not self.idempotent and is_ours:
            error.advice.append(NOT_REPEATED)


class BulkScope:
    """What a bulk tells the calls made for one item, and learns from them.

    Args:
        priority: of the calls, where none was asked for.
        began: when the item was begun, on the event loop's clock: the deadline of its calls counts from then.
    """

    __slots__ = ("_calls", "began", "priority")

    def __init__(self, priority: Priority, began: float) -> None:
        self.priority = priority
        self.began = began
        self._calls: list[Call] = []

    def add(self, call: Call) -> None:
        """Note a call that is made for the item."""
        if not call.idempotent:
            self._calls.append(call)

    @property
    def is_unknown(self) -> bool:
        """Whether a request that must not be repeated took effect, or may have done so."""
        return any(call.may_have_been_processed for call in self._calls)


bulk_scope: ContextVar[BulkScope | None] = ContextVar("bulk_scope", default=None)
"""Set in the tasks of a bulk."""
