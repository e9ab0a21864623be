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
from matillion_async._limits.retry_after import parse_retry_after
from matillion_async._text import masked, one_line
from matillion_async._tokens.token_cache import Secret, Token
from matillion_async._transport.addresses import origin
from matillion_async._transport.values import Response, Transport
from matillion_async._trouble import (
    ALLOW_LIST,
    FIRST_CONNECT_TIMEOUT,
    PROXY,
    PROXY_WANTS_PASSWORD,
    TIMED_OUT,
    first_patience,
    is_kind,
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
"""Seconds; most of them for names that are looked up slowly."""

_QUOTATION_MARKS = "'\"`\u2018\u2019\u201c\u201d"
_LONGEST = 200
"""Characters of text from outside in a message."""
_MARKUP = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)

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
        transport: Transport,
        timeout: float,
    ) -> None:
        # Authlib takes as long to import as a third of httpx; whoever brings tokens of their own needs none of it.
        from matillion_async._tokens.exchange import Exchange

        self._exchange = Exchange
        self._client_id = client_id
        self._secret = client_secret if isinstance(client_secret, Secret) else Secret(client_secret)
        self._url = token_url
        self._place = origin(token_url).authority
        self._endpoint = f"the token endpoint at {self._place}"
        self._audience = audience
        self._transport = transport
        self._timeout = timeout
        self._worked = False

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
        except Exception as error:  # noqa: BLE001 - any transport; the frames behind it hold the form
            outcome = self._no_answer(error)
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
        status, answer = response.status_code, _json_object(response)
        if answer is None:
            code, detail = None, _text_of(response)
        else:
            code, detail = _explanation(answer)
            code = self._quotable(code) or None
        if answer is not None and code is None and 200 <= status <= 299:
            try:
                token = _token(answer)
            except ValueError as error:
                detail = str(error)
            else:
                self._worked = True
                return token
        detail = self._quotable(detail)
        said = f"{self._endpoint} answered HTTP {status} ({detail or 'no details'})"
        advice = _advice(status, code, is_json=answer is not None)
        if advice is not None:
            said = f"{said}; {self._with_edges(advice)}"
            return AuthenticationError(said, status_code=status, error_code=code)
        patience = math.inf if is_temporary_status(status) else 0.0
        todo = _TRY_LATER if patience else self._with_edges(_first_advice(status, detail))
        return TokenUnavailableError(
            f"{said}, which is not a token; {todo}",
            status_code=status,
            error_code=code,
            retry_after=parse_retry_after(
                response.header("Retry-After"), date=response.header("Date")
            )
            or 0.0,
            first_patience=patience,
        )

    def _with_edges(self, advice: str) -> str:
        """Advice, and where it is to check credentials, what they begin and end with that is seldom meant."""
        if _CHECK_CREDENTIALS not in advice:
            return advice
        given = {"client_id": self._client_id, "client_secret": self._secret.reveal()}
        odd = [
            f"{name} begins or ends with {kind}" for name in given if (kind := _edge(given[name]))
        ]
        return "; ".join([advice, *odd])

    def _no_answer(self, error: Exception) -> TokenUnavailableError:
        trouble = trouble_of(error, self._place)
        if trouble is not None:
            problem = f"cannot be reached: {self._quotable(trouble.problem)}"
            checks = (trouble.advice, _CHECK_URL if trouble.may_be_the_url else "")
            advice = "; ".join(filter(None, checks))
        elif isinstance(error, TimeoutError) or is_kind(error, *TIMED_OUT):
            problem = f"did not answer within {self._timeout:g} s"
            advice = _CHECK_NETWORK
        elif isinstance(
            error, MatillionError
        ):  # of our own transport, such as a file that is not there
            problem = f"cannot be asked: {self._quotable(error.message)}"
            return TokenUnavailableError(f"{self._endpoint} {problem}", first_patience=0.0)
        else:
            problem = f"gave no whole answer ({self._described(error)})"
            advice = _CHECK_NETWORK
        return TokenUnavailableError(
            f"{self._endpoint} {problem}; {advice}", first_patience=first_patience(error)
        )

    def _described(self, error: Exception) -> str:
        # Only these are known to speak of the connection alone.
        speaks = is_kind(error, "RequestError", "TransportError")
        text = self._quotable(str(error)) if speaks else ""
        return f"{type(error).__name__}: {text}" if text else type(error).__name__

    def _quotable(self, text: str) -> str:
        """Text from outside for one line of a message, without the secret in case it is an echo."""
        return one_line(masked(text, self._secret.reveal()), _LONGEST)


def _edge(value: str) -> str:
    """What a value begins or ends with that came with it by mistake, or an empty string."""
    if value != value.strip():
        return "white space"
    return "a quotation mark" if value.strip(_QUOTATION_MARKS) != value else ""


def _json_object(response: Response) -> dict[str, Any] | None:
    try:
        answer = json.loads(response.content)
    except (ValueError, RecursionError):  # RecursionError: brackets nested thousands deep
        return None
    return answer if isinstance(answer, dict) else None


def _text_of(response: Response) -> str:
    """The kind of an answer that is no JSON object, and its text if that is safe to show."""
    kind = response.header("Content-Type") or "no content type"
    # A success may hold a token, in whatever form; and so may what names one.
    if response.is_success or b"access_token" in response.content:
        return kind
    try:
        text = response.content.decode(response.charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return kind
    if "html" in kind:
        text = unescape(_MARKUP.sub(" ", text))
    return f"{kind}: {text}" if text.strip() else f"{kind}, without a body"


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


def _first_advice(status: int, detail: str) -> str:
    """What to do about an answer that does not change by itself, if there was never another."""
    if status == PROXY_WANTS_PASSWORD:
        return f"give the proxy's user name and password in {PROXY}"
    if status == 403 and "ip not allowed" in detail.lower():
        return ALLOW_LIST
    if status == 403:
        return f"a gateway or firewall on the way says no: {ALLOW_LIST}"
    if status == 401:
        return f"{_CHECK_CREDENTIALS}; a gateway may answer so as well: {ALLOW_LIST}"
    return _CHECK_URL


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
