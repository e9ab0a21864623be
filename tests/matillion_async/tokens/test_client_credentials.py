"""The exchange with the token endpoint: what is sent, what counts as a token, and what errors say."""

from __future__ import annotations

import asyncio
import contextlib
import html
import json
import logging
import math
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, quote_plus

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matillion_async._errors import AuthenticationError, ConfigurationError, TokenUnavailableError
from matillion_async._tokens.client_credentials import ClientCredentials
from matillion_async._tokens.token_cache import TokenCache
from matillion_async._tokens.token_source import Secret, Token
from matillion_async._transport.adapters import AnyTransport, as_transport
from matillion_async._transport.values import Request, Response

pytestmark = pytest.mark.virtual_time

SECRET = "s3cr3t +/value&=%"
TOKEN = "eyJhbGciOi.J9-payload.signature_"
TOKEN_URL = "https://id.example.com/oauth/dpc/token"
AUDIENCE = "https://api.example.com"

Handler = (
    Callable[[httpx.Request], httpx.Response] | Callable[[httpx.Request], Awaitable[httpx.Response]]
)


def credentials(
    transport: AnyTransport, *, timeout: float = 30.0, token_url: str = TOKEN_URL
) -> ClientCredentials:
    return ClientCredentials(
        client_id="the-client",
        client_secret=Secret(SECRET),
        token_url=token_url,
        audience=AUDIENCE,
        transport=as_transport(transport),
        timeout=timeout,
    )


def responding_with(status: int, **response: Any) -> ClientCredentials:
    return credentials(httpx.MockTransport(lambda _: httpx.Response(status, **response)))


async def failure_of(source: ClientCredentials) -> AuthenticationError:
    with pytest.raises(AuthenticationError) as caught:
        await source.fetch()
    return caught.value


def visible(error: BaseException | None) -> Iterator[str]:
    """Everything that a logger or an error tracker shows of an error: its chain, and its frames' locals."""
    while error is not None:
        yield f"{error} {error!r} {vars(error)!r}"
        traceback = error.__traceback__
        while traceback is not None:
            yield repr(traceback.tb_frame.f_locals)
            traceback = traceback.tb_next
        error = error.__cause__ or error.__context__


SPELLINGS = (SECRET, quote_plus(SECRET), quote(SECRET, safe=""), TOKEN)


def assert_hidden(texts: Iterator[str] | list[str]) -> None:
    for text in texts:
        assert not [spelling for spelling in SPELLINGS if spelling in text]


# What is sent


class Recorder(httpx.AsyncBaseTransport):
    """Keeps the requests, and says whether it was closed."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        self.closed = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return httpx.Response(200, json={"access_token": f"token-{len(self.requests)}"})

    async def aclose(self) -> None:
        self.closed = True


async def test_every_fetch_posts_the_whole_form() -> None:
    """Each request, renewals included, carries grant, id, secret and audience, in the body only."""
    recorder = Recorder()
    source = credentials(recorder)

    tokens = [await source.fetch() for _ in range(3)]

    assert ["token-1", "token-2", "token-3"] == [token.value for token in tokens]
    expected = [
        ("audience", AUDIENCE),
        ("client_id", "the-client"),
        ("client_secret", SECRET),
        ("grant_type", "client_credentials"),
    ]
    for request in recorder.requests:
        assert ("POST", TOKEN_URL) == (request.method, str(request.url))
        assert "application/x-www-form-urlencoded" == request.headers["Content-Type"]
        assert "application/json" == request.headers["Accept"]
        assert request.headers["User-Agent"].startswith("matillion-async/")
        assert "Authorization" not in request.headers
        assert expected == sorted(parse_qsl(request.content.decode("ascii")))
    assert not recorder.closed


@given(client_secret=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_secret_survives_the_form(client_secret: str) -> None:
    """Whatever characters a secret is made of, the server reads the same ones."""
    recorder = Recorder()
    source = ClientCredentials(
        client_id="the-client",
        client_secret=client_secret,
        token_url=TOKEN_URL,
        audience=AUDIENCE,
        transport=as_transport(recorder),
        timeout=1.0,
    )

    asyncio.run(source.fetch())

    form = dict(parse_qsl(recorder.requests[0].content.decode("ascii"), strict_parsing=True))
    assert client_secret == form["client_secret"]


async def test_the_time_limit_is_told_to_the_transport() -> None:
    """httpx transports take their time limits from the request."""
    recorder = Recorder()

    source = credentials(recorder, timeout=7.0)
    for connect in (4.5, 7.0):  # before a first token a connection has less
        await source.fetch()
        expected = {"connect": connect, "read": 7.0, "write": 7.0, "pool": None}
        assert expected == recorder.requests[-1].extensions["timeout"]


# What counts as a token


@pytest.mark.parametrize(
    ("expires_in", "expected"),
    [
        (1800, 1800.0),
        (0.5, 0.5),
        ("1800", 1800.0),
        ("12.5", 12.5),
        (None, None),
        (0, None),
        (-60, None),
        ("-60", None),
        ("soon", None),
        ("", None),
        ("NaN", None),
        ("Infinity", None),
        (True, None),
        ([60], None),
        (10**400, None),
    ],
)
async def test_the_life_of_a_token_is_a_positive_number_or_unknown(
    expires_in: object, expected: float | None
) -> None:
    """expires_in may be a number or a number in a string; anything else means that it is not known."""
    response = {"access_token": TOKEN, "token_type": "Bearer", "expires_in": expires_in}

    assert Token(TOKEN, expires_in=expected) == await responding_with(200, json=response).fetch()


@pytest.mark.parametrize("literal", ["NaN", "Infinity", "-Infinity", "1e999"])
async def test_a_life_that_json_does_not_know_is_unknown(literal: str) -> None:
    """Numbers that Python's JSON reader lets through but no clock can use are ignored."""
    body = f'{{"access_token": "{TOKEN}", "expires_in": {literal}}}'

    assert Token(TOKEN) == await responding_with(200, text=body).fetch()


