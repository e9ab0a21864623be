"""A token endpoint refuses: what the error names, and what it does not repeat."""

from __future__ import annotations

from urllib.parse import quote, quote_plus

import httpx
import pytest

from matillion_async._errors import AuthenticationError
from matillion_async._tokens.client_credentials import ClientCredentials
from matillion_async._transport.adapters import as_transport
from tests.matillion_async.tokens.token_exchange import (
    AUDIENCE,
    SECRET,
    TOKEN_URL,
    assert_hidden,
    credentials,
    failure_of,
    responding_with,
    visible,
)

pytestmark = pytest.mark.virtual_time


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
