"""What the status of an execution means. No I/O: decisions only."""

from __future__ import annotations

from collections.abc import Mapping

from matillion_async._errors import ResponseDecodingError
from matillion_async._text import one_line

SUCCESS = "SUCCESS"
FAILED = frozenset({"FAILED", "FORBIDDEN", "FAILURE", "ERROR"})
"""Ends of an execution, or of a step, that went wrong; the last two are named by clients only."""
ENDED = FAILED | {SUCCESS, "CANCELLED", "SKIPPED"}
GOING_ON = frozenset({"QUEUED", "RUNNING", "CANCELLING"})
UNDER_WAY = GOING_ON | {"UNKNOWN"}
UNREADABLE = 5
"""So many responses in a row that cannot be read are put up with: a gateway may respond in place of the API, and an execution that was
only just started may not have a status yet."""


def has_ended(status: str, finished_at: object) -> bool:
    """Whether an execution is over: its status says so, or is not one that goes on, and there is a time at which it ended."""
    return status in ENDED or (status not in GOING_ON and status != "" and bool(finished_at))


def as_text(status: object) -> str:
    """A status in capitals, without white space around it; empty if there is none."""
    return str(status).strip().upper() if isinstance(status, str) else ""


def of_another(operation: str, execution_id: str) -> ResponseDecodingError:
    """A response that is about another execution than was asked for."""
    text = f"the response is about another execution: {one_line(repr(execution_id), 60)}"
    return ResponseDecodingError(text, status_code=200, body="", operation=operation)


def without_status(operation: str, fields: Mapping[str, object]) -> ResponseDecodingError:
    """A response without a status: the message has the names of what it has instead, and none of the values."""
    names = [one_line(repr(name), 40) for name, value in fields.items() if value != ""]
    more = f" and {len(names) - 20} more" if len(names) > 20 else ""
    text = f"the response has no status; it has {', '.join(names[:20]) or 'no fields at all'}{more}"
    return ResponseDecodingError(text, status_code=200, body="", operation=operation)
