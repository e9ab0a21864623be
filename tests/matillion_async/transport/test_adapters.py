"""Transports that are not ours: those made for httpx and httpx2, what is made for tests with them, and a user's own."""

from __future__ import annotations

import asyncio
import gzip
import importlib
import importlib.util
import json
import subprocess
import sys
import traceback
from collections.abc import AsyncIterable, AsyncIterator, Callable
from io import BytesIO
from typing import Any

import httpx
import pytest

from matillion_async import (
    APIConnectionError,
    APITimeoutError,
    ClientStateError,
    ConfigurationError,
    MatillionClient,
    NotFoundError,
    Request,
    Response,
    RetryPolicy,
    Token,
    TokenUnavailableError,
)
from matillion_async._transport.adapters import as_transport
from tests.matillion_async.raw_server import Peer, raw_server
from tests.matillion_async.scripted import BASE_URL, project_page

pytest_plugins = [
    name for name in ("pytest_httpx", "pytest_httpx2") if importlib.util.find_spec(name)
]
PAGE = project_page("a")
TOKEN = "the-access-token-0123456789"
PROJECT = {"name": "a", "warehouse": "SNOWFLAKE", "agent_deployment_type": "HYBRID"}


class Source:
    """Gives one token."""

    async def fetch(self) -> Token:
        return Token(TOKEN, expires_in=1800.0)


def client_over(transport: Any, **options: Any) -> MatillionClient:
    """A client that sends by this."""
    settings: dict[str, Any] = {
        "base_url": BASE_URL,
        "token_source": Source(),
        "rate_limits": "none",
        "retry": RetryPolicy(max_attempts=2, backoff_base=0),
    }
    return MatillionClient(transport=transport, **(settings | options))


@pytest.fixture(params=["httpx", "httpx2"])
def library(request: pytest.FixtureRequest) -> Any:
    """httpx, and its successor where it is installed."""
    return pytest.importorskip(request.param)


async def test_a_mock_sees_what_is_sent(library: Any) -> None:
    """Method, URL, headers, body and time limits, of both kinds of request."""
    seen: list[Any] = []

    def respond(request: Any) -> Any:
        seen.append(request)
        body = PAGE if request.method == "GET" else {"projectId": "x"}
        return library.Response(200 if request.method == "GET" else 201, json=body)

    async with client_over(library.MockTransport(respond), timeout=7) as client:
        assert ["a"] == [project.name async for project in client.projects.list(size=25)]
        await client.projects.create(**PROJECT)
    read, write = seen
    assert ("GET", f"{BASE_URL}/v1/projects?page=0&size=25") == (read.method, str(read.url))
    assert f"Bearer {TOKEN}" == read.headers["Authorization"] == write.headers["Authorization"]
    assert ("POST", "application/json") == (write.method, write.headers["Content-Type"])
    assert "a" == json.loads(write.content)["name"]
    assert {"connect": 4.5, "read": 7, "write": 7, "pool": None} == read.extensions["timeout"]


async def test_a_response_that_is_streamed_is_read_unpacked_and_closed(library: Any) -> None:
    """As real transports give it: its bytes are still to come, and compressed."""
    closed: list[bool] = []

    class Stream(library.AsyncByteStream):  # type: ignore[misc] # of either library
        async def __aiter__(self) -> AsyncIterator[bytes]:
            packed = gzip.compress(json.dumps(PAGE).encode())
            yield packed[:9]
            yield packed[9:]

        async def aclose(self) -> None:
            closed.append(True)

    headers = {"Content-Encoding": "gzip"}
    transport = library.MockTransport(
        lambda _: library.Response(200, headers=headers, stream=Stream())
    )
    async with client_over(transport) as client:
        assert ["a"] == [project.name for project in (await client.projects.list()).results]
    assert [True] == closed


async def test_a_refusal_is_told_in_the_servers_words(library: Any) -> None:
    """Where it has no body, the phrase after the status is all that there is."""
    refusal = library.Response(404, extensions={"reason_phrase": b"Not In This Region"})
    async with client_over(library.MockTransport(lambda _: refusal)) as client:
        with pytest.raises(NotFoundError, match="404 Not In This Region"):
            await client.projects.list()


