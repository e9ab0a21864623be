"""Where to send what, and as whom: arguments first, then the environment, then defaults."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Protocol
from urllib.parse import urlsplit

from matillion_async._environment import misspelt
from matillion_async._errors import ConfigurationError
from matillion_async._tokens.token_source import Secret
from matillion_async._transport.addresses import is_loopback

DEFAULT_TOKEN_URL = "https://id.core.matillion.com/oauth/dpc/token"
DEFAULT_AUDIENCE = "https://api.matillion.com"
REGIONS = ("eu1", "us1", "au1")
_REGION_BASE_URL = "https://{region}.api.matillion.com/dpc"
_CLIENT_ID = "client_id (argument, or environment variable MATILLION_CLIENT_ID)"
_CLIENT_SECRET = "client_secret (argument, or environment variable MATILLION_CLIENT_SECRET)"
_REGION = (
    "region or base_url (arguments, or environment variables MATILLION_REGION and "
    "MATILLION_BASE_URL)"
)
_CREATE_CREDENTIALS = "create API credentials in the Matillion Hub"
_CHOOSE_REGION = f"the region of your account is one of {', '.join(REGIONS)}"
_NO_OPTIONS: Mapping[str, str] = {}
_FRAMING = frozenset({"content-length", "transfer-encoding"})
"""Wrong ones would make a server take the next request on the connection for the rest of this one, or the reverse."""
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_CONTROL = "has a control character, such as the end of the line in a file that it was read from: remove it"
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_HEADER_VALUE = re.compile("[\t -~]*")


class HoldsSecret(Protocol):
    """Anything that keeps a secret as pydantic's ``SecretStr`` does."""

    def get_secret_value(self) -> str:
        """The secret itself."""
        ...


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
    client_secret: str | HoldsSecret | None = None,
    region: str | None = None,
    base_url: str | None = None,
    token_url: str | None = None,
    audience: str | None = None,
    needs_credentials: bool = True,
    environment: Mapping[str, str] | None = None,
    options: Mapping[str, str] = _NO_OPTIONS,
) -> Settings:
    """Settings from arguments, else from the environment, else from defaults.

    Args:
        client_id: as the other settings, an argument of :class:`MatillionClient`.
        needs_credentials: whether they must be there.
        environment: the environment, ``os.environ`` unless given.
        options: what the user calls ``region`` and ``base_url``, where they did not come as arguments.

    Raises:
        ConfigurationError: something is missing, unknown or unsafe; the message says all that is, where it was
            looked for, and what to do.
    """
    secret = as_secret(client_secret)
    if environment is None:
        environment = os.environ
    given = {
        name: _text(name, value)
        for name, value in {
            "client_id": client_id,
            "region": region,
            "base_url": base_url,
            "token_url": token_url,
            "audience": audience,
        }.items()
    }
    found = given["client_id"] or environment.get("MATILLION_CLIENT_ID", "")
    if not secret.reveal():
        secret = Secret(environment.get("MATILLION_CLIENT_SECRET", ""))
    _, audience = _first(
        ("audience", given["audience"]),
        ("MATILLION_AUDIENCE", environment.get("MATILLION_AUDIENCE")),
    )
    problems: list[str] = []
    missing: list[str] = []
    if needs_credentials:
        missing += [] if found.strip() else [_CLIENT_ID]
        missing += [] if secret.reveal().strip() else [_CLIENT_SECRET]
    urls = {"base_url": "", "token_url": ""}
    for name, url in (
        ("base_url", partial(_base_url, given["region"], given["base_url"], environment, options)),
        ("token_url", partial(_token_url, given["token_url"], environment)),
    ):
        try:
            urls[name] = url()
        except ConfigurationError as error:
            problems.append(error.message)
    if not urls["base_url"] and not problems:
        missing.append(_REGION)
    texts = {"client_id": found, "client_secret": secret.reveal(), "audience": audience}
    problems += [
        f"{name} {_CONTROL}"
        for name, text in texts.items()
        if text.strip() and _CONTROLS.search(text)
    ]
    texts.clear()  # no traceback shows the secret
    if missing:
        advice = [_CREATE_CREDENTIALS] if needs_credentials and missing != [_REGION] else []
        advice += [_CHOOSE_REGION] if _REGION in missing else []
        advice += misspelt(environment)
        problems.insert(0, "; ".join([f"missing {_listed(missing)}", *advice]))
    if problems:
        raise ConfigurationError("; ".join(problems))
    return Settings(
        client_id=found,
        client_secret=secret,
        audience=audience or DEFAULT_AUDIENCE,
        **urls,
    )