@pytest.mark.parametrize("extra", [{}, {"token_type": "bearer"}, {"token_type": "BEARER"}])
async def test_the_token_type_is_bearer_in_any_case_or_absent(extra: dict[str, str]) -> None:
    """The token type is compared without regard to case, and may be missing."""
    assert Token(TOKEN) == await responding_with(201, json={"access_token": TOKEN, **extra}).fetch()


NO_TOKENS: dict[str, tuple[int, dict[str, Any], str]] = {
    "html": (200, {"html": "<html>Sign in</html>"}, "HTTP 200 (text/html"),
    "text": (200, {"text": "OK"}, "HTTP 200 (text/plain"),
    "empty": (200, {}, "HTTP 200 (no content type)"),
    "no content": (204, {}, "HTTP 204"),
    "cut off": (200, {"text": f'{{"access_token": "{TOKEN}'}, "HTTP 200 (text/plain"),
    "a list": (200, {"json": [TOKEN]}, "HTTP 200 (application/json)"),
    "nested": (200, {"text": "[" * 100_000}, "HTTP 200 (text/plain"),
    "no encoding": (200, {"content": b"\xff\xfe\xfd"}, "HTTP 200 (no content type)"),
    "no access_token": (200, {"json": {"expires_in": 1800}}, "(no access_token)"),
    "an empty access_token": (200, {"json": {"access_token": ""}}, "(no access_token)"),
    "a null access_token": (200, {"json": {"access_token": None}}, "(no access_token)"),
    "a number as access_token": (200, {"json": {"access_token": 7}}, "(no access_token)"),
    "a line break": (200, {"json": {"access_token": f"{TOKEN}\r\nX-Evil: 1"}}, "visible ASCII"),
    "another type": (
        200,
        {"json": {"access_token": TOKEN, "token_type": "mac"}},
        "(a token_type other than bearer)",
    ),
    "a type that is not a string": (
        200,
        {"json": {"access_token": TOKEN, "token_type": ["bearer"]}},
        "(a token_type other than bearer)",
    ),
    "a token beside an error": (
        200,
        {"json": {"access_token": TOKEN, "error": "slow_down"}},
        "(slow_down)",
    ),
    "a rate limit in JSON": (
        429,
        {"json": {"message": "Too many requests"}},
        "HTTP 429 (Too many requests)",
    ),
    "a rate limit with an OAuth code": (
        429,
        {"json": {"error": "invalid_client", "error_description": "wait"}},
        "HTTP 429 (invalid_client: wait)",
    ),
    "a token with a bad status": (400, {"json": {"access_token": TOKEN}}, "HTTP 400 (no details)"),
    "a gateway's own 400": (
        404,
        {"json": {"status": 404, "error": "Not Found", "path": "/token"}},
        "HTTP 404 (Not Found)",
    ),
    "401 as HTML": (401, {"html": "<h1>No</h1>"}, "HTTP 401 (text/html"),
    "403 as text": (403, {"text": "IP not allowed"}, "HTTP 403 (text/plain"),
    "500 with an OAuth code": (500, {"json": {"error": "invalid_client"}}, "HTTP 500"),
    "503": (503, {"html": "<h1>Back soon</h1>"}, "HTTP 503 (text/html"),
    "an unknown status": (520, {"text": "error code: 520"}, "HTTP 520 (text/plain"),
}


