"""The first calls of a client that is set up wrongly: one try, and one line that says what to do."""

from __future__ import annotations

import asyncio
import datetime
import errno
import json
import math
import socket
import ssl
import warnings
from collections.abc import Callable
from functools import partialmethod
from typing import Any

import httpx
import pytest
import trustme

from matillion_async import (
    APIConnectionError,
    MatillionClient,
    MatillionError,
    RetryPolicy,
    Token,
    TokenUnavailableError,
    _trouble,
)
from matillion_async._trouble import startup_grace, trouble_of
from tests.matillion_async.raw_server import Peer, raw_server, respond_to_all
from tests.matillion_async.scripted import project_page
from tests.matillion_async.transport.common import responding_with

SECRET = "s3cr3t-value"
PROXY_PASSWORD = "h1dden"
AUTHORITY = trustme.CA()
NOW = datetime.datetime.now(datetime.UTC)
DAY = datetime.timedelta(days=1)


class Tokens:
    """A source whose tokens are there at once."""

    async def fetch(self) -> Token:
        return Token("a-token", expires_in=1800)


def certificate(*names: str, **validity: Any) -> ssl.SSLContext:
    """A server's end with a certificate of an authority that nobody knows."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    AUTHORITY.issue_cert(*names or ("127.0.0.1",), **validity).configure_cert(context)
    return context


def old_tls() -> ssl.SSLContext:
    """A server's end that knows TLS 1.0 and nothing newer."""
    context = certificate()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1
    context.set_ciphers("ALL:@SECLEVEL=0")
    return context


def client_of(endpoint: str, url: str, **options: Any) -> MatillionClient:
    """A client one of whose two servers is at a URL; the other one is not needed."""
    if endpoint == "API":
        return MatillionClient(base_url=url, token_source=Tokens(), rate_limits="none", **options)
    return MatillionClient(
        client_id="an-id", client_secret=SECRET, region="eu1", token_url=f"{url}/token", **options
    )


async def failure(client: MatillionClient) -> MatillionError:
    """What the first call raises; long before any retries end."""
    async with client, asyncio.timeout(30):
        with pytest.raises(MatillionError) as caught:
            await client.projects.list()
    error = caught.value
    assert str(error).isprintable()
    assert SECRET not in str(error)
    assert PROXY_PASSWORD not in str(error)
    return error


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """The authority is known."""
    AUTHORITY.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))


ENDPOINTS = pytest.mark.parametrize("endpoint", ["token", "API"])


def tries(error: MatillionError, caplog: pytest.LogCaptureFixture) -> int:
    """How often a server was tried: each token that cannot be had is logged."""
    logged = [record for record in caplog.records if record.name == "matillion_async"]
    return error.attempts + len(logged)


@ENDPOINTS
async def test_an_authority_that_nobody_knows(
    endpoint: str, caplog: pytest.LogCaptureFixture
) -> None:
    """As behind a company's proxy that opens TLS: the message names SSL_CERT_FILE, and there is one try."""
    async with raw_server(respond_to_all, certificate()) as server:
        error = await failure(client_of(endpoint, f"https://{server.address}"))

        assert (
            f"certificate verify failed for {server.address} (unable to get local issuer certificate); "
            "set SSL_CERT_FILE to a PEM file with the certificate of the authority that signed it, "
            "such as your company's"
        ) in str(error)
    assert 1 == tries(error, caplog)
    assert isinstance(error, TokenUnavailableError if endpoint == "token" else APIConnectionError)
    assert 0 == error.startup_grace


