"""Several observers as one: those of a client, and those that are installed for all clients of the process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from matillion_async._observing.observer import Observer


class Pair(NamedTuple):
    """What tells of the beginning and of the end of something: of one observer its own methods, so that they cost no more."""

    began: Callable[..., Any]
    """Takes what it is about, and gives the state."""
    ended: Callable[..., None]
    """Takes what it is about, the state, and the outcome."""


_installed: tuple[Observer, ...] = ()


def install(observer: Observer) -> None:
    """Have an observer told of all clients of this process, those that there are as well."""
    global _installed
    _installed = (*_installed, observer)


def uninstall(observer: Observer) -> None:
    """Tell it no more; what it saw begin, it sees end."""
    global _installed
    _installed = tuple(each for each in _installed if each is not observer)


class Composite(Observer):
    """An observer that is made of others, which are told in its place.

    Args:
        parts: told as members of :class:`Observers` are.
    """

    def __init__(self, parts: Sequence[Observer]) -> None:
        self.parts = tuple(parts)


class Observers:
    """Who is told of what; an observer that has nothing to say to an event is not asked.

    Args:
        members: told in this order of what begins, and in the other one of what ends.

    Attributes:
        calls, attempts, waits, renewals: whom to tell of them; None if nobody has a say in them.
        judged: methods that are told what follows after an attempt.
    """

    __slots__ = ("attempts", "calls", "judged", "renewals", "waits")

    def __init__(self, members: Sequence[Observer]) -> None:
        members = [part for each in members for part in _parts(each)]
        self.calls = _pair(members, "call")
        self.attempts = _pair(members, "attempt")
        self.waits = _pair(members, "wait")
        self.renewals = _pair(members, "renewal")
        self.judged = tuple(each.attempt_judged for each in members if _has(each, "attempt_judged"))


class ClientObservers:
    """Those of a client, and those that are installed, whenever that was.

    An installed observer is left out where the client has one of its class: it would be told twice.

    Args:
        own: those of the client.
    """

    __slots__ = ("_installed", "_now", "_own")

    def __init__(self, own: Sequence[Observer]) -> None:
        self._own = tuple(own)
        self._installed: tuple[Observer, ...] | None = None

    def now(self) -> Observers:
        """All who are to be told of what begins now."""
        if self._installed is not _installed:
            kinds = {type(each) for each in self._own}
            others = tuple(each for each in _installed if type(each) not in kinds)
            self._now = Observers((*self._own, *others))
            self._installed = _installed
        return self._now


def _parts(observer: Observer) -> tuple[Observer, ...]:
    return observer.parts if isinstance(observer, Composite) else (observer,)


def _pair(observers: Sequence[Observer], what: str) -> Pair | None:
    names = (f"{what}_began", f"{what}_ended")
    pairs = [
        Pair(*(getattr(each, name) for name in names))
        for each in observers
        if any(_has(each, name) for name in names)
    ]
    if len(pairs) > 1:
        return Pair(partial(_begin, pairs), _end)
    return pairs[0] if pairs else None


def _begin(pairs: Sequence[Pair], *about: Any) -> list[tuple[Pair, Any]]:
    """Tell several of a beginning."""
    begun: list[tuple[Pair, Any]] = []
    try:
        for pair in pairs:
            begun.append((pair, pair.began(*about)))
    except BaseException as error:
        _end(*about, begun, error)
        raise
    return begun


def _end(*given: Any) -> None:
    """Tell of an end all who were told of the beginning, in the other order; raises what the first of them raised."""
    *about, begun, outcome = given
    failure: BaseException | None = None
    for pair, state in reversed(begun):
        try:
            pair.ended(*about, state, outcome)
        except BaseException as error:  # noqa: BLE001 - the others need to know, and it is raised below
            failure = failure or error
    if failure is not None:
        raise failure


def _has(observer: Observer, name: str) -> bool:
    """Whether it has a method of its own, and not the empty one of the Protocol."""
    return getattr(type(observer), name, None) is not getattr(Observer, name)
