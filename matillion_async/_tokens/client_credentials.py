"""The OAuth 2.0 client credentials grant: Authlib builds the form, a transport carries it."""

from __future__ import annotations

import asyncio
import json
import math
import re
from html import unescape
from typing import Any

from matillion_async._errors import (
    AuthenticationError,
    MatillionError,
    TokenUnavailableError,
    is_temporary_status,
)
from matillion_async._limits.retry_after import retry_after
from matillion_async._text import masked, one_line
from matillion_async._tokens.token_source import Secret, Token
from matillion_async._transport.addresses import origin
from matillion_async._transport.values import Response, Transport
from matillion_async._trouble import (
    ALLOW_LIST,
    FIRST_CONNECT_TIMEOUT,
    PROXY,
    PROXY_WANTS_PASSWORD,
    TIMED_OUT,
    is_kind,
    startup_grace,
    trouble_of,
)
from matillion_async._version import __version__

_CHECK_CREDENTIALS = (
    "check client_id and client_secret (MATILLION_CLIENT_ID and MATILLION_CLIENT_SECRET)"
)
_CHECK_AUDIENCE = "check the audience (MATILLION_AUDIENCE)"
_CHECK_URL = "check the token URL (MATILLION_TOKEN_URL)"

_TRY_LATER = f"try again later; if it stays so, {_CHECK_URL}"
_CHECK_NETWORK = (
    "check the network, the proxy and certificates if it needs some, and the token URL "
    "(MATILLION_TOKEN_URL)"
)

CONNECT_TIMEOUT = 10.0
"""Seconds; as many as that because of slow name servers."""

_QUOTATION_MARKS = "'\"`\u2018\u2019\u201c\u201d"
_MAX_TEXT = 200
"""Characters of text from outside in a message, at most."""
_MARKUP = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)

