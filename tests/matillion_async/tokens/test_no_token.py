"""Responses of a token endpoint that are neither a token nor a refusal, and what their errors say."""

from __future__ import annotations

import html
import math
from typing import Any
from urllib.parse import quote_plus

import httpx
import pytest

from matillion_async._errors import TokenUnavailableError
from tests.matillion_async.tokens.token_exchange import (
    SECRET,
    TOKEN,
    assert_hidden,
    credentials,
    failure_of,
    responding_with,
    visible,
)

pytestmark = pytest.mark.virtual_time


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


async def test_a_port_is_named_and_a_password_in_the_url_is_not() -> None:
    """The message identifies the endpoint by host and port."""
    transport = httpx.MockTransport(lambda _: httpx.Response(503))
    source = credentials(transport, token_url=f"https://user:{TOKEN}@id.example.com:8443/token")

    error = await failure_of(source)

    assert "the token endpoint at id.example.com:8443 responded with" in error.message
    assert_hidden(visible(error))


async def test_an_outage_says_what_to_do() -> None:
    """Also a message that comes after all retries names the setting to check."""
    error = await failure_of(responding_with(503))
    assert error.message.endswith(
        "; try again later; if it stays so, check the token URL (MATILLION_TOKEN_URL)"
    )
