"""What handlers get and give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matillion_async.sandbox._state import State

_TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    409: "Conflict",
    410: "Gone",
    503: "Service Unavailable",
}


@dataclass(frozen=True, slots=True)
class ApiRequest:
    """A request that the spec has nothing against."""

    arguments: dict[str, Any]
    body: Any
    path: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer before it is sent."""

    status: int
    json: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    text: str | None = None
    is_problem: bool = False


Handler = Callable[["State", ApiRequest], Answer]
HANDLERS: dict[str, Handler] = {}
"""The handler of each operation, by operationId."""


def handles(operation_id: str) -> Callable[[Handler], Handler]:
    """Register the handler of an operation."""

    def register(handler: Handler) -> Handler:
        HANDLERS[operation_id] = handler
        return handler

    return register


def problem(status: int, detail: str, path: str, violations: list[str] | None = None) -> Answer:
    """Problem details (RFC 7807), in the API's own form."""
    title = _TITLES[status]
    body: dict[str, Any] = {
        "type": f"https://api.matillion.com/problems/{title.lower().replace(' ', '-')}",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": path,
    }
    if violations:
        body["violations"] = violations
    return Answer(status, body, is_problem=True)


def page_of(items: list[Any], request: ApiRequest) -> Answer:
    """One page of a listing; beyond the end it is empty, with the right total."""
    page, size = request.arguments["page"], request.arguments["size"]
    return Answer(
        200,
        {
            "page": page,
            "size": size,
            "total": len(items),
            "results": items[page * size : (page + 1) * size],
        },
    )
