"""Waits for the end of something, told to observers."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from matillion_async._observing.observer import ObservedWait
from matillion_async._observing.observers import Observers, begin, end

P = ParamSpec("P")
T = TypeVar("T")


class Waitable(Protocol):
    """What can be waited for."""

    def _observed(self) -> tuple[Observers, ObservedWait]:
        """Who is told of a wait for it, and what."""
        ...


WaitableT = TypeVar("WaitableT", bound=Waitable)


def observed_wait(
    wait: Callable[Concatenate[WaitableT, P], Coroutine[Any, Any, T]],
) -> Callable[Concatenate[WaitableT, P], Coroutine[Any, Any, T]]:
    """Have observers told when a method that waits begins and ends; for the outermost one, since each is one wait.

    The status that they see is that of what it gives, or of the error that it raises.
    """

    @wraps(wait)
    async def told(self: WaitableT, /, *args: P.args, **kwargs: P.kwargs) -> T:
        observers, observed = self._observed()
        pairs = observers.now().waits
        if not pairs:
            return await wait(self, *args, **kwargs)
        begun = begin(pairs, observed)
        try:
            result = await wait(self, *args, **kwargs)
        except BaseException as error:
            observed.status = _status(error) or _status(getattr(error, "task", None))
            end(begun, observed, outcome=error)
            raise
        observed.status = _status(result)
        end(begun, observed, outcome=None)
        return result

    return told


def _status(known: object) -> str:
    """A status in capitals; empty if there is none."""
    status = getattr(known, "status", None)
    return str(status).upper() if isinstance(status, str) else ""
