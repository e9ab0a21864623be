"""Everything this package raises.

::

    MatillionError
    ├── ConfigurationError            a setting is missing, unknown or unsafe
    ├── InvalidRequestError           an argument was refused before anything was sent
    ├── ClientStateError              the client is closed, or used from a second event loop
    ├── ResourceNameError             nothing has the name that was given, or several things have
    ├── PagingError                   the server contradicted itself while a listing was walked
    ├── PipelineRunFailed             a run of a pipeline ended, and not with SUCCESS
    ├── PipelineRunTimeoutError       a run did not end in the time it was given; it goes on
    ├── AgentTaskFailed               a task of an AI agent ended with ERRORED
    ├── AgentTaskTimeoutError         a task did not stop in the time it was given; it goes on
    ├── AgentTaskDecisionNeeded       an AI agent asks something before it works on
    ├── AuthenticationError           no valid token can be had with these credentials
    │   └── TokenUnavailableError     the token endpoint does not respond, or not with a token
    ├── APIConnectionError            no complete response arrived
    │   └── APITimeoutError           … in time
    │       └── DeadlineExceededError … before the deadline of the whole call
    ├── ResponseDecodingError         a response with a good status that cannot be read
    │   └── UnreadableRowsError       … in some of its rows; the others are there
    └── StatusError                   the API responded with any other status
        ├── BadRequestError           400
        ├── UnauthorizedError         401, although the token was renewed
        ├── PermissionDeniedError     403
        ├── NotFoundError             404
        ├── ConflictError             409
        ├── GoneError                 410
        ├── RateLimitedError          429
        └── ServerError               500 … 599
"""

from matillion_async._errors.base import (
    ClientStateError,
    ConfigurationError,
    InvalidRequestError,
    MatillionError,
    PagingError,
    ResourceNameError,
    client_is_closed,
    is_of_the_caller,
    of_the_caller,
)
from matillion_async._errors.calls import (
    APIConnectionError,
    APITimeoutError,
    AuthenticationError,
    BadRequestError,
    ConflictError,
    DeadlineExceededError,
    GoneError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitedError,
    ResponseDecodingError,
    ServerError,
    StatusError,
    TokenUnavailableError,
    UnauthorizedError,
    UnreadableRowsError,
    is_temporary_status,
)
from matillion_async._errors.waits import (
    AgentTaskDecisionNeeded,
    AgentTaskFailed,
    AgentTaskTimeoutError,
    PipelineRunFailed,
    PipelineRunTimeoutError,
)

__all__ = [
    "APIConnectionError",
    "APITimeoutError",
    "AgentTaskDecisionNeeded",
    "AgentTaskFailed",
    "AgentTaskTimeoutError",
    "AuthenticationError",
    "BadRequestError",
    "ClientStateError",
    "ConfigurationError",
    "ConflictError",
    "DeadlineExceededError",
    "GoneError",
    "InvalidRequestError",
    "MatillionError",
    "NotFoundError",
    "PagingError",
    "PermissionDeniedError",
    "PipelineRunFailed",
    "PipelineRunTimeoutError",
    "RateLimitedError",
    "ResourceNameError",
    "ResponseDecodingError",
    "ServerError",
    "StatusError",
    "TokenUnavailableError",
    "UnauthorizedError",
    "UnreadableRowsError",
    "client_is_closed",
    "is_of_the_caller",
    "is_temporary_status",
    "of_the_caller",
]
