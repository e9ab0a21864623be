"""The connection of a client, made from its settings and arguments: limits, headers, transport and token source."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from matillion_async._calls.connection import Connection, Options
from matillion_async._calls.renewals import ObservedSource, ObservedTransport
from matillion_async._calls.request import merged
from matillion_async._calls.retry import NO_RETRIES
from matillion_async._calls.unclosed import OwnConnection
from matillion_async._limits.budget import Budget
from matillion_async._limits.limiter import Limiter
from matillion_async._limits.rates import RateLimit, parse_rate_limits
from matillion_async._settings import Settings, check_can, checked_headers
from matillion_async._share.choice import account_name, chosen
from matillion_async._share.place import Share
from matillion_async._tokens.client_credentials import ClientCredentials
from matillion_async._tokens.token_cache import TokenCache
from matillion_async._tokens.token_source import TokenSource
from matillion_async._transport.adapters import AnyTransport, as_transport
from matillion_async._transport.values import Transport
from matillion_async._version import __version__

_TOKEN_TIMEOUT = 30.0
_TOKEN_RETRY_SECONDS = 120.0


def connect(
    settings: Settings,
    options: Options,
    *,
    owner: str,
    rate_limits: str | Sequence[str] | None,
    transport: AnyTransport | None,
    headers: Mapping[str, str] | None,
    token_source: TokenSource | None,
    share: str | Share | None,
) -> Connection:
    """Make a connection; nothing is sent before its first call.

    Args:
        settings: URLs and credentials.
        options: time limit and retries, which also hold for requests for a token, and who is told of these.
        owner: what the client is called in the warning that it was not closed.
        rate_limits: as for the client, as all that follows.
        transport: carries requests, to the token endpoint as well.
        headers: sent with every request to the API.
        token_source: in place of the credentials.
        share: the place where processes share the limit and the token.

    Raises:
        ConfigurationError: an argument cannot be used; the message says why, and shows nothing that may be a secret.
    """
    check_can("token_source", token_source, "fetch", "TokenSource")
    limits = _rate_limits(rate_limits)
    all_headers = _headers(headers or {})
    place = chosen(share)
    if transport is None:
        # aiohttp takes as long to import as all of this package; with a transport of the user's it is not needed.
        from matillion_async._transport.transport import AiohttpTransport

        carrier: Transport = AiohttpTransport()
    else:
        carrier = as_transport(transport)
    tokens = _tokens(settings, options, carrier, token_source, place)
    budget: tuple[RateLimit, ...] | Budget | None = limits
    if place is not None:
        from matillion_async._share.budget import SharedBudget

        budget = SharedBudget(place, f"{account_name(settings)}:limit", limits)
    return OwnConnection(
        owner,
        base_url=settings.base_url,
        headers=all_headers,
        transport=carrier,
        tokens=tokens,
        limiter=Limiter(budget, max_in_flight=_max_connections(carrier)),
    )


def _tokens(
    settings: Settings,
    options: Options,
    carrier: Transport,
    source: TokenSource | None,
    place: Share | None,
) -> TokenCache:
    """The cache of tokens from a source of the user's own, or of client credentials, whose tokens are shared."""
    told = options.told
    retry_for = 0.0 if options.retry is NO_RETRIES else _TOKEN_RETRY_SECONDS
    if source is not None:
        return TokenCache(ObservedSource(source, told), retry_for=retry_for)
    timeout = min(options.timeout, _TOKEN_TIMEOUT)
    carrier = ObservedTransport(carrier, told)
    credentials = ObservedSource(credentials_of(settings, carrier, timeout), told)
    if place is None:
        return TokenCache(credentials, retry_for=retry_for)
    # Nothing else needs cryptography, which takes 30 ms to import.
    from matillion_async._share.tokens import SharedTokens, token_place

    shared = SharedTokens(credentials, place, *token_place(settings), patience=timeout)
    return TokenCache(shared, retry_for=retry_for, on_refused=shared.refused)


def credentials_of(settings: Settings, transport: Transport, timeout: float) -> ClientCredentials:
    """The token source that the settings name; ``timeout`` is that of one request, in seconds."""
    return ClientCredentials(
        client_id=settings.client_id,
        client_secret=settings.client_secret,
        token_url=settings.token_url,
        audience=settings.audience,
        transport=transport,
        timeout=timeout,
    )


def _rate_limits(given: str | Sequence[str] | None) -> tuple[RateLimit, ...] | None:
    """The limits to keep; None to find them out."""
    if given is not None:
        return parse_rate_limits(given)
    text = os.environ.get("MATILLION_RATE_LIMITS", "").strip()
    return parse_rate_limits(text) if text else None


def _headers(given: Mapping[str, str]) -> dict[str, str]:
    """The headers of every request: the usual ones, and those that were given, which win."""
    headers = {
        "Accept": "application/json",
        "Accept-Encoding": "gzip, deflate",
        "User-Agent": f"matillion-async/{__version__}",
    }
    return merged(headers, checked_headers(given))


def _max_connections(transport: Transport) -> int | None:
    """How many requests a transport can have on the wire; None if it does not say."""
    number = getattr(transport, "max_connections", None)
    return number if isinstance(number, int) and number > 0 else None
