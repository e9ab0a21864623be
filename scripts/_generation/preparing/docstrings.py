"""What the docstring of an operation says of it."""

from __future__ import annotations

import re
from typing import Any

_ENDS = (".", "!", "?", ":", "…")
_PARAGRAPH = re.compile(r"\n(?=\s*(?:\n|[-*+#>|]))")
"""Where the first paragraph of Markdown ends: at an empty line, or at a list, a heading, a quotation or a table."""


def docstring_of(operation: dict[str, Any], request: str) -> tuple[str, str]:
    """The first sentence of a docstring, and what is below it.

    Without a summary it is the first paragraph of the description, or else method and path.
    """
    summary, description = (_text(operation.get(key)) for key in ("summary", "description"))
    if not summary:
        summary, *rest = _PARAGRAPH.split(description, maxsplit=1)
        description = "".join(rest).strip()
    summary = " ".join(summary.split()) or request
    if not summary.endswith(_ENDS):
        summary += "."
    return summary, "" if description in (summary, summary[:-1]) else description


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
