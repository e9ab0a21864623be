"""Clients without a limiter, which only retry: what most callers of an API do.

Each is a function that starts all calls at once against a sandbox in this process and returns how many succeeded.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any, TypeAlias

import httpx
import httpx2
import urllib3

App: TypeAlias = Callable[..., Coroutine[Any, Any, None]]
"""An ASGI application."""

PATH = "/dpc/v1/projects?size=25"
BASE = "http://localhost"


@contextlib.asynccontextmanager
async def _http(app: App, token: str) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"Authorization": f"Bearer {token}"}
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(
        transport=transport, base_url=BASE, headers=headers, timeout=None
    ) as http:
        yield http


async def openai_sdk(app: App, token: str, calls: int) -> int:
    """openai's AsyncOpenAI itself, as it comes: 2 retries, Retry-After or 0.5 s doubled up to 8 s."""
    import openai  # takes a second, and whoever wants the others only need not wait

    async with (
        httpx2.AsyncClient(transport=httpx2.ASGITransport(app), timeout=None) as http,
        openai.AsyncOpenAI(api_key=token, base_url=BASE, http_client=http) as client,
    ):
        attempts = (client.get(PATH, cast_to=object) for _ in range(calls))
        results = await asyncio.gather(*attempts, return_exceptions=True)
    return sum(not isinstance(result, BaseException) for result in results)


async def urllib3_policy(app: App, token: str, calls: int) -> int:
    """urllib3's Retry object, as it comes but for a back-off of 0.5 s doubled: 10 retries, and Retry-After comes first."""
    async with _http(app, token) as http:

        async def call() -> bool:
            retry = urllib3.Retry(10, status_forcelist=[429], backoff_factor=0.5)
            while True:
                response = await http.get(PATH)
                if response.status_code != 429:
                    return response.is_success
                after = response.headers.get("Retry-After")
                try:
                    retry = retry.increment("GET", PATH, urllib3.HTTPResponse(status=429))
                except urllib3.exceptions.MaxRetryError:
                    return False
                seconds = retry.parse_retry_after(after) if after else retry.get_backoff_time()
                await asyncio.sleep(seconds)

        return sum(await asyncio.gather(*(call() for _ in range(calls))))


async def for_ever(app: App, token: str, calls: int) -> int:
    """Wait as long as Retry-After says, and try again until it works."""
    async with _http(app, token) as http:
        return sum(await asyncio.gather(*(_until_accepted(http) for _ in range(calls))))


async def one_by_one(app: App, token: str, calls: int) -> int:
    """A loop that awaits each call before the next, and waits as long as Retry-After says."""
    async with _http(app, token) as http:
        return sum([await _until_accepted(http) for _ in range(calls)])


async def _until_accepted(http: httpx.AsyncClient) -> bool:
    while True:
        response = await http.get(PATH)
        if response.status_code != 429:
            return response.is_success
        await asyncio.sleep(float(response.headers["Retry-After"]))