async def speak_plainly(peer: Peer) -> None:
    """Respond as soon as anything comes, whatever it is."""
    await peer.reader.read(1)
    await peer.send(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")


TLS: dict[str, tuple[Callable[[], ssl.SSLContext | None], str]] = {
    "a clock that is behind": (
        lambda: certificate(not_before=NOW + DAY, not_after=NOW + 2 * DAY),
        "(certificate is not yet valid); check the clock of this machine",
    ),
    "a clock that is ahead": (
        lambda: certificate(not_before=NOW - 2 * DAY, not_after=NOW - DAY),
        "(certificate has expired); check the clock of this machine",
    ),
    "another host": (
        lambda: certificate("other.example.com"),
        "IP address mismatch, certificate is not valid for '127.0.0.1')",
    ),
    "plain HTTP": (
        lambda: None,
        " does not speak TLS, but perhaps plain HTTP (WRONG_VERSION_NUMBER)",
    ),
}


@ENDPOINTS
@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize(("tls", "told"), TLS.values(), ids=list(TLS))
async def test_what_is_wrong_with_tls_is_told(
    endpoint: str,
    tls: Callable[[], ssl.SSLContext | None],
    told: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What the handshake ends with is told in words, with what to check, after one try."""
    async with raw_server(speak_plainly, tls()) as server:
        error = await failure(client_of(endpoint, f"https://{server.address}"))
    assert 1 == tries(error, caplog)
    assert told in str(error)
    if "clock" not in told:
        setting = "MATILLION_TOKEN_URL" if endpoint == "token" else "; check MATILLION_BASE_URL"
        assert setting in str(error)


@pytest.mark.usefixtures("trusted")
async def test_tls_of_old_is_named() -> None:
    """A server that gives up the handshake without a word gets words from us, not "[None]"."""
    async with raw_server(respond_to_all, old_tls()) as server:
        client = client_of("API", f"https://{server.address}")
        client = client.with_options(retry=None)
        error = await failure(client)
    assert (
        f"{server.address} ended the connection in the TLS handshake: it may know no TLS, or old versions of it only"
    ) in str(error)


@ENDPOINTS
async def test_a_host_that_does_not_exist(endpoint: str, caplog: pytest.LogCaptureFixture) -> None:
    """The message has its name and the setting that it comes from; there is one try."""
    error = await failure(client_of(endpoint, "https://nowhere.invalid"))
    assert 1 == tries(error, caplog)
    assert "there is no host nowhere.invalid" in str(error)
    setting = "MATILLION_TOKEN_URL" if endpoint == "token" else "; check MATILLION_BASE_URL"
    assert setting in str(error)


def proxied(monkeypatch: pytest.MonkeyPatch, variable: str, address: str) -> None:
    """Let the environment name a proxy, which wants a password."""
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, f"http://user:{PROXY_PASSWORD}@{address}")


REFUSALS = {
    b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n": (
        "responded with 407 Proxy Authentication Required; give its user name and password in {variable}, "
        "as http://user:password@host:port"
    ),
    b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n": (
        "responded with 403 Forbidden; check {variable}, and whether the proxy lets you through to this host"
    ),
    b"": "gives no connection",
}


@ENDPOINTS
@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"])
@pytest.mark.parametrize(("response", "told"), REFUSALS.items())
async def test_a_proxy_that_says_no(
    endpoint: str, variable: str, response: bytes, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message names the proxy and the variable it comes from, without its password; there is one try."""
    async with raw_server(responding_with(response)) as proxy:
        proxied(monkeypatch, variable, proxy.address)
        error = await failure(client_of(endpoint, "https://api.example.com"))
        assert 1 == proxy.accepted
    assert f"the proxy {proxy.address} of {variable} " in str(error)
    assert told.format(variable=variable) in str(error)


@ENDPOINTS
@pytest.mark.parametrize("host", ["127.0.0.1", "nowhere.invalid"])
async def test_a_proxy_that_is_not_there(
    endpoint: str, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a port where nobody listens nor a name that nobody knows is taken for the host behind it."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"{host}:{taken.getsockname()[1]}"
    proxied(monkeypatch, "HTTPS_PROXY", address)
    error = await failure(client_of(endpoint, "https://api.example.com"))
    assert f"the proxy {address} of HTTPS_PROXY gives no connection (" in str(error)
    assert "check HTTPS_PROXY" in str(error)


RESPONSES = {
    "403 Forbidden": (
        b"IP not allowed for any organization",
        "IP not allowed for any organization",
        "add the address of this machine to the account's IP allow list",
    ),
    "401 Unauthorized": (b"", "401", "check"),
    "302 Found": (b"", "302", "redirects are not followed"),
    "404 Not Found": (b"no such page", "404", "check"),
}


@ENDPOINTS
@pytest.mark.parametrize(
    ("status", "body", "words", "advice"),
    [(status, *response) for status, response in RESPONSES.items()],
    ids=list(RESPONSES),
)
async def test_a_response_that_does_not_change_by_itself(
    endpoint: str, status: str, body: bytes, words: str, advice: str
) -> None:
    """A gateway's refusal is final at once, with its words and what to check."""

    async def behaviour(peer: Peer) -> None:
        while await peer.request():
            await peer.respond(body, "Content-Type: text/plain", status=status)

    async with raw_server(behaviour) as server:
        error = await failure(client_of(endpoint, f"http://{server.address}"))
        once = 1 if endpoint == "token" or status[:3] != "401" else 2  # a refused token is renewed
        assert once == len(server.requests)
    assert words in str(error)
    assert advice in str(error)


@pytest.mark.parametrize("status", ["401 Unauthorized", "403 Forbidden", "404 Not Found"])
async def test_a_wrong_region_is_thought_of(status: str) -> None:
    """The account must live in the region that is called; what another one responds is not documented."""
    problem = b'{"title": "No", "status": 400, "detail": "not here"}'

    async def behaviour(peer: Peer) -> None:
        while await peer.request():
            await peer.respond(problem, "Content-Type: application/problem+json", status=status)

    async with raw_server(behaviour) as server:
        error = await failure(client_of("API", f"http://{server.address}"))
    assert (
        f"that http://{server.address}/dpc is the API of the account's region (MATILLION_BASE_URL)"
    ) in str(error)


@pytest.mark.parametrize("status", [401, 403, 404])
async def test_the_region_is_named_where_one_was_given(status: int) -> None:
    """The setting to check is the one that leads there."""
    response = httpx.Response(status, json={"title": "No"})
    transport = httpx.MockTransport(lambda request: response)
    client = MatillionClient(region="us1", token_source=Tokens(), transport=transport)
    error = await failure(client)
    region = "lives in the region of https://us1.api.matillion.com/dpc (MATILLION_REGION)"
    assert region in str(error)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\n<!DOCTYPE html><p>Log in", "HTML"),
        (b"<html>", "HTML"),
        (b"hello", "something else than the API's JSON"),
    ],
)
async def test_a_page_in_place_of_the_api_is_told(body: bytes, kind: str) -> None:
    """Each call says so, until one has had a response of the API."""
    responses = [body, body, json.dumps(project_page("a")).encode(), body]

    async def behaviour(peer: Peer) -> None:
        while await peer.request():
            await peer.respond(responses.pop(0), "Content-Type: text/html")

    told = []
    async with raw_server(behaviour) as server:
        async with client_of("API", f"http://{server.address}") as client:
            for is_good in (False, False, True, False):
                if is_good:
                    await client.projects.list(size=1)
                    continue
                with pytest.raises(MatillionError) as caught:
                    await client.projects.list(size=1)
                told.append(str(caught.value))
        advice = f"; {server.address} responds with {kind}, as a login page or a gateway does: check MATILLION_BASE_URL"
    assert [True, True, False] == [text.endswith(advice) for text in told]


async def test_after_a_success_nothing_is_said_of_regions() -> None:
    """A client that has worked is set up well; a 403 is the operation's own."""
    responses = [("200 OK", project_page("a")), ("403 Forbidden", {"title": "Forbidden"})]

    async def behaviour(peer: Peer) -> None:
        while await peer.request():
            status, body = responses.pop(0)
            content = str(body).replace("'", '"').encode()
            await peer.respond(content, "Content-Type: application/json", status=status)

    async with raw_server(behaviour) as server:
        client = client_of("API", f"http://{server.address}")
        await client.projects.list(size=1)
        error = await failure(client)
    assert "projects.list: 403 Forbidden" == str(error)


async def test_other_transports_are_understood_as_well(caplog: pytest.LogCaptureFixture) -> None:
    """What httpx's own transport raises has the same reasons behind it, and the same advice."""
    async with raw_server(respond_to_all, certificate()) as server:
        for url, told in (
            (f"https://{server.address}", "set SSL_CERT_FILE"),
            ("https://nowhere.invalid", "there is no host nowhere.invalid"),
        ):
            caplog.clear()
            client = MatillionClient(
                client_id="an-id",
                client_secret=SECRET,
                region="eu1",
                token_url=f"{url}/token",
                transport=httpx.AsyncHTTPTransport(trust_env=False),
            )
            error = await failure(client)
            assert told in str(error)
            assert 1 == tries(error, caplog)


async def speak_no_http(peer: Peer) -> None:
    """Greet as SSH does."""
    await peer.send(b"SSH-2.0-OpenSSH_9.6\r\n")
    await peer.reader.read(1)


async def close_at_once(peer: Peer) -> None:
    """End the connection once there is a request."""
    await peer.reader.readuntil(b"\r\n\r\n")


async def break_off(peer: Peer) -> None:
    """Break the connection once there is a request."""
    await peer.reader.readuntil(b"\r\n\r\n")
    peer.reset()


async def wait_for_ever(peer: Peer) -> None:
    """Accept and say nothing."""
    await peer.wait_for_the_end()


async def open_and_wait(peer: Peer) -> None:
    """Open a way for a CONNECT, to nowhere."""
    await peer.head()
    await peer.send(b"HTTP/1.1 200 OK\r\n\r\n")
    await peer.wait_for_the_end()


NO_HTTP = {
    "SSH": (speak_no_http, lambda: None),
    "an end": (close_at_once, lambda: None),
    "a break": (break_off, lambda: None),
    "a port of TLS": (respond_to_all, certificate),
}


@ENDPOINTS
@pytest.mark.parametrize(("behaviour", "context"), NO_HTTP.values(), ids=list(NO_HTTP))
@pytest.mark.parametrize("transport", [None, httpx.AsyncHTTPTransport], ids=["built-in", "httpx"])
async def test_what_speaks_no_http_is_final_after_some_seconds(
    endpoint: str, behaviour: Any, context: Any, transport: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The setting is named, as for what refuses connections, and the time to retry is as short: shorter here, on real sockets."""
    monkeypatch.setattr(_trouble, "UNREACHABLE_GRACE", 0.2)
    async with raw_server(behaviour, context()) as server:
        url = f"http://{server.address}"
        client = client_of(endpoint, url, transport=transport() if transport else None)
        error = await failure(client)
        assert f"{server.address} gives no HTTP response (" in str(error)
    setting = "(MATILLION_TOKEN_URL)" if endpoint == "token" else "MATILLION_BASE_URL"
    assert setting in str(error)
    assert isinstance(error, TokenUnavailableError | APIConnectionError)
    assert 0.2 == error.startup_grace


@pytest.mark.virtual_time
@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
async def test_the_startup_grace_is_not_exceeded_by_a_pause(
    share: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A call that nothing can be reached for fails when the grace period is over, whatever pause was drawn."""

    def refuse(request: httpx.Request) -> httpx.Response:
        raise caused_by(ConnectionRefusedError())

    client = client_of("API", "http://127.0.0.1:1", transport=httpx.MockTransport(refuse))
    draw = partialmethod(RetryPolicy.backoff, uniform=lambda low, high: low + share * (high - low))
    monkeypatch.setattr(RetryPolicy, "backoff", draw)
    began = asyncio.get_running_loop().time()
    error = await failure(client)
    assert "refuses connections" in str(error)
    waited = asyncio.get_running_loop().time() - began
    assert waited <= 4.0
    assert share == 0.0 or waited > 3.0


@ENDPOINTS
async def test_before_a_success_a_connection_has_less_time(endpoint: str) -> None:
    """Who sets something up does not wait ten seconds for a port where nobody responds."""
    seen: list[float] = []

    def note(request: httpx.Request) -> httpx.Response:
        seen.append(request.extensions["timeout"]["connect"])
        if request.url.path.endswith("/token"):
            return httpx.Response(200, json={"access_token": "a", "expires_in": 1})
        return httpx.Response(200, json=project_page("a"))

    url = "http://127.0.0.1:1"
    transport = httpx.MockTransport(note)
    if endpoint == "API":
        client = client_of("API", url, transport=transport)
    else:
        client = MatillionClient(
            client_id="an-id",
            client_secret=SECRET,
            base_url=url,
            token_url=f"{url}/token",
            transport=transport,
        )
    async with client:
        await client.projects.list(size=1)
        if endpoint == "token":
            client._own_session.connection.tokens._drop()
        await client.projects.list(size=1)
    step = 1 if endpoint == "API" else 2
    assert [4.5, 10.0] == seen[::step]


@ENDPOINTS
@pytest.mark.parametrize("behaviour", [wait_for_ever, open_and_wait])
async def test_a_proxy_that_says_nothing_is_named(
    endpoint: str, behaviour: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no advice to set what is set."""
    monkeypatch.setattr("matillion_async._calls.transmission.FIRST_CONNECT_TIMEOUT", 0.2)
    monkeypatch.setattr("matillion_async._tokens.client_credentials.FIRST_CONNECT_TIMEOUT", 0.2)
    async with raw_server(behaviour) as proxy:
        proxied(monkeypatch, "HTTPS_PROXY", proxy.address)
        error = await failure(client_of(endpoint, "https://api.example.com", retry=None))
    assert (
        f"the proxy {proxy.address} of HTTPS_PROXY gave no connection to api.example.com:443 in time; "
        "check HTTPS_PROXY, and whether the proxy lets you through to this host"
    ) in str(error)
    assert "set HTTPS_PROXY" not in str(error)


@ENDPOINTS
async def test_a_proxy_that_ends_what_it_opened_is_named(
    endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message says where it ended."""
    async with raw_server(responding_with(b"HTTP/1.1 200 OK\r\n\r\n")) as proxy:
        proxied(monkeypatch, "HTTPS_PROXY", proxy.address)
        error = await failure(client_of(endpoint, "https://api.example.com"))
    assert (
        f"the proxy {proxy.address} of HTTPS_PROXY gives no connection (the connection to api.example.com:443 through "
        "it ended in the TLS handshake); check HTTPS_PROXY"
    ) in str(error)


@ENDPOINTS
async def test_a_proxy_with_an_untrusted_certificate_is_named(
    endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not taken for the certificate of the server behind."""
    async with raw_server(respond_to_all, certificate()) as proxy:
        proxied(monkeypatch, "HTTPS_PROXY", proxy.address)
        url = f"https://user:{PROXY_PASSWORD}@{proxy.address}"
        monkeypatch.setenv("HTTPS_PROXY", url)
        error = await failure(client_of(endpoint, "https://api.example.com"))
    assert (
        f"the proxy {proxy.address} of HTTPS_PROXY gives no connection (certificate verify failed for {proxy.address} "
        "(unable to get local issuer certificate)); set SSL_CERT_FILE"
    ) in str(error)


async def test_the_log_speaks_of_no_token_that_never_was(caplog: pytest.LogCaptureFixture) -> None:
    """It says when the next request is, and no more."""
    await failure(client_of("token", "https://nowhere.invalid"))
    (record,) = [record for record in caplog.records if record.name == "matillion_async"]
    assert record.getMessage().startswith("no new access token (next request in 1 s): ")


def caused_by(cause: BaseException) -> httpx.ConnectError:
    error = httpx.ConnectError("All connection attempts failed")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "problem", "grace"),
    [
        (
            caused_by(socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")),
            "names cannot be looked up now, so not h:443 either",
            4.0,
        ),
        (caused_by(socket.gaierror(socket.EAI_NONAME, "unknown")), "there is no host h:443", 0.0),
        (caused_by(ConnectionRefusedError()), "h:443 refuses connections", 4.0),
        (
            caused_by(OSError(errno.ENETUNREACH, "Network is unreachable")),
            "h:443 cannot be reached (Network is unreachable)",
            4.0,
        ),
        (httpx.ConnectTimeout("slow"), "no connection to h:443 in time", 4.0),
        (
            httpx.ProxyError("407 Proxy Authentication Required"),
            "the proxy responded with 407",
            0.0,
        ),
        (httpx.ProxyError("502 Bad Gateway"), "the proxy responded with 502", 0.0),
    ],
)
def test_what_passes_in_a_moment_is_told_from_what_does_not(
    error: Exception, problem: str, grace: float
) -> None:
    """A name service or a server that is just not there yet has some seconds."""
    trouble = trouble_of(error, "h:443")
    assert trouble is not None
    assert trouble.problem.startswith(problem)
    assert grace == trouble.startup_grace == startup_grace(error)


@pytest.mark.parametrize(
    "error",
    [httpx.ReadError("lost"), httpx.ConnectError("?"), RuntimeError(), httpx.ReadTimeout("")],
)
def test_whatever_else_goes_wrong_may_pass(error: Exception) -> None:
    """Nothing is known of it, so that it is waited through; nor do errors count that were dealt with before."""
    error.__context__ = ConnectionRefusedError()
    assert trouble_of(error, "h:443") is None
    assert math.inf == startup_grace(error)
