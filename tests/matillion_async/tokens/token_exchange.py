"""An exchange with a token endpoint over a transport of the test, and the search for its secrets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, quote_plus

import httpx
import pytest

from matillion_async._errors import AuthenticationError
from matillion_async._tokens.client_credentials import ClientCredentials
from matillion_async._tokens.token_source import Secret
from matillion_async._transport.adapters import AnyTransport, as_transport

SECRET = "s3cr3t +/value&=%"
TOKEN = "eyJhbGciOi.J9-payload.signature_"
TOKEN_URL = "https://id.example.com/oauth/dpc/token"
AUDIENCE = "https://api.example.com"


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
