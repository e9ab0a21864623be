"""What is said of a group, or an operation of one, that there is not."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any, TypeVar

from matillion_api.api import Resources

GroupT = TypeVar("GroupT")


class UnknownNameError(AttributeError):
    """There is no group, or no operation of a group, of the name that was asked for."""

    def __init__(self, message: str, name: str) -> None:
        # Of an object that is named the interpreter says once more, behind the message, what may have been meant.
        super().__init__(message, name=name, obj=None)


def knows_its_operations(name: str, made: Callable[[Any], GroupT]) -> Callable[[Any], GroupT]:
    """Makes a group that says which operations it has, where another one is asked for.

    Args:
        name: of the group.
        made: makes it.
    """

    @wraps(made)
    def group(resources: Any) -> GroupT:
        found = made(resources)
        cls: Any = type(found)
        if "__getattr__" not in vars(cls):

            def missing(self: object, operation: str) -> Any:
                raise _missing(f"client.{name}", "operation", operation, type(self))

            cls.__getattr__ = missing
        return found

    return group


def groups() -> list[str]:
    """The names of all groups of the generated package."""
    return [name for name, value in vars(Resources).items() if isinstance(value, cached_property)]


def _missing(where: str, what: str, asked: str, cls: type) -> UnknownNameError:
    return UnknownNameError(_told(where, what, asked, cls), asked)


def _told(where: str, what: str, asked: str, cls: type) -> str:
    if asked.startswith("_"):  # such as what copy and pickle look for
        return f"{cls.__name__!r} object has no attribute {asked!r}"
    names = [name for name in dir(cls) if not name.startswith("_")]
    near = get_close_matches(asked, names, n=1)
    listed = groups() if what == "group" else names
    hint = f"did you mean {near[0]!r}?" if near else f"it has {', '.join(listed)}"
    return f"{where} has no {what} {asked!r}: {hint}"


class TellingResources(Resources):
    """The generated groups, which say what there is where something is asked for that there is not."""

    if not TYPE_CHECKING:  # for which an unknown name must be a mistake

        def __getattr__(self, name: str) -> Any:
            if hasattr(type(self), name):  # its own error is what led here
                return object.__getattribute__(self, name)
            cls = type(self)
            raise _missing(cls.__name__, "group", name, cls)


for _name in groups():
    _group = cached_property(knows_its_operations(_name, vars(Resources)[_name].func))
    setattr(TellingResources, _name, _group)
    _group.__set_name__(TellingResources, _name)