async def test_a_response_that_breaks_off_is_closed(library: Any) -> None:
    """So that its connection goes back to where it belongs."""
    closed: list[bool] = []

    class Stream(library.AsyncByteStream):  # type: ignore[misc] # of either library
        async def __aiter__(self) -> AsyncIterator[bytes]:
            yield b"{"
            raise library.ReadError("broken off")

        async def aclose(self) -> None:
            closed.append(True)

    transport = library.MockTransport(lambda _: library.Response(200, stream=Stream()))
    async with client_over(transport, retry=None) as client:
        with pytest.raises(APIConnectionError, match="ReadError: broken off"):
            await client.projects.list()
    assert [True] == closed


async def test_an_instrumented_transport_is_called(library: Any) -> None:
    """One that wraps another, as tracing does; it is closed with the client."""
    events: list[str] = []

    class Traced(library.AsyncBaseTransport):  # type: ignore[misc] # of either library
        max_connections = 3

        async def handle_async_request(self, request: Any) -> Any:
            events.append("begin")
            response = await inner.handle_async_request(request)
            events.append(f"end {response.status_code}")
            return response

        async def aclose(self) -> None:
            events.append("closed")

    inner = library.MockTransport(lambda _: library.Response(200, json=PAGE))
    async with client_over(Traced()) as client:
        await client.projects.list()
    assert ["begin", "end 200", "closed"] == events


async def test_a_client_goes_through_a_proxy_of_the_library(library: Any) -> None:
    """With the proxy that its transport was told of, over real sockets."""

    async def proxy(peer: Peer) -> None:
        while await peer.request():
            await peer.respond(json.dumps(PAGE).encode())

    async with raw_server(proxy) as server:
        transport = library.AsyncHTTPTransport(proxy=f"http://user:pass@{server.address}")
        async with client_over(transport, base_url="http://127.0.0.1:9/dpc") as client:
            await client.projects.list(size=25)
    (request,) = server.requests
    assert request.startswith(b"GET http://127.0.0.1:9/dpc/v1/projects?size=25 HTTP/1.1\r\n")
    assert b"authorization: bearer" in request.lower()


@pytest.mark.parametrize("fixture", ["httpx_mock", "httpx2_mock"])
async def test_the_fixtures_of_pytest_work(request: pytest.FixtureRequest, fixture: str) -> None:
    """pytest-httpx, and its twin, put responses into the transports of their libraries."""
    pytest.importorskip("pytest_httpx2" if "2" in fixture else "pytest_httpx")
    library = importlib.import_module(fixture.removesuffix("_mock"))
    mock = request.getfixturevalue(fixture)
    mock.add_response(url=f"{BASE_URL}/v1/projects?size=25", json=PAGE)
    async with client_over(library.AsyncHTTPTransport()) as client:
        assert 1 == len((await client.projects.list(size=25)).results)
    assert f"Bearer {TOKEN}" == mock.get_requests()[0].headers["Authorization"]


@pytest.mark.parametrize("is_patched", [True, False])
async def test_respx_works(is_patched: bool) -> None:
    """It patches what is below httpx's transports, or is one; a route that raises is an error of the network."""
    respx = pytest.importorskip("respx")
    async with respx.mock(base_url=BASE_URL, assert_all_mocked=True) as mock:
        route = mock.get("/v1/projects").mock(
            side_effect=[httpx.ReadError("broken"), httpx.Response(200, json=PAGE)]
        )
        transport = (
            httpx.AsyncHTTPTransport()
            if is_patched
            else respx.mocks.TryTransport([httpx.MockTransport(mock.async_handler)])
        )
        async with client_over(transport) as client:
            client._own_session.connection.tokens.worked = True
            assert 1 == len((await client.projects.list()).results)
        assert 2 == route.call_count


def raising(library: Any, error: BaseException) -> tuple[Any, list[Any]]:
    """A mock that raises this, and what it was sent."""
    seen: list[Any] = []

    def fail(request: Any) -> Any:
        seen.append(request)
        raise error

    return library.MockTransport(fail), seen


