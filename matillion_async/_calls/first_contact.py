"""What to check while no call of a client has succeeded yet: it is more likely to be set up wrongly than unlucky."""

from __future__ import annotations

import re

from matillion_async._errors import (
    MatillionError,
    NotFoundError,
    PermissionDeniedError,
    ResponseDecodingError,
    StatusError,
    UnauthorizedError,
)
from matillion_async._transport.addresses import origin
from matillion_async._trouble import ALLOW_LIST, PROXY, PROXY_WANTS_PASSWORD

_OF_A_REGION = re.compile(r"https://[^/.]+\.api\.matillion\.com/dpc")
_HTML = re.compile(r"<(!doctype\s+)?html", re.IGNORECASE)


def check_url(base_url: str) -> str:
    """Advice to check where the API is said to be; a region's URL may be given as such as well."""
    if _OF_A_REGION.fullmatch(base_url):
        return "check MATILLION_REGION or MATILLION_BASE_URL"
    return "check MATILLION_BASE_URL"


def is_no_json(error: MatillionError) -> bool:
    """Whether a successful response is not one of the API, but of a login page or a gateway in its place."""
    return isinstance(error, ResponseDecodingError) and "is not JSON" in error.message


def add_first_advice(error: MatillionError, base_url: str) -> None:
    """Add to an error what to check."""
    advice = _advice(error, base_url)
    if advice is not None:
        error.advice.append(advice)


def _advice(error: MatillionError, base_url: str) -> str | None:
    region = f"that the account lives in the region of {base_url} (MATILLION_REGION)"
    if not _OF_A_REGION.fullmatch(base_url):
        region = f"that {base_url} is the API of the account's region (MATILLION_BASE_URL)"
    if isinstance(error, ResponseDecodingError):
        if not is_no_json(error):
            return None
        kind = "HTML" if _HTML.search(error.body) else "something else than the API's JSON"
        host = origin(base_url).authority
        return (
            f"{host} responds with {kind}, as a login page or a gateway does: {check_url(base_url)}"
        )
    if not isinstance(error, StatusError):
        return None
    if isinstance(error, UnauthorizedError):
        return f"the token may be for another region: check {region}"
    if isinstance(error, PermissionDeniedError):
        if "ip not allowed" in error.message.lower():
            return ALLOW_LIST
        return f"check the roles of the credentials, the account's IP allow list, and {region}"
    if isinstance(error, NotFoundError):
        return (
            f"check {region}"
            if error.problem.title or error.problem.detail
            else check_url(base_url)
        )
    if error.status_code == PROXY_WANTS_PASSWORD:
        return f"give the proxy's user name and password in {PROXY}"
    if 300 <= error.status_code <= 399:
        return f"redirects are not followed, {check_url(base_url)}"
    return None
