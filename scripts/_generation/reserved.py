"""Names that no method of the generated package can have."""

from __future__ import annotations

import re
from keyword import iskeyword

TYPES = {"str", "int", "float", "bool", "bytes", "dict", "datetime", "builtins"}
"""Used in the annotations of a group, where a method of that name would stand for them."""


def is_method_name(name: str) -> bool:
    """Whether a class of the generated package can have a method of that name."""
    return re.fullmatch("[a-z][a-z0-9_]*", name) is not None and not (
        iskeyword(name) or name in TYPES
    )
