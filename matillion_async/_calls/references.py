"""Whether a response has the id of what was created."""

from __future__ import annotations

from typing import Any

import attrs
from matillion_api.types import Operation


def check_created(operation: Operation[Any], created: object) -> None:
    """Refuse the parsed response to an operation that must not be repeated, if an id that it always has is missing.

    Without it nobody could find, use or delete what may have been created.

    Raises:
        ValueError: an id that is text is null, empty or something else; the message does not repeat it.
    """
    model = type(created)
    if operation.idempotent or not attrs.has(model):
        return
    for field in attrs.fields(model):
        is_id = field.name == "id" or field.name.endswith("_id")
        # Of other files than ours, some have numbers for ids, or ids that may be null.
        if is_id and field.type in (str, "str") and field.default is attrs.NOTHING:
            value = getattr(created, field.name)
            if not isinstance(value, str) or not value.strip():
                what = "null" if value is None else "empty" if value == "" else "not a string"
                raise ValueError(f"its {field.name} is {what}")
