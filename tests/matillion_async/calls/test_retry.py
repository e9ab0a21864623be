"""Which failure is repeated, and when: the policy, and the edges of what it decides."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from matillion_async import (
    APIConnectionError,
    APITimeoutError,
    Attempt,
    ConfigurationError,
    MatillionError,
    RateLimitedError,
    Request,
    Response,
    RetryPolicy,
    ServerError,
    StatusError,
)
from tests.matillion_async.scripted import Script, project_page, scripted_client

pytestmark = pytest.mark.virtual_time

ONE = httpx.Response(200, json=project_page("a"))
PROJECT_ID = "a0000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize("attempts", [0, -1, 2.5, float("nan"), float("inf"), None, "5", True])
def test_a_policy_needs_an_attempt(attempts: Any) -> None:
    """No attempt at all, or no number, is refused when the policy is made, and one is enough."""
    with pytest.raises(ConfigurationError, match="max_attempts must be an integer, at least 1"):
        RetryPolicy(max_attempts=attempts)
    assert 1 == RetryPolicy(max_attempts=1).max_attempts


@pytest.mark.parametrize("name", ["max_retry_after", "backoff_base", "backoff_max"])
@pytest.mark.parametrize("seconds", [-0.001, float("nan"), None, "1", True])
def test_a_policy_takes_no_negative_seconds(name: str, seconds: Any) -> None:
    """A time that is negative or no number is refused by its name; none at all is allowed."""
    values: dict[str, Any] = {name: seconds}
    with pytest.raises(ConfigurationError, match=f"{name} must be a number of seconds, 0 or more"):
        RetryPolicy(**values)
    values[name] = 0
    assert 0 == getattr(RetryPolicy(**values), name)


@pytest.mark.parametrize(("attempts", "highest"), [(1, 0.5), (2, 1.0), (3, 2.0), (7, 30.0)])
def test_the_pause_doubles_up_to_its_bound(attempts: int, highest: float) -> None:
    """After the n-th attempt it is drawn from 0 to base · 2ⁿ⁻¹, and never beyond the longest."""
    drawn: list[tuple[float, float]] = []

    def uniform(low: float, high: float) -> float:
        drawn.append((low, high))
        return high

    assert highest == RetryPolicy().backoff(attempts, uniform)
    assert [(0.0, highest)] == drawn


async def test_a_retry_after_of_just_the_longest_is_waited_for() -> None:
    """Only a longer one fails at once."""
    loop = asyncio.get_running_loop()
    script = Script(httpx.Response(429, headers={"Retry-After": "10"}), ONE)
    async with scripted_client(script, retry=RetryPolicy(max_retry_after=10)) as client:
        await client.projects.list(size=1)
    assert 2 == len(script.requests)
    assert loop.time() >= 10
    script = Script(httpx.Response(429, headers={"Retry-After": "10.5"}), ONE)
    async with scripted_client(script, retry=RetryPolicy(max_retry_after=10)) as client:
        with pytest.raises(RateLimitedError):
            await client.projects.list(size=1)
    assert 1 == len(script.requests)


async def test_a_status_above_599_is_no_server_error() -> None:
    """What no standard knows is told by its number alone, and is final from there on."""
    for status, kind, sent in ((599, ServerError, 6), (600, StatusError, 1)):
        script = Script(httpx.Response(status))
        async with scripted_client(script) as client:
            with pytest.raises(StatusError) as caught:
                await client.projects.list(size=1)
        assert kind is type(caught.value)
        assert (status, sent) == (caught.value.status_code, len(script.requests))


async def test_an_uncounted_attempt_does_not_count_for_a_later_failure_either() -> None:
    """A call that was in flight when another's 429 began a pause has all its attempts for the 503s after it."""
    seen: dict[str, int] = {}

    async def server(request: httpx.Request) -> httpx.Response:
        size = request.url.params["size"]
        seen[size] = seen.get(size, 0) + 1
        if seen[size] == 1:
            await asyncio.sleep(int(size))
            return httpx.Response(429, headers={"Retry-After": "5"})
        return httpx.Response(200, json=project_page()) if size == "1" else httpx.Response(503)

    async with scripted_client(
        Script(), transport=httpx.MockTransport(server), retry=RetryPolicy(max_attempts=2)
    ) as client:
        _, error = await asyncio.gather(
            client.projects.list(size=1).all(),
            client.projects.list(size=2).all(),
            return_exceptions=True,
        )
    assert isinstance(error, ServerError)
    assert {"1": 2, "2": 3} == seen


