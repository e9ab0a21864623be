"""An exchange with the token endpoint that breaks off, or never ends: one error, which leads to no secret."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from matillion_async._errors import ConfigurationError, TokenUnavailableError
from matillion_async._tokens.token_cache import TokenCache
from matillion_async._transport.values import Request, Response
from tests.matillion_async.tokens.token_exchange import (
    SECRET,
    SPELLINGS,
    assert_hidden,
    credentials,
    failure_of,
    responding_with,
    visible,
)

pytestmark = pytest.mark.virtual_time


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
