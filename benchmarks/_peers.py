"""Who is compared: ours with everything on, and others, each reading a page of projects."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator

import aiohttp
import httpx
import httpx2
import httpx_aiohttp
from matillion_api import Client
from matillion_api.api.projects import list_projects

from benchmarks._connection import HEADERS, PATH, RATE_LIMIT, SIZE, TIMEOUT, TOKEN, FixedToken
from benchmarks._measure import Call, Candidate
from matillion_async import MatillionClient
from matillion_async._transport.adapters import AnyTransport
from matillion_async._transport.transport import AiohttpTransport
from matillion_async._transport.values import Request


@contextlib.asynccontextmanager
async def ours(url: str, transport: AnyTransport | None = None) -> AsyncIterator[Call]:
    """MatillionClient with a token, a limiter, retries and typed models."""
    async with MatillionClient(
        base_url=url,
        token_source=FixedToken(),
        rate_limits=RATE_LIMIT,
        timeout=120,
        transport=transport,
    ) as client:

        async def call() -> object:
            return await client.projects.list(size=SIZE)

        yield call


@contextlib.asynccontextmanager
async def ours_on_httpx(url: str) -> AsyncIterator[Call]:
    """The same on httpx's own transport, which one gets by passing it."""
    async with ours(url, httpx.AsyncHTTPTransport()) as call:
        yield call


@contextlib.asynccontextmanager
async def ours_on_httpx2(url: str) -> AsyncIterator[Call]:
    """The same on httpx2's own transport."""
    async with ours(url, httpx2.AsyncHTTPTransport()) as call:
        yield call


@contextlib.asynccontextmanager
async def bare_httpx2(url: str) -> AsyncIterator[Call]:
    """An httpx2 client as it comes, with its pool of 100 connections, and json()."""
    async with httpx2.AsyncClient(headers=HEADERS, timeout=120.0) as client:

        async def call() -> object:
            return (await client.get(url + PATH, params={"size": SIZE})).json()

        yield call


@contextlib.asynccontextmanager
async def transport_alone(url: str) -> AsyncIterator[Call]:
    """Our transport, called directly, and json()."""
    async with AiohttpTransport() as transport:

        async def call() -> object:
            request = Request("GET", f"{url}{PATH}?size={SIZE}", HEADERS)
            return json.loads((await transport.send(request)).content)

        yield call


@contextlib.asynccontextmanager
async def bare_httpx(url: str) -> AsyncIterator[Call]:
    """An httpx client as it comes, with its pool of 100 connections, and json()."""
    async with httpx.AsyncClient(headers=HEADERS, timeout=TIMEOUT) as client:

        async def call() -> object:
            return (await client.get(url + PATH, params={"size": SIZE})).json()

        yield call


@contextlib.asynccontextmanager
async def httpx_behind_16(url: str) -> AsyncIterator[Call]:
    """The same, with no more than 16 calls at its pool."""
    bound = asyncio.Semaphore(16)
    async with bare_httpx(url) as unbound:

        async def call() -> object:
            async with bound:
                return await unbound()

        yield call


@contextlib.asynccontextmanager
async def bare_aiohttp(url: str) -> AsyncIterator[Call]:
    """An aiohttp session as it comes, with its pool of 100 connections, and json()."""
    timeout = aiohttp.ClientTimeout(total=None, sock_read=120.0)
    async with aiohttp.ClientSession(headers=HEADERS, timeout=timeout) as session:

        async def call() -> object:
            async with session.get(url + PATH, params={"size": SIZE}) as response:
                return await response.json()

        yield call


@contextlib.asynccontextmanager
async def generated_on_httpx_aiohttp(url: str) -> AsyncIterator[Call]:
    """The plain generated function on the published transport over aiohttp; no tokens, limits or retries."""
    async with httpx_aiohttp.HttpxAiohttpClient(
        base_url=url, headers=HEADERS, timeout=TIMEOUT
    ) as http:
        client = Client(base_url=url).set_async_httpx_client(http)

        async def call() -> object:
            return await list_projects.asyncio(client=client, size=SIZE)

        yield call


@contextlib.asynccontextmanager
async def openai_sdk(url: str) -> AsyncIterator[Call]:
    """openai's AsyncOpenAI as it comes, pointed at the same route, with typed models."""
    import openai  # takes a second, and whoever wants the others only need not wait
    from openai._base_client import make_request_options

    class Project(openai.BaseModel):
        id: str
        name: str
        description: str | None = None

    class ProjectPage(openai.BaseModel):
        page: int
        size: int
        total: int
        results: list[Project]

    async with openai.AsyncOpenAI(api_key=TOKEN, base_url=url, timeout=120.0) as client:

        async def call() -> object:
            options = make_request_options(query={"size": SIZE})
            return await client.get(PATH, cast_to=ProjectPage, options=options)

        yield call


OURS, HTTPX, AIOHTTP, OPENAI = "ours", "httpx + json()", "aiohttp + json()", "openai SDK"
OURS_ON_HTTPX = "ours on httpx's transport"
OURS_ON_HTTPX2, HTTPX2 = "ours on httpx2's transport", "httpx2 + json()"

CANDIDATES: dict[str, Candidate] = {
    OURS: ours,
    OURS_ON_HTTPX: ours_on_httpx,
    HTTPX: bare_httpx,
    "httpx + json(), 16 at a time": httpx_behind_16,
    OURS_ON_HTTPX2: ours_on_httpx2,
    HTTPX2: bare_httpx2,
    AIOHTTP: bare_aiohttp,
    "generated client on httpx-aiohttp": generated_on_httpx_aiohttp,
    OPENAI: openai_sdk,
}
PARTS: dict[str, Candidate] = {
    "our transport alone + json()": transport_alone,
}
"""Measured only when they are asked for."""

FEW_IN_FLIGHT = frozenset({OURS_ON_HTTPX, HTTPX, OURS_ON_HTTPX2, HTTPX2, OPENAI})
"""Those on the pool of httpx: with 5,000 calls in flight they use seconds of CPU before the first response."""