async def test_the_pause_after_an_uncounted_attempt_is_that_of_the_first() -> None:
    """Pauses grow with the attempts that count: after twenty that do not, none is beyond the first range."""
    first: set[str] = set()
    pauses: list[float] = []

    async def server(request: httpx.Request) -> httpx.Response:
        size = request.url.params["size"]
        if size == "1" or size not in first:
            first.add(size)
            await asyncio.sleep(min(2, int(size)))
            return httpx.Response(429, headers={"Retry-After": "5"})
        return httpx.Response(503)

    def note(attempt: Attempt) -> None:
        if attempt.outcome == "503" and attempt.retry_in is not None:
            pauses.append(attempt.retry_in)

    async with scripted_client(
        Script(),
        transport=httpx.MockTransport(server),
        retry=RetryPolicy(max_attempts=2, backoff_base=100, backoff_max=1e9),
        on_attempt=note,
    ) as client:
        calls = [client.projects.list(size=size).all() for size in range(1, 22)]
        await asyncio.gather(*calls, return_exceptions=True)
    assert 20 == len(pauses)
    assert max(pauses) <= 100


async def test_an_idempotent_failure_of_a_bulk_can_be_run_again() -> None:
    """A GET that fails for good in a bulk is among what remains, not among what may have taken effect."""
    async with scripted_client(
        Script(httpx.Response(503)), retry=RetryPolicy(max_attempts=2)
    ) as client:
        get = client.pipeline_executions.get
        result = await client.bulk(lambda item: get(PROJECT_ID, item), ["a", "b"])
    assert (["a", "b"], []) == (result.remaining, result.unknown)


@pytest.mark.parametrize("last", [httpx.ConnectError("refused"), httpx.Response(404)])
async def test_what_an_earlier_attempt_may_have_done_is_not_forgotten(
    last: httpx.Response | Exception,
) -> None:
    """A DELETE whose first response was lost may have been carried out, whatever became of the second."""
    script = Script(httpx.ReadError("reset"), last)
    async with scripted_client(script, retry=RetryPolicy(max_attempts=2)) as client:
        with pytest.raises(MatillionError) as caught:
            await client.projects.delete(PROJECT_ID)
    assert 2 == len(script.requests)
    assert caught.value.may_have_been_processed


async def test_a_wait_for_a_connection_undoes_nothing() -> None:
    """A DELETE whose first response was lost may have been carried out, also if the second got no connection."""

    class Lost:
        """Loses the first response, and gets no connection for the second request."""

        tells_when_it_sends = True
        requests = 0

        async def send(self, request: Request) -> Response:
            self.requests += 1
            if self.requests == 1:
                request.sending()
                raise ConnectionResetError
            await asyncio.sleep(1e9)
            raise AssertionError

        async def aclose(self) -> None: ...

    async with scripted_client(
        Script(), transport=Lost(), retry=RetryPolicy(max_attempts=2)
    ) as client:
        with pytest.raises(APITimeoutError, match="the request was not sent") as caught:
            await client.projects.delete(PROJECT_ID)
    assert caught.value.may_have_been_processed


async def test_a_response_that_cannot_be_unpacked_is_a_broken_one() -> None:
    """A GET is repeated after it; a POST is not, and may have been carried out."""
    script = Script(httpx.DecodingError("not gzip"), ONE)
    async with scripted_client(script) as client:
        await client.projects.list(size=1)
    assert 2 == len(script.requests)
    script = Script(httpx.DecodingError("not gzip"))
    async with scripted_client(script) as client:
        with pytest.raises(APIConnectionError, match="DecodingError: not gzip") as caught:
            await client.projects.create(
                name="a", warehouse="SNOWFLAKE", agent_deployment_type="HYBRID"
            )
    assert 1 == len(script.requests)
    assert caught.value.may_have_been_processed


