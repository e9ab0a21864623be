"""Whether an answer names what was created."""

from __future__ import annotations

from typing import Any

import attrs
from matillion_api.types import Operation


def check_created(operation: Operation[Any], answer: object) -> None:
    """Refuse the answer to an operation that must not be repeated, if an id that it always has is missing.

    Without it nobody could find, use or delete what may have been created.

    Raises:
        ValueError: an id is null, empty or no text; the message does not repeat it.
    """
    model = type(answer)
    if operation.idempotent or not attrs.has(model):
        return
    for field in attrs.fields(model):
        is_id = field.name == "id" or field.name.endswith("_id")
        if is_id and field.default is attrs.NOTHING:
            value = getattr(answer, field.name)
            if not isinstance(value, str) or not value.strip():
                what = "null" if value is None else "empty" if value == "" else "no text"
                raise ValueError(f"its {field.name} is {what}")
