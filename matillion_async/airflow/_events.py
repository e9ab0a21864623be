"""What a trigger tells the task that it wakes up: plain values, which any version of Airflow keeps as they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matillion_async.airflow._names import AirflowException, AirflowTaskTimeout

ENDED, FAILED, TIMED_OUT = "ended", "failed", "timed out"


def ended(job: Mapping[str, str], status: str) -> dict[str, Any]:
    """The job did what it was to do."""
    return {"outcome": ENDED, "status": status, **job}


def failed(job: Mapping[str, str], status: str, message: str) -> dict[str, Any]:
    """The job ended otherwise, or cannot be asked for; then there is no status."""
    return {"outcome": FAILED, "status": status, "message": message, **job}


def timed_out(job: Mapping[str, str], message: str) -> dict[str, Any]:
    """The job took too long."""
    return {"outcome": TIMED_OUT, "message": message, **job}


def check(event: Any) -> Mapping[str, Any]:
    """The event of a job that ended well.

    Raises:
        AirflowTaskTimeout: it took too long.
        AirflowException: it ended otherwise, or the event is of no known kind.
    """
    outcome = event.get("outcome") if isinstance(event, Mapping) else None
    if outcome == ENDED:
        found: Mapping[str, Any] = event
        return found
    if outcome == FAILED:
        raise AirflowException(event.get("message"))
    if outcome == TIMED_OUT:
        raise AirflowTaskTimeout(event.get("message"))
    raise AirflowException(f"the trigger fired an event that is not one of its own: {event!r}")