@pytest.mark.parametrize(
    ("status", "response", "expected"), NO_TOKENS.values(), ids=list(NO_TOKENS)
)
async def test_a_response_without_a_token_may_recover(
    status: int, response: dict[str, Any], expected: str
) -> None:
    """Whatever is neither a token nor a refusal is an error that says what came, and is never stored."""
    error = await failure_of(responding_with(status, **response))

    assert type(error) is TokenUnavailableError
    assert status == error.status_code
    assert error.message.startswith("the token endpoint at id.example.com responded with HTTP ")
    assert expected in error.message
    assert ", which is not a token" in error.message
    assert (status < 500 and status != 429) == (0 == error.startup_grace)
    assert_hidden(visible(error))


BODIES: dict[str, tuple[int, dict[str, Any], str]] = {
    "text": (
        403,
        {"text": "IP not allowed\x00 for\nany organization\x1b[31m"},
        "(text/plain; charset=utf-8: IP not allowed for any organization [31m)",
    ),
    "200 characters": (502, {"text": "x" * 500}, f": {'x' * 173}…)"),
    "no kind": (503, {"content": b"down for repairs"}, "(no content type: down for repairs)"),
    "a page": (
        403,
        {
            "html": "<html><script>var a = '1';</script><style>b</style><h1>Access\ndenied</h1>"
            "<p>Ask &amp; wait</p></html>"
        },
        "(text/html; charset=utf-8: Access denied Ask & wait)",
    ),
    "nothing": (401, {}, "(no content type, without a body)"),
    "an echo": (403, {"text": f"bad: {SECRET}"}, ": bad: ***)"),
    "an echo of the form": (403, {"text": f"bad: {quote_plus(SECRET)}"}, ": bad: ***)"),
    "an echo as HTML": (403, {"text": f"bad: {html.escape(SECRET)}"}, ": bad: ***)"),
    "an echo across the end": (403, {"text": "y" * 160 + SECRET}, f"{'y' * 160}***)"),
    "a token in pieces": (400, {"text": f'access_token="{TOKEN}'}, "(text/plain; charset=utf-8)"),
    "another alphabet": (
        502,
        {"content": b"\xff\xfe", "headers": {"Content-Type": "text/plain; charset=klingon"}},
        "(text/plain; charset=klingon)",
    ),
    "an encoding that reads nothing": (
        502,
        {"content": b"down", "headers": {"Content-Type": "text/plain; charset=undefined"}},
        "(text/plain; charset=undefined)",
    ),
}


@pytest.mark.parametrize(("status", "response", "expected"), BODIES.values(), ids=list(BODIES))
async def test_the_words_of_a_gateway_are_in_the_message(
    status: int, response: dict[str, Any], expected: str
) -> None:
    """The beginning of a text, in one line and without markup, the secret, or what may hold a token."""
    error = await failure_of(responding_with(status, **response))

    assert expected in error.message
    assert error.message.isprintable()
    assert_hidden(visible(error))


@pytest.mark.parametrize(
    ("status", "response", "advice"),
    [
        (403, {"text": "IP not allowed for any organization"}, "add the address of this machine"),
        (403, {"html": "<h1>Forbidden</h1>"}, "a gateway or firewall on the way refuses it"),
        (401, {}, "check client_id and client_secret"),
        (407, {}, "give the proxy's user name and password in HTTPS_PROXY"),
        (404, {"text": "404"}, "check the token URL (MATILLION_TOKEN_URL)"),
        (200, {"html": "<h1>Log in to the guest network</h1>"}, "check the token URL"),
        (405, {"json": {"message": "no"}}, "check the token URL"),
    ],
)
async def test_what_does_not_pass_by_itself_says_what_to_do(
    status: int, response: dict[str, Any], advice: str
) -> None:
    """A response that a client which never had a token does not wait through names what to check."""
    error = await failure_of(responding_with(status, **response))

    assert isinstance(error, TokenUnavailableError)
    assert 0 == error.startup_grace
    assert f", which is not a token; {advice}" in error.message


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504, 520])
async def test_what_may_pass_by_itself_is_waited_through(status: int) -> None:
    """Time limits, too many requests and servers that are down end by themselves, also for a new client."""
    error = await failure_of(responding_with(status, text="later"))

    assert isinstance(error, TokenUnavailableError)
    assert math.inf == error.startup_grace


