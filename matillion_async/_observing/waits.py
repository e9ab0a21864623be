"""Waits for the end of something, told to observers."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from matillion_async._observing.observer import ObservedWait
from matillion_async._observing.observers import ClientObservers

P = ParamSpec("P")
T = TypeVar("T")


class Waitable(Protocol):
    """What can be waited for."""

    def _observed(self) -> tuple[ClientObservers, ObservedWait]:
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
    async def observing(self: WaitableT, /, *args: P.args, **kwargs: P.kwargs) -> T:
        observers, observed = self._observed()
        told = observers.now().waits
        if told is None:
            return await wait(self, *args, **kwargs)
        state = told.began(observed)
        try:
            result = await wait(self, *args, **kwargs)
        except BaseException as error:
            observed.status = _status(error) or _status(getattr(error, "task", None))
            told.ended(observed, state, error)
            raise
        observed.status = _status(result)
        told.ended(observed, state, None)
        return result

    return observing


def _status(known: object) -> str:
    """A status in capitals; empty if there is none."""
    status = getattr(known, "status", None)
    return str(status).upper() if isinstance(status, str) else ""
