"""What is wrong with a value, in sentences that repeat nothing that might be secret or long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from jsonschema.exceptions import ValidationError

from matillion_async._groups.quartz import quartz_problem

_SHOWN_VALUE = 80


def leaves(errors: Iterable[ValidationError]) -> Iterator[ValidationError]:
    """Errors with those inside of them, where a schema leaves a choice."""
    for error in errors:
        if error.context:
            yield from leaves(error.context)
        else:
            yield error


def spelled(error: ValidationError) -> str | None:
    """What a string that is not a value of an enum is in the case of the document; None if it is something else."""
    given: Any = error.instance
    allowed: Any = error.validator_value
    if error.validator not in ("enum", "const") or not isinstance(given, str):
        return None
    for value in allowed if error.validator == "enum" else [allowed]:
        if isinstance(value, str) and value.casefold() == given.casefold():
            return value
    return None


def sentence(error: ValidationError, name: str) -> str:
    """The error, beginning with where it is; ``name`` is what the value itself is called."""
    where = name
    for part in error.absolute_path:
        where += f"[{part}]" if isinstance(part, int) else f".{part}" if where else str(part)
    return f"{where}: {_reason(error)}" if where else _reason(error)


def _reason(error: ValidationError) -> str:
    """Why a value was refused, without repeating values that might be secret or long."""
    limit: Any = error.validator_value
    match error.validator:
        case "required":
            instance: Any = error.instance
            missing = [name for name in limit if name not in instance]
            return f"must have {', '.join(missing)}"
        case "type":
            return f"must be of type {limit if isinstance(limit, str) else ' or '.join(limit)}"
        case "enum":
            return f"must be one of {', '.join(map(str, limit))}"
        case "minimum" | "maximum":
            return f"must be {'at least' if error.validator == 'minimum' else 'at most'} {limit}"
        case "minLength":
            return "must not be blank" if limit == 1 else f"must have at least {limit} characters"
        case "maxLength":
            return f"must have at most {limit} characters"
        case "minItems" | "maxItems":
            word = "at least" if error.validator == "minItems" else "at most"
            return f"must have {word} {limit} item(s)"
        case "format" if limit == "quartz-cron":
            return f"must be a Quartz cron expression, but {quartz_problem(str(error.instance))}"
        case "format":
            return f"must be a valid {limit}"
        case "pattern":
            return f"must match {limit[:_SHOWN_VALUE]}"
        case _:
            return f"does not satisfy {error.validator}"
