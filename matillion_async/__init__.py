"""Async Python SDK for Matillion's Data Productivity Cloud (Maia): all that users import, and the models in ``models``.

Importing this package imports no other: a name is imported when it is first used, so that the command line starts at once.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from matillion_async._version import __version__ as __version__

# The names a second time, for type checkers: they follow no list that is made as the program runs. Each is given
# out by its "as", which ruff would put on a line of its own with the name of the module.
# isort: off
if TYPE_CHECKING:
    from matillion_api.types import (
        UNSET as UNSET,
        File as File,
        Listing as Listing,
        UnreadableRow as UnreadableRow,
        Unset as Unset,
    )

    from matillion_async import models as models
    from matillion_async._agent_tasks.agent_run import AgentRun as AgentRun
    from matillion_async._agent_tasks.updates import (
        AgentUpdate as AgentUpdate,
        OnDecision as OnDecision,
    )
    from matillion_async._bulk.bulk import Bulk as Bulk
    from matillion_async._bulk.outcomes import (
        BulkProgress as BulkProgress,
        BulkResult as BulkResult,
        ItemDone as ItemDone,
        ItemFailed as ItemFailed,
        ItemUnfinished as ItemUnfinished,
        Outcome as Outcome,
    )
    from matillion_async._calls.connection import CallOptions as CallOptions
    from matillion_async._calls.raw import RawResponse as RawResponse
    from matillion_async._calls.retry import Attempt as Attempt, RetryPolicy as RetryPolicy
    from matillion_async._client import MatillionClient as MatillionClient
    from matillion_async._details import Problem as Problem, Timing as Timing
    from matillion_async._errors import (
        AgentTaskDecisionNeeded as AgentTaskDecisionNeeded,
        AgentTaskFailed as AgentTaskFailed,
        AgentTaskTimeoutError as AgentTaskTimeoutError,
        APIConnectionError as APIConnectionError,
        APITimeoutError as APITimeoutError,
        AuthenticationError as AuthenticationError,
        BadRequestError as BadRequestError,
        ClientStateError as ClientStateError,
        ConfigurationError as ConfigurationError,
        ConflictError as ConflictError,
        DeadlineExceededError as DeadlineExceededError,
        GoneError as GoneError,
        InvalidRequestError as InvalidRequestError,
        MatillionError as MatillionError,
        NotFoundError as NotFoundError,
        PagingError as PagingError,
        PermissionDeniedError as PermissionDeniedError,
        PipelineRunFailed as PipelineRunFailed,
        PipelineRunTimeoutError as PipelineRunTimeoutError,
        RateLimitedError as RateLimitedError,
        ResourceNameError as ResourceNameError,
        ResponseDecodingError as ResponseDecodingError,
        ServerError as ServerError,
        StatusError as StatusError,
        TokenUnavailableError as TokenUnavailableError,
        UnauthorizedError as UnauthorizedError,
        UnreadableRowsError as UnreadableRowsError,
    )
    from matillion_async._limits.limiter import Limiter as Limiter
    from matillion_async._limits.queue import Priority as Priority
    from matillion_async._limits.stats import LimiterStats as LimiterStats
    from matillion_async._listings.paging import PagedListing as PagedListing
    from matillion_async._listings.windows import EventListing as EventListing
    from matillion_async._observing.observer import (
        ObservedCall as ObservedCall,
        ObservedWait as ObservedWait,
        Observer as Observer,
    )
    from matillion_async._runs.outcomes import (
        RunOutcome as RunOutcome,
        RunUpdate as RunUpdate,
    )
    from matillion_async._runs.runs import Run as Run
    from matillion_async._runs.statuses import RunStatus as RunStatus
    from matillion_async._runs.watch import RunWatch as RunWatch
    from matillion_async._settings import HoldsSecret as HoldsSecret
    from matillion_async._share.place import (
        Change as Change,
        CrowdedError as CrowdedError,
        Share as Share,
    )
    from matillion_async._tokens.token_source import (
        Secret as Secret,
        Token as Token,
        TokenSource as TokenSource,
    )
    from matillion_async._transport.transport import AiohttpTransport as AiohttpTransport
    from matillion_async._transport.values import (
        Request as Request,
        Response as Response,
        Transport as Transport,
    )
    from matillion_async._groups.artifacts import (
        IgnoredResource as IgnoredResource,
        PublishedArtifact as PublishedArtifact,
        PublishedSharedPipelines as PublishedSharedPipelines,
        SourceFile as SourceFile,
        plan_artifact as plan_artifact,
    )

# isort: on

_NAMES = {
    "matillion_api.types": "File Listing UnreadableRow UNSET Unset",
    "matillion_async": "models",
    "matillion_async._agent_tasks.agent_run": "AgentRun",
    "matillion_async._agent_tasks.updates": "AgentUpdate OnDecision",
    "matillion_async._bulk.bulk": "Bulk",
    "matillion_async._bulk.outcomes": "BulkProgress BulkResult ItemDone ItemFailed ItemUnfinished Outcome",
    "matillion_async._calls.connection": "CallOptions",
    "matillion_async._calls.raw": "RawResponse",
    "matillion_async._calls.retry": "Attempt RetryPolicy",
    "matillion_async._client": "MatillionClient",
    "matillion_async._details": "Problem Timing",
    "matillion_async._errors": (
        "AgentTaskDecisionNeeded AgentTaskFailed AgentTaskTimeoutError APIConnectionError "
        "APITimeoutError AuthenticationError BadRequestError ClientStateError "
        "ConfigurationError ConflictError DeadlineExceededError GoneError InvalidRequestError "
        "MatillionError NotFoundError PagingError PermissionDeniedError PipelineRunFailed "
        "PipelineRunTimeoutError RateLimitedError ResourceNameError ResponseDecodingError "
        "ServerError StatusError TokenUnavailableError UnauthorizedError UnreadableRowsError"
    ),
    "matillion_async._limits.limiter": "Limiter",
    "matillion_async._limits.queue": "Priority",
    "matillion_async._limits.stats": "LimiterStats",
    "matillion_async._listings.paging": "PagedListing",
    "matillion_async._listings.windows": "EventListing",
    "matillion_async._observing.observer": "ObservedCall ObservedWait Observer",
    "matillion_async._runs.outcomes": "RunOutcome RunUpdate",
    "matillion_async._runs.runs": "Run",
    "matillion_async._runs.statuses": "RunStatus",
    "matillion_async._runs.watch": "RunWatch",
    "matillion_async._settings": "HoldsSecret",
    "matillion_async._share.place": "Change CrowdedError Share",
    "matillion_async._tokens.token_source": "Secret Token TokenSource",
    "matillion_async._transport.transport": "AiohttpTransport",
    "matillion_async._transport.values": "Request Response Transport",
    "matillion_async._version": "__version__",
    "matillion_async._groups.artifacts": (
        "IgnoredResource plan_artifact PublishedArtifact PublishedSharedPipelines SourceFile"
    ),
}
"""The public names, by the module that each is at home in."""

if not TYPE_CHECKING:
    _HOMES = {name: module for module, names in _NAMES.items() for name in names.split()}
    __all__ = list(_HOMES)

    def __getattr__(name: str) -> Any:
        home = _HOMES.get(name)
        if home is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        if home == __name__:
            return import_module(f"{home}.{name}")
        value = globals()[name] = getattr(import_module(home), name)
        return value

    def __dir__() -> list[str]:
        return __all__