# Refusals


@pytest.mark.parametrize(
    ("status", "response"),
    [
        (401, {"error": "invalid_client"}),
        (400, {"error": "invalid_client", "error_description": "Unknown client"}),
        (400, {"error": "unauthorized_client"}),
        (401, {"error": "access_denied", "error_description": "Unauthorized"}),
        (401, {"message": "Unauthorized"}),
        (401, {}),
    ],
)
async def test_refused_credentials_name_the_variables_to_check(
    status: int, response: dict[str, str]
) -> None:
    """One clear error names the host, the status, the code and the two environment variables."""
    error = await failure_of(responding_with(status, json=response))

    assert type(error) is AuthenticationError
    assert (status, response.get("error")) == (error.status_code, error.error_code)
    assert f"id.example.com responded with HTTP {status}" in error.message
    assert ": ".join(response.values()) in error.message
    assert "(MATILLION_CLIENT_ID and MATILLION_CLIENT_SECRET)" in error.message
    assert "MATILLION_AUDIENCE" not in error.message


async def test_the_message_for_invalid_credentials_in_full() -> None:
    """The message says who refused, with which words, and what to do."""
    response = {"error": "invalid_client", "error_description": "Invalid client credentials"}

    error = await failure_of(responding_with(401, json=response))

    assert (
        "the token endpoint at id.example.com responded with HTTP 401 "
        "(invalid_client: Invalid client credentials); check client_id and client_secret "
        "(MATILLION_CLIENT_ID and MATILLION_CLIENT_SECRET)"
    ) == str(error)


@pytest.mark.parametrize(
    "code", ["invalid_grant", "invalid_request", "invalid_scope", "invalid_target", "access_denied"]
)
async def test_a_refused_audience_names_the_variable_to_check(code: str) -> None:
    """Refusals that are not about the credentials alone name MATILLION_AUDIENCE."""
    error = await failure_of(responding_with(403, json={"error": code}))

    assert type(error) is AuthenticationError
    assert code == error.error_code
    assert "check the audience (MATILLION_AUDIENCE)" in error.message


