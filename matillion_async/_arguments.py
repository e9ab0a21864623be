"""What callers give for functions, numbers and booleans, or under a wrong name: what is wrong with it."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Mapping
from datetime import timedelta
from difflib import get_close_matches
from inspect import iscoroutinefunction
from typing import Any, TypeGuard

from matillion_async._errors import ConfigurationError, MatillionError


def check(error: type[MatillionError], where: str = "", /, **faults: str | None) -> None:
    """Raise for the first argument that has a fault.

    Args:
        error: the class of what is raised.
        where: what the arguments were given to, with a colon and a space.
        **faults: what is wrong, by the argument's name; None if nothing is.
    """
    for name, fault in faults.items():
        if fault is not None:
            raise error(f"{where}{name} {fault}")


def flag_fault(given: object, *, or_none: bool = False) -> str | None:
    """What is wrong with a boolean. Any other value would count as one or the other, such as ``"no"`` as True."""
    if isinstance(given, bool) or (or_none and given is None):
        return None
    return f"must be True{',' if or_none else ' or'} False{' or None' if or_none else ''}, not {given!r}"


def count_fault(given: object, least: int = 1, *, or_none: bool = False) -> str | None:
    """What is wrong with a number of things, of which there are ``least`` at least."""
    if or_none and given is None:
        return None
    if isinstance(given, int) and not isinstance(given, bool) and given >= least:
        return None
    return f"must be an integer, at least {least}, not {shown_number(given)}"


def seconds_fault(
    given: object,
    *,
    may_be_zero: bool = False,
    must_end: bool = False,
    or_none: bool = False,
) -> str | None:
    """What is wrong with a duration; ``must_end`` leaves out infinity."""
    if or_none and given is None:
        return None
    if is_number(given):
        is_enough = given >= 0 if may_be_zero else given > 0  # NaN is neither
        if is_enough and not (must_end and given == math.inf):
            return None
    bound = "0 or more" if may_be_zero else "more than 0"
    return f"must be a number of seconds, {bound}, not {shown_number(given)}"


def is_number(given: object) -> TypeGuard[int | float]:
    """Whether it is a number that a float can hold; neither True nor False is one."""
    if isinstance(given, int) and not isinstance(given, bool):
        return abs(given) <= sys.float_info.max
    return isinstance(given, float)


def shown_number(given: object) -> str:
    """What was given for a number, as a message shows it; of an integer beyond all floats the length, as Python writes none of 4,301 digits."""
    if isinstance(given, int) and not isinstance(given, bool) and not is_number(given):
        return f"an integer of {given.bit_length()} bits"
    return f"{given!r}{'; write its total_seconds()' if isinstance(given, timedelta) else ''}"


def text_fault(given: object, *, may_be_empty: bool = False, or_none: bool = False) -> str | None:
    """What is wrong with a string. It may be a secret, and nothing of it is shown."""
    if (or_none and given is None) or (isinstance(given, str) and (given or may_be_empty)):
        return None
    return f"must be a string, not {type(given).__name__ if given != '' else 'an empty one'}"


def strings(
    error: type[MatillionError], name: str, given: object, *, or_one: bool = False
) -> list[str]:
    """Strings that were given as an iterable of them; ``or_one`` takes a single one as well.

    Raises:
        MatillionError: of the class ``error``; it is neither. A single string would count as one for each character.
    """
    if or_one and isinstance(given, str):
        return [given]
    kind = "a single string" if isinstance(given, str) else type(given).__name__
    if isinstance(given, Iterable) and not isinstance(given, str | bytes):
        listed: list[Any] = [*given]
        wrong = [type(each).__name__ for each in listed if not isinstance(each, str)]
        if not wrong:
            return listed
        kind = f"of {wrong[0]}"
    form = "a string, or an iterable of strings" if or_one else "an iterable of strings"
    raise error(f"{name} must be {form}, not {kind}")


def hook_fault(given: object) -> str | None:
    """What is wrong with a function whose result nobody looks at; None if nothing is."""
    if not callable(given):
        return f"must be a function, not {type(given).__name__}"
    if iscoroutinefunction(given) or iscoroutinefunction(type(given).__call__):
        return "must be a plain function: one made by async def is called, but never awaited"
    return None


def check_hook(argument: str, given: object) -> None:
    """Raise unless it is None or a plain function."""
    if given is not None:
        check(ConfigurationError, **{argument: hook_fault(given)})


def misnamed(where: str, given: Mapping[str, object], known: Iterable[str]) -> str:
    """What is wrong with options of names that there are not; their values may be secrets, and are not repeated.

    Args:
        where: what they were given to.
        given: options by name; a dictionary is emptied, so that no traceback shows the values.
        known: the names that there are.
    """
    names = sorted(known)
    wrong = next(name for name in given if name not in names)
    if isinstance(given, dict):
        given.clear()
    near = get_close_matches(wrong, names, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"it has {', '.join(names)}"
    return f"{where} has no option {wrong!r}: {hint}"