@pytest.mark.parametrize("kind", ["ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError"])
async def test_what_was_never_sent_is_sent_again(library: Any, kind: str) -> None:
    """Whatever the method."""
    transport, seen = raising(library, getattr(library, kind)("a reason"))
    async with client_over(transport) as client:
        client._own_session.connection.tokens.worked = (
            True  # the first failures of a client may be final
        )
        with pytest.raises(APIConnectionError, match="the request was not sent") as caught:
            await client.projects.create(**PROJECT)
    assert (2, False) == (len(seen), caught.value.may_have_been_processed)
    assert kind.endswith("Timeout") is isinstance(caught.value, APITimeoutError)


class Strange(Exception):  # noqa: N818 - of somebody else
    """Of a kind that nobody knows."""


@pytest.mark.parametrize(
    "make",
    [
        lambda library: library.ReadError("a reason"),
        lambda library: library.WriteTimeout("a reason"),
        lambda library: library.RemoteProtocolError("a reason"),
        lambda library: library.DecodingError("a reason"),
        lambda library: library.StreamClosed(),
        lambda _: OSError(5, "a reason"),
        lambda _: TimeoutError("a reason"),
        lambda _: RuntimeError("a reason"),
        lambda _: ExceptionGroup("a reason", [ValueError("a reason")]),
        lambda _: Strange("a reason"),
        lambda _: KeyError("a reason"),
    ],
)
async def test_what_may_have_been_processed_is_not_sent_again(
    library: Any, make: Callable[[Any], Exception]
) -> None:
    """Whatever a transport raises: a POST is not repeated, a GET is."""
    error = make(library)
    transport, seen = raising(library, error)
    async with client_over(transport) as client:
        client._own_session.connection.tokens.worked = True
        with pytest.raises(APIConnectionError, match="may have been processed") as caught:
            await client.projects.create(**PROJECT)
        assert (1, True) == (len(seen), caught.value.may_have_been_processed)
        assert caught.value.message.startswith(type(error).__name__)
        with pytest.raises(APIConnectionError):
            await client.projects.list()
    assert 3 == len(seen)
    is_late = isinstance(error, TimeoutError | library.TimeoutException)
    assert is_late is isinstance(caught.value, APITimeoutError)


@pytest.mark.parametrize("kind", [KeyboardInterrupt, asyncio.CancelledError])
async def test_what_is_not_the_transports_is_not_caught(
    library: Any, kind: type[BaseException]
) -> None:
    """Somebody wants the program, or the task, to end."""
    transport, seen = raising(library, kind())
    async with client_over(transport) as client:
        with pytest.raises(kind):
            await client.projects.list()
    assert 1 == len(seen)
    assert "Authorization" not in seen[0].headers  # it is in the frames of the error


async def test_no_error_shows_the_token(library: Any) -> None:
    """A transport that quotes the request, also in an error of its own: neither message nor frames have the token."""

    def quote(request: Any) -> Any:
        raise Strange(f"could not send {sorted(request.headers.items())}")

    async with client_over(library.MockTransport(quote), retry=None) as client:
        with pytest.raises(APIConnectionError) as caught:
            await client.projects.list()
    shown = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    assert "Bearer ***" in str(caught.value)
    assert TOKEN not in "".join(shown.format())
    assert (None, None) == (caught.value.__cause__, caught.value.__context__)


class Own:
    """A transport of a user's own."""

    def __init__(self, *steps: Response | Exception) -> None:
        self.steps = [*steps]
        self.requests: list[Request] = []

    async def send(self, request: Request) -> Response:
        self.requests.append(request)
        step = self.steps.pop(0)
        if isinstance(step, Exception):
            raise step
        return step

    async def aclose(self) -> None: ...


class Telling(Own):
    """One that says when it sends: here never."""

    tells_when_it_sends = True


async def test_a_transport_of_ones_own() -> None:
    """It gets requests as they are, and its responses are read in whatever form they come."""
    own = Own(Response(200, {"CONTENT-TYPE": "application/json"}, json.dumps(PAGE).encode()))
    async with client_over(own) as client:
        assert 1 == len((await client.projects.list(size=25)).results)
    (request,) = own.requests
    assert ("GET", f"{BASE_URL}/v1/projects?size=25") == (request.method, request.url)
    assert (b"", 4.5, 60) == (request.body, request.connect_timeout, request.timeout)


