"""Everything this package raises.

::

    MatillionError
    ├── ConfigurationError            a setting is missing, unknown or unsafe
    ├── InvalidRequestError           an argument was refused before anything was sent
    ├── ClientStateError              the client is closed, or used from a second event loop
    ├── ProjectNameError              no project has the name that was given, or several have
    ├── PagingError                   the server contradicted itself while a listing was walked
    ├── PipelineRunFailed             a run of a pipeline ended, and not with SUCCESS
    ├── PipelineRunTimeoutError       a run did not end in the time it was given; it goes on
    ├── AgentTaskFailed               a task of an AI agent ended with ERRORED
    ├── AgentTaskTimeoutError         a task did not stop in the time it was given; it goes on
    ├── AgentTaskDecisionNeeded       an AI agent asks something before it works on
    ├── AuthenticationError           no valid token can be had with these credentials
    │   └── TokenUnavailableError     the token endpoint does not answer, or not with a token
    ├── APIConnectionError            no whole answer arrived
    │   └── APITimeoutError           … in time
    │       └── DeadlineExceededError … before the deadline of the whole call
    ├── ResponseDecodingError         an answer with a good status that cannot be read
    │   └── UnreadableRowsError       … in some of its rows; the others are there
    └── StatusError                   the API answered with any other status
        ├── BadRequestError           400
        ├── UnauthorizedError         401, although the token was renewed
        ├── PermissionDeniedError     403
        ├── NotFoundError             404
        ├── ConflictError             409
        ├── GoneError                 410
        ├── RateLimitedError          429
        └── ServerError               500 … 599
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, TypeVar

from matillion_async._details import Problem, Timing

if TYPE_CHECKING:
    from matillion_api.models.agent_task import AgentTask
    from matillion_api.models.pending_agent_task_decision import PendingAgentTaskDecision
    from matillion_api.models.pipeline_execution import PipelineExecution
    from matillion_api.models.pipeline_execution_step import PipelineExecutionStep
    from matillion_api.types import UnreadableRow


class MatillionError(Exception):
    """The base of all errors of this package.

    Attributes:
        operation: the operation that failed, such as ``projects.list``; None outside a call.
        attempts: how many requests were sent for it.
        timing: where its seconds went; None outside a call.
        may_have_been_processed: True if the server may have acted on a request whose outcome is unknown.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.operation: str | None = None
        self.attempts: int = 0
        self.timing: Timing | None = None
        self.may_have_been_processed: bool = False

    @property
    def message(self) -> str:
        """What went wrong, in one line, without the operation."""
        return str(self.args[0])

    def __str__(self) -> str:
        return f"{self.operation}: {self.message}" if self.operation else self.message

    def __reduce__(self) -> tuple[Any, ...]:
        # Exception's own calls the class with the message alone, so that a pool of processes could not hand over
        # an error that needs more.
        return _restored, (type(self), self.args, vars(self))


class ConfigurationError(MatillionError):
    """A setting is missing, unknown or unsafe; the message says which and where it was looked for."""


class InvalidRequestError(MatillionError):
    """An argument was refused before anything was sent."""


class ClientStateError(MatillionError):
    """The client was used after it was closed, or from another event loop than its own."""


class ProjectNameError(MatillionError):
    """No project has the name that was given in place of an id, or several have it; the message lists what is near.

    Attributes:
        name: what was given.
        candidates: ids and names of the projects that have the name, or of those whose name or id is near it.
    """

    def __init__(
        self, message: str, *, name: str, candidates: tuple[tuple[str, str], ...] = ()
    ) -> None:
        super().__init__(message)
        self.name = name
        self.candidates = candidates


class PagingError(MatillionError):
    """The server contradicted itself while a listing was walked, for instance by repeating a page token."""


class PipelineRunFailed(MatillionError):  # noqa: N818 - what happened is in the name already
    """A run of a pipeline ended with anything but SUCCESS: it failed, or was cancelled, skipped or forbidden.

    Attributes:
        project_id: the project it ran in.
        execution_id: the id of its execution.
        status: how it ended, such as ``FAILED`` or ``CANCELLED``.
        execution: all that is known of it; ``execution.message`` is what it says of its end.
        failed_steps: its steps that failed, as far as they could be read.
    """

    def __init__(
        self,
        message: str,
        *,
        project_id: str,
        execution_id: str,
        status: str,
        execution: PipelineExecution,
        failed_steps: tuple[PipelineExecutionStep, ...] = (),
    ) -> None:
        super().__init__(message)
        self.project_id = project_id
        self.execution_id = execution_id
        self.status = status
        self.execution = execution
        self.failed_steps = failed_steps


class PipelineRunTimeoutError(MatillionError, TimeoutError):
    """A run of a pipeline did not end in the time it was given; it goes on, and can be waited for again.

    Attributes:
        project_id: the project it runs in.
        execution_id: the id of its execution.
        status: its last known status; None if it was never learnt.
    """

    def __init__(
        self, message: str, *, project_id: str, execution_id: str, status: str | None
    ) -> None:
        super().__init__(message)
        self.project_id = project_id
        self.execution_id = execution_id
        self.status = status


class AgentTaskFailed(MatillionError):  # noqa: N818 - what happened is in the name already
    """A task of an AI agent ended with ERRORED.

    Attributes:
        task_id: the id of the task.
        task: all that is known of it.
    """

    def __init__(self, message: str, *, task_id: str, task: AgentTask) -> None:
        super().__init__(message)
        self.task_id = task_id
        self.task = task


