"""A request for a token that failed, as an error for each caller that waited for it."""

from __future__ import annotations

import traceback
from dataclasses import dataclass

from matillion_async._errors import AuthenticationError, TokenUnavailableError


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no new token, and until when no other request is made."""

    error: AuthenticationError
    until: float

    def copy(self, now: float) -> AuthenticationError:
        """The error for one caller: the traceback of a shared error would grow with each raise."""
        return without_history(self.error, retry_after=max(0.0, self.until - now))


class BystanderFailed(BaseException):
    """Somebody who is told of a request for a token raised: no failure of its source, whoever handles those.

    Args:
        error: what was raised. Its frames, and the errors behind it, may hold the secret, so it leaves them: where it came
            from is in a note.
    """

    def __init__(self, error: Exception) -> None:
        super().__init__(type(error).__name__)
        places = traceback.extract_tb(error.__traceback__)
        error.add_note("".join(["raised while a token was renewed:\n", *places.format()]).rstrip())
        error.__context__ = error.__cause__ = None
        self.error = error.with_traceback(None)


def without_history(
    error: AuthenticationError, retry_after: float | None = None
) -> AuthenticationError:
    """The same error without its traceback and context, whose frames may hold a secret."""
    copied = AuthenticationError(
        error.message, status_code=error.status_code, error_code=error.error_code
    )
    if isinstance(error, TokenUnavailableError):
        copied = TokenUnavailableError(
            error.message,
            status_code=error.status_code,
            error_code=error.error_code,
            retry_after=error.retry_after if retry_after is None else retry_after,
            startup_grace=error.startup_grace,
        )
    copied.advice = [*error.advice]
    return copied