async def test_a_refusal_counts_whatever_its_status() -> None:
    """An OAuth error code in a response with status 200 is a refusal too."""
    error = await failure_of(responding_with(200, json={"error": "unsupported_grant_type"}))

    assert type(error) is AuthenticationError
    assert "MATILLION_TOKEN_URL" in error.message


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_redirects_are_not_followed(status: int) -> None:
    """The secret goes to the configured token URL only; the error says so."""
    requests: list[httpx.Request] = []

    def redirect(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(status, headers={"Location": "https://elsewhere.example.org/"})

    error = await failure_of(credentials(httpx.MockTransport(redirect)))

    assert type(error) is AuthenticationError
    assert "redirects are not followed, check the token URL (MATILLION_TOKEN_URL)" in error.message
    assert 1 == len(requests)


# No complete response


@pytest.mark.parametrize(
    "headers",
    [{"Retry-After": "12"}, {"Retry-After": "Tue, 24 Nov 2026 10:00:12 GMT"}],
)
async def test_retry_after_is_passed_on(headers: dict[str, str]) -> None:
    """A pause that the endpoint asks for, in seconds or as a date, is in the error."""
    date = {"Date": "Tue, 24 Nov 2026 10:00:00 GMT"}

    error = await failure_of(responding_with(503, headers={**date, **headers}))

    assert isinstance(error, TokenUnavailableError)
    assert 12.0 == error.retry_after


async def test_rubbish_in_retry_after_is_ignored() -> None:
    """A Retry-After that nobody understands asks for nothing."""
    error = await failure_of(responding_with(429, headers={"Retry-After": "a while"}))

    assert isinstance(error, TokenUnavailableError)
    assert 0.0 == error.retry_after


async def test_a_silent_endpoint_is_given_up_after_the_time_limit() -> None:
    """The limit holds for the whole exchange, also over a transport that knows no limits."""

    async def silent(_: httpx.Request) -> httpx.Response:
        await asyncio.sleep(3600)
        raise AssertionError("unreachable")

    error = await failure_of(credentials(httpx.MockTransport(silent), timeout=30.0))

    assert isinstance(error, TokenUnavailableError)
    assert "id.example.com did not respond within 30 s" in error.message
    assert 30.0 == asyncio.get_running_loop().time()
    assert_hidden(visible(error))


class Breaking(httpx.AsyncByteStream):
    """A body that ends in an error."""

    def __init__(self, error: Exception) -> None:
        self.error = error
        self.closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b'{"access_token": "'
        raise self.error

    async def aclose(self) -> None:
        self.closed = True


async def test_a_body_that_breaks_off_is_no_token_and_frees_its_connection() -> None:
    """A connection that is lost in the middle of the response is an error that may recover."""
    body = Breaking(httpx.RemoteProtocolError("peer closed connection"))

    error = await failure_of(responding_with(200, stream=body))

    assert isinstance(error, TokenUnavailableError)
    assert "(RemoteProtocolError: peer closed connection)" in error.message
    assert body.closed


async def test_a_transport_that_is_set_up_wrongly_says_so() -> None:
    """What our own transport refuses is told in its words, and does not pass by itself."""

    def fail(request: httpx.Request) -> httpx.Response:
        raise ConfigurationError(f"SSL_CERT_FILE: no such file, {SECRET}")

    error = await failure_of(credentials(httpx.MockTransport(fail)))

    assert isinstance(error, TokenUnavailableError)
    assert "cannot be asked: SSL_CERT_FILE: no such file, ***" in error.message
    assert 0 == error.startup_grace
    assert_hidden(visible(error))


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        (httpx.ConnectError("[Errno 111] refused"), "(ConnectError: [Errno 111] refused)"),
        (httpx.ConnectError(""), "(ConnectError)"),
        (httpx.ConnectTimeout("slow"), "no connection to id.example.com in time"),
        (httpx.PoolTimeout(""), "did not respond within 30 s"),
        (TimeoutError(), "did not respond within 30 s"),
        (httpx.RemoteProtocolError(f"echo {SECRET}"), "(RemoteProtocolError: echo ***)"),
        (RuntimeError(f"sent {SECRET}"), "(RuntimeError)"),
        (OSError(f"sent {SECRET}"), "(OSError)"),
    ],
)
async def test_no_error_of_a_transport_leads_to_the_secret(
    raised: Exception, expected: str
) -> None:
    """Whatever a transport raises becomes one error; nothing that it shows or leads to holds the form."""

    def fail(request: httpx.Request) -> httpx.Response:
        form = request.content.decode("ascii")
        raise raised from ValueError(form)

    error = await failure_of(credentials(httpx.MockTransport(fail)))

    assert type(error) is TokenUnavailableError
    assert expected in error.message
    assert "check the network" in error.message
    assert "MATILLION_TOKEN_URL" in error.message
    assert error.__cause__ is None
    assert error.__context__ is None
    assert_hidden(visible(error))


