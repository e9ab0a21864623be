"""What is not an operation, or not an item, of a bulk: refused before anything is sent for it."""

from __future__ import annotations

import inspect
from collections import deque
from collections.abc import AsyncIterable, Callable, Iterable
from typing import Any

from matillion_api.types import Page, not_text

from matillion_async._errors import InvalidRequestError

_EXAMPLE = "as in client.bulk(client.environments.list, project_ids)"
_AT_HAND = (list, tuple, set, frozenset, dict, deque, Page)
"""Items that are all there, so that each can be looked at in advance; others are made as they are taken."""


class ItemCheck:
    """Looks at the items of an operation.

    Args:
        operation: called with each item.
        items: any number of them.

    Raises:
        InvalidRequestError: they are not; coroutines that were given are closed, so that none is left which nobody awaits.
    """

    def __init__(self, operation: object, items: object) -> None:
        self._parameter = _text_parameter(operation)
        problem = _misuse(operation, items)
        at_hand = [*items] if isinstance(items, _AT_HAND) else []
        if problem is None:
            found = (self.problem(index, item) for index, item in enumerate(at_hand))
            problem = next(filter(None, found), None)
        if problem is not None:
            given = [*operation] if isinstance(operation, _AT_HAND) else [operation]
            _close(items, *given, *at_hand)
            raise InvalidRequestError(f"bulk: {problem}")

    def problem(self, index: int, item: object) -> str | None:
        """What is wrong with an item; None if nothing is."""
        if inspect.iscoroutine(item):
            return f"item {index} is a coroutine; give what it is made of, and the function, {_EXAMPLE}"
        if self._parameter is not None and not isinstance(item, str):
            return f"item {index}: {not_text(self._parameter, item)}"
        return None

    def check(self, index: int, item: object) -> None:
        """Refuse an item that was not there in advance.

        Raises:
            InvalidRequestError: it is not an item of the operation.
        """
        problem = self.problem(index, item)
        if problem is not None:
            _close(item)
            raise InvalidRequestError(f"bulk: {problem}")


def not_awaitable(index: int, given: object) -> InvalidRequestError:
    """The error for an operation that gives nothing to await."""
    hint = ": does it lack a return?" if given is None else ""
    kind = type(given).__name__
    text = f"bulk: the operation must return something that can be awaited, not {kind}, for item {index}"
    return InvalidRequestError(f"{text}{hint}")


def _misuse(operation: object, items: object) -> str | None:
    if not callable(operation):
        called = inspect.isawaitable(operation) or hasattr(operation, "__aiter__")
        hint = " (name it without calling it)" if called else ""
        kind = type(operation).__name__
        return f"the operation must be a function of one item, {_EXAMPLE}, not {kind}{hint}"
    if isinstance(items, str | bytes):  # type checkers take one for an iterable of items
        return "items must be an iterable of items, not a single string"
    if not isinstance(items, Iterable | AsyncIterable):
        hint = "; await it first" if inspect.isawaitable(items) else ""
        return f"items must be an iterable of items, {_EXAMPLE}, not {type(items).__name__}{hint}"
    try:
        inspect.signature(operation).bind(None)
    except TypeError as error:
        return f"the operation must take an item and nothing else, as lambda item: … does: {error}"
    except ValueError:  # of some built-in functions nobody knows the parameters
        pass
    return None


def _text_parameter(operation: Any) -> str | None:
    """The first parameter of a method of a client if it is a string; what functions of others take is theirs to say."""
    if not inspect.ismethod(operation) or not _is_ours(operation):
        return None
    first = next(iter(inspect.signature(operation).parameters.values()), None)
    return first.name if first is not None and first.annotation in (str, "str") else None


def _is_ours(operation: Callable[..., Any]) -> bool:
    return operation.__module__.partition(".")[0] in ("matillion_api", "matillion_async")


def _close(*given: object) -> None:
    for each in given:
        if inspect.iscoroutine(each) and inspect.getcoroutinestate(each) == inspect.CORO_CREATED:
            each.close()
