"""Async Python SDK for Matillion's Data Productivity Cloud (Maia)."""

from matillion_api.types import UNSET, UnreadableRow, Unset

from matillion_async._bulk.bulk import Bulk
from matillion_async._bulk.outcomes import BulkProgress, BulkResult, Outcome
from matillion_async._calls.retry import Attempt, RetryPolicy
from matillion_async._client import MatillionClient
from matillion_async._details import Problem, Timing
from matillion_async._errors import (
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
from matillion_async._version import __version__

__all__ = [
    "UNSET",
    "APIConnectionError",
    "APITimeoutError",
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
    "UnauthorizedError",
    "UnreadableRow",
    "UnreadableRowsError",
    "Unset",
    "__version__",
]
