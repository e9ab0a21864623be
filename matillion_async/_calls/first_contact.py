"""What to check while no call of a client has succeeded yet: it is more likely to be set up wrongly than unlucky."""

from __future__ import annotations

from matillion_async._errors import (
    MatillionError,
    NotFoundError,
    PermissionDeniedError,
    StatusError,
    UnauthorizedError,
)
from matillion_async._trouble import ALLOW_LIST, PROXY, PROXY_WANTS_PASSWORD

CHECK_URL = "check MATILLION_REGION or MATILLION_BASE_URL"


def add_first_advice(error: MatillionError, base_url: str) -> None:
    """Say in the message of an error what to check."""
    advice = _advice(error, base_url)
    if advice is not None:
        error.args = (f"{error.message}; {advice}",)


def _advice(error: MatillionError, base_url: str) -> str | None:
    region = f"that the account lives in the region of {base_url} (MATILLION_REGION)"
    if not isinstance(error, StatusError):
        return None
    if isinstance(error, UnauthorizedError):
        return f"the token may be for another region: check {region}"
    if isinstance(error, PermissionDeniedError):
        if "ip not allowed" in error.message.lower():
            return ALLOW_LIST
        return f"check the roles of the credentials, the account's IP allow list, and {region}"
    if isinstance(error, NotFoundError):
        return f"check {region}" if error.problem.title or error.problem.detail else CHECK_URL
    if error.status_code == PROXY_WANTS_PASSWORD:
        return f"give the proxy's user name and password in {PROXY}"
    if 300 <= error.status_code <= 399:
        return f"redirects are not followed, {CHECK_URL}"
    return None
