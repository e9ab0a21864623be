"""What ``matillion doctor`` looks at, one check after the other, each within some seconds."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

from matillion_async._client import MatillionClient
from matillion_async._errors import ConfigurationError, MatillionError
from matillion_async._limits.rates import parse_rate_limits
from matillion_async._settings import Settings
from matillion_async._share.choice import account_name, chosen
from matillion_async._share.place import reason
from matillion_async._share.status import limit_status
from matillion_async._tokens.token_source import Token, TokenSource
from matillion_async._transport.addresses import origin
from matillion_async._transport.values import Request, Response, Transport
from matillion_async.cli._reach import Check, reach

SECONDS = 5.0
"""For one request and its response."""
MOST_SKEW = 300.0
"""Seconds by which clocks may differ; certificates and tokens are not that exact."""
_TOLD_TO = 2.0
"""Seconds: a date has no parts of a second, and a response is on its way for some of one."""
_ROLES = "the credentials have no role in any project: give them one, or check the region"
_LIMIT_HEADERS = ("ratelimit", "x-ratelimit", "x-rate-limit", "retry-after")


@dataclass
class ResponseRecorder:
    """A transport that keeps what the latest response says of time and limits."""

    inner: Transport
    skew: float | None = None
    """Seconds by which the clock here is ahead of the server's."""
    limits: dict[str, str] = field(default_factory=dict)

    async def send(self, request: Request) -> Response:
        response = await self.inner.send(request)
        try:
            date = parsedate_to_datetime(response.header("Date") or "").timestamp()
        except ValueError:
            date = None
        if date is not None:
            self.skew = time.time() - date
        self.limits = {
            name.lower(): value
            for name, value in response.headers.items()
            if name.lower().startswith(_LIMIT_HEADERS)
        }
        return response

    async def aclose(self) -> None:
        await self.inner.aclose()


@dataclass(frozen=True)
class Given:
    """A source with one token."""

    token: Token

    async def fetch(self) -> Token:
        return self.token


async def examine(
    settings: Settings,
    recorder: ResponseRecorder,
    source: TokenSource | None,
    *,
    is_networked: bool,
) -> AsyncIterator[Check]:
    """The checks, as they are done.

    Args:
        settings: where the servers are.
        recorder: the transport, which is closed.
        source: of tokens, over this transport; None without credentials.
        is_networked: whether there is a network between here and the servers.
    """
    token_server, api_server = origin(settings.token_url), origin(settings.base_url)
    unreachable: set[str] = set()
    if is_networked:
        servers = dict.fromkeys([token_server, api_server])
        for checks in await asyncio.gather(*map(reach, servers)):
            for check in checks:
                if check.status == "failed":
                    unreachable.add(check.target)
                yield check
    token: Token | None = None
    host = token_server.host
    if source is None:
        yield Check("token", host, "skipped", "there are no credentials")
    elif token_server.address in unreachable:
        yield Check("token", host, "skipped", "its server cannot be reached")
    else:
        token, check = await _token(source, host)
        yield check
    host = api_server.host
    if token is None:
        yield Check("listing", host, "skipped", "there is no token")
    elif api_server.address in unreachable:
        yield Check("listing", host, "skipped", "its server cannot be reached")
    else:
        yield await _listing(settings, recorder, token, host)
    await recorder.aclose()
    yield _clock(recorder)
    yield _limits(recorder)
    if is_networked and os.environ.get("MATILLION_SHARE", "").strip():
        yield await _share(settings)


async def _token(source: TokenSource, host: str) -> tuple[Token | None, Check]:
    began = time.monotonic()
    try:
        token = await source.fetch()
    except MatillionError as error:
        return None, Check("token", host, "failed", error.explanation)
    found = f"issued in {time.monotonic() - began:.1f} s"
    if token.expires_in is not None:
        found += f", good for {token.expires_in:.0f} s"
    return token, Check("token", host, "ok", found)


async def _listing(
    settings: Settings, recorder: ResponseRecorder, token: Token, host: str
) -> Check:
    began = time.monotonic()
    client = MatillionClient(
        base_url=settings.base_url,
        token_source=Given(token),
        transport=recorder,
        timeout=SECONDS,
        retry=None,
        rate_limits="none",
        share="none",
    )
    async with client:
        try:
            total = (await client.projects.list(size=1)).total
        except MatillionError as error:
            return Check("listing", host, "failed", error.explanation)
    found = f"{total} projects in {time.monotonic() - began:.1f} s"
    return Check("listing", host, "ok", found, "" if total else _ROLES)


def _clock(recorder: ResponseRecorder) -> Check:
    if recorder.skew is None:
        return Check("clock", "", "skipped", "no response had a date")
    if abs(recorder.skew) < _TOLD_TO:
        return Check("clock", "", "ok", "that of the server, which tells whole seconds")
    side = "ahead of" if recorder.skew > 0 else "behind"
    found = f"{abs(recorder.skew):.0f} s {side} the server's"
    if abs(recorder.skew) <= MOST_SKEW:
        return Check("clock", "", "ok", found)
    return Check("clock", "", "failed", found, "set the clock of this machine, such as by NTP")


def _limits(recorder: ResponseRecorder) -> Check:
    text = os.environ.get("MATILLION_RATE_LIMITS", "").strip()
    try:
        limits = parse_rate_limits(text) if text else None
    except ConfigurationError as error:
        return Check("limits", "", "failed", error.explanation)
    if limits is None:
        found = (
            "MATILLION_RATE_LIMITS is not set: the documented limit, adapted to what is accepted"
        )
    elif limits:
        found = f"{', '.join(map(str, limits))} of MATILLION_RATE_LIMITS"
    else:
        found = "switched off by MATILLION_RATE_LIMITS"
    told = "; ".join(f"{name}: {value}" for name, value in recorder.limits.items())
    return Check("limits", "", "ok", f"{found}; the server says {told}" if told else found)


async def _share(settings: Settings) -> Check:
    try:
        place = chosen(None)
        name = account_name(settings) if place is not None else ""
    except ConfigurationError as error:
        return Check("share", "", "failed", error.explanation)
    if place is None:
        return Check("share", "", "skipped", "switched off by MATILLION_SHARE")
    try:
        status = await limit_status(place, f"{name}:limit")
    except Exception as error:  # noqa: BLE001 - of any place
        advice = "calls go on with a part of the limit"
        return Check("share", str(place), "failed", reason(error), advice)
    finally:
        await place.aclose()
    others = 0 if status is None else len(status.processes)
    return Check("share", str(place), "ok", f"works; processes that share the limit now: {others}")