async def test_an_error_of_the_cache_does_not_lead_to_the_secret() -> None:
    """Errors that callers get through the cache are as clean as those of the exchange."""

    def fail(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError(request.content.decode("ascii"))

    cache = TokenCache(credentials(httpx.MockTransport(fail)), retry_for=0.0)
    with pytest.raises(TokenUnavailableError) as caught:
        await cache.get()

    assert "id.example.com" in caught.value.message
    assert_hidden(visible(caught.value))


@pytest.mark.parametrize("echo", [SECRET, quote_plus(SECRET), quote(SECRET, safe="")])
async def test_an_echo_of_the_secret_is_not_repeated(echo: str) -> None:
    """A server that quotes the request in its error, however encoded, does not bring the secret into the message."""
    response = {"error": SECRET, "error_description": f"bad form: {echo}\nline two"}

    error = await failure_of(responding_with(400, json=response))

    assert "(***: bad form: *** line two)" in error.message
    assert_hidden(visible(error))


async def test_a_long_description_is_cut() -> None:
    """An error page in an error description does not fill the log."""
    error = await failure_of(responding_with(401, json={"error_description": "x" * 10_000}))

    assert len(error.message) < 500


async def test_a_port_is_named_and_a_password_in_the_url_is_not() -> None:
    """The message identifies the endpoint by host and port."""
    transport = httpx.MockTransport(lambda _: httpx.Response(503))
    source = credentials(transport, token_url=f"https://user:{TOKEN}@id.example.com:8443/token")

    error = await failure_of(source)

    assert "the token endpoint at id.example.com:8443 responded with" in error.message
    assert_hidden(visible(error))


# Logs, and the other HTTP library


@contextlib.asynccontextmanager
async def token_server(response: dict[str, Any]) -> AsyncIterator[str]:
    """A token endpoint on a loopback port."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
        body = json.dumps(response).encode()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n")
        writer.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/token"
    finally:
        server.close()
        await server.wait_closed()


def test_no_log_shows_the_secret_or_the_token(caplog: pytest.LogCaptureFixture) -> None:
    """With every logger at DEBUG a fetch over a real connection logs neither secret nor token."""
    caplog.set_level(logging.DEBUG)

    async def fetch() -> Token:
        response = {"access_token": TOKEN, "token_type": "Bearer", "expires_in": 1800}
        async with token_server(response) as url, httpx.AsyncHTTPTransport() as transport:
            return await credentials(transport, token_url=url).fetch()

    token = asyncio.run(fetch(), debug=True)

    assert TOKEN == token.value
    assert any(record.name.startswith("httpcore") for record in caplog.records)
    assert_hidden([f"{record.getMessage()} {record.__dict__!r}" for record in caplog.records])


FETCH = f"""
import asyncio, sys
from matillion_async import Response
from matillion_async._tokens.client_credentials import ClientCredentials
from matillion_async._transport.adapters import as_transport

class Printer:
    async def send(self, request):
        print(request.method, request.url, request.body.decode(), sorted(request.headers.items()))
        return Response(200, {{}}, b'{{"access_token": "token"}}')

source = ClientCredentials(client_id="the-client", client_secret={SECRET!r}, token_url={TOKEN_URL!r},
                           audience={AUDIENCE!r}, transport=Printer(), timeout=5.0)
assert asyncio.run(source.fetch()).value == "token"
assert "httpx2" not in sys.modules
"""


def test_httpx2_makes_no_difference(tmp_path: Path) -> None:
    """With httpx2 installed it is not imported, and the same request is sent as without it."""
    (tmp_path / "httpx2.py").write_text("raise RuntimeError('httpx2 was imported')")
    hide = "import sys; sys.modules['httpx2'] = None\n"
    undo = "del sys.modules['httpx2']\n"
    show = f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
    # Authlib finds no httpx2 while this entry of sys.modules is None.
    without = hide + FETCH.replace('assert "httpx2"', undo + 'assert "httpx2"')

    outputs = [
        subprocess.run(
            [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True
        ).stdout
        for code in (without, show + FETCH)
    ]

    assert "grant_type=client_credentials" in outputs[0]
    assert outputs[0] == outputs[1]


@pytest.mark.parametrize("status", [400, 401])
@pytest.mark.parametrize(
    ("client_id", "client_secret", "told"),
    [
        ("an-id", f"{SECRET}\n", "; client_secret begins or ends with white space"),
        ("an-id", f'"{SECRET}"', "; client_secret begins or ends with a quotation mark"),
        (" an-id", SECRET, "; client_id begins or ends with white space"),
        (
            "'an-id'",
            f" {SECRET}",
            "; client_id begins or ends with a quotation mark; client_secret begins or ends with white space",
        ),
        ("an-id", SECRET, "MATILLION_CLIENT_SECRET)"),
    ],
)
async def test_white_space_and_quotation_marks_are_told_where_they_are_refused(
    status: int, client_id: str, client_secret: str, told: str
) -> None:
    """They are sent as they are, since they may be meant, and told when the credentials are refused."""
    response = httpx.Response(status, json={"error": "invalid_client"})
    source = ClientCredentials(
        client_id=client_id,
        client_secret=client_secret,
        token_url=TOKEN_URL,
        audience=AUDIENCE,
        transport=as_transport(httpx.MockTransport(lambda _: response)),
        timeout=30.0,
    )
    error = await failure_of(source)
    assert error.message.endswith(told)
    assert_hidden(visible(error))


async def test_an_outage_says_what_to_do() -> None:
    """Also a message that comes after all retries names the setting to check."""
    error = await failure_of(responding_with(503))
    assert error.message.endswith(
        "; try again later; if it stays so, check the token URL (MATILLION_TOKEN_URL)"
    )


async def test_what_ends_the_program_shows_no_secret() -> None:
    """It is not a failure of a transport, and goes its way; its frames have no form."""

    class Own:
        async def send(self, request: Request) -> Response:
            del request  # the transport's own frame is its own affair
            raise SystemExit

        async def aclose(self) -> None:
            """Nothing is open."""

    with pytest.raises(SystemExit) as caught:
        await credentials(Own()).fetch()
    shown = "".join(visible(caught.value))
    assert [] == [spelling for spelling in SPELLINGS if spelling in shown]
