"""Async Python SDK for Matillion's Data Productivity Cloud (Maia).

Importing this package imports no other: a name is imported when it is first used, so that the command line answers at once.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from matillion_async._version import __version__

if TYPE_CHECKING:
    from matillion_api.types import UNSET, UnreadableRow, Unset

    from matillion_async._agent_tasks.agent_run import AgentRun
    from matillion_async._agent_tasks.watching import AgentUpdate
    from matillion_async._bulk.bulk import Bulk
    from matillion_async._bulk.outcomes import BulkProgress, BulkResult, Outcome
    from matillion_async._calls.retry import Attempt, RetryPolicy
    from matillion_async._client import MatillionClient
    from matillion_async._details import Problem, Timing
    from matillion_async._errors import (
        AgentTaskDecisionNeeded,
        AgentTaskFailed,
        AgentTaskTimeoutError,
        APIConnectionError,
        APITimeoutError,
        AuthenticationError,
        BadRequestError,
        ClientStateError,
        ConfigurationError,
        ConflictError,
        DeadlineExceededError,
        GoneError,
        InvalidRequestError,
        MatillionError,
        NotFoundError,
        PagingError,
        PermissionDeniedError,
        PipelineRunFailed,
        PipelineRunTimeoutError,
        ProjectNameError,
        RateLimitedError,
        ResponseDecodingError,
        ServerError,
        StatusError,
        TokenUnavailableError,
        UnauthorizedError,
        UnreadableRowsError,
    )
    from matillion_async._limits.limiter import LimiterStats, Priority
    from matillion_async._listings.paging import PagedListing
    from matillion_async._listings.windows import EventListing
    from matillion_async._runs.runs import Run, RunOutcome, RunUpdate
    from matillion_async._tokens.auth import Token, TokenSource
    from matillion_async._transport.transport import AiohttpTransport
    from matillion_async._transport.values import Request, Response, Transport

_HOMES = {
    "UNSET": "matillion_api.types",
    "UnreadableRow": "matillion_api.types",
    "Unset": "matillion_api.types",
    "AgentRun": "matillion_async._agent_tasks.agent_run",
    "AgentUpdate": "matillion_async._agent_tasks.watching",
    "Bulk": "matillion_async._bulk.bulk",
    "BulkProgress": "matillion_async._bulk.outcomes",
    "BulkResult": "matillion_async._bulk.outcomes",
    "Outcome": "matillion_async._bulk.outcomes",
    "Attempt": "matillion_async._calls.retry",
    "RetryPolicy": "matillion_async._calls.retry",
    "MatillionClient": "matillion_async._client",
    "Problem": "matillion_async._details",
    "Timing": "matillion_async._details",
    "AgentTaskDecisionNeeded": "matillion_async._errors",
    "AgentTaskFailed": "matillion_async._errors",
    "AgentTaskTimeoutError": "matillion_async._errors",
    "APIConnectionError": "matillion_async._errors",
    "APITimeoutError": "matillion_async._errors",
    "AuthenticationError": "matillion_async._errors",
    "BadRequestError": "matillion_async._errors",
    "ClientStateError": "matillion_async._errors",
    "ConfigurationError": "matillion_async._errors",
    "ConflictError": "matillion_async._errors",
    "DeadlineExceededError": "matillion_async._errors",
    "GoneError": "matillion_async._errors",
    "InvalidRequestError": "matillion_async._errors",
    "MatillionError": "matillion_async._errors",
    "NotFoundError": "matillion_async._errors",
    "PagingError": "matillion_async._errors",
    "PermissionDeniedError": "matillion_async._errors",
    "PipelineRunFailed": "matillion_async._errors",
    "PipelineRunTimeoutError": "matillion_async._errors",
    "ProjectNameError": "matillion_async._errors",
    "RateLimitedError": "matillion_async._errors",
    "ResponseDecodingError": "matillion_async._errors",
    "ServerError": "matillion_async._errors",
    "StatusError": "matillion_async._errors",
    "TokenUnavailableError": "matillion_async._errors",
    "UnauthorizedError": "matillion_async._errors",
    "UnreadableRowsError": "matillion_async._errors",
    "LimiterStats": "matillion_async._limits.limiter",
    "Priority": "matillion_async._limits.limiter",
    "PagedListing": "matillion_async._listings.paging",
    "EventListing": "matillion_async._listings.windows",
    "Run": "matillion_async._runs.runs",
    "RunOutcome": "matillion_async._runs.runs",
    "RunUpdate": "matillion_async._runs.runs",
    "Token": "matillion_async._tokens.auth",
    "TokenSource": "matillion_async._tokens.auth",
    "AiohttpTransport": "matillion_async._transport.transport",
    "Request": "matillion_async._transport.values",
    "Response": "matillion_async._transport.values",
    "Transport": "matillion_async._transport.values",
}
"""Where each public name is at home."""

__all__ = [
    "UNSET",
    "APIConnectionError",
    "APITimeoutError",
    "AgentRun",
    "AgentTaskDecisionNeeded",
    "AgentTaskFailed",
    "AgentTaskTimeoutError",
    "AgentUpdate",
    "AiohttpTransport",
    "Attempt",
    "AuthenticationError",
    "BadRequestError",
    "Bulk",
    "BulkProgress",
    "BulkResult",
    "ClientStateError",
    "ConfigurationError",
    "ConflictError",
    "DeadlineExceededError",
    "EventListing",
    "GoneError",
    "InvalidRequestError",
    "LimiterStats",
    "MatillionClient",
    "MatillionError",
    "NotFoundError",
    "Outcome",
    "PagedListing",
    "PagingError",
    "PermissionDeniedError",
    "PipelineRunFailed",
    "PipelineRunTimeoutError",
    "Priority",
    "Problem",
    "ProjectNameError",
    "RateLimitedError",
    "Request",
    "Response",
    "ResponseDecodingError",
    "RetryPolicy",
    "Run",
    "RunOutcome",
    "RunUpdate",
    "ServerError",
    "StatusError",
    "Timing",
    "Token",
    "TokenSource",
    "TokenUnavailableError",
    "Transport",
    "UnauthorizedError",
    "UnreadableRow",
    "UnreadableRowsError",
    "Unset",
    "__version__",
]


if not TYPE_CHECKING:  # else type checkers would take any name for one that is there

    def __getattr__(name: str) -> Any:
        home = _HOMES.get(name)
        if home is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(home), name)
        return value


def __dir__() -> list[str]:
    return __all__