@pytest.mark.parametrize("status", [501, 505, 511])
async def test_a_server_error_that_will_not_pass_is_final(status: int) -> None:
    """What the server cannot do, or a network that wants a login first, is not asked again."""
    script = Script(httpx.Response(status))
    async with scripted_client(script) as client:
        with pytest.raises(ServerError):
            await client.projects.list(size=1)
    assert 1 == len(script.requests)


@pytest.mark.parametrize("status", [408, 425, 507, 520, 529])
async def test_what_passes_is_asked_for_again_unless_it_creates(status: int) -> None:
    """Time limits, and what gateways say in their own way; a POST that met it is not sent again."""
    script = Script(httpx.Response(status), ONE)
    async with scripted_client(script) as client:
        await client.projects.list(size=1)
    assert 2 == len(script.requests)
    script = Script(httpx.Response(status))
    async with scripted_client(script) as client:
        with pytest.raises(StatusError) as caught:
            await client.projects.create(
                name="a", warehouse="SNOWFLAKE", agent_deployment_type="HYBRID"
            )
    assert (1, True) == (len(script.requests), caught.value.is_temporary)


@pytest.mark.parametrize(("seconds", "connect"), [(60.0, 10.0), (10.5, 10.0), (4.0, 4.0)])
async def test_a_connection_has_ten_seconds_at_most(seconds: float, connect: float) -> None:
    """A transport is told to make it in the time of an attempt, and sooner where that is long."""
    script = Script(ONE)
    async with scripted_client(script, timeout=seconds) as client:
        await client.projects.list(size=1)  # before a success there is less
        await client.projects.list(size=1)
    limits = script.requests[1].extensions["timeout"]
    assert (connect, seconds) == (limits["connect"], limits["read"])


@pytest.mark.parametrize("header", ["X-Request-Id", "X-Correlation-Id", "Request-Id", "CF-Ray"])
async def test_an_error_has_the_servers_id_of_the_request(header: str) -> None:
    """Whichever of the usual headers carries it; an empty one is passed over."""
    headers = {"X-Request-Id": ""} | {header: "r-1"}
    async with scripted_client(Script(httpx.Response(404, headers=headers))) as client:
        with pytest.raises(StatusError) as caught:
            await client.projects.list(size=1)
    assert "r-1" == caught.value.request_id


async def test_a_response_that_breaks_off_is_closed() -> None:
    """The stream of a transport that reads as it goes is closed when reading it fails, so that its connection is free."""
    streams: list[_BrokenStream] = []

    class Streaming(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            streams.append(_BrokenStream())
            return httpx.Response(200, stream=streams[-1])

    async with scripted_client(
        Script(), transport=Streaming(), retry=RetryPolicy(max_attempts=2)
    ) as client:
        with pytest.raises(APIConnectionError, match="broke off"):
            await client.projects.list(size=1)
    assert [True, True] == [stream.is_closed for stream in streams]


async def test_a_retry_after_with_a_date_is_read_on_the_servers_clock() -> None:
    """The time between both dates of a response is what is waited, whatever this machine's clock says."""
    headers = {
        "Date": "Mon, 05 Jan 2015 10:00:00 GMT",
        "Retry-After": "Mon, 05 Jan 2015 10:00:40 GMT",
    }
    loop = asyncio.get_running_loop()
    script = Script(httpx.Response(429, headers=headers), ONE)
    async with scripted_client(script) as client:
        await client.projects.list(size=1)
    assert 40 <= loop.time() < 45


@pytest.mark.parametrize(("method", "requests"), [("PUT", 2), ("PATCH", 1), ("POST", 1)])
async def test_a_request_made_elsewhere_is_repeated_by_its_method(
    method: str, requests: int
) -> None:
    """Without an operation that says so, only the methods that HTTP calls idempotent are sent again."""
    script = Script(httpx.Response(503))
    async with scripted_client(script, retry=RetryPolicy(max_attempts=2)) as client:
        with pytest.raises(ServerError):
            await client.api.get_async_httpx_client().request(method, "/v1/projects")
    assert requests == len(script.requests)


class _BrokenStream(httpx.AsyncByteStream):
    """Half a response."""

    def __init__(self) -> None:
        self.is_closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b"{"
        raise httpx.ReadError("broke off")

    async def aclose(self) -> None:
        self.is_closed = True
