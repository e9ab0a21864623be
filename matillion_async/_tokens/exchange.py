"""One exchange with a token endpoint, as Authlib makes it."""

from __future__ import annotations

from typing import Any

import httpx

# The core class: Authlib's httpx client turns into an httpx2 client wherever httpx2 is installed, leaves
# the audience out of renewals, and stores answers that hold no token.
from authlib.oauth2.client import OAuth2Client


class Exchange(OAuth2Client):
    """Authlib's client over any httpx transport; its answer is the response, still to be judged."""

    async def _fetch_token(
        self,
        url: str,
        *,
        body: str,
        headers: dict[str, str],
        auth: Any,  # an authlib.oauth2.ClientAuth; its stub has no types
        method: str,
    ) -> httpx.Response:
        url, headers, body = auth.prepare(method, url, headers, body)
        seconds = self.metadata["timeout"]
        limits = httpx.Timeout(seconds, connect=min(self.metadata["connect"], seconds))
        extensions = {"timeout": limits.as_dict()}
        request = httpx.Request(method, url, headers=headers, content=body, extensions=extensions)
        transport: httpx.AsyncBaseTransport = self.session
        response = await transport.handle_async_request(request)
        try:
            await response.aread()
        finally:
            await response.aclose()
        return response
