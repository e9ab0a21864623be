"""Several observers as one: those of a client, and those that are installed for all clients of the process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Self, TypeAlias

from matillion_async._observing.observer import Observer

Pair: TypeAlias = tuple[Callable[..., Any], Callable[..., None]]
"""The two methods of an observer that are told of the beginning and the end of something."""
Begun: TypeAlias = list[tuple[Callable[..., None], Any]]
"""Whom to tell of an end, each with what it gave at the beginning."""

_installed: tuple[Observer, ...] = ()


def install(observer: Observer) -> None:
    """Have an observer told of all clients of this process, those that there are as well."""
    global _installed
    _installed = (*_installed, observer)


def uninstall(observer: Observer) -> None:
    """Tell it no more; what it saw begin, it sees end."""
    global _installed
    _installed = tuple(each for each in _installed if each is not observer)


class Observers:
    """Who is told of what; an observer that has nothing to say to an event is not asked.

    An installed observer is left out where the client has one of its class: it would be told twice.

    Args:
        own: those of the client.

    Attributes:
        calls, attempts, waits, renewals: pairs of methods, of each observer that has a say in them.
        judged: methods that are told what follows after an attempt.
    """

    __slots__ = ("_installed", "_own", "attempts", "calls", "judged", "renewals", "waits")

    def __init__(self, own: Sequence[Observer]) -> None:
        self._own = tuple(own)
        self._sort()

    def now(self) -> Self:
        """With those that are installed now."""
        if self._installed is not _installed:
            self._sort()
        return self

    def _sort(self) -> None:
        self._installed = _installed
        kinds = {type(each) for each in self._own}
        told = (*self._own, *(each for each in self._installed if type(each) not in kinds))
        self.calls = _pairs(told, "call")
        self.attempts = _pairs(told, "attempt")
        self.waits = _pairs(told, "wait")
        self.renewals = _pairs(told, "renewal")
        self.judged = tuple(each.attempt_judged for each in told if _has(each, "attempt_judged"))


def begin(pairs: tuple[Pair, ...], *about: Any) -> Begun:
    """Tell of a beginning."""
    begun: Begun = []
    try:
        for began, ended in pairs:
            begun.append((ended, began(*about)))
    except BaseException as error:
        end(begun, *about, outcome=error)
        raise
    return begun


def end(begun: Begun, *about: Any, outcome: Any) -> None:
    """Tell of an end all who were told of the beginning, in the other order; raises what the first of them raised."""
    failure: BaseException | None = None
    for ended, state in reversed(begun):
        try:
            ended(*about, state, outcome)
        except BaseException as error:  # noqa: BLE001 - the others need to know, and it is raised below
            failure = failure or error
    if failure is not None:
        raise failure


def _pairs(observers: Sequence[Observer], what: str) -> tuple[Pair, ...]:
    names = (f"{what}_began", f"{what}_ended")
    return tuple(
        (getattr(each, names[0]), getattr(each, names[1]))
        for each in observers
        if any(_has(each, name) for name in names)
    )


def _has(observer: Observer, name: str) -> bool:
    """Whether it has a method of its own, and not the empty one of the Protocol."""
    return getattr(type(observer), name, None) is not getattr(Observer, name)