@pytest.mark.parametrize(("kind", "sent"), [(Own, 1), (Telling, 2)])
async def test_a_transport_knows_whether_it_sent(kind: type[Own], sent: int) -> None:
    """One that tells, and did not, has sent nothing: a POST is sent again. Of another it is not known."""
    own = kind(Strange("a reason"), Strange("a reason"))
    async with client_over(own) as client:
        with pytest.raises(APIConnectionError) as caught:
            await client.projects.create(**PROJECT)
    assert sent == len(own.requests)
    assert caught.value.may_have_been_processed is (sent == 1)


class Sending(Telling):
    """One that says so of each request."""

    async def send(self, request: Request) -> Response:
        request.sending()
        return await super().send(request)


@pytest.mark.parametrize("kind", ["ConnectError", "PoolTimeout"])
async def test_what_a_transport_says_of_sending_counts(library: Any, kind: str) -> None:
    """Whatever kind of error follows, such as that of another connection, for a redirect or for a second try."""
    own = Sending(getattr(library, kind)("a reason"))
    async with client_over(own) as client:
        client._own_session.connection.tokens.worked = True
        with pytest.raises(APIConnectionError, match="may have been processed") as caught:
            await client.projects.create(**PROJECT)
    assert (1, True) == (len(own.requests), caught.value.may_have_been_processed)


@pytest.mark.parametrize("make", [lambda: None, lambda: httpx.Response(500), dict])
@pytest.mark.parametrize("kind", [Own, Telling])
async def test_what_is_no_response_is_told_once(kind: type[Own], make: Callable[[], Any]) -> None:
    """By its type; the request had a response, and it is not sent again."""
    own = kind(make())
    async with client_over(own) as client:
        with pytest.raises(
            ConfigurationError,
            match=r"the transport returned a .*, not a matillion_async\.Response",
        ) as caught:
            await client.projects.create(**PROJECT)
    shown = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    assert TOKEN not in "".join(shown.format())
    assert (1, True) == (len(own.requests), caught.value.may_have_been_processed)


async def test_the_generated_functions_work_over_any_transport() -> None:
    """httpx's types are at their edge only; what was unpacked is not unpacked twice."""
    from matillion_api.api.projects import list_projects

    body = json.dumps(PAGE).encode()
    of_the_way = {"Content-Encoding": "gzip", "Content-Length": "9", "Transfer-Encoding": "chunked"}
    own = Own(Response(200, of_the_way | {"X-Request-Id": "r1"}, body, reason="Fine\udcff"))
    async with client_over(own) as client:
        detailed = await list_projects.asyncio_detailed(client=client.api, size=25)
    assert (200, {"x-request-id": "r1", "content-length": str(len(body))}) == (
        detailed.status_code,
        detailed.headers,
    )
    assert 1 == len(detailed.parsed.results)


async def test_the_body_of_a_plain_call_is_framed_by_the_transport() -> None:
    """What a caller says of it could make a server take the next request for the rest of this one."""
    own = Own(Response(200, {}, b"{}"))
    said = {"Content-Length": "1", "Transfer-Encoding": "chunked", "X-A": "1"}
    async with client_over(own) as client:
        await client.api.get_async_httpx_client().post("/v1/x", content=b"abc", headers=said)
    sent = own.requests[0]
    assert (b"abc", "1") == (sent.body, dict(sent.headers)["X-A"])
    assert {"content-length", "transfer-encoding"}.isdisjoint(map(str.lower, sent.headers))


async def test_a_form_of_the_generated_functions_is_not_held_in_memory() -> None:
    """Its files are read while it is sent."""
    from matillion_api.api.artifacts import upload_artifact
    from matillion_api.models.artifact_files import ArtifactFiles
    from matillion_api.types import File

    form = ArtifactFiles()
    form.extra["a.orch.yaml"] = File(BytesIO(b"type: orchestration"), "a.orch.yaml", "text/plain")
    own = Own(Response(201, {}, b"{}"))
    async with client_over(own) as client:
        await upload_artifact.asyncio_detailed(
            "p", client=client.api, body=form, version_name="1", environment_name="e"
        )
    body = own.requests[0].body
    assert isinstance(body, AsyncIterable)
    assert b"type: orchestration" in b"".join([piece async for piece in body])


