"""Where to send what, and as whom: arguments first, then the environment, then defaults."""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from matillion_async._errors import ConfigurationError
from matillion_async._tokens.auth import Secret
from matillion_async._version import __version__

DEFAULT_TOKEN_URL = "https://id.core.matillion.com/oauth/dpc/token"
DEFAULT_AUDIENCE = "https://api.matillion.com"
REGIONS = ("eu1", "us1", "au1")
_REGION_BASE_URL = "https://{region}.api.matillion.com/dpc"
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_HEADER_VALUE = re.compile("[\t -~]*")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one client, checked."""

    client_id: str
    client_secret: Secret
    base_url: str
    """URL before ``/v1``, without a slash at its end."""
    token_url: str
    audience: str


def resolve(
    *,
    client_id: str | None = None,
    client_secret: str | Secret | None = None,
    region: str | None = None,
    base_url: str | None = None,
    token_url: str | None = None,
    audience: str | None = None,
    needs_credentials: bool = True,
    environment: Mapping[str, str] | None = None,
) -> Settings:
    """Settings from arguments, else from the environment, else from defaults.

    Raises:
        ConfigurationError: something is missing, unknown or unsafe; the message says what, where it was
            looked for, and what to do.
    """
    if isinstance(client_secret, str):
        client_secret = Secret(client_secret)
    if environment is None:
        environment = os.environ
    secret = client_secret or Secret("")
    if not secret.reveal():
        secret = Secret(environment.get("MATILLION_CLIENT_SECRET", ""))
    missing = [
        f"{argument} (argument, or environment variable {variable})"
        for argument, variable, given in (
            (
                "client_id",
                "MATILLION_CLIENT_ID",
                client_id or environment.get("MATILLION_CLIENT_ID"),
            ),
            ("client_secret", "MATILLION_CLIENT_SECRET", secret.reveal()),
        )
        if not given
    ]
    if missing and needs_credentials:
        raise ConfigurationError(
            f"missing {' and '.join(missing)}; create API credentials in the Matillion Hub"
        )
    return Settings(
        client_id=client_id or environment.get("MATILLION_CLIENT_ID", ""),
        client_secret=secret,
        base_url=_base_url(region, base_url, environment),
        token_url=_checked_url(
            *_first(
                ("token_url", token_url),
                ("MATILLION_TOKEN_URL", environment.get("MATILLION_TOKEN_URL")),
                ("token_url", DEFAULT_TOKEN_URL),
            )
        ),
        audience=audience or environment.get("MATILLION_AUDIENCE") or DEFAULT_AUDIENCE,
    )


def region_base_url(region: str, source: str = "region") -> str:
    """The base URL of a region given as ``eu1``, ``EU1`` or ``eu`` (likewise us and au)."""
    name = region.strip().lower()
    name = name if name.endswith("1") else f"{name}1"
    if name not in REGIONS:
        raise ConfigurationError(
            f"unknown region {region!r} (from {source}); the regions are {', '.join(REGIONS)}"
        )
    return _REGION_BASE_URL.format(region=name)


def check_can(argument: str, given: object, method: str, kind: str) -> None:
    """Refuse an object without the method that it is there for; it may be a secret, and is not shown."""
    if given is not None and not hasattr(given, method):
        raise ConfigurationError(
            f"{argument} must have {method}, as a {kind} has, not {type(given).__name__}"
        )


def resolve_headers(given: Mapping[str, str]) -> dict[str, str]:
    """The headers of every request: the usual ones, and those that were given.

    Raises:
        ConfigurationError: one cannot be sent, or would replace the token.
    """
    headers = {
        "Accept": "application/json",
        "Accept-Encoding": "gzip, deflate",
        "User-Agent": f"matillion-async/{__version__}",
    }
    lower = {name.lower(): name for name in headers}
    for name, value in given.items():
        if name.lower() == "authorization":
            raise ConfigurationError(
                "headers must not contain Authorization: the client sets it; for tokens of your own "
                "give a token_source"
            )
        if not _HEADER_NAME.fullmatch(name):
            raise ConfigurationError(f"header {name!r} is not a valid HTTP header")
        if not isinstance(value, str) or not _HEADER_VALUE.fullmatch(value):
            raise ConfigurationError(f"the value of header {name!r} must be printable ASCII")
        headers.pop(lower.get(name.lower(), ""), None)
        headers[name] = value
    return headers


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine itself."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _base_url(region: str | None, base_url: str | None, environment: Mapping[str, str]) -> str:
    if region and base_url:
        raise ConfigurationError("give region or base_url, not both")
    if not region:
        source, url = _first(
            ("base_url", base_url),
            ("MATILLION_BASE_URL", environment.get("MATILLION_BASE_URL")),
        )
        if url:
            return _with_api_path(_checked_url(source, url))
    source, name = _first(
        ("region", region), ("MATILLION_REGION", environment.get("MATILLION_REGION"))
    )
    if name:
        return region_base_url(name, source)
    raise ConfigurationError(
        "missing region or base_url (arguments, or environment variables MATILLION_REGION and "
        f"MATILLION_BASE_URL); the region of your account is one of {', '.join(REGIONS)}"
    )


def _first(*candidates: tuple[str, str | None]) -> tuple[str, str]:
    """The first candidate that has a value, with its name; an empty one when none has."""
    for source, value in candidates:
        if value and value.strip():
            return source, value.strip()
    return candidates[0][0], ""


def _checked_url(source: str, url: str) -> str:
    problem = _url_problem(url)
    if problem:
        raise ConfigurationError(f"{source} {problem}")
    return url


def _url_problem(url: str) -> str | None:
    """What is wrong with a URL; a URL that may carry credentials is not repeated."""
    if "@" in url:
        return "must not contain a user name or password"
    shown = f"{url!r}"
    if not re.fullmatch("[!-~]*", url):
        return f"{shown} must be ASCII without spaces: the rest percent-encoded, a host as xn--…"
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _ = parts.port
        httpx.URL(url)
    except (ValueError, httpx.InvalidURL) as error:
        return f"{shown} is not a URL: {error}"
    if parts.scheme not in ("https", "http") or not host:
        return f"{shown} must start with https:// and name a host"
    if parts.query or parts.fragment or "?" in url or "#" in url:
        return f"{shown} must not have a query or a fragment"
    if parts.scheme == "http" and not is_loopback(host):
        return f"{shown} must use https: plain http is for this machine only"
    return None


def _with_api_path(url: str) -> str:
    """Without a path, the API's own is added; ``/v1`` at the end is left to the operations."""
    if not urlsplit(url).path.strip("/"):
        return url.rstrip("/") + "/dpc"
    return url.rstrip("/").removesuffix("/v1")
