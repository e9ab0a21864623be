"""Beside the instrumentations of aiohttp, httpx and httpx2 each request is one span, ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import aiohttp
import httpx
import httpx2
import pytest
from opentelemetry.instrumentation.aiohttp_client import AioHttpClientInstrumentor
from opentelemetry.instrumentation.httpx import (
    HTTPX2ClientInstrumentor,
    HTTPXClientInstrumentor,
)
from opentelemetry.trace import SpanKind

from matillion_async import AiohttpTransport, Request, Response
from matillion_async.otel import MatillionInstrumentor
from matillion_async.sandbox import Sandbox, Served, serve
from tests.otel.telemetry import Telemetry, attributes


class OverSession:
    """A transport of somebody's, over a session of aiohttp."""

    def __init__(self) -> None:
        self._session = aiohttp.ClientSession()

    async def send(self, request: Request) -> Response:
        assert isinstance(request.body, bytes)
        async with self._session.request(
            request.method, request.url, headers=request.headers, data=request.body
        ) as response:
            return Response(response.status, response.headers, await response.read())

    async def aclose(self) -> None:
        await self._session.close()


TRANSPORTS: dict[str, Callable[[], Any]] = {
    "built in": AiohttpTransport,
    "of aiohttp": OverSession,
    "of httpx": httpx.AsyncHTTPTransport,
    "of httpx2": httpx2.AsyncHTTPTransport,
}


@pytest.fixture
def others(telemetry: Telemetry) -> Iterator[None]:
    """What ``opentelemetry-instrument`` switches on as well."""
    instrumentors: list[Any] = [
        AioHttpClientInstrumentor(),
        HTTPXClientInstrumentor(),
        HTTPX2ClientInstrumentor(),
    ]
    for each in instrumentors:
        each.instrument(tracer_provider=telemetry.tracer_provider)
    yield
    for each in instrumentors:
        each.uninstrument()


async def calls(sandbox: Sandbox, served: Served, transport: Any) -> None:
    """Two calls, and the request for their token."""
    async with sandbox.client(
        base_url=f"{served.url}/dpc", token_url=f"{served.url}/oauth/dpc/token", transport=transport
    ) as client:
        await client.projects.list()
        await client.projects.list()


@pytest.mark.usefixtures("others")
@pytest.mark.parametrize("transport", TRANSPORTS.values(), ids=TRANSPORTS)
async def test_each_request_is_one_span(telemetry: Telemetry, transport: Callable[[], Any]) -> None:
    """Whatever carries it."""
    sandbox = Sandbox(projects=1)
    instrumentor = MatillionInstrumentor()
    instrumentor.instrument(tracer_provider=telemetry.tracer_provider)
    try:
        async with serve(sandbox) as served:
            await calls(sandbox, served, transport())
    finally:
        instrumentor.uninstrument()
    requests = [span for span in telemetry.spans if span.kind is SpanKind.CLIENT]
    assert ["GET /v1/projects", "GET /v1/projects", "POST /oauth/dpc/token"] == sorted(
        span.name for span in requests
    )
    port = int(served.url.rpartition(":")[2])
    assert {("127.0.0.1", port)} == {
        (attributes(span)["server.address"], attributes(span)["server.port"]) for span in requests
    }


@pytest.mark.usefixtures("others")
@pytest.mark.parametrize("name", ["of aiohttp", "of httpx", "of httpx2"])
async def test_without_ours_theirs_is_there(telemetry: Telemetry, name: str) -> None:
    """They do see these requests, and what they make of them lacks the template and the call."""
    sandbox = Sandbox(projects=1)
    async with serve(sandbox) as served:
        await calls(sandbox, served, TRANSPORTS[name]())
    requests = [span for span in telemetry.spans if span.kind is SpanKind.CLIENT]
    assert ["POST", "GET", "GET"] == [span.name for span in requests]
    assert all("url.template" not in attributes(span) for span in requests)
