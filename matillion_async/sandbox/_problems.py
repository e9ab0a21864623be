"""Problem details (RFC 7807), the form of every error response of the API itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

PROBLEM_JSON = "application/problem+json"
_TYPE_BASE = "https://api.matillion.com/problems/"


@dataclass(frozen=True, slots=True)
class Response:
    """A response of the sandbox: a status, a body to be sent as JSON (None for an empty one), headers."""

    status: int
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    media_type: str = "application/json"


class ProblemError(Exception):
    """Ends a request with problem details.

    Args:
        status: the HTTP status.
        detail: what happened this time, for a person to read.
        violations: one sentence for each field that was refused.
        headers: further headers of the response.
    """

    def __init__(
        self,
        status: int,
        detail: str,
        violations: Sequence[str] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.violations = tuple(violations)
        self.headers = dict(headers or {})

    def response(self, instance: str) -> Response:
        """The response to a request for the path ``instance``."""
        return problem(
            self.status, self.detail, instance, violations=self.violations, headers=self.headers
        )


def invalid_body(*violations: str) -> ProblemError:
    """The refusal of a request for its body; each violation is a field and what is wrong with it."""
    return ProblemError(400, "The request body is not valid.", violations)


def problem(
    status: int,
    detail: str,
    instance: str,
    *,
    violations: Sequence[str] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A response with problem details; ``violations`` is left out when there are none."""
    title = status_title(status)
    body: dict[str, Any] = {
        "type": _TYPE_BASE + title.lower().replace(" ", "-"),
        "title": title,
        "status": status,
        "detail": detail,
        "instance": instance,
    }
    if violations:
        body["violations"] = list(violations)
    return Response(status, body, dict(headers or {}), PROBLEM_JSON)


def status_title(status: int) -> str:
    """The standard phrase of a status, or ``Status 520`` for one that no standard knows."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return f"Status {status}"


def not_found(what: str) -> ProblemError:
    """404 for something that does not exist, such as ``project``."""
    return ProblemError(404, f"The {what} does not exist.")