REFUSED: dict[str, tuple[Callable[[Any], object], str]] = {
    "a client": (lambda library: library.AsyncClient(), "AsyncClient: give it the transport of"),
    "a synchronous client": (lambda library: library.Client(), "Client: give it a transport"),
    "a synchronous transport": (
        lambda library: library.HTTPTransport(),
        "HTTPTransport: give it one for asynchronous requests",
    ),
    "a class": (
        lambda library: library.AsyncHTTPTransport,
        "not the class AsyncHTTPTransport: give an instance",
    ),
    "a class of one's own": (lambda _: Own, "not the class Own: give an instance"),
    "a URL": (lambda _: "http://user:s3cr3t@proxy", "not a str: it must be derived"),
    "a number": (lambda _: 3, "not a int"),
    "half a transport": (
        lambda _: type("Half", (), {"send": Own.send})(),
        "Half: it must be .* have the methods send and aclose",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_anything_else_is_refused_by_name(library: Any, name: str) -> None:
    """When the client is made, in one line that says what to give; what was given is not shown."""
    make, told = REFUSED[name]
    with pytest.raises(ConfigurationError, match=f"^transport must be .*{told}") as caught:
        client_over(make(library))
    assert "s3cr3t" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_neither_library_is_imported_to_look_at_a_transport() -> None:
    """httpx2 need not be there, and httpx is not needed for a transport of one's own."""
    script = (
        "import sys\n"
        "sys.modules['httpx2'] = None\n"
        "from matillion_async._transport.adapters import as_transport\n"
        "class Own:\n"
        "    async def send(self, request): ...\n"
        "    async def aclose(self): ...\n"
        "as_transport(Own())\n"
        "print(*sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    assert set() == set(done.stdout.split()) & {"httpx", "aiohttp", "authlib", "matillion_api"}


async def test_errors_of_the_package_pass_through_an_adapter(library: Any) -> None:
    """A transport that says what is wrong in our terms is not put into other words."""
    transport, _ = raising(library, ClientStateError("closed by somebody"))
    async with client_over(transport) as client:
        with pytest.raises(ClientStateError, match="closed by somebody"):
            await client.projects.list()


def test_an_adapter_says_how_many_connections_there_are() -> None:
    """So that calls wait at the limiter."""
    transport: Any = httpx.MockTransport(lambda _: httpx.Response(200))
    assert as_transport(transport).max_connections is None  # type: ignore[attr-defined] # of an adapter
    transport.max_connections = 7
    assert 7 == as_transport(transport).max_connections  # type: ignore[attr-defined]


@pytest.mark.virtual_time
@pytest.mark.parametrize("mistake", [TypeError("f() takes no argument"), KeyError("access_token")])
async def test_a_mistake_in_a_transport_is_not_waited_through(mistake: Exception) -> None:
    """At the first contact, where an outage would be for a minute; the error says what it was."""

    class Wrong(Own):
        async def send(self, request: Request) -> Response:
            raise mistake

    async with client_over(Wrong()) as client:
        with pytest.raises(APIConnectionError, match=type(mistake).__name__):
            await client.projects.list()
    assert asyncio.get_running_loop().time() == 0


@pytest.mark.virtual_time
async def test_a_mistake_in_a_token_source_is_not_waited_through() -> None:
    """Only its kind is told, since its text may hold a secret."""

    class Wrong:
        async def fetch(self) -> Token:
            raise KeyError("s3cr3t")

    async with MatillionClient(base_url=BASE_URL, token_source=Wrong()) as client:
        with pytest.raises(TokenUnavailableError, match="KeyError") as caught:
            await client.projects.list()
    assert "s3cr3t" not in str(caught.value)
    assert asyncio.get_running_loop().time() == 0
