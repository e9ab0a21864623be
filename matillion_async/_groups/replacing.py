"""Replacing what was read: what is not given stays as it is, also what this package does not know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from matillion_api.types import Unset

from matillion_async._errors import InvalidRequestError


class Readable(Protocol):
    """A model."""

    def to_dict(self) -> dict[str, Any]: ...


def replacement(
    operation: str,
    present: Readable | Mapping[str, Any] | None,
    given: Mapping[str, Any],
    *,
    needed: Sequence[str],
    in_the_path: Sequence[str] = (),
) -> dict[str, Any]:
    """The body of a request that replaces something.

    Args:
        operation: its name on the client, for errors.
        present: what was read; None to send only what is given.
        given: values by the API's names of the fields, in place of those that were read.
        needed: fields without which the API accepts none.
        in_the_path: fields of what was read that the URL has, and the body must not.

    Raises:
        InvalidRequestError: a field is missing that is needed, or what was read is not an object.
    """
    body = {} if present is None else _plain(present)
    if not isinstance(body, dict):
        text = f"a model or a mapping is needed as it was read, not {type(present).__name__}"
        raise InvalidRequestError(text, operation=operation)
    body = {name: value for name, value in body.items() if name not in in_the_path}
    body.update(
        {name: _plain(value) for name, value in given.items() if not isinstance(value, Unset)}
    )
    missing = [name for name in needed if body.get(name) is None]
    if missing:
        text = f"{', '.join(missing)} must be given, or be in what was read before"
        raise InvalidRequestError(text, operation=operation)
    return body


def _plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.to_dict() if hasattr(value, "to_dict") else value
