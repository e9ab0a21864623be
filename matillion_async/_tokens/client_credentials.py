"""The OAuth 2.0 client credentials grant: Authlib builds the form, an httpx transport carries it."""

from __future__ import annotations

import asyncio
import json
import math
from typing import Any
from urllib.parse import quote, quote_plus

import httpx

from matillion_async._details import one_line
from matillion_async._errors import AuthenticationError, TokenUnavailableError
from matillion_async._limits.retry_after import parse_retry_after
from matillion_async._tokens.auth import Secret, Token
from matillion_async._version import __version__

_CHECK_CREDENTIALS = (
    "check client_id and client_secret (MATILLION_CLIENT_ID and MATILLION_CLIENT_SECRET)"
)
_CHECK_AUDIENCE = "check the audience (MATILLION_AUDIENCE)"
_CHECK_URL = "check the token URL (MATILLION_TOKEN_URL)"

# Error codes by which a server refuses for good (RFC 6749, section 5.2, and RFC 8707, section 2), and what
# to do about each. Any other code may be a gateway's own and pass.
_REFUSALS = {
    "invalid_client": _CHECK_CREDENTIALS,
    "unauthorized_client": _CHECK_CREDENTIALS,
    "invalid_grant": f"{_CHECK_CREDENTIALS}, and {_CHECK_AUDIENCE}",
    "access_denied": _CHECK_AUDIENCE,
    "invalid_request": _CHECK_AUDIENCE,
    "invalid_scope": _CHECK_AUDIENCE,
    "invalid_target": _CHECK_AUDIENCE,
    "unsupported_grant_type": _CHECK_URL,
}


class ClientCredentials:
    """A source of tokens: posts the client's credentials and the audience to the token endpoint.

    Args:
        client_id: the id of the API credentials.
        client_secret: their secret.
        token_url: the token endpoint; redirects are not followed.
        audience: sent with every request.
        transport: carries the request; it stays open.
        timeout: seconds one request may take as a whole.
    """

    def __init__(
        self,
        *,
        client_id: str,
        client_secret: str | Secret,
        token_url: str,
        audience: str,
        transport: httpx.AsyncBaseTransport,
        timeout: float,
    ) -> None:
        # Authlib takes as long to import as a third of httpx; whoever brings tokens of their own needs none of it.
        from matillion_async._tokens.exchange import Exchange

        self._exchange = Exchange
        self._client_id = client_id
        self._secret = client_secret if isinstance(client_secret, Secret) else Secret(client_secret)
        self._url = httpx.URL(token_url)
        self._endpoint = f"the token endpoint at {self._url.netloc.decode('ascii')}"
        self._audience = audience
        self._transport = transport
        self._timeout = timeout

    async def fetch(self) -> Token:
        """Fetch a token and check that it is one.

        Raises:
            AuthenticationError: the token endpoint refused to issue one, or redirects.
            TokenUnavailableError: it did not answer, or not with a token.
        """
        outcome: Token | AuthenticationError
        try:
            async with asyncio.timeout(self._timeout):
                response = await self._post()
        except (TimeoutError, httpx.TimeoutException):
            outcome = self._no_answer(f"did not answer within {self._timeout:g} s")
        except Exception as error:  # noqa: BLE001 - any transport; the frames behind it hold the form
            outcome = self._no_answer(f"gave no whole answer ({self._described(error)})")
        else:
            outcome = self._read(response)
        # Raised here, not above, so that no context leads from the error to frames with the form.
        if isinstance(outcome, AuthenticationError):
            raise outcome
        return outcome

    async def _post(self) -> httpx.Response:
        exchange = self._exchange(
            self._transport,
            client_id=self._client_id,
            client_secret=self._secret.reveal(),
            token_endpoint_auth_method="client_secret_post",
            timeout=self._timeout,
        )
        response: httpx.Response = await exchange.fetch_token(
            str(self._url),
            grant_type="client_credentials",
            audience=self._audience,
            headers={
                "Accept": "application/json",
                "Content-Type": "application/x-www-form-urlencoded",
                "User-Agent": f"matillion-async/{__version__}",
            },
        )
        return response

    def _read(self, response: httpx.Response) -> Token | AuthenticationError:
        status, headers, answer = response.status_code, response.headers, _json_object(response)
        if answer is None:
            code, detail = None, headers.get("Content-Type", "no content type")
        else:
            code, detail = _explanation(answer)
            code = self._quotable(code) or None
        advice = _advice(status, code, is_json=answer is not None)
        if answer is not None and code is None and 200 <= status <= 299:
            try:
                return _token(answer)
            except ValueError as error:
                detail = str(error)
        said = f"{self._endpoint} answered HTTP {status} ({self._quotable(detail) or 'no details'})"
        if advice is not None:
            return AuthenticationError(f"{said}; {advice}", status_code=status, error_code=code)
        return TokenUnavailableError(
            f"{said}, which is not a token",
            status_code=status,
            error_code=code,
            retry_after=parse_retry_after(headers.get("Retry-After"), date=headers.get("Date"))
            or 0.0,
        )

    def _no_answer(self, problem: str) -> TokenUnavailableError:
        return TokenUnavailableError(
            f"{self._endpoint} {problem}; check the network, the proxy and certificates if it needs "
            "some, and the token URL (MATILLION_TOKEN_URL)"
        )

    def _described(self, error: Exception) -> str:
        # Only httpx's own errors are known to speak of the connection alone.
        text = self._quotable(str(error)) if isinstance(error, httpx.RequestError) else ""
        return f"{type(error).__name__}: {text}" if text else type(error).__name__

    def _quotable(self, text: str) -> str:
        """Text from outside for one line of a message, without the secret in case it is an echo."""
        secret = self._secret.reveal()
        for spelling in (secret, quote_plus(secret), quote(secret, safe="")):
            text = text.replace(spelling, "***") if spelling else text
        return one_line(text, 200)


def _json_object(response: httpx.Response) -> dict[str, Any] | None:
    try:
        answer = json.loads(response.content)
    except (ValueError, RecursionError):  # RecursionError: brackets nested thousands deep
        return None
    return answer if isinstance(answer, dict) else None


def _explanation(answer: dict[str, Any]) -> tuple[str, str]:
    """The error code or "", and what is worth quoting: OAuth's own keys, then those of gateways."""
    keys = ("error", "error_description", "message", "detail", "title")
    texts = {key: answer[key] for key in keys if isinstance(answer.get(key), str) and answer[key]}
    return texts.get("error", ""), ": ".join(list(texts.values())[:2])


def _advice(status: int, code: str | None, *, is_json: bool) -> str | None:
    """What to do about a refusal that is for good; None if this is none."""
    if 300 <= status <= 399:
        return f"redirects are not followed, {_CHECK_URL}"
    if status == 429 or status >= 500 or not is_json:
        return None  # the word of a gateway, not of the authorization server
    if status == 401:
        return _CHECK_CREDENTIALS
    return _REFUSALS.get(code) if code else None


def _token(answer: dict[str, Any]) -> Token:
    value = answer.get("access_token")
    if not isinstance(value, str) or not value:
        raise ValueError("no access_token")
    kind = answer.get("token_type") or "bearer"
    if not isinstance(kind, str) or kind.lower() != "bearer":
        raise ValueError("a token_type other than bearer")
    return Token(value, expires_in=_positive_seconds(answer.get("expires_in")))


def _positive_seconds(value: object) -> float | None:
    """A number of seconds above 0, also one in a string; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        seconds = float(value)
    except (ValueError, OverflowError):
        return None
    return seconds if 0 < seconds < math.inf else None
