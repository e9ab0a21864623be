"""The token endpoint: OAuth 2.0 client credentials, as the vendor's does it."""

from __future__ import annotations

import base64
import hmac
import json
import secrets
from collections.abc import Callable
from urllib.parse import parse_qsl

from matillion_async.sandbox._answers import Answer


class TokenIssuer:
    """Issues access tokens that look like JWTs, expire by ``clock``, and can be revoked.

    Args:
        client_id: the one client it knows.
        client_secret: its secret.
        audience: the audience it issues tokens for.
        life: seconds a token lives.
        clock: seconds, on any clock that does not go back.
    """

    def __init__(
        self,
        *,
        client_id: str,
        client_secret: str,
        audience: str,
        life: float,
        clock: Callable[[], float],
    ) -> None:
        self._client_id = client_id
        self._client_secret = client_secret
        self._audience = audience
        self._life = life
        self._clock = clock
        self._valid_until: dict[str, float] = {}
        self.issued = 0
        """Tokens issued so far."""

    def answer(self, content_type: str, body: bytes) -> Answer:
        """Answer a request for a token; errors are those of RFC 6749, section 5.2."""
        if content_type.partition(";")[0].strip().lower() != "application/x-www-form-urlencoded":
            return _refusal(400, "invalid_request", "The body must be a form.")
        pairs = parse_qsl(body.decode("latin-1"), keep_blank_values=True)
        form = dict(pairs)
        if len(form) != len(pairs):
            return _refusal(400, "invalid_request", "A field was given twice.")
        for name in ("grant_type", "client_id", "client_secret", "audience"):
            if not form.get(name):
                return _refusal(400, "invalid_request", f"{name} is missing.")
        known = hmac.compare_digest(form["client_id"].encode(), self._client_id.encode())
        right = hmac.compare_digest(form["client_secret"].encode(), self._client_secret.encode())
        if not (known and right):
            return _refusal(401, "invalid_client", "Invalid client credentials.")
        if form["grant_type"] != "client_credentials":
            return _refusal(400, "unsupported_grant_type", "Only client_credentials is supported.")
        if form["audience"] != self._audience:
            return _refusal(400, "invalid_request", "The audience is not known.")
        return Answer(200, self._issue(), {"Cache-Control": "no-store"})

    def is_valid(self, authorization: str) -> bool:
        """Whether an Authorization header carries a token that is good now."""
        kind, _, token = authorization.partition(" ")
        until = self._valid_until.get(token.strip())
        return kind.lower() == "bearer" and until is not None and self._clock() < until

    def revoke_all(self) -> None:
        """Refuse all tokens issued so far."""
        self._valid_until.clear()

    def _issue(self) -> dict[str, object]:
        self.issued += 1
        now = self._clock()
        self._valid_until = {
            token: until for token, until in self._valid_until.items() if until > now
        }
        header: dict[str, object] = {"alg": "RS256", "typ": "JWT"}
        claims: dict[str, object] = {
            "sub": self._client_id,
            "aud": self._audience,
            "jti": self.issued,
        }
        signature = secrets.token_urlsafe(96)
        token = ".".join([_encoded(header), _encoded(claims), signature])
        self._valid_until[token] = now + self._life
        return {
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": max(1, int(self._life)),
            "scope": "pipeline-execution",
            "refresh_expires_in": 0,
            "not-before-policy": 0,
        }


def _encoded(part: dict[str, object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


def _refusal(status: int, code: str, description: str) -> Answer:
    return Answer(status, {"error": code, "error_description": description})
