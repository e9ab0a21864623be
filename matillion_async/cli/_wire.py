"""What is on its way to the API when a command is stopped."""

from __future__ import annotations

from dataclasses import dataclass

import httpx

from matillion_async._calls.request import UNSENT
from matillion_async._calls.retry import NEVER_SENT
from matillion_async._transport.transport import AiohttpTransport

_SAFE = ("GET", "HEAD", "OPTIONS")


@dataclass(slots=True)
class Wire:
    """What is known of it."""

    change: str | None = None
    """The request that may have changed something, such as ``POST /v1/projects``, since work began; None if there
    was none, or the API refused it."""


class WatchedTransport(AiohttpTransport):
    """The transport built in, which notes what may change something."""

    def __init__(self, wire: Wire) -> None:
        super().__init__()
        self._wire = wire

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        is_for_api = request.headers.get("Authorization", "").startswith("Bearer ")
        if request.method in _SAFE or not is_for_api:  # a token endpoint changes nothing
            return await super().handle_async_request(request)
        self._wire.change = f"{request.method} {request.url.path}"
        try:
            response = await super().handle_async_request(request)
        except NEVER_SENT:
            self._wire.change = None
            raise
        finally:
            if UNSENT in request.extensions:
                self._wire.change = None
        if response.is_client_error:
            self._wire.change = None
        return response
