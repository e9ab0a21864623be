"""What a function of the user must be that is called and not awaited."""

from __future__ import annotations

from inspect import iscoroutinefunction

from matillion_async._errors import ConfigurationError


def hook_fault(given: object) -> str | None:
    """What is wrong with a function whose result nobody looks at; None if nothing is."""
    if not callable(given):
        return f"must be a function, not {type(given).__name__}"
    if iscoroutinefunction(given) or iscoroutinefunction(type(given).__call__):
        return "must be a plain function: one made by async def is called, but never awaited"
    return None


def check_hook(argument: str, given: object) -> None:
    """Raise unless it is None or a plain function."""
    if given is not None and (fault := hook_fault(given)):
        raise ConfigurationError(f"{argument} {fault}")
