"""What can be wrong with a call: no token, no response, or a response that is not a success."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from matillion_async._details import Problem
from matillion_async._errors.base import MatillionError

if TYPE_CHECKING:
    from matillion_api.types import UnreadableRow


_PASSING = frozenset({408, 425, 429})
"""Below 500, but of the moment: the server's time limits, and too many requests."""
_LASTING = frozenset({501, 505, 511})
"""From 500 on, but for good: what the server cannot do at all, and a network that wants a login first."""


def is_temporary_status(status: int) -> bool:
    """Whether a request that got this status may well succeed later; gateways have codes of their own."""
    return status in _PASSING or (500 <= status <= 599 and status not in _LASTING)


class AuthenticationError(MatillionError):
    """No valid token can be had with these credentials: the token endpoint refused them.

    Attributes:
        status_code: the HTTP status of the token endpoint; None if it did not respond.
        error_code: the OAuth 2.0 error code (RFC 6749, section 5.2), such as ``invalid_client``.
    """

    def __init__(
        self, message: str, *, status_code: int | None = None, error_code: str | None = None
    ) -> None:
        super().__init__(message)
        self.status_code = status_code
        self.error_code = error_code


class TokenUnavailableError(AuthenticationError):
    """The token endpoint did not respond, or not with a token; it may recover.

    Attributes:
        retry_after: seconds until it will be asked again.
        startup_grace: seconds for which calls of a client that has never had a token wait and retry; 0 for
            what does not pass by itself, such as a certificate that is not accepted. A client that has had a
            token retries for two minutes.
    """

    def __init__(
        self,
        message: str,
        *,
        status_code: int | None = None,
        error_code: str | None = None,
        retry_after: float = 0.0,
        startup_grace: float = math.inf,
    ) -> None:
        super().__init__(message, status_code=status_code, error_code=error_code)
        self.retry_after = retry_after
        self.startup_grace = startup_grace

    @property
    def is_temporary(self) -> bool:
        """True: the token endpoint may recover."""
        return True


class APIConnectionError(MatillionError):
    """No complete response arrived: the connection could not be made, or broke.

    Attributes:
        startup_grace: seconds for which a call of a client that has had no success yet retries; 0 for what
            does not pass by itself, such as a certificate that is not accepted.
    """

    startup_grace: float = math.inf

    @property
    def is_temporary(self) -> bool:
        """True: the next connection may hold."""
        return True


class APITimeoutError(APIConnectionError):
    """No complete response arrived in time."""


class DeadlineExceededError(APITimeoutError):
    """The deadline of the whole call, waiting included, has passed or cannot be met."""

    @property
    def explanation(self) -> str:
        """The message, where the time went, and the advice, in one line."""
        spent = "" if self.timing is None else f" ({self.timing})"
        return "; ".join([f"{self.message}{spent}", *self.advice])


class ResponseDecodingError(MatillionError):
    """The response has a good status but cannot be read: not JSON, cut off, or of another shape.

    Attributes:
        status_code: its HTTP status.
        body: the beginning of its body.
        request_id: the server's id of the request, if it gave one.
    """

    def __init__(
        self,
        message: str,
        *,
        status_code: int,
        body: str,
        request_id: str | None = None,
        operation: str | None = None,
    ) -> None:
        super().__init__(message, operation=operation)
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
    """The API responded with a status that is not a success.

    Attributes:
        status_code: the HTTP status, an int: gateways also send codes no standard knows, such as 520.
        problem: the problem details of the response; empty if it had none.
        body: the beginning of the response's body, as text.
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

    @property
    def is_temporary(self) -> bool:
        """Whether the status is one that passes: 408, 425, 429, and 5xx but 501, 505 and 511."""
        return is_temporary_status(self.status_code)


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
