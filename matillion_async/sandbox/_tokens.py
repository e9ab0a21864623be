"""The token endpoint: OAuth 2.0 client credentials in, tokens that expire out (RFC 6749, section 4.4)."""

from __future__ import annotations

import base64
import hmac
import json
import secrets
from collections.abc import Mapping
from urllib.parse import parse_qsl

from matillion_async.sandbox._problems import ProblemError, Response

_FORM = "application/x-www-form-urlencoded"
_FIELDS = ("grant_type", "client_id", "client_secret")
"""What a request must have; it may leave out the audience, as production scripts do."""
_NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}


class TokenIssuer:
    """Issues tokens and knows which of them are valid.

    Args:
        client_id: the one client it knows.
        client_secret: its secret.
        audience: the audience it issues tokens for.
        ttl: life of a token, in seconds.
    """

    def __init__(self, client_id: str, client_secret: str, audience: str, ttl: float) -> None:
        self.client_id = client_id
        self.client_secret = client_secret
        self.audience = audience
        self.outage_until = float("-inf")
        """Until then the token endpoint responds with 503."""
        self._ttl = ttl
        self._expires: dict[str, float] = {}

    def __repr__(self) -> str:
        return f"<{type(self).__name__} for {self.client_id!r}>"

    def response(self, content_type: str, content: bytes, now: float) -> Response:
        """The response of the token endpoint to a request with this body.

        Raises:
            ProblemError: 503, during an outage.
        """
        if now < self.outage_until:
            raise ProblemError(503, "The token endpoint is not available at the moment.")
        if content_type.partition(";")[0].strip().lower() != _FORM:
            return _refusal(400, "invalid_request", f"Content-Type must be {_FORM}.")
        pairs = parse_qsl(content.decode("latin-1"), keep_blank_values=True)
        form = dict(pairs)
        if len(form) != len(pairs):
            return _refusal(400, "invalid_request", "A field must not be given twice.")
        return self._refusal_of(form) or self._issue(now)

    def authenticate(self, authorization: str | None, now: float) -> None:
        """Check the Authorization header of a request to the API.

        Raises:
            ProblemError: 401, the token is missing, unknown, expired or revoked.
        """
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise ProblemError(
                401, "An access token is needed.", headers={"WWW-Authenticate": "Bearer"}
            )
        if self._expires.get(token.strip(), now) <= now:
            raise ProblemError(
                401,
                "The access token is not valid.",
                headers={"WWW-Authenticate": 'Bearer error="invalid_token"'},
            )

    def revoke_all(self) -> None:
        """Make all tokens invalid that were issued so far."""
        self._expires.clear()

    def _refusal_of(self, form: Mapping[str, str]) -> Response | None:
        missing = [name for name in _FIELDS if not form.get(name)]
        if missing:
            return _refusal(400, "invalid_request", f"Missing {', '.join(missing)}.")
        if form["grant_type"] != "client_credentials":
            return _refusal(400, "unsupported_grant_type", "Only client_credentials is supported.")
        known_id = _same(form["client_id"], self.client_id)
        known_secret = _same(form["client_secret"], self.client_secret)
        if not (known_id and known_secret):
            return _refusal(401, "invalid_client", "Invalid client credentials.")
        if form.get("audience", self.audience) != self.audience:
            return _refusal(400, "invalid_request", "Unknown audience.")
        return None

    def _issue(self, now: float) -> Response:
        for token in [token for token, expiry in self._expires.items() if expiry <= now]:
            del self._expires[token]
        header = {"alg": "RS256", "typ": "JWT", "kid": "sandbox"}
        claims = {
            "iss": "matillion-sandbox",
            "sub": self.client_id,
            "aud": self.audience,
            "iat": int(now),
            "exp": int(now + self._ttl),
            "jti": secrets.token_hex(8),
            "scope": "pipeline-execution",
        }
        parts = [json.dumps(header).encode(), json.dumps(claims).encode(), secrets.token_bytes(32)]
        token = ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)
        self._expires[token] = now + self._ttl
        body = {
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": int(self._ttl),
            "scope": "pipeline-execution",
            "refresh_expires_in": 0,
            "not-before-policy": 0,
        }
        return Response(200, body, _NO_STORE)


def _refusal(status: int, code: str, description: str) -> Response:
    """An error of the token endpoint (RFC 6749, section 5.2)."""
    return Response(status, {"error": code, "error_description": description}, _NO_STORE)


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode())