def as_secret(given: str | HoldsSecret | None) -> Secret:
    """A client secret in whichever form it was given; an empty one for None.

    Raises:
        ConfigurationError: it is not a string and does not hold one; it may be a secret all the same, and is not shown.
    """
    if given is None:
        return Secret("")
    value = getattr(given, "get_secret_value", lambda: given)()
    if not isinstance(value, str):
        kind = type(value).__name__
        raise ConfigurationError(
            f"client_secret must be a string, or hold one as pydantic's SecretStr does, not {kind}"
        )
    return Secret(value)


def _region_base_url(region: str, source: str) -> str:
    """The base URL of a region given as ``eu1``, ``EU1`` or ``eu`` (likewise us and au)."""
    name = region.strip().lower()
    name = name if name.endswith("1") else f"{name}1"
    if name not in REGIONS:
        raise ConfigurationError(
            f"unknown region {region!r} (from {source}); the regions are {', '.join(REGIONS)}"
        )
    return _REGION_BASE_URL.format(region=name)


def check_can(argument: str, given: object, method: str, kind: str) -> None:
    """Raise unless the object has the required method. Its repr is left out: it might be a secret."""
    if isinstance(given, type) and hasattr(given, method):
        raise ConfigurationError(
            f"{argument} must be an instance of {given.__name__}, not the class"
        )
    if given is not None and not hasattr(given, method):
        raise ConfigurationError(
            f"{argument} must have {method}, as a {kind} has, not {type(given).__name__}"
        )


def checked_headers(given: Mapping[str, str]) -> dict[str, str]:
    """The headers that were given.

    Raises:
        ConfigurationError: one cannot be sent, or would replace the token.
    """
    if not isinstance(given, Mapping):
        raise ConfigurationError(
            f"headers must be a mapping of names to values, not {type(given).__name__}"
        )
    for name, value in given.items():
        if not isinstance(name, str):
            raise ConfigurationError(f"header {name!r} is not a valid HTTP header")
        if name.lower() == "authorization":
            raise ConfigurationError(
                "headers must not contain Authorization: the client sets it; for tokens of your own "
                "give a token_source"
            )
        if name.lower() in _FRAMING:
            raise ConfigurationError(
                f"headers must not contain {name}: it is made from the body that is sent"
            )
        if not _HEADER_NAME.fullmatch(name):
            raise ConfigurationError(f"header {name!r} is not a valid HTTP header")
        if not isinstance(value, str) or not _HEADER_VALUE.fullmatch(value):
            raise ConfigurationError(f"the value of header {name!r} must be printable ASCII")
    return dict(given)


def _text(name: str, given: object) -> str:
    """A setting that was given as an argument; an empty one counts as not given."""
    if given is None:
        return ""
    if not isinstance(given, str):
        raise ConfigurationError(f"{name} must be a string, not {type(given).__name__}")
    return given


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _base_url(
    region: str, base_url: str, environment: Mapping[str, str], options: Mapping[str, str]
) -> str:
    """The base URL; an empty one if there is neither one nor a region."""
    if region and base_url:
        both = [options.get(name, name) for name in ("region", "base_url")]
        raise ConfigurationError(f"give {both[0]} or {both[1]}, not both")
    if not region:
        source, url = _first(
            (options.get("base_url", "base_url"), base_url),
            ("MATILLION_BASE_URL", environment.get("MATILLION_BASE_URL")),
        )
        if url:
            return _with_api_path(_checked_url(source, url))
    source, name = _first(
        (options.get("region", "argument region"), region),
        ("MATILLION_REGION", environment.get("MATILLION_REGION")),
    )
    return _region_base_url(name, source) if name else ""


def _token_url(token_url: str, environment: Mapping[str, str]) -> str:
    return _checked_url(
        *_first(
            ("token_url", token_url),
            ("MATILLION_TOKEN_URL", environment.get("MATILLION_TOKEN_URL")),
            ("token_url", DEFAULT_TOKEN_URL),
        )
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
    import httpx

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
    """Without a path, that of the API's own servers is added; a version such as ``/v1`` is left to the operations."""
    from matillion_api.server import PATH, VERSION

    bare = url.rstrip("/")
    if not urlsplit(url).path.strip("/"):
        return bare + PATH
    return bare if PATH and bare.endswith(PATH) else bare.removesuffix(VERSION)
