"""The base of all errors, and those of what happens beside calls and waits."""

from __future__ import annotations

from typing import Any, TypeVar

from matillion_async._details import Timing


class MatillionError(Exception):
    """The base of all errors of this package.

    Attributes:
        operation: the operation that failed, such as ``projects.list``; None outside a call.
        attempts: how many requests were sent for it.
        timing: where its seconds went; None outside a call.
        may_have_been_processed: True if the server may have acted on a request whose outcome is unknown.
        advice: what to do about it, and what else is known, each in a few words; ``str()`` gives them after the message.
    """

    _is_of_the_caller = False

    def __init__(self, message: str, *, operation: str | None = None) -> None:
        super().__init__(message)
        self.operation = operation
        self.attempts: int = 0
        self.timing: Timing | None = None
        self.may_have_been_processed: bool = False
        self.advice: list[str] = []

    @property
    def message(self) -> str:
        """What went wrong, in one line, without the operation and the advice; it never changes."""
        return str(self.args[0])

    @property
    def is_temporary(self) -> bool:
        """Whether the same call may well succeed later, although nobody has changed anything."""
        return False

    @property
    def explanation(self) -> str:
        """The message and the advice, in one line, without the operation."""
        return "; ".join([self.message, *self.advice])

    def __str__(self) -> str:
        return f"{self.operation}: {self.explanation}" if self.operation else self.explanation

    def __reduce__(self) -> tuple[Any, ...]:
        # Exception's own calls the class with the message alone, so that a pool of processes could not hand over
        # an error that needs more.
        return _restored, (type(self), self.args, vars(self) | {"advice": [*self.advice]})


class _OfTheCaller:
    """Around a function of the caller's: an error that it raises ends all that goes on, also one that would pass or be looked into.

    It may be of this package, such as the failure of another call that the function made, or the one that it was told of.
    """

    __slots__ = ()

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        if isinstance(error, MatillionError):
            error._is_of_the_caller = True


of_the_caller = _OfTheCaller()


def is_of_the_caller(error: MatillionError) -> bool:
    """Whether a function of the caller's raised it, and not what it was told of."""
    return error._is_of_the_caller


class ConfigurationError(MatillionError):
    """A setting is missing, unknown or unsafe; the message says which and where it was looked for."""


class InvalidRequestError(MatillionError):
    """An argument was refused before anything was sent."""


class ClientStateError(MatillionError):
    """The client was used after it was closed, or from another event loop than its own."""


def client_is_closed() -> ClientStateError:
    """What a call gets whose client is closed, wherever it learns of that."""
    return ClientStateError("this client is closed: make a new one")


class ResourceNameError(MatillionError):
    """Nothing has the name that was given in place of an id, or several things have it; the message lists what is near.

    Attributes:
        resource: what was looked for, such as ``project`` or ``agent``.
        name: what was given.
        candidates: ids and names of those that have the name, or of those whose name or id is near it.
    """

    def __init__(
        self,
        message: str,
        *,
        resource: str,
        name: str,
        candidates: tuple[tuple[str, str], ...] = (),
    ) -> None:
        super().__init__(message)
        self.resource = resource
        self.name = name
        self.candidates = candidates


class PagingError(MatillionError):
    """The server contradicted itself while a listing was walked, for instance by repeating a page token."""


ErrorT = TypeVar("ErrorT", bound=MatillionError)


def _restored(kind: type[ErrorT], args: tuple[Any, ...], state: dict[str, Any]) -> ErrorT:
    """An error as it was, but for its traceback and the errors behind it."""
    error = kind.__new__(kind)
    error.args = args
    vars(error).update(state)
    return error