# Error codes of refusals that are permanent (RFC 6749, section 5.2, and RFC 8707, section 2), and what to do
# about each. Any other code may be a gateway's, and temporary.
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
    """A token source: posts the client's credentials and the audience to the token endpoint.

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
        transport: Transport,
        timeout: float,
    ) -> None:
        # Authlib takes as long to import as a third of httpx, and is not needed with another token source.
        from matillion_async._tokens.exchange import Exchange

        self._exchange = Exchange
        self._client_id = client_id
        self._secret = client_secret if isinstance(client_secret, Secret) else Secret(client_secret)
        self._url = token_url
        self._authority = origin(token_url).authority
        self._endpoint = f"the token endpoint at {self._authority}"
        self._audience = audience
        self._transport = transport
        self._timeout = timeout
        self._worked = False

    async def fetch(self) -> Token:
        """Fetch a token and check that it is one.

        Raises:
            AuthenticationError: the token endpoint refused to issue one, or redirects.
            TokenUnavailableError: it did not respond, or not with a token.
        """
        outcome: Token | AuthenticationError
        try:
            async with asyncio.timeout(self._timeout):
                response = await self._post()
        except Exception as error:  # noqa: BLE001 - of any transport; its frames hold the form
            outcome = self._no_response(error)
        else:
            outcome = self._read(response)
        # Raised here, not above, so that no context leads from the error to frames with the form.
        if isinstance(outcome, AuthenticationError):
            raise outcome
        return outcome

    async def _post(self) -> Response:
        exchange = self._exchange(
            self._transport,
            client_id=self._client_id,
            client_secret=self._secret.reveal(),
            token_endpoint_auth_method="client_secret_post",
            timeout=self._timeout,
            connect=CONNECT_TIMEOUT if self._worked else FIRST_CONNECT_TIMEOUT,
        )
        response: Response = await exchange.fetch_token(
            self._url,
            grant_type="client_credentials",
            audience=self._audience,
            headers={
                "Accept": "application/json",
                "Content-Type": "application/x-www-form-urlencoded",
                "User-Agent": f"matillion-async/{__version__}",
            },
        )
        return response

    def _read(self, response: Response) -> Token | AuthenticationError:
        status, document = response.status_code, _json_object(response)
        if document is None:
            code, detail = None, _text_of(response)
        else:
            code, detail = _explanation(document)
            code = self._quotable(code) or None
        if document is not None and code is None and 200 <= status <= 299:
            try:
                token = _token(document)
            except ValueError as error:
                detail = str(error)
            else:
                self._worked = True
                return token
        detail = self._quotable(detail)
        said = f"{self._endpoint} responded with HTTP {status} ({detail or 'no details'})"
        advice = _advice(status, code, is_json=document is not None)
        if advice is not None:
            said = f"{said}; {self._with_edges(advice)}"
            return AuthenticationError(said, status_code=status, error_code=code)
        grace = math.inf if is_temporary_status(status) else 0.0
        todo = _TRY_LATER if grace else self._with_edges(_first_advice(status, detail))
        return TokenUnavailableError(
            f"{said}, which is not a token; {todo}",
            status_code=status,
            error_code=code,
            retry_after=retry_after(response) or 0.0,
            startup_grace=grace,
        )

    def _with_edges(self, advice: str) -> str:
        """Advice; if it is to check the credentials, with what they begin or end with by mistake."""
        if _CHECK_CREDENTIALS not in advice:
            return advice
        given = {"client_id": self._client_id, "client_secret": self._secret.reveal()}
        odd = [
            f"{name} begins or ends with {kind}" for name in given if (kind := _edge(given[name]))
        ]
        return "; ".join([advice, *odd])

    def _no_response(self, error: Exception) -> TokenUnavailableError:
        trouble = trouble_of(error, self._authority)
        if trouble is not None:
            problem = f"cannot be reached: {self._quotable(trouble.problem)}"
            checks = (trouble.advice, _CHECK_URL if trouble.may_be_the_url else "")
            advice = "; ".join(filter(None, checks))
        elif isinstance(error, TimeoutError) or is_kind(error, *TIMED_OUT):
            problem = f"did not respond within {self._timeout:g} s"
            advice = _CHECK_NETWORK
        elif isinstance(error, MatillionError):  # of our own transport, such as a missing file
            problem = f"cannot be asked: {self._quotable(error.message)}"
            return TokenUnavailableError(f"{self._endpoint} {problem}", startup_grace=0.0)
        else:
            problem = f"gave no complete response ({self._described(error)})"
            advice = _CHECK_NETWORK
        return TokenUnavailableError(
            f"{self._endpoint} {problem}; {advice}", startup_grace=startup_grace(error)
        )

    def _described(self, error: Exception) -> str:
        # Only the text of these is known to be about the connection alone.
        speaks = is_kind(error, "RequestError", "TransportError")
        text = self._quotable(str(error)) if speaks else ""
        return f"{type(error).__name__}: {text}" if text else type(error).__name__

    def _quotable(self, text: str) -> str:
        """Text from outside as one line of a message, without the secret, in case it repeats the request."""
        return one_line(masked(text, self._secret.reveal()), _MAX_TEXT)


def _edge(value: str) -> str:
    """What a value begins or ends with by mistake, or an empty string."""
    if value != value.strip():
        return "white space"
    return "a quotation mark" if value.strip(_QUOTATION_MARKS) != value else ""


def _json_object(response: Response) -> dict[str, Any] | None:
    try:
        document = json.loads(response.content)
    except (ValueError, RecursionError):  # RecursionError: brackets nested thousands deep
        return None
    return document if isinstance(document, dict) else None


def _text_of(response: Response) -> str:
    """The content type of a response that is not a JSON object, and its text if that is safe to show."""
    kind = response.header("Content-Type") or "no content type"
    # A success may hold a token, in any form, and so may whatever mentions one.
    if response.is_success or b"access_token" in response.content:
        return kind
    try:
        text = response.content.decode(response.charset or "utf-8")
    except (LookupError, ValueError):  # no such encoding, or text of another one
        return kind
    if "html" in kind:
        text = unescape(_MARKUP.sub(" ", text))
    return f"{kind}: {text}" if text.strip() else f"{kind}, without a body"


def _explanation(document: dict[str, Any]) -> tuple[str, str]:
    """The error code, or "", and a description: OAuth's own keys come first, then those of gateways."""
    keys = ("error", "error_description", "message", "detail", "title")
    texts = {
        key: document[key] for key in keys if isinstance(document.get(key), str) and document[key]
    }
    return texts.get("error", ""), ": ".join(list(texts.values())[:2])


def _advice(status: int, code: str | None, *, is_json: bool) -> str | None:
    """What to do about a permanent refusal; None if it is not one."""
    if 300 <= status <= 399:
        return f"redirects are not followed, {_CHECK_URL}"
    if status == 429 or status >= 500 or not is_json:
        return None  # from a gateway, not from the authorization server
    if status == 401:
        return _CHECK_CREDENTIALS
    return _REFUSALS.get(code) if code else None


def _first_advice(status: int, detail: str) -> str:
    """What to do about a response that does not change by itself, while no token was ever issued."""
    if status == PROXY_WANTS_PASSWORD:
        return f"give the proxy's user name and password in {PROXY}"
    if status == 403 and "ip not allowed" in detail.lower():
        return ALLOW_LIST
    if status == 403:
        return f"a gateway or firewall on the way refuses it: {ALLOW_LIST}"
    if status == 401:
        return f"{_CHECK_CREDENTIALS}; a gateway may respond so as well: {ALLOW_LIST}"
    return _CHECK_URL


def _token(document: dict[str, Any]) -> Token:
    value = document.get("access_token")
    if not isinstance(value, str) or not value:
        raise ValueError("no access_token")
    kind = document.get("token_type") or "bearer"
    if not isinstance(kind, str) or kind.lower() != "bearer":
        raise ValueError("a token_type other than bearer")
    return Token(value, expires_in=_positive_seconds(document.get("expires_in")))


def _positive_seconds(value: object) -> float | None:
    """A number of seconds above 0, also one in a string; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        seconds = float(value)
    except (ValueError, OverflowError):
        return None
    return seconds if 0 < seconds < math.inf else None
