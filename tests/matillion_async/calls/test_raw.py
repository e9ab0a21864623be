"""client.request: calls of any path, with all that any call has."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
import pytest
from multidict import CIMultiDict

from matillion_async import (
    Attempt,
    DeadlineExceededError,
    InvalidRequestError,
    NotFoundError,
    Request,
    Response,
    ResponseDecodingError,
    RetryPolicy,
    ServerError,
)
from matillion_async.models import AgentDeploymentType, CreateProjectRequest, Warehouse
from tests.matillion_async.scripted import BASE_URL, CountingTokens, Script, scripted_client

pytestmark = pytest.mark.virtual_time

OK = httpx.Response(200, json={"total": 7}, headers={"X-Request-Id": "r-1"})
BUSY = httpx.Response(503)


def nested(depth: int) -> list[Any]:
    """Lists in lists."""
    value: list[Any] = []
    for _ in range(depth):
        value = [value]
    return value


async def test_a_response_as_it_came() -> None:
    """Status, headers by any name, body as bytes, text and JSON, the id of the request and where the time went."""
    script = Script(OK)
    async with scripted_client(script, headers={"X-Team": "emea"}) as client:
        response = await client.request("get", "/v1/projects", params={"page": 0})
    assert (200, b'{"total":7}', "r-1") == (
        response.status_code,
        response.content,
        response.request_id,
    )
    assert ({"total": 7}, '{"total":7}') == (response.json(), response.text)
    assert ("r-1", 1) == (response.headers["x-request-id"], len(response.timing.requests))
    (sent,) = script.requests
    assert ("GET", f"{BASE_URL}/v1/projects?page=0") == (sent.method, str(sent.url))
    assert ("emea", ["Bearer token-1"]) == (sent.headers["x-team"], script.tokens)
    assert "total" not in repr(response)
    assert "x-request-id" not in repr(response)
    assert "r-1" in repr(response)


async def test_a_response_without_a_body() -> None:
    """Has no JSON, which is None."""
    async with scripted_client(Script(httpx.Response(204))) as client:
        response = await client.request("DELETE", "/v1/projects/a")
    assert (204, b"", None) == (response.status_code, response.content, response.json())


async def test_a_body_that_is_not_text() -> None:
    """Has its bytes, and text with replacements; it is not JSON either."""
    async with scripted_client(Script(httpx.Response(200, content=b'"\xff"'))) as client:
        response = await client.request("GET", "/v1/x")
    assert (b'"\xff"', '"\ufffd"') == (response.content, response.text)
    with pytest.raises(ResponseDecodingError):
        response.json()


async def test_a_body_that_is_not_json() -> None:
    """Is told when JSON is asked for, with what it begins with."""
    page = "<html>" + "é" * 3000
    async with scripted_client(Script(httpx.Response(200, text=page))) as client:
        response = await client.request("GET", "/v1/x")
    assert page == response.text
    with pytest.raises(
        ResponseDecodingError, match="GET /v1/x: the response is not JSON"
    ) as caught:
        response.json()
    assert (page[:2000], 200) == (caught.value.body, caught.value.status_code)


async def test_a_body_that_is_nested_too_deeply() -> None:
    """Is an error of this package too, however deep."""
    async with scripted_client(Script(httpx.Response(200, content=b"[" * 200_000))) as client:
        response = await client.request("GET", "/v1/x")
    with pytest.raises(ResponseDecodingError, match="nested too deeply"):
        response.json()


@pytest.mark.parametrize(
    ("path", "params", "sent"),
    [
        ("/v1/a", {"b": "c d&e=f/ü?#"}, "/v1/a?b=c+d%26e%3Df%2F%C3%BC%3F%23"),
        ("/v1/a", {"b": [1, 2.5], "c": True, "d": None}, "/v1/a?b=1&b=2.5&c=true"),
        ("/v1/a?b=1", [("b", "2"), ("c", 3)], "/v1/a?b=1&b=2&c=3"),
        ("/v1/a?b=&c", {"d": ""}, "/v1/a?b=&c=&d="),
        ("/v1/a b/ü/c%2Fd/50%", None, "/v1/a%20b/%C3%BC/c%2Fd/50%25"),
        ("/v1/a:run;x=1,2", {}, "/v1/a:run;x=1,2"),
    ],
)
async def test_what_is_sent_is_quoted(path: str, params: Any, sent: str) -> None:
    """A value stays a value, whatever is in it; what is quoted in a path already stays as it is."""
    script = Script(OK)
    async with scripted_client(script) as client:
        await client.request("GET", path, params=params)
    (request,) = script.requests
    assert f"{BASE_URL}{sent}" == str(request.url)


@pytest.mark.parametrize(
    "path",
    [
        *("https://evil.example/v1/x", "//evil.example/v1/x", "/\\evil.example/v1", "v1/x"),
        *("/v1/../../x", "/v1/%2e%2e/x", "/v1//x", "/v1/./x", "/v2/x", "", "/v1/x#y", "/v1/x\ny"),
        *("/v1/x?next=1#y", "@evil.example/v1/x", "/v1/x\\..\\y"),
        *("/v1/x%2f..%2F..%2fy", "/v1/x%5c..%5Cy", "/v1/..;/x", "/v1/..;a=b/x"),
    ],
)
async def test_a_path_that_leads_elsewhere_is_refused(path: str) -> None:
    """To another host, out of the API, or to where it does not say: nothing is sent, and no token."""
    script = Script(OK)
    async with scripted_client(script) as client:
        with pytest.raises(InvalidRequestError, match=r"^the path .* must "):
            await client.request("GET", path)
    assert [] == script.requests


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            {"method": "FETCH"},
            "method must be one of DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT, not",
        ),
        ({"json": 1, "content": b"1"}, "give json or content, not both"),
        ({"json": None, "content": b"1"}, "give json or content, not both"),
        ({"json": {"a": float("nan")}}, "json: Out of range float values"),
        ({"json": {"a": {1}}}, "json: set is not JSON"),
        (
            {"params": {"a": {"b": 1}}},
            "params: a must be a string or a number, or several, not dict",
        ),
        ({"headers": {"Authorization": "x"}}, "headers must not contain Authorization"),
        ({"headers": {"X": "a\nb"}}, "value of header 'X' must be printable"),
        ({"headers": {"content-Length": "1"}}, "headers must not contain content-Length"),
        ({"headers": {"Transfer-Encoding": "x"}}, "headers must not contain Transfer-Encoding"),
        ({"method": None}, "method must be one of .*, not None"),
        ({"path": 5}, "path must be a string, not int"),
        ({"path": "/v1/x?a=\ud800"}, "params: .* surrogates not allowed"),
        ({"params": {"a": "\ud800"}}, "params: .* surrogates not allowed"),
        ({"params": {"a": b"b"}}, "params: a must be a string or a number, or several, not bytes"),
        ({"params": "a=b"}, "params must be values by their names, or pairs of both"),
        ({"params": 5}, "params must be values by their names, or pairs of both"),
        ({"params": [("a",)]}, "params must be values by their names, or pairs of both"),
        ({"params": {1: 2}}, "params must be values by their names, or pairs of both"),
        ({"content": 5}, "content must be bytes or a string, not int"),
        ({"content": "\ud800"}, "content: .* surrogates not allowed"),
        ({"json": "\ud800"}, "json: .* surrogates not allowed"),
        ({"json": nested(100_000)}, "json: it is nested too deeply"),
    ],
)
async def test_an_argument_that_cannot_be_sent_is_refused(
    arguments: dict[str, Any], told: str
) -> None:
    """Before anything is sent, by its name."""
    script = Script(OK)
    async with scripted_client(script) as client:
        given: dict[str, Any] = {"method": "POST", "path": "/v1/x"}
        with pytest.raises(InvalidRequestError, match=told):
            await client.request(**(given | arguments))
    assert [] == script.requests


@pytest.mark.parametrize("value", [{"a": "ü"}, [1], "text", None, 0])
async def test_a_body_of_json(value: Any) -> None:
    """Is sent as UTF-8 with its content type; null is a body."""
    script = Script(OK)
    async with scripted_client(script) as client:
        await client.request("POST", "/v1/x", json=value)
    (sent,) = script.requests
    assert (value, "application/json") == (json.loads(sent.content), sent.headers["content-type"])


@pytest.mark.parametrize("content", ["ü", "ü".encode(), "", b""])
async def test_a_body_as_it_is(content: str | bytes) -> None:
    """A transport gets bytes, and text as UTF-8."""
    bodies: list[object] = []

    class Own:
        async def send(self, request: Request) -> Response:
            bodies.append(request.body)
            return Response(200)

        async def aclose(self) -> None:
            """Nothing is open."""

    async with scripted_client(Script(OK), transport=Own()) as client:
        await client.request("POST", "/v1/x", content=content)
    assert [content.encode() if isinstance(content, str) else content] == bodies


async def test_a_header_that_comes_several_times_is_a_list() -> None:
    """Of a transport that hands them out as they came, as the one built in does."""

    class Own:
        async def send(self, _: Request) -> Response:
            return Response(200, CIMultiDict([("Link", "<a>"), ("link", "<b>")]))

        async def aclose(self) -> None:
            """Nothing is open."""

    async with scripted_client(Script(OK), transport=Own()) as client:
        response = await client.request("GET", "/v1/x")
    assert {"link": "<a>, <b>"} == response.headers


async def test_text_that_is_not_unicode_is_refused_by_any_method() -> None:
    """As an argument that cannot be sent, with the operation."""
    script = Script(OK)
    async with scripted_client(script) as client:
        with pytest.raises(InvalidRequestError, match=r"^projects.create: json: .* surrogates"):
            await client.projects.create(
                name="\ud800", warehouse="SNOWFLAKE", agent_deployment_type="HYBRID"
            )
    assert [] == script.requests


async def test_a_model_is_a_body() -> None:
    """Also inside of other values; what is not given is left out."""
    script = Script(OK)
    body = CreateProjectRequest("a", Warehouse.SNOWFLAKE, AgentDeploymentType.HYBRID)
    async with scripted_client(script) as client:
        await client.request(
            "POST", "/v1/x", json=[body], headers={"content-type": "application/own"}
        )
    (sent,) = script.requests
    assert "application/own" == sent.headers["content-type"]
    assert [{"name": "a", "warehouse": "SNOWFLAKE", "agentDeploymentType": "HYBRID"}] == json.loads(
        sent.content
    )


async def test_content_is_sent_as_it_is() -> None:
    """Bytes and text, with the headers of the call."""
    script = Script(OK)
    async with scripted_client(script) as client:
        await client.request("PUT", "/v1/x", content=b"\x00", headers={"Content-Type": "a/b"})
        await client.request("PATCH", "/v1/x", content="ü")
    assert [b"\x00", "ü".encode()] == [sent.content for sent in script.requests]
    assert "a/b" == script.requests[0].headers["content-type"]


@pytest.mark.parametrize(
    ("method", "idempotent", "count"),
    [
        *((method, None, 2) for method in ("GET", "HEAD", "OPTIONS", "PUT", "DELETE")),
        *((method, None, 1) for method in ("POST", "PATCH")),
        *(("POST", True, 2), ("GET", False, 1), ("get", None, 2)),
    ],
)
async def test_what_is_sent_again(method: str, idempotent: bool | None, count: int) -> None:
    """As HTTP says of the method, or as the caller does."""
    script = Script(BUSY, OK)
    async with scripted_client(script) as client:
        call = client.request(method, "/v1/x", idempotent=idempotent)
        if count == 2:
            assert 200 == (await call).status_code
        else:
            with pytest.raises(ServerError, match=rf"^{method} /v1/x: 503 .*it was not repeated"):
                await call
    assert count == len(script.requests)


async def test_it_has_all_that_a_call_has() -> None:
    """A new token after a 401, a pause after a 429, typed errors, the deadline and the hook."""
    attempts: list[Attempt] = []
    refused = httpx.Response(429, headers={"Retry-After": "3"})
    missing = httpx.Response(404, json={"title": "Not Found"})
    script = Script(httpx.Response(401), refused, OK, missing, BUSY)
    tokens = CountingTokens()
    async with scripted_client(script, token_source=tokens, on_attempt=attempts.append) as client:
        began = asyncio.get_running_loop().time()
        response = await client.request("POST", "/v1/x")
        assert asyncio.get_running_loop().time() - began >= 3
        assert (2, 3) == (tokens.fetched, len(response.timing.requests))
        with pytest.raises(NotFoundError, match=r"^GET /v1/x: 404 Not Found"):
            await client.request("GET", "/v1/x")
        patient = client.with_options(deadline=5, retry=RetryPolicy(max_attempts=99))
        with pytest.raises((ServerError, DeadlineExceededError)):
            await patient.request("GET", "/v1/x")
    assert {"POST /v1/x", "GET /v1/x"} == {attempt.operation for attempt in attempts}
    assert [401, 429, 200, 404] == [attempt.status_code for attempt in attempts[:4]]


async def test_a_token_that_is_echoed_is_masked() -> None:
    """An error says nothing of the token, although the server does."""

    def echo(request: httpx.Request) -> httpx.Response:
        return httpx.Response(400, text=request.headers["authorization"])

    async with scripted_client(echo) as client:
        with pytest.raises(Exception, match=r"Bearer \*\*\*") as caught:
            await client.request("GET", "/v1/x")
    assert "token-1" not in str(caught.value)
