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


class RunStatus(str):
    """Where a run is, such as ``RUNNING``: a string in capitals that knows what it means; empty as long as it is not known.

    At most one of ``is_active``, ``succeeded`` and ``failed`` is true. None is of a status that this version does not know.
    """

    __slots__ = ()

    @property
    def is_active(self) -> bool:
        """Whether the run goes on: ``QUEUED``, ``RUNNING``, ``CANCELLING``, or ``UNKNOWN``, which says that nobody knows."""
        return self in UNDER_WAY

    @property
    def succeeded(self) -> bool:
        """Whether it ended with ``SUCCESS``."""
        return self == SUCCESS

    @property
    def failed(self) -> bool:
        """Whether it ended otherwise: ``FAILED``, ``CANCELLED``, ``SKIPPED``, ``FORBIDDEN``, ``FAILURE`` or ``ERROR``."""
        return self in ENDED and not self.succeeded


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
