"""A client over a transport that responds as a test says."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import httpx

from matillion_async import MatillionClient, Token
from matillion_async._limits.limiter import Limiter

Handler = Callable[[httpx.Request], httpx.Response]
BASE_URL = "https://api.example.com/dpc"


class CountingTokens:
    """A token source that numbers its tokens."""

    def __init__(self) -> None:
        self.fetched = 0

    async def fetch(self) -> Token:
        self.fetched += 1
        return Token(f"token-{self.fetched}", expires_in=1800)


class Script:
    """Responds to one request after the other; keeps what it was sent.

    Each step is a response, an exception to raise, or a function of the request; the last one is repeated.
    """

    def __init__(self, *steps: httpx.Response | Exception | Handler) -> None:
        self._steps = list(steps)
        self.requests: list[httpx.Request] = []
        self.tokens: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        self.tokens.append(request.headers["authorization"])
        step = self._steps.pop(0) if len(self._steps) > 1 else self._steps[0]
        if isinstance(step, Exception):
            raise step
        return step(request) if callable(step) else step


def scripted_client(script: Handler, **options: Any) -> MatillionClient:
    """A client whose requests ``script`` responds to; no limits unless a test gives some."""
    settings: dict[str, Any] = {
        "base_url": BASE_URL,
        "token_source": CountingTokens(),
        "rate_limits": "none",
        "transport": httpx.MockTransport(script),
    }
    return MatillionClient(**(settings | options))


def project_page(*names: str, page: int = 0, size: int = 100, total: int | None = None) -> Any:
    """A page of projects as the API sends it."""
    return {
        "page": page,
        "size": size,
        "total": len(names) if total is None else total,
        "results": [{"id": f"id-{name}", "name": name} for name in names],
    }


def paged_projects(count: int, request: httpx.Request) -> httpx.Response:
    """The page a well-behaved server with ``count`` projects gives."""
    page, size = (int(request.url.params[key]) for key in ("page", "size"))
    names = [str(index) for index in range(page * size, min(count, (page + 1) * size))]
    return httpx.Response(200, json=project_page(*names, page=page, size=size, total=count))


def shut(limiter: Limiter, seconds: float | None) -> None:
    """Have a request refused that was sent before all others, which is a pause and teaches nothing."""
    limiter.refused(limiter._dispatcher.grant(-math.inf), seconds)
