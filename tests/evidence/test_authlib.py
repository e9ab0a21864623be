"""What Authlib does that decides how tokens are fetched here; a failure means that it has changed."""

from __future__ import annotations

import importlib
import subprocess
import sys
import warnings
from importlib.util import find_spec
from typing import Any
from urllib.parse import parse_qs

import pytest
from authlib.oauth2.client import OAuth2Client

TOKEN_URL = "https://id.example.com/token"


def authlib_client(handler: Any, **settings: Any) -> Any:
    """Authlib's async client over a transport that calls ``handler(http, request)``.

    ``http`` is the library that Authlib chose, httpx or httpx2: only its own transports work.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Authlib warns where it finds httpx alone
        client_class: Any = importlib.import_module(
            "authlib.integrations.httpx_client"
        ).AsyncOAuth2Client
    libraries = {base.__module__.partition(".")[0] for base in client_class.__bases__}
    http: Any = importlib.import_module((libraries - {"authlib"}).pop())
    return client_class(
        client_id="the-client",
        client_secret="the-secret",
        token_endpoint=TOKEN_URL,
        token_endpoint_auth_method="client_secret_post",
        transport=http.MockTransport(lambda request: handler(http, request)),
        **settings,
    )


async def test_renewal_drops_the_audience() -> None:
    """AsyncOAuth2Client sends the audience with the first token request and with no later one."""
    forms: list[dict[str, list[str]]] = []

    def respond(http: Any, request: Any) -> Any:
        if str(request.url) == TOKEN_URL:
            forms.append(parse_qs(request.content.decode("ascii")))
        return http.Response(200, json={"access_token": "token", "expires_in": 1})

    async with authlib_client(respond, grant_type="client_credentials", leeway=60) as client:
        await client.fetch_token(TOKEN_URL, audience="https://api.example.com")
        await client.get("https://api.example.com/v1/projects")

    assert len(forms) == 2
    assert forms[0]["audience"] == ["https://api.example.com"]
    assert "audience" not in forms[1]


async def test_a_gateways_429_is_stored_as_a_token() -> None:
    """AsyncOAuth2Client takes a JSON error without the key "error" for a token that never expires."""

    def respond(http: Any, request: Any) -> Any:
        return http.Response(429, json={"message": "Too many requests"})

    async with authlib_client(respond) as client:
        await client.fetch_token(TOKEN_URL, grant_type="client_credentials")

        assert client.token == {"message": "Too many requests"}
        assert client.token.is_expired() is None


@pytest.mark.skipif(find_spec("httpx2") is None, reason="httpx2 is not installed")
async def test_where_httpx2_is_installed_the_async_client_is_no_httpx_client() -> None:
    """AsyncOAuth2Client changes its base class with what else is installed."""
    httpx = importlib.import_module("httpx")

    async with authlib_client(lambda http, request: http.Response(200)) as client:
        assert not isinstance(client, httpx.AsyncClient)


def test_the_core_class_imports_no_http_library() -> None:
    """authlib.oauth2.client imports neither httpx nor httpx2, installed or not."""
    code = (
        "import sys; import authlib.oauth2.client; "
        "print(sorted({'httpx', 'httpx2', 'requests'} & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


async def test_the_core_class_leaves_sending_to_one_method() -> None:
    """OAuth2Client.fetch_token makes the form, and returns what an async _fetch_token makes of it."""

    class Core(OAuth2Client):
        async def _fetch_token(self, url: str, *, body: str, auth: Any, **rest: Any) -> list[Any]:
            return [url, rest["method"], parse_qs(auth.prepare("POST", url, {}, body)[2])]

    core = Core(None, "the-client", "the-secret", token_endpoint_auth_method="client_secret_post")
    form = {
        "grant_type": ["client_credentials"],
        "audience": ["https://api.example.com"],
        "client_id": ["the-client"],
        "client_secret": ["the-secret"],
    }

    response = await core.fetch_token(
        TOKEN_URL, grant_type="client_credentials", audience="https://api.example.com", headers={}
    )

    assert [TOKEN_URL, "POST", form] == response
