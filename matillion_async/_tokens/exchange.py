"""One exchange with a token endpoint, as Authlib makes it."""

from __future__ import annotations

from typing import Any

# The core class: Authlib's httpx client turns into an httpx2 client wherever httpx2 is installed, leaves
# the audience out of renewals, and stores responses that hold no token.
from authlib.oauth2.client import OAuth2Client

from matillion_async._transport.values import Request, Response, Transport, checked


class Exchange(OAuth2Client):
    """Authlib's client over any transport; it returns the response as it is."""

    async def _fetch_token(
        self,
        url: str,
        *,
        body: str,
        headers: dict[str, str],
        auth: Any,  # an authlib.oauth2.ClientAuth; its stub has no types
        method: str,
    ) -> Response:
        url, headers, body = auth.prepare(method, url, headers, body)
        seconds = self.metadata["timeout"]
        transport: Transport = self.session
        sent = transport.send(
            Request(
                method,
                url,
                headers,
                body.encode(),
                connect_timeout=min(self.metadata["connect"], seconds),
                timeout=seconds,
            )
        )
        del body  # it has the secret, which the traceback of whatever ends this need not show
        return checked(await sent)