class AgentTaskTimeoutError(MatillionError, TimeoutError):
    """A task of an AI agent did not stop in the time it was given; it goes on, and can be waited for again.

    Attributes:
        task_id: the id of the task.
        status: its last known status; None if it was never learnt.
    """

    def __init__(self, message: str, *, task_id: str, status: str | None) -> None:
        super().__init__(message)
        self.task_id = task_id
        self.status = status


class AgentTaskDecisionNeeded(MatillionError):  # noqa: N818 - what happened is in the name already
    """An AI agent asks something, and works on once that is decided; nothing has failed.

    Attributes:
        task_id: the id of the task.
        decisions: what it asks.
    """

    def __init__(
        self, message: str, *, task_id: str, decisions: tuple[PendingAgentTaskDecision, ...]
    ) -> None:
        super().__init__(message)
        self.task_id = task_id
        self.decisions = decisions


class AuthenticationError(MatillionError):
    """No valid token can be had with these credentials: the token endpoint refused them.

    Attributes:
        status_code: the HTTP status of the token endpoint; None if it did not answer.
        error_code: the OAuth 2.0 error code (RFC 6749, section 5.2), such as ``invalid_client``.
    """

    def __init__(
        self, message: str, *, status_code: int | None = None, error_code: str | None = None
    ) -> None:
        super().__init__(message)
        self.status_code = status_code
        self.error_code = error_code


class TokenUnavailableError(AuthenticationError):
    """The token endpoint did not answer, or not with a token; it may recover.

    Attributes:
        retry_after: seconds until it will be asked again.
        first_patience: for how many seconds calls of a client that has never had a token wait through this; 0 for
            what does not pass by itself, such as a certificate that is not accepted. A client that has had a
            token waits as long as its patience lasts.
    """

    def __init__(
        self,
        message: str,
        *,
        status_code: int | None = None,
        error_code: str | None = None,
        retry_after: float = 0.0,
        first_patience: float = math.inf,
    ) -> None:
        super().__init__(message, status_code=status_code, error_code=error_code)
        self.retry_after = retry_after
        self.first_patience = first_patience


class APIConnectionError(MatillionError):
    """No whole answer arrived: the connection could not be made, or broke.

    Attributes:
        first_patience: for how many seconds a call of a client that has had no success yet tries again; 0 for what
            does not pass by itself, such as a certificate that is not accepted.
    """

    first_patience: float = math.inf


class APITimeoutError(APIConnectionError):
    """No whole answer arrived in time."""


class DeadlineExceededError(APITimeoutError):
    """The deadline of the whole call, waiting included, has passed or cannot be met."""


class ResponseDecodingError(MatillionError):
    """The answer has a good status but cannot be read: not JSON, cut off, or of another shape.

    Attributes:
        status_code: its HTTP status.
        body: the beginning of its body.
        request_id: the server's id of the request, if it gave one.
    """

    def __init__(
        self, message: str, *, status_code: int, body: str, request_id: str | None = None
    ) -> None:
        super().__init__(message)
        self.status_code = status_code
        self.body = body
        self.request_id = request_id


class UnreadableRowsError(ResponseDecodingError):
    """Some rows of a page cannot be read: they lack a field that must be there, or have one of another form.

    Attributes:
        page: the page with the rows that can be read.
        rows: those that cannot, each with its index, its ids and names, what is wrong with it, and as it came.
    """

    def __init__(
        self,
        message: str,
        *,
        status_code: int,
        body: str,
        page: Any,
        rows: tuple[UnreadableRow, ...],
        request_id: str | None = None,
    ) -> None:
        super().__init__(message, status_code=status_code, body=body, request_id=request_id)
        self.page = page
        self.rows = rows


class StatusError(MatillionError):
    """The API answered with a status that is not a success.

    Attributes:
        status_code: the HTTP status, an int: gateways also send codes no standard knows, such as 520.
        problem: the problem details of the answer; empty if it had none.
        body: the beginning of the answer's body, as text.
        request_id: the server's id of the request, if it gave one.
    """

    def __init__(
        self,
        message: str,
        *,
        status_code: int,
        problem: Problem | None = None,
        body: str = "",
        request_id: str | None = None,
    ) -> None:
        super().__init__(message)
        self.status_code = status_code
        self.problem = problem if problem is not None else Problem()
        self.body = body
        self.request_id = request_id


class BadRequestError(StatusError):
    """400: the API refused an argument; ``problem.violations`` lists which."""


class UnauthorizedError(StatusError):
    """401: the API refused a token that was just renewed."""


class PermissionDeniedError(StatusError):
    """403: the credentials lack a role, or the account's IP allow list lacks this address."""


class NotFoundError(StatusError):
    """404: no such resource, or none that these credentials may see."""


class ConflictError(StatusError):
    """409: for instance an execution tag that is in use."""


class GoneError(StatusError):
    """410: for instance a pipeline that was disabled."""


class RateLimitedError(StatusError):
    """429: too many requests.

    Attributes:
        retry_after: seconds to wait, as the server said in ``Retry-After``; None if it did not.
    """

    retry_after: float | None = None


class ServerError(StatusError):
    """500 to 599: the API or a gateway before it failed."""


ErrorT = TypeVar("ErrorT", bound=MatillionError)


def _restored(kind: type[ErrorT], args: tuple[Any, ...], state: dict[str, Any]) -> ErrorT:
    """An error as it was, but for its traceback and the errors behind it."""
    error = kind.__new__(kind)
    error.args = args
    vars(error).update(state)
    return error
