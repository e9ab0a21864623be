"""Rows and their values as text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

Row = Mapping[str, Any]

_LINE_ENDS = {ord(end): f"\\u{ord(end):04x}" for end in "\u0085\u2028\u2029"}
"""What JSON allows in a string, and readers such as ``str.splitlines`` take for the end of a line."""


def cell(value: Any) -> str:
    """A value as text: nothing for null, JSON for what is not a string."""
    if value is None:
        return ""
    return value if isinstance(value, str) else as_json_text(value)


def as_json_text(value: Any) -> str:
    """A value as JSON in one line."""
    return json.dumps(value, ensure_ascii=False).translate(_LINE_ENDS)
